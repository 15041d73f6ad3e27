"""What one relationship remembers of how its learner fails: rows as core takes them, and its answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from telemachy.apps.relationships.models import Attempt, FailureMode, Lesson, Situation
from telemachy.apps.relationships.queries import withholding
from telemachy.apps.relationships.queries.relationships import mentored_by
from telemachy.core import memory
from telemachy.core.shared.lifecycles import LESSON
from telemachy.core.shared.likeness import telling_words
from telemachy.core.shared.scales import GuidanceLevel

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Relationship

#: Earlier cases looked at for an example.
MAX_COMPARED = 50


@dataclass(frozen=True, slots=True)
class Reminder:
    """What a learner is shown of a failure mode before deciding, and where it comes from.

    `fields` are the words by name, data and never instruction; `by` says whose hand they are from.
    """

    attempt_id: UUID
    level: GuidanceLevel
    fields: Mapping[str, str]
    by: str
    approved: bool


def modes_of(relationship: Relationship, learner: Person) -> QuerySet[FailureMode]:
    """Return the learner's failure modes in this relationship alone."""
    return FailureMode.objects.filter(relationship=relationship, learner=learner)


def standings(modes: Iterable[FailureMode]) -> dict[str, memory.Mode]:
    """Return where each failure mode stands, by its key as text, in one query."""
    rows = list(modes)
    settled = Attempt.objects.filter(failure_mode__in=rows, success__isnull=False).order_by(
        "settled_at", "pk"
    )
    attempts: dict[UUID, list[memory.Attempt]] = defaultdict(list)
    since = {mode.pk: mode.evidence_from for mode in rows}
    for attempt in settled:
        if attempt.settled_at is not None and attempt.settled_at > since[attempt.failure_mode_id]:
            attempts[attempt.failure_mode_id].append(_attempt(attempt))
    return {
        str(mode.pk): memory.Mode(str(mode.pk), GuidanceLevel(mode.level), tuple(attempts[mode.pk]))
        for mode in rows
    }


def _attempt(row: Attempt) -> memory.Attempt:
    return memory.Attempt(bool(row.success), GuidanceLevel(row.level), memory.Tier(row.tier))


def active_lessons(modes: Iterable[FailureMode]) -> list[memory.Lesson]:
    """Return the active lessons on these failure modes, oldest first, with what showing each changed."""
    rows = list(
        Lesson.objects.filter(failure_mode__in=list(modes), state="active").select_related("failure_mode")
    )
    effects = effects_of(rows)
    return [replace(as_core(row), effect=effects[row.pk].value) for row in rows]


def as_core(lesson: Lesson) -> memory.Lesson:
    """Return a lesson as core takes it; what showing it changed is for `effects_of` to say."""
    return memory.Lesson(
        key=str(lesson.pk),
        mode=str(lesson.failure_mode_id),
        text=text_of(lesson),
        tags=frozenset(lesson.tags),
        goal=str(lesson.goal_id or ""),
    )


def text_of(lesson: Lesson) -> memory.LessonText:
    """Return the words of a lesson as core takes them."""
    return memory.LessonText(
        lesson.failure_mode.name, lesson.cue, lesson.action, lesson.because, lesson.contrast
    )


def effects_of(lessons: Iterable[Lesson]) -> dict[UUID, memory.Effect]:
    """Return what showing each lesson changed, from lots and evidence of E2 or better, in one query."""
    rows = list(lessons)
    drawn = Attempt.objects.filter(
        lesson__in=rows, p_left_out__isnull=False, success__isnull=False, tier__in=("E2", "E3")
    )
    shown: dict[Any, list[bool]] = defaultdict(list)
    left_out: dict[Any, list[bool]] = defaultdict(list)
    for lesson_id, level, success in drawn.values_list("lesson_id", "level", "success"):
        (shown if level > GuidanceLevel.DEBRIEF else left_out)[lesson_id].append(bool(success))
    return {row.pk: memory.withholding_effect(shown[row.pk], left_out[row.pk]) for row in rows}


def called_to_mind(situation: Situation) -> tuple[memory.Match, ...]:
    """Return what the situation calls to mind of its own relationship, whatever its record says."""
    modes = list(modes_of(situation.relationship, situation.learner))
    cues = memory.Cues(
        key=str(situation.pk),
        text=f"{situation.title}\n{situation.story}",
        tags=frozenset(situation.tags),
        goal=str(situation.goal_id or ""),
    )
    known = memory.Memory(active_lessons(modes))
    return known.recall(cues, standings(modes), p_left_out=_chance(situation))


def _chance(situation: Situation) -> float:
    """Return how often a reminder is left out by lot: as the charter says; every second time for an agent."""
    agreed = withholding.agreed_chance(situation.relationship)
    if agreed is not None:
        return agreed
    return 1 / memory.LEFT_OUT_ONE_IN if situation.learner.is_agent else 0.0


