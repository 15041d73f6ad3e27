"""Who decides on what others may change just then holds it first, where the database has such locks."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from telemachy.apps.knowledge.actions import catalogue
from telemachy.apps.people.actions import notifications, organisations, persons, privacy
from telemachy.apps.programmes.actions import programmes
from telemachy.apps.programmes.models import ProgrammeManager
from telemachy.apps.relationships.actions import (
    action_items,
    agendas,
    calendar_feeds,
    erasure,
    guidance,
    session_notes,
    sessions,
    situations,
)
from telemachy.apps.relationships.models import (
    ActionItem,
    AgendaItem,
    Goal,
    Situation,
    ThresholdClaim,
)
from telemachy.apps.supervision.actions import credentials, rubrics
from telemachy.apps.supervision.models import Rubric
from telemachy.core.assessment import EXAMPLES, RuleSet
from telemachy.core.shared.errors import NotAllowed
from tests.apps.relationships.test_thresholds import debriefed
from tests.apps.supervision import reviewing
from tests.cast import NOW, Cast, pair, person

# A row is held so that a second writer waits for it. SQLite lets one write at a time and knows no held rows.
pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")


def holds(sql: str, table: str) -> bool:
    """Tell whether a statement holds rows of the table; one that holds another's may name it beside that."""
    question, _for, tables = sql.partition(" FOR ")
    return f'"{table}"' in tables if " OF " in tables else bool(tables) and f'FROM "{table}"' in question


@contextlib.contextmanager
def holding(table: str):
    """Check that rows of the table were held, before any of them was written."""
    with CaptureQueriesContext(connection) as seen:
        yield
    statements = [query["sql"] for query in seen if f'"{table}"' in query["sql"]]
    held = [n for n, sql in enumerate(statements) if holds(sql, table)]
    written = [n for n, sql in enumerate(statements) if sql.startswith(("UPDATE", "DELETE"))]
    assert held, f"no row of {table} was held"
    assert min(held) < min(written, default=len(statements))


def add_rubric(cast: Cast) -> object:
    return rubrics.add(
        name="Theirs", about="", content=EXAMPLES[0].rubric.as_data(), by=cast.penelope, now=NOW
    )


def copy_rubric(cast: Cast) -> object:
    return rubrics.duplicate(rubric=Rubric.objects.get(), by=cast.penelope, now=NOW)


def add_credential(cast: Cast) -> object:
    rules = RuleSet(client_hours=10)
    return credentials.add(name="Associate", about="", rules=rules, by=cast.penelope, now=NOW)


def add_competency(cast: Cast) -> object:
    return catalogue.add_competency(name="Weaving", by=cast.penelope, now=NOW)


def add_person(cast: Cast) -> object:
    email = "mentes@ithaca.example"
    return persons.add(organisation_id=cast.ithaca.pk, name="Mentes", email=email, by=cast.penelope, now=NOW)


def test_the_last_managers_cannot_take_each_other_off(cast: Cast) -> None:
    ProgrammeManager.objects.create(programme=cast.programme, person=cast.nestor, since=NOW)
    with holding("programmes_programme"):
        programmes.remove_manager(programme=cast.programme, person=cast.nestor, by=cast.eurycleia, now=NOW)


def test_the_last_administrators_cannot_both_be_erased(cast: Cast) -> None:
    with holding("people_person"), contextlib.suppress(NotAllowed):
        privacy.erase_person(person=cast.penelope, by=cast.penelope, now=NOW)


def note_left(cast: Cast) -> None:
    organisations.mark_left(person=cast.athena, by=cast.penelope, now=NOW)


def erase(cast: Cast) -> None:
    erasure.erase(person=cast.athena, by=cast.athena, now=NOW)


def read_all(cast: Cast) -> None:
    notifications.mark_all_read(person=cast.athena, by=cast.athena, now=NOW)


@pytest.mark.parametrize("verb", [read_all, erase])
def test_news_are_held_by_key_before_several_are_written(cast: Cast, verb: Callable[[Cast], None]) -> None:
    with CaptureQueriesContext(connection) as seen:
        verb(cast)
    news = [query["sql"] for query in seen if 'FROM "people_notification"' in query["sql"]]
    held = [sql for sql in news if " FOR " in sql]
    assert held
    assert all("ORDER BY" in sql for sql in held)


@pytest.mark.parametrize("part_with", [note_left, erase])
def test_who_goes_holds_the_administrators_before_any_pair_and_lets_news_reach_them(
    cast: Cast, part_with: Callable[[Cast], None]
) -> None:
    with CaptureQueriesContext(connection) as seen:
        part_with(cast)
    held = [query["sql"] for query in seen if " FOR " in query["sql"]]
    pairs = [n for n, sql in enumerate(held) if 'FROM "relationships_relationship"' in sql]
    persons = [n for n, sql in enumerate(held) if 'FROM "people_person"' in sql]
    assert min(persons) < min(pairs)
    assert all("FOR NO KEY UPDATE" in held[n] for n in persons)


