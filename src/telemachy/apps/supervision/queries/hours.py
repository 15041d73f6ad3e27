"""Hours, readiness for credentials and progress over reviews: the coach's own, and a mentor coach's view."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from telemachy.apps.people import queries as people
from telemachy.apps.supervision.models import CredentialRules, HoursEntry, Review, SupervisionHint
from telemachy.apps.supervision.queries import assessments, rubrics
from telemachy.core import assessment
from telemachy.core.assessment import Hours, HoursKind, Plateau, Readiness, Reviewed, RuleSet

if TYPE_CHECKING:
    from uuid import UUID

    from telemachy.apps.people.models import Person
    from telemachy.apps.supervision.models import Rubric


@dataclass(frozen=True, slots=True)
class Standing:
    """How a coach stands towards one credential."""

    rules: CredentialRules
    readiness: Readiness


@dataclass(frozen=True, slots=True)
class Course:
    """A coach's reviews on one rubric, oldest first, as far as they have the levels of the latest one.

    `n_reviews` counts those with other levels, too: a suggestion put aside returns with the next review.
    """

    rubric: Rubric
    content: assessment.Rubric
    reviews: tuple[Review, ...]
    reviewed: tuple[Reviewed, ...]
    plateau: Plateau
    n_reviews: int
    suggests_supervision: bool


def log_of(person: Person) -> QuerySet[HoursEntry]:
    """Return the person's own log, the latest first."""
    return HoursEntry.objects.filter(coach=person).select_related("with_person", "recording")


def to_confirm(person: Person) -> QuerySet[HoursEntry]:
    """Return hours that others say they spent with the person, who has not confirmed them yet."""
    waiting = HoursEntry.objects.filter(with_person=person, confirmed_at__isnull=True)
    return waiting.exclude(coach=person).select_related("coach")


def rules_of(person: Person) -> QuerySet[CredentialRules]:
    """Return what credentials ask for in the person's organisation."""
    return CredentialRules.objects.filter(organisation_id=person.organisation_id)


def in_use(person: Person) -> QuerySet[CredentialRules]:
    """Return the rule sets that are not archived."""
    return rules_of(person).filter(archived_at__isnull=True)


def readable_coaches(person: Person) -> QuerySet[Person]:
    """Return whose readiness the person may see as the writer of letters: coaches of reviews still shared."""
    written = assessments.visible_to(person).filter(writer=person, rated_at__isnull=False)
    return people.of_organisation(person).filter(pk__in=written.values("coach")).exclude(pk=person.pk)


def reviews_of(coach: Person, reader: Person) -> list[Review]:
    """Return the coach's opened reviews that the reader may see, oldest recording first."""
    found = assessments.visible_to(reader).filter(coach=coach, rated_at__isnull=False)
    return list(found.order_by("recording__held_on", "rated_at"))


def standings(coach: Person, today: date) -> list[Standing]:
    """Return how the coach stands towards each credential of the organisation."""
    hours = [
        Hours(entry.held_on, HoursKind(entry.kind), entry.minutes, entry.confirmed_at is not None)
        for entry in log_of(coach).filter(held_on__lte=today)
    ]
    n_passed = len({one.recording_id for one in reviews_of(coach, coach) if assessments.is_passed(one)})
    return [
        Standing(rules, assessment.readiness(rule_set(rules), hours, n_passed=n_passed))
        for rules in in_use(coach)
    ]


def rule_set(rules: CredentialRules) -> RuleSet:
    """Return the row as core takes it."""
    return RuleSet(**{name: getattr(rules, name) for name in RuleSet.__dataclass_fields__})


def courses(coach: Person, reader: Person) -> list[Course]:
    """Return the coach's way through reviews, one for each rubric that was used, the latest first."""
    by_rubric: dict[UUID, list[Review]] = {}
    for review in reviews_of(coach, reader):
        by_rubric.setdefault(review.version.rubric_id, []).append(review)
    put_aside = dict(SupervisionHint.objects.filter(coach=coach).values_list("rubric", "n_reviews"))
    found = [_course(rows, put_aside.get(key, 0), coach == reader) for key, rows in by_rubric.items()]
    return sorted(found, key=lambda one: one.reviewed[-1].on, reverse=True)


def course_of(coach: Person, rubric_id: UUID) -> Course | None:
    """Return the coach's own way on one rubric."""
    return next((one for one in courses(coach, coach) if one.rubric.pk == rubric_id), None)


def totals(coach: Person) -> dict[str, float]:
    """Return logged hours by kind."""
    rows = log_of(coach)
    found = dict.fromkeys(HoursEntry.Kind.values, 0.0)
    for kind, minutes in rows.order_by().values_list("kind", "minutes"):
        found[kind] += minutes / 60
    return found


def _course(rows: list[Review], n_put_aside: int, own: bool) -> Course:
    latest = rows[-1].version
    content = rubrics.content(latest)
    # A level of a version with other levels says something else.
    reviews = tuple(review for review in rows if _scale(rubrics.content(review.version)) == _scale(content))
    reviewed = tuple(Reviewed(one.recording.held_on, assessments.levels_of(one)) for one in reviews)
    # A recording reviewed again is one recording, with its latest levels.
    by_recording = {review.recording_id: one for review, one in zip(reviews, reviewed, strict=True)}
    found = assessment.plateau(tuple(by_recording.values()), content.codes, proficient=content.proficient)
    return Course(
        rubric=latest.rubric,
        content=content,
        reviews=reviews,
        reviewed=reviewed,
        plateau=found,
        n_reviews=len(rows),
        suggests_supervision=own and found.reached and len(rows) > n_put_aside,
    )


def _scale(content: assessment.Rubric) -> tuple[int, int]:
    return content.n_levels, content.proficient
