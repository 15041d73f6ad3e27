"""Two act at once, each on a connection of their own: one goes first, and neither fails for the other."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from threading import Event
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection

from telemachy.apps.people.actions import organisations
from telemachy.apps.relationships.actions import (
    erasure,
    feedback,
    goals,
    guidance,
    held_guidance,
    lessons,
    memory,
    plans,
    publishing,
    reflections,
    relationships,
    sessions,
    situations,
    traces,
)
from telemachy.apps.relationships.models import (
    Feedback,
    Goal,
    HeldGuidance,
    Lesson,
    Party,
    PlanActivity,
    Reflection,
    Relationship,
    Session,
    Situation,
    ThresholdClaim,
)
from telemachy.apps.relationships.queries import own_lessons
from telemachy.apps.supervision.actions import (
    assessments,
    cases,
    consents,
    credentials,
    development_points,
    evidence,
    hours,
    letters,
)
from telemachy.apps.supervision.models import (
    CredentialRules,
    DevelopmentPoint,
    Evidence,
    HoursEntry,
    Letter,
    SupervisionCase,
)
from telemachy.core.assessment import RuleSet
from telemachy.core.memory import Source
from telemachy.core.shared.errors import BadInput, NotAllowed, WrongState
from telemachy.interfaces.common import agent_calls, agent_shapes
from tests.apps.relationships import story
from tests.apps.supervision import reviewing, supervising
from tests.cast import NOW, Cast, pair, person

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
    pytest.mark.django_db(transaction=True),
]

WRITES = ("INSERT", "UPDATE", "DELETE")
Verb = Callable[[], object]


def at_once(first: Verb, second: Verb, before: tuple[str, ...] = WRITES) -> list[Exception | None]:
    """Stop `first` between its decision and its first write until `second` is done or waits for it.

    The write is the first statement that begins with one of `before`. Returns what each raised.
    """
    stopped, go_on, began = Event(), Event(), Event()
    backend: list[int] = []

    def stop(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith(before) and not stopped.is_set():
            stopped.set()
            go_on.wait()
        return execute(sql, *rest)

    def run_first() -> None:
        try:
            with on_own_connection(), connection.execute_wrapper(stop):
                first()
        finally:
            stopped.set()

    def run_second() -> None:
        with on_own_connection():
            backend.append(connection.connection.info.backend_pid)
            began.set()
            second()

    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(run_first)
        stopped.wait()
        other = pool.submit(run_second)
        began.wait()
        while not other.done() and not waits(backend[0]):
            time.sleep(0.01)
        go_on.set()
        return [one.exception(), other.exception()]  # type: ignore[list-item]


@contextmanager
def on_own_connection() -> Iterator[None]:
    connection.ensure_connection()
    try:
        yield
    finally:
        connection.close()


def waits(backend: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cardinality(pg_blocking_pids(%s)) > 0", [backend])
        return bool(cursor.fetchone()[0])


def unwind(cast: Cast) -> None:
    relationships.unwind(relationship=cast.relationship, by=cast.athena, now=NOW)


def erase(who: Any) -> None:
    erasure.erase(person=who, by=who, now=NOW)


def beside(cast: Cast) -> Any:
    """Make the pair a circle: Mentes learns there beside Telemachus."""
    mentes = person(cast.ithaca, "Mentes")
    Party.objects.create(relationship=cast.relationship, person=mentes, seat="learner", accepted_at=NOW)
    return mentes


def proof(cast: Cast) -> Situation:
    """Return a case whose debrief claims the threshold."""
    story.fading(cast)
    story.fading(cast)
    at, about = NOW - timedelta(days=4), {"difficulty": 5, "novelty": 5, "competency": story.competency(cast)}
    return story.situation(cast.relationship, cast.telemachus, at, rating=None, **about)


def test_a_learner_leaves_a_circle_while_a_case_of_theirs_is_debriefed(cast: Cast) -> None:
    beside(cast)
    case = proof(cast)
    raised = at_once(
        lambda: guidance.debrief(situation=case, text="You saw it all.", score=4, by=cast.athena, now=NOW),
        lambda: relationships.unwind(relationship=cast.relationship, by=cast.telemachus, now=NOW),
    )
    assert raised == [None, None]
    assert ThresholdClaim.objects.count() == 1
    assert Party.objects.get(person=cast.telemachus).left_at == NOW


def test_a_case_is_debriefed_while_its_learner_leaves_the_circle(cast: Cast) -> None:
    beside(cast)
    case = proof(cast)
    left, refused = at_once(
        lambda: relationships.unwind(relationship=cast.relationship, by=cast.telemachus, now=NOW),
        lambda: guidance.debrief(situation=case, text="You saw it all.", score=4, by=cast.athena, now=NOW),
    )
    assert left is None
    assert isinstance(refused, NotAllowed)


def test_a_mentor_is_erased_while_a_goal_that_names_them_is_agreed(cast: Cast) -> None:
    goal = written_goal(cast)
    raised = at_once(lambda: goals.agree(goal=goal, by=cast.telemachus, now=NOW), lambda: erase(cast.athena))
    assert raised == [None, None]
    goal.refresh_from_db()
    assert (goal.state, goal.statement) == ("active", "Ask Someone less")


def test_a_mentor_is_erased_while_what_their_agent_wrote_is_let_go(cast: Cast) -> None:
    case = story.situation(cast.relationship, cast.telemachus, NOW, rating=None, state="consulted")
    held = HeldGuidance.objects.create(
        situation=case, author=cast.argus, kind="guidance", level=2, text="As Athena says", held_at=NOW
    )
    raised = at_once(
        lambda: held_guidance.approve(held=held, by=cast.athena, now=NOW), lambda: erase(cast.athena)
    )
    assert raised == [None, None]
    assert [one.text for one in case.guidance.all()] == ["As Someone says"]


def written_goal(cast: Cast, **fields: Any) -> Goal:
    usual = {"statement": "Ask Athena less", "learner": cast.telemachus, "created_at": NOW}
    return Goal.objects.create(relationship=cast.relationship, **(usual | fields))


def scene(cast: Cast) -> SimpleNamespace:
    """Return what there is in a pair to write on."""
    case = story.situation(cast.relationship, cast.telemachus, NOW, rating=None, state="logged")
    session = {"relationship": cast.relationship, "proposed_by": cast.athena, "created_at": NOW}
    when = NOW - timedelta(days=1)
    return SimpleNamespace(
        pair={"relationship": cast.relationship},
        goal=written_goal(cast),
        case=case,
        lesson=lessons.teach(
            situation=case,
            source=Source.HUMAN,
            failure_mode="Haste",
            cue="A guest",
            action="Wait",
            because="It passes",
            by=cast.athena,
            now=NOW,
        ),
        session=Session.objects.create(state="missed", starts_at=when, **session),
        activity=PlanActivity.objects.create(
            relationship=cast.relationship,
            learner=cast.telemachus,
            kind="course",
            title="x",
            created_at=NOW,
        ),
        athena={"by": cast.athena, "now": NOW},
        telemachus={"by": cast.telemachus, "now": NOW},
    )


IN_A_PAIR: dict[str, Callable[[Cast, Any], object]] = {
    "feedback.give": lambda cast, at: feedback.give(
        about=cast.athena, helped="x", **at.pair, **at.telemachus
    ),
    "sessions.serve": lambda _, at: sessions.serve(session=at.session, goal=at.goal, **at.telemachus),
    "sessions.use_guide": lambda _, at: sessions.use_guide(session=at.session, guide="clear", **at.athena),
    "sessions.reschedule": lambda _, at: sessions.reschedule(
        session=at.session, starts_at=NOW + timedelta(days=1), **at.athena
    ),
    "goals.add": lambda cast, at: goals.add(
        learner=cast.telemachus, statement="x", **at.pair, **at.telemachus
    ),
    "goals.revise": lambda _, at: goals.revise(goal=at.goal, statement="x", **at.telemachus),
    "situations.log": lambda _, at: situations.log(title="x", **at.pair, **at.telemachus),
    "situations.decide": lambda _, at: situations.decide(situation=at.case, decision="x", **at.telemachus),
    "guidance.converse": lambda _, at: guidance.converse(situation=at.case, text="x", **at.athena),
    "lessons.teach": lambda _, at: lessons.teach(
        situation=at.case,
        source=Source.HUMAN,
        failure_mode="x",
        cue="x",
        action="x",
        because="x",
        **at.athena,
    ),
    "memory.rate_risk": lambda _, at: memory.rate_risk(goal=at.goal, is_low_risk=True, **at.athena),
    "memory.set_level": lambda _, at: memory.set_level(
        failure_mode=at.lesson.failure_mode, level=0, reason="x", **at.athena
    ),
    "plans.add_activity": lambda _, at: plans.add_activity(
        kind="course", title="x", **at.pair, **at.telemachus
    ),
    "plans.comment": lambda _, at: plans.comment(activity=at.activity, text="x", **at.athena),
    "consents.ask": lambda _, at: consents.ask(
        title="x", held_on=NOW.date(), offer=offer(), **at.pair, **at.athena
    ),
}


def offer() -> consents.Offer:
    return consents.Offer(purpose="feedback", keep_until=NOW.date() + timedelta(days=30), listeners=[])


@pytest.mark.parametrize("verb", IN_A_PAIR)
def test_nothing_is_written_in_a_pair_that_ends_just_then(cast: Cast, verb: str) -> None:
    there = scene(cast)
    ended, refused = at_once(lambda: unwind(cast), lambda: IN_A_PAIR[verb](cast, there))
    assert ended is None
    assert isinstance(refused, NotAllowed)


def test_a_past_of_an_agent_is_not_brought_into_a_pair_that_ends_just_then(cast: Cast) -> None:
    relationship = cast.relationship
    Party.objects.filter(person=cast.telemachus).update(person=cast.argus)
    given = {"learner": cast.argus, "goal": None, "file_name": "past.jsonl", "data": b'{"summary": "x"}\n'}
    ended, refused = at_once(
        lambda: unwind(cast),
        lambda: traces.upload(relationship=relationship, by=cast.athena, now=NOW, **given),
    )
    assert ended is None
    assert isinstance(refused, NotAllowed)


def test_an_activity_that_is_removed_just_then_is_not_commented(cast: Cast) -> None:
    there = scene(cast)
    removed, refused = at_once(
        lambda: plans.remove_activity(activity=there.activity, **there.telemachus),
        lambda: plans.comment(activity=there.activity, text="x", **there.athena),
    )
    assert removed is None
    assert isinstance(refused, WrongState)


def test_a_thought_that_is_removed_just_then_is_not_shared(cast: Cast) -> None:
    thought = reflections.write(
        prompt="", text="x", relationship=cast.relationship, by=cast.telemachus, now=NOW
    )
    same, telemachus = Reflection.objects.get(), {"by": cast.telemachus, "now": NOW}
    removed, refused = at_once(
        lambda: reflections.remove(reflection=thought, **telemachus),
        lambda: reflections.share(reflection=same, shared=True, **telemachus),
    )
    assert removed is None
    assert isinstance(refused, WrongState)


NAMING: dict[str, Callable[[Cast, Any, str], object]] = {
    "feedback": lambda cast, at, words: feedback.give(
        about=cast.athena, helped=words, **at.pair, **at.telemachus
    ),
    "a goal": lambda cast, at, words: goals.revise(goal=at.goal, statement=words, **at.telemachus),
    "a case": lambda cast, at, words: situations.log(title=words, **at.pair, **at.telemachus),
    "a plan": lambda cast, at, words: plans.add_activity(
        kind="course", title=words, **at.pair, **at.telemachus
    ),
    "a reflection": lambda cast, at, words: reflections.write(
        prompt="", text=words, shared=True, **at.pair, **at.telemachus
    ),
}


@pytest.mark.parametrize("what", NAMING)
def test_no_name_is_written_anew_while_it_is_taken_out(cast: Cast, what: str) -> None:
    there = scene(cast)
    mentes = beside(cast)
    raised = at_once(lambda: NAMING[what](cast, there, "What Mentes said"), lambda: erase(mentes))
    assert raised == [None, None]
    kept = [
        *Feedback.objects.values_list("helped", flat=True),
        *Goal.objects.values_list("statement", flat=True),
        *Situation.objects.values_list("title", flat=True),
        *PlanActivity.objects.values_list("title", flat=True),
        *Reflection.objects.values_list("text", flat=True),
    ]
    assert "What Someone said" in kept
    assert "What Mentes said" not in kept


def test_no_name_is_written_anew_in_a_circle_that_its_bearer_had_left(cast: Cast) -> None:
    mentes = beside(cast)
    Party.objects.filter(person=mentes).update(left_at=NOW)
    goal = written_goal(cast)
    raised = at_once(
        lambda: goals.revise(goal=goal, statement="As Mentes did", by=cast.telemachus, now=NOW),
        lambda: erase(mentes),
    )
    assert raised == [None, None]
    goal.refresh_from_db()
    assert goal.statement == "As Someone did"


def test_a_lesson_that_is_derived_just_then_goes_with_the_one_that_is_taken_back(cast: Cast) -> None:
    there = scene(cast)
    words = {"cue": "A", "action": "B", "because": "C", "source": Source.HUMAN, **there.athena}
    raised = at_once(
        lambda: lessons.teach(
            situation=there.case, failure_mode="Waste", derived_from=[there.lesson], **words
        ),
        lambda: lessons.withdraw(lesson=there.lesson, because="It was wrong", **there.athena),
    )
    assert raised == [None, None]
    assert list(Lesson.objects.values_list("state", flat=True)) == ["withdrawn", "withdrawn"]


def proposing(cast: Cast) -> Verb:
    """Return the step that proposes Athena to Nestor, from a page on which both are there."""
    learner = cast.programme.enrolments.create(person=cast.nestor, role="learner", created_at=NOW)
    mentor = cast.programme.enrolments.get(person=cast.athena)
    given = {"programme": cast.programme, "learner": learner, "mentor": mentor}
    return lambda: publishing.propose(by=cast.eurycleia, now=NOW, **given)


def test_a_pair_that_is_just_proposed_ends_with_whoever_is_erased(cast: Cast) -> None:
    assert at_once(proposing(cast), lambda: erase(cast.athena)) == [None, None]
    assert Relationship.objects.count() == 2
    assert not Relationship.objects.filter(closed_at__isnull=True).exists()


def test_nobody_is_proposed_who_is_just_erased(cast: Cast) -> None:
    erased, refused = at_once(lambda: erase(cast.athena), proposing(cast))
    assert erased is None
    assert isinstance(refused, BadInput)
    assert Relationship.objects.count() == 1


def test_nobody_is_proposed_of_whom_it_is_just_noted_that_they_left(cast: Cast) -> None:
    left, refused = at_once(
        lambda: organisations.mark_left(person=cast.athena, by=cast.penelope, now=NOW),
        proposing(cast),
        before=("INSERT",),
    )
    assert left is None
    assert isinstance(refused, BadInput)
    assert Relationship.objects.count() == 1


def test_an_agent_keeps_what_it_learns_in_two_pairs_at_once(cast: Cast) -> None:
    lessons.write_own(person=cast.argus, text="Look first.", by=cast.argus, now=NOW)
    told = []
    for mentor in (cast.athena, cast.nestor):
        case = story.situation(
            pair(cast.programme, mentor, cast.argus), cast.argus, NOW, rating=None, state="decided"
        )
        account = agent_shapes.Account(outcome="She stayed", lesson=f"Ask as {mentor.name} does.")
        told.append(partial(agent_calls.submit_account, case.pk, account, by=cast.argus, now=NOW))
    raised = at_once(*told, before=('UPDATE "relationships_ownlessons"',))
    assert raised == [None, None]
    assert own_lessons.text_of(cast.argus) == "Look first.\nAsk as Athena does.\nAsk as Nestor does."


# --- supervision --------------------------------------------------------------------------------


def test_a_letter_that_is_saved_just_then_goes_with_the_recording_it_quotes(cast: Cast) -> None:
    room = reviewing.room(cast)
    pin = reviewing.pinned(room, room.nestor)
    review = reviewing.rated(room)
    raised = at_once(
        quoting(room, review, pin),
        lambda: consents.withdraw(recording=room.recording, by=room.client, now=NOW),
    )
    assert raised == [None, None]
    assert not Letter.objects.exists()


def quoting(room: Any, review: Any, pin: Any) -> Verb:
    words = letters.Words("Dear Athena", "Your questions open.", "Let pauses stand.", "Nestor")
    return lambda: letters.save(
        review=review, words=words, evidence=[pin], points=[], by=room.nestor, now=NOW
    )


def unpinning(room: Any) -> Verb:
    pin = Evidence.objects.get()
    return lambda: evidence.unpin(evidence=pin, by=room.nestor, now=NOW)


def test_a_pin_is_taken_off_while_a_letter_quotes_it(cast: Cast) -> None:
    room = reviewing.room(cast)
    pin = reviewing.pinned(room, room.nestor)
    quote = quoting(room, reviewing.rated(room), pin)
    assert at_once(quote, unpinning(room)) == [None, None]
    assert [one.evidence for one in Letter.objects.get().quotes.all()] == [None]


def test_a_letter_does_not_quote_a_pin_that_is_taken_off_just_then(cast: Cast) -> None:
    room = reviewing.room(cast)
    pin = reviewing.pinned(room, room.nestor)
    quote = quoting(room, reviewing.rated(room), pin)
    taken_off, refused = at_once(unpinning(room), quote)
    assert taken_off is None
    assert isinstance(refused, BadInput)


def test_an_hour_that_is_taken_out_just_then_is_not_confirmed(cast: Cast) -> None:
    entry = hours.log(
        kind="individual", held_on=NOW.date(), minutes=60, with_person=cast.nestor, by=cast.athena, now=NOW
    )
    removed, refused = at_once(
        lambda: hours.remove(entry=entry, by=cast.athena, now=NOW),
        lambda: hours.confirm(entry=entry, by=cast.nestor, now=NOW),
    )
    assert removed is None
    assert isinstance(refused, WrongState)
    assert not HoursEntry.objects.exists()


def test_a_credential_that_two_bring_back_at_once_keeps_what_the_first_wrote(cast: Cast) -> None:
    given = {"name": "First", "about": "", "by": cast.penelope, "now": NOW}
    row = credentials.add(rules=RuleSet(client_hours=1), **given)
    credentials.archive(row=row, by=cast.penelope, now=NOW)
    first, refused = at_once(
        lambda: credentials.add(rules=RuleSet(client_hours=2), **given),
        lambda: credentials.add(rules=RuleSet(client_hours=3), **given),
    )
    assert first is None
    assert isinstance(refused, BadInput)
    assert CredentialRules.objects.get().client_hours == 2


def test_levels_that_are_all_in_just_then_stay_when_the_recording_is_withdrawn(cast: Cast) -> None:
    room = reviewing.room(cast, alone=True)
    review = reviewing.asked(room)
    raised = at_once(
        lambda: reviewing.hand_in(review, room.nestor),
        lambda: consents.withdraw(recording=room.recording, by=room.client, now=NOW),
    )
    assert raised == [None, None]
    assert {rating.level for rating in reviewing.part_of(review, room.nestor).ratings.all()} == {3}


def test_an_assessor_is_erased_while_the_coach_goes_on_without_them(cast: Cast) -> None:
    room = reviewing.room(cast)
    review = reviewing.asked(room)
    reviewing.hand_in(review, room.nestor)
    cast.programme.managers.create(person=room.mentes, since=NOW)  # so a recording is no longer for them
    raised = at_once(
        lambda: assessments.go_on(review=review, by=room.coach, now=NOW),
        lambda: erase(room.mentes),
    )
    assert raised == [None, None]
    review.refresh_from_db()
    assert review.state == "rated"


def test_the_writer_of_a_letter_is_erased_while_a_goal_is_made_of_a_point_that_names_them(cast: Cast) -> None:
    room = reviewing.room(cast)
    reviewing.answered(room)
    Party.objects.filter(person=cast.athena).update(seat="learner")
    Party.objects.filter(person=cast.telemachus).update(person=room.nestor, seat="mentor")
    point = DevelopmentPoint.objects.get(place=1)
    DevelopmentPoint.objects.filter(pk=point.pk).update(text="Ask as Nestor does.")
    raised = at_once(
        lambda: development_points.make_goal(point=point, by=cast.athena, now=NOW),
        lambda: erase(room.nestor),
    )
    assert raised == [None, None]
    assert Goal.objects.get().statement == "Ask as Someone does."


def test_a_note_that_is_written_just_then_goes_with_the_case_that_is_removed(cast: Cast) -> None:
    case = supervising.shared(cast, supervising.opened(cast))
    raised = at_once(
        lambda: cases.note(case=case, text="Wait with them.", by=cast.nestor, now=NOW),
        lambda: cases.remove(case=case, by=cast.athena, now=NOW),
    )
    assert raised == [None, None]
    assert not SupervisionCase.objects.exists()