def correct_address(cast: Cast) -> object:
    mentes = person(cast.ithaca, "Mentes", sign_in=False)
    email = "mentes@taphos.example"
    return organisations.correct_address(person=mentes, email=email, by=cast.penelope, now=NOW)


NAMING = [add_rubric, copy_rubric, add_credential, add_competency, add_person, correct_address]


@pytest.mark.parametrize("add", NAMING)
def test_a_name_that_is_free_is_given_once(cast: Cast, add: Callable[[Cast], object]) -> None:
    rubrics.add(name="Ours", about="", content=EXAMPLES[0].rubric.as_data(), by=cast.penelope, now=NOW)
    with holding("people_organisation"):
        add(cast)


@pytest.mark.parametrize("verb", ["propose", "schedule", "record_held"])
def test_no_session_is_made_while_the_pair_ends(cast: Cast, verb: str) -> None:
    when = {
        "propose": {"starts": [NOW + timedelta(days=2)]},
        "schedule": {"starts_at": NOW + timedelta(days=2)},
        "record_held": {"starts_at": NOW - timedelta(days=2)},
    }
    with holding("relationships_relationship"):
        getattr(sessions, verb)(relationship=cast.relationship, by=cast.athena, now=NOW, **when[verb])


WRITING = {
    "agendas.add": lambda in_it: agendas.add(text="The route", **in_it),
    "agendas.take": lambda in_it: agendas.take(subject=Situation.objects.get(), **in_it),
    "agendas.cover": lambda in_it: agendas.cover(item=AgendaItem.objects.first(), covered=True, **by(in_it)),
    "agendas.shift": lambda in_it: agendas.shift(item=AgendaItem.objects.first(), up=False, **by(in_it)),
    "agendas.remove": lambda in_it: agendas.remove(item=AgendaItem.objects.first(), **by(in_it)),
    "session_notes.write": lambda in_it: session_notes.write(text="We met", shared=True, **in_it),
    "action_items.add": lambda in_it: action_items.add(owner=in_it["by"], text="Send the map", **in_it),
    "action_items.tick": lambda in_it: action_items.tick(
        item=ActionItem.objects.get(), done=True, **by(in_it)
    ),
    "action_items.drop": lambda in_it: action_items.drop(item=ActionItem.objects.get(), **by(in_it)),
}


def by(in_it: dict[str, object]) -> dict[str, object]:
    return {"by": in_it["by"], "now": in_it["now"]}


@pytest.mark.parametrize("verb", WRITING)
def test_nothing_is_written_into_a_session_while_the_pair_ends(cast: Cast, verb: str) -> None:
    when = NOW + timedelta(days=2)
    session = sessions.schedule(relationship=cast.relationship, starts_at=when, by=cast.athena, now=NOW)
    in_it = {"session": session, "by": cast.athena, "now": NOW}
    situations.log(relationship=cast.relationship, title="A refund", by=cast.telemachus, now=NOW)
    agendas.add(text="The wind", **in_it)
    agendas.add(text="The crew", **in_it)
    if verb in {"action_items.tick", "action_items.drop"}:
        action_items.add(owner=cast.athena, text="Ask Nestor", **in_it)
    with holding("relationships_relationship"):
        WRITING[verb](in_it)


def test_the_last_question_of_an_agent_is_asked_once(cast: Cast) -> None:
    relationship = pair(cast.programme, cast.athena, cast.argus)
    aim = {"relationship": relationship, "learner": cast.argus, "state": "active", "created_at": NOW}
    goal = Goal.objects.create(statement="Refunds", ask_budget=1, **aim)
    case = situations.log(relationship=relationship, title="A refund", goal=goal, by=cast.argus, now=NOW)
    with holding("relationships_relationship"):
        situations.ask(situation=case, question="May I?", by=cast.argus, now=NOW)


def test_two_debriefs_at_once_claim_one_threshold(cast: Cast) -> None:
    with holding("relationships_relationship"):
        debriefed(cast)
    assert ThresholdClaim.objects.count() == 1


def test_of_two_calendar_addresses_made_at_once_one_works(cast: Cast) -> None:
    with holding("people_person"):
        calendar_feeds.create(by=cast.athena, now=NOW)


def test_a_review_is_not_asked_for_while_the_recording_is_withdrawn(cast: Cast) -> None:
    room = reviewing.room(cast)
    with holding("supervision_recording"):
        reviewing.asked(room)


def test_lines_at_once_wait_for_a_step_of_the_situation_and_not_for_each_other(cast: Cast) -> None:
    case = situations.log(relationship=cast.relationship, title="A refund", by=cast.telemachus, now=NOW)
    with CaptureQueriesContext(connection) as seen:
        guidance.converse(situation=case, text="How is it going?", by=cast.athena, now=NOW)
    asked = [query["sql"] for query in seen if 'FROM "relationships_situation"' in query["sql"]]
    assert any("FOR SHARE" in sql for sql in asked)
    assert not any("FOR UPDATE" in sql or "FOR NO KEY UPDATE" in sql for sql in asked)
