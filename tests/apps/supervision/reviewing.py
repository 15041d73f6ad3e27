"""A recording of Athena's coaching with Telemachus that Nestor and Mentes may hear, and reviews of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from telemachy.apps.people.models import Person
from telemachy.apps.supervision.actions import assessments, evidence, letters, rubrics
from telemachy.apps.supervision.actions.assessments import Given
from telemachy.apps.supervision.models import (
    Assessment,
    Consent,
    Evidence,
    Recording,
    Review,
    Rubric,
    Terms,
    Utterance,
)
from telemachy.apps.supervision.queries import rubrics as rubric_queries
from telemachy.core.assessment import EXAMPLES
from tests.cast import NOW, Cast, person

TURNS = (
    ("client", "I never know how to begin the meeting with my team."),
    ("coach", "What would a good beginning look like to you?"),
    ("client", "They would talk before I do."),
    ("coach", "You could try a round at the start."),
)


@dataclass
class Room:
    """Everybody of the mentor coaching room."""

    coach: Person
    client: Person
    nestor: Person
    #: Nestor again where he rates alone.
    mentes: Person
    rubric: Rubric
    recording: Recording


def room(cast: Cast, *, alone: bool = False) -> Room:
    """Create a rubric and one recording, and a second assessor unless Nestor rates alone."""
    mentes = cast.nestor if alone else person(cast.ithaca, "Mentes")
    rubric = rubrics.add(
        name="Our rubric", about="", content=EXAMPLES[0].rubric.as_data(), by=cast.penelope, now=NOW
    )
    return Room(
        cast.athena,
        cast.telemachus,
        cast.nestor,
        mentes,
        rubric,
        recording(cast, listeners=list({cast.nestor, mentes})),
    )


def recording(cast: Cast, *, listeners: list[Person], held_on: date | None = None) -> Recording:
    """Create a recording that both agreed to and that is coded."""
    found = Recording.objects.create(
        relationship=cast.relationship,
        coach=cast.athena,
        client=cast.telemachus,
        title="How a meeting begins",
        held_on=held_on or NOW.date() - timedelta(days=1),
        state="ready",
        state_since=NOW,
        created_at=NOW,
        uploaded_at=NOW,
        n_turns=len(TURNS),
    )
    terms = Terms.objects.create(
        recording=found,
        number=1,
        purpose="feedback",
        keep_until=NOW.date() + timedelta(days=60),
        proposed_by=cast.athena,
        proposed_at=NOW,
        in_force_at=NOW,
    )
    terms.listeners.set(listeners)
    for one in (cast.athena, cast.telemachus):
        Consent.objects.create(terms=terms, person=one, wording="Yes.", given_at=NOW)
    found.terms = terms
    found.save()
    Utterance.objects.bulk_create(
        Utterance(recording=found, number=number, seat=seat, text=text, start=12.0 * number)
        for number, (seat, text) in enumerate(TURNS)
    )
    return found


def asked(room: Room, *, recording: Recording | None = None, now: datetime = NOW) -> Review:
    """Let the coach ask all who are named for a review; Nestor writes the letter."""
    found = recording or room.recording
    return assessments.ask(
        recording=found,
        version=rubric_queries.latest(room.rubric),
        assessors=list(found.terms.listeners.all()),
        writer=room.nestor,
        question="Do I leave the thinking with him?",
        by=room.coach,
        now=now,
    )


def hand_in(review: Review, by: Person, level: int = 3, now: datetime = NOW, **others: int) -> None:
    """Let an assessor give every competency a level, some of them another."""
    given = {code: Given(others.get(code, level), note="heard it twice") for code in "ABCDEF"}
    assessments.submit(review=review, given=given, note="A calm conversation.", by=by, now=now)


def pinned(room: Room, by: Person, number: int = 1) -> Evidence:
    """Let somebody pin a turn."""
    return evidence.pin(
        recording=room.recording, number=number, competency="C", note="opens it", by=by, now=NOW
    )


def rated(room: Room, **asking: object) -> Review:
    """Ask, and let both hand in."""
    review = asked(room, **asking)  # type: ignore[arg-type]
    for part, level in zip(review.assessments.order_by("-assessor__name"), (3, 2), strict=False):
        hand_in(review, part.assessor, level)
    review.refresh_from_db()
    return review


def answered(room: Room) -> Review:
    """Go on to a letter that was sent, with a quote and two points."""
    pin = pinned(room, room.nestor)
    review = rated(room)
    letters.save(
        review=review,
        words=letters.Words("Dear Athena", "Your questions open.", "Let pauses stand.", "Nestor"),
        evidence=[pin],
        points=[letters.Point("Ask, then wait.", "C"), letters.Point("Fewer offers")],
        by=room.nestor,
        now=NOW,
    )
    letters.send(review=review, by=room.nestor, now=NOW)
    review.refresh_from_db()
    return review


def part_of(review: Review, assessor: Person) -> Assessment:
    """Return an assessor's part."""
    return Assessment.objects.get(review=review, assessor=assessor)
