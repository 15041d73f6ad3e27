"""Pulses: which question is next for a person, and what a group says, never fewer than five people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from telemachy.apps.relationships.models import Pulse
from telemachy.core import insights

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Relationship

#: In the order in which they are asked.
QUESTIONS = ("safety", "clarity", "value", "reliance")
#: A person is asked at most this often in a relationship, and not before it is this old.
EVERY = timedelta(days=14)
#: Answers older than this say nothing about now.
RECENT = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class GroupPulse:
    """What a group says to one question; `mean` is None where fewer than five people answered."""

    question: str
    mean: float | None
    n: int | None
    signals: tuple[insights.Signal, ...] = ()


def question_for(relationship: Relationship, person: Person, now: datetime) -> str:
    """Return the question to ask the person now, or "" when it is too early to ask again."""
    if relationship.state not in {"active", "winding_down"} or relationship.active_at is None:
        return ""
    last = relationship.pulses.filter(person=person).order_by("-answered_at").first()
    if now - (last.answered_at if last else relationship.active_at) < EVERY:
        return ""
    return QUESTIONS[(QUESTIONS.index(last.question) + 1) % len(QUESTIONS)] if last else QUESTIONS[0]


def of_programme(programme_id: UUID, now: datetime) -> tuple[GroupPulse, ...]:
    """Return each question's mean over the latest answer of each person in the last 90 days."""
    rows = (
        Pulse.objects.filter(relationship__programme_id=programme_id, answered_at__gt=now - RECENT)
        .order_by("answered_at")
        .values_list("question", "person_id", "answer")
    )
    latest: dict[str, dict[UUID, int]] = {question: {} for question in QUESTIONS}
    for question, person_id, answer in rows:
        latest[question][person_id] = answer
    return tuple(_group(question, answers.values()) for question, answers in latest.items())


def _group(question: str, answers: Iterable[int]) -> GroupPulse:
    found = list(answers)
    if len(found) < insights.DEFAULT.pulse_raters:
        return GroupPulse(question, None, None)
    low = insights.low_pulse(found) if question == "safety" else None
    return GroupPulse(question, round(sum(found) / len(found), 1), len(found), (low,) if low else ())
