"""One conversation a week: planned, reminded of, looked back at."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from telemachy.apps.people.models import Notification
from telemachy.apps.practice import jobs
from telemachy.apps.practice.actions import commitments as actions
from telemachy.apps.practice.models import Commitment
from telemachy.apps.practice.queries import commitments as queries
from telemachy.core.shared.errors import BadInput, NotAllowed
from tests.cast import NOW, Cast

TODAY = NOW.date()
DUE = TODAY + timedelta(days=2)


def plan(cast: Cast, due_on: date = DUE, partner: str = "Medon") -> Commitment:
    return actions.commit(partner=partner, topic="The rota", due_on=due_on, by=cast.athena, now=NOW)


def run(monkeypatch, at: datetime) -> list[str]:
    """Run the job at a moment, and return the kinds of news there are by then."""
    monkeypatch.setattr(jobs.timezone, "now", lambda: at)
    jobs.remind_of_conversations.call()
    jobs.remind_of_conversations.call()
    return list(Notification.objects.order_by("created_at").values_list("kind", flat=True))


@pytest.mark.parametrize("wrong", [{"partner": " "}, {"due_on": TODAY - timedelta(days=1)}])
def test_a_plan_names_somebody_and_a_day_soon(cast: Cast, wrong: dict) -> None:
    with pytest.raises(BadInput):
        plan(cast, **wrong)
    with pytest.raises(BadInput):
        plan(cast, due_on=TODAY + timedelta(days=15))
    assert not Commitment.objects.exists()


@pytest.mark.parametrize(("zone", "today"), [("Pacific/Auckland", 4), ("America/Los_Angeles", 3)])
def test_the_first_day_is_today_where_one_is(cast: Cast, zone: str, today: int) -> None:
    """At eight in the evening in UTC it is the next day in Auckland."""
    cast.athena.time_zone = zone
    planned = {"partner": "Medon", "topic": "", "by": cast.athena, "now": NOW.replace(hour=20)}
    assert actions.commit(due_on=date(2026, 3, today), **planned)
    with pytest.raises(BadInput):
        actions.commit(due_on=date(2026, 3, today - 1), **planned)


def test_one_reminder_in_the_morning_where_one_is_and_one_question_the_day_after(
    cast: Cast, monkeypatch
) -> None:
    plan(cast)
    midnight = datetime.combine(DUE, datetime.min.time(), tzinfo=NOW.tzinfo)
    # Athena is in Athens: eight in the morning there is six in UTC.
    assert run(monkeypatch, midnight + timedelta(hours=5)) == []
    assert run(monkeypatch, midnight + timedelta(hours=6)) == ["practice.conversation_due"]
    assert run(monkeypatch, midnight + timedelta(hours=29)) == ["practice.conversation_due"]
    expected = ["practice.conversation_due", "practice.how_was_it"]
    assert run(monkeypatch, midnight + timedelta(hours=31)) == expected
    assert run(monkeypatch, midnight + timedelta(days=3)) == expected


def test_news_of_it_names_nobody(cast: Cast, monkeypatch) -> None:
    plan(cast)
    run(monkeypatch, NOW + timedelta(days=2))
    assert Notification.objects.get().params == {}


def test_who_has_looked_back_or_let_it_go_is_not_reminded(cast: Cast, monkeypatch) -> None:
    done, dropped = plan(cast), plan(cast)
    actions.reflect(commitment=done, asked="What now?", noticed="", differently="", by=cast.athena, now=NOW)
    actions.drop(commitment=dropped, by=cast.athena, now=NOW)
    assert run(monkeypatch, NOW + timedelta(days=2)) == []
    assert list(queries.settled_of(cast.athena)) == [done]
    assert not queries.open_of(cast.athena).exists()


def test_looking_back_takes_one_line_and_can_be_mended(cast: Cast) -> None:
    commitment = plan(cast)
    empty = {"asked": " ", "noticed": "", "differently": ""}
    with pytest.raises(BadInput):
        actions.reflect(commitment=commitment, **empty, by=cast.athena, now=NOW)
    actions.reflect(commitment=commitment, **empty | {"noticed": "A pause"}, by=cast.athena, now=NOW)
    later = NOW + timedelta(days=1)
    actions.reflect(commitment=commitment, **empty | {"noticed": "Two"}, by=cast.athena, now=later)
    commitment.refresh_from_db()
    assert (commitment.noticed, commitment.reflected_at) == ("Two", NOW)


def test_what_was_let_go_stays_so(cast: Cast) -> None:
    commitment = plan(cast)
    actions.drop(commitment=commitment, by=cast.athena, now=NOW)
    with pytest.raises(NotAllowed):
        actions.reflect(commitment=commitment, asked="x", noticed="", differently="", by=cast.athena, now=NOW)


def test_a_plan_is_nobody_elses(cast: Cast) -> None:
    commitment = plan(cast)
    for other in (cast.telemachus, cast.eurycleia, cast.penelope):
        assert not queries.of_person(other).exists()
        with pytest.raises(NotAllowed):
            actions.drop(commitment=commitment, by=other, now=NOW)