def example_for(situation: Situation, mode_id: UUID, cue: str) -> str:
    """Return the title of the own earlier case of this mode that went well and shows the cue best."""
    went_well = (
        Attempt.objects.filter(failure_mode_id=mode_id, success=True, tier__in=("E2", "E3"))
        .exclude(situation=situation)
        .select_related("situation")
        .order_by("-settled_at")[:MAX_COMPARED]
    )
    cases = [attempt.situation for attempt in went_well]
    told = [telling_words(f"{case.title}\n{case.story}") for case in cases]
    here = telling_words(f"{situation.title}\n{situation.story}")
    place = memory.example_among(telling_words(cue), here, told)
    return "" if place is None else cases[place].title


def reminders(situation: Situation) -> list[Reminder]:
    """Return what the learner was shown here, at most three; lessons withdrawn since are gone."""
    rows = situation.attempts.filter(level__gt=GuidanceLevel.DEBRIEF, lesson__state="active")
    return [
        Reminder(
            attempt_id=row.pk,
            level=GuidanceLevel(row.level),
            fields=row.shown,
            by=row.lesson.source,
            approved=row.lesson.decided_at is not None,
        )
        for row in rows.select_related("lesson")
        if row.lesson is not None
    ]


def reminders_as_text(situation: Situation) -> str:
    """Return the reminders for a prompt: a label that says what they are, and a line of JSON for each."""
    return memory.as_text([reminder.fields for reminder in reminders(situation)])


def in_own_words(situation: Situation, *texts: str) -> list[str]:
    """Return what the learner wrote about the situation without what was recalled to it."""
    shown = situation.attempts.values_list("shown", flat=True)
    recalled = [field for fields in shown for field in fields.values()]
    return [memory.without_recalled(text, recalled) for text in texts]


# --- lessons, for those who answer for them -------------------------------------------------------


def lessons_of_mentor(person: Person) -> QuerySet[Lesson]:
    """Return the lessons the person may read: of learners it mentors, and what its agents wrote.

    The learner is not among the readers: at a question it must not find the answer.
    """
    rows = Lesson.objects.select_related(
        "failure_mode__relationship__programme", "failure_mode__learner", "author"
    )
    inside = rows.filter(failure_mode__relationship__programme__organisation_id=person.organisation_id)
    seats = inside.filter(failure_mode__relationship__in=mentored_by(person))
    if person.is_agent:
        return seats
    return (seats | inside.filter(author__owner=person)).distinct()


def goes_with(lesson: Lesson) -> list[Lesson]:
    """Return what a withdrawal takes back: the lesson itself, then every one derived from it."""
    relationship = lesson.failure_mode.relationship_id
    rows = Lesson.objects.filter(failure_mode__relationship=relationship).select_related(
        "failure_mode", "author"
    )
    parents: dict[str, set[str]] = {str(row.pk): set() for row in rows}
    links = Lesson.derived_from.through.objects.filter(from_lesson__failure_mode__relationship=relationship)
    for child, parent in links.values_list("from_lesson_id", "to_lesson_id"):
        parents[str(child)].add(str(parent))
    gone = memory.with_descendants([str(lesson.pk)], parents)
    taken = [row for row in rows if str(row.pk) in gone and LESSON.allows(row.state, "withdraw")]
    return sorted(taken, key=lambda row: row.pk != lesson.pk)


def n_reminded(lessons: Iterable[Lesson]) -> int:
    """Return in how many situations one of these lessons was shown."""
    shown = Attempt.objects.filter(lesson__in=list(lessons), level__gt=GuidanceLevel.DEBRIEF)
    return shown.values("situation").distinct().count()


def lessons_in(relationship: Relationship) -> QuerySet[Lesson]:
    """Return every lesson of a relationship, for what vouches for one without reading it."""
    return Lesson.objects.filter(failure_mode__relationship=relationship)


def lessons_to_decide(person: Person) -> QuerySet[Lesson]:
    """Return what waits for the person's word, oldest first; nothing waits for an agent's."""
    if person.is_agent:
        return Lesson.objects.none()
    return lessons_of_mentor(person).filter(state="quarantined").order_by("given_at", "pk")


def is_decider(lesson: Lesson, person: Person) -> bool:
    """Tell whether the person decides on a lesson: a human in the mentor's seat, or its author's owner."""
    return not person.is_agent and lessons_of_mentor(person).filter(pk=lesson.pk).exists()


def failure_modes_of_mentor(person: Person) -> QuerySet[FailureMode]:
    """Return the failure modes of the learners the person mentors."""
    return FailureMode.objects.filter(
        relationship__in=mentored_by(person),
        relationship__programme__organisation_id=person.organisation_id,
    ).select_related("relationship__programme", "learner")
