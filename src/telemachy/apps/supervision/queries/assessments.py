"""What may be known of reviews: by coach and assessors alone, and of ratings nothing until all are in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from telemachy.apps.supervision.models import (
    Assessment,
    CompetencyRating,
    DevelopmentPoint,
    Evidence,
    Review,
)
from telemachy.apps.supervision.queries import evidence as pins
from telemachy.apps.supervision.queries import recordings, rubrics
from telemachy.core.assessment import Agreement, Side, agreement, side_by_side

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from telemachy.apps.people.models import Person
    from telemachy.apps.supervision.models import Recording


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for an assessor: ratings to give, or a letter to write."""

    review: Review
    what: str
    since: datetime


def visible_to(person: Person) -> QuerySet[Review]:
    """Return the reviews of the person's own coaching, and those the person assesses.

    An assessor sees a review only while the terms of its recording name the assessor.
    """
    assesses = Assessment.objects.filter(review=OuterRef("pk"), assessor=person, declined_at__isnull=True)
    named = recordings.named_in(person).values("pk")
    mine = Q(coach=person) | (Q(Exists(assesses)) & Q(recording__in=named))
    return for_page(Review.objects.filter(mine, coach__organisation_id=person.organisation_id))


def for_page(rows: QuerySet[Review]) -> QuerySet[Review]:
    """Return the rows with everything that a page names; ratings only to be shown under `is_open_to`."""
    parts = Assessment.objects.filter(declined_at__isnull=True).select_related("assessor")
    return rows.select_related("recording", "coach", "writer", "version__rubric", "letter").prefetch_related(
        Prefetch("assessments", parts.prefetch_related("ratings"))
    )


def assessed_by(person: Person) -> QuerySet[Assessment]:
    """Return the person's own parts of reviews that the person may see."""
    found = Assessment.objects.filter(
        assessor=person, declined_at__isnull=True, review__in=visible_to(person).values("pk")
    )
    return found.select_related("review__recording", "review__coach", "review__version__rubric")


def to_rate(person: Person) -> QuerySet[Assessment]:
    """Return the person's parts that are still to be handed in."""
    return assessed_by(person).filter(submitted_at__isnull=True, review__state="asked")


def waiting_for(person: Person) -> list[Waiting]:
    """Return what waits for the person as assessor, longest first."""
    found = [Waiting(part.review, "rate", part.asked_at) for part in to_rate(person)]
    to_write = visible_to(person).filter(writer=person, state="rated")
    found += [Waiting(review, "write", review.state_since) for review in to_write]
    return sorted(found, key=lambda one: one.since)


def n_waiting(person: Person) -> int:
    """Return how many ratings and letters wait for the person."""
    return to_rate(person).count() + visible_to(person).filter(writer=person, state="rated").count()


def takes_part(person: Person) -> bool:
    """Tell whether the person assesses, or has a review of the own coaching."""
    part = Assessment.objects.filter(assessor=person, declined_at__isnull=True)
    return part.exists() or Review.objects.filter(coach=person).exists()


def parts(review: Review) -> list[Assessment]:
    """Return the assessors' parts, declined ones left out."""
    return list(review.assessments.all())


def own_part(review: Review, person: Person) -> Assessment | None:
    """Return the person's own part of a review, or None."""
    return next((part for part in parts(review) if part.assessor_id == person.pk), None)


def is_open_to(review: Review, person: Person) -> bool:
    """Tell whether the person may see everybody's ratings: all are in, and the person is of the review."""
    if review.rated_at is None:
        return False
    return review.coach_id == person.pk or own_part(review, person) is not None


def ratings_of(part: Assessment) -> dict[str, CompetencyRating]:
    """Return an assessor's ratings by competency."""
    return {rating.competency: rating for rating in part.ratings.all()}


def sides(review: Review) -> tuple[Side, ...]:
    """Return the levels of all assessors beside each other, in the order of `parts`."""
    given = [{code: one.level for code, one in ratings_of(part).items()} for part in parts(review)]
    return side_by_side(rubrics.content(review.version).codes, given)


def levels_of(review: Review) -> dict[str, int]:
    """Return the middle level of each competency that somebody rated."""
    return {side.code: side.consensus for side in sides(review) if side.consensus is not None}


def is_passed(review: Review) -> bool:
    """Tell whether every rated competency, and at least one, came to proficient."""
    content = rubrics.content(review.version)
    levels = levels_of(review)
    return bool(levels) and all(level >= content.proficient for level in levels.values())


def pooled_agreement(review: Review) -> Agreement:
    """Return how far the review's assessors agree over all reviews they rated on this rubric until then.

    One recording gives too few ratings to tell agreement from chance; the unit is a competency of a
    recording. Reviews on versions with other competencies or levels are left out.
    """
    content = rubrics.content(review.version)
    assessors = [part.assessor_id for part in parts(review)]
    same = Review.objects.filter(
        version__rubric=review.version.rubric_id,
        rated_at__lte=review.rated_at,
        assessments__assessor__in=assessors,
    )
    units: list[tuple[int | None, ...]] = []
    for one in for_page(same.distinct()).order_by("rated_at", "pk"):
        found = rubrics.content(one.version)
        if (found.codes, found.n_levels) == (content.codes, content.n_levels):
            units += _units(one, assessors)
    return agreement(units, n_levels=content.n_levels)


def _units(review: Review, assessors: Iterable[UUID]) -> list[tuple[int | None, ...]]:
    by_assessor = {part.assessor_id: ratings_of(part) for part in parts(review)}
    return [
        tuple(
            by_assessor[assessor][code].level if code in by_assessor.get(assessor, {}) else None
            for assessor in assessors
        )
        for code in rubrics.content(review.version).codes
    ]


def evidence(review: Review, person: Person) -> list[Evidence]:
    """Return the pins of the review's assessors and coach that the person may see, in the order of time."""
    authors = {part.assessor_id for part in parts(review)} | {review.coach_id}
    found = pins.visible_to(person, review.recording).filter(author__in=authors)
    return list(found.order_by("utterance__number", "pinned_at"))


# --- for actions and forms ------------------------------------------------------------------------


def locked(review: Review) -> Review:
    """Hold the row for the action that asked, and read it afresh."""
    Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
    return for_page(Review.objects.all()).get(pk=review.pk)


def possible_assessors(recording: Recording) -> list[Person]:
    """Return who is still here of those whom the terms in force let hear it, besides coach and client."""
    return [person for person in recordings.listeners(recording) if not person.is_gone]


def missing(review: Review) -> list[Person]:
    """Return who is waited for in vain, to rate or to write: gone, or not to hear it any more."""
    return missing_in([review])[review.pk]


def missing_in(reviews: Sequence[Review]) -> dict[UUID, list[Person]]:
    """Return `missing` of each review, in three queries however many they are."""
    waited = {review.pk: _waited_for(review) for review in reviews}
    hearing = recordings.hearing({review.recording_id for review in reviews if waited[review.pk]})
    return {
        review.pk: [one for one in waited[review.pk] if (review.recording_id, one.pk) not in hearing]
        for review in reviews
    }


def _waited_for(review: Review) -> list[Person]:
    """Return who has still to rate, or to write the letter."""
    if review.state == "asked":
        return [part.assessor for part in parts(review) if part.submitted_at is None]
    return [review.writer] if review.state == "rated" else []


def successor(review: Review) -> Person | None:
    """Return who else of those who rated can write the letter, or None."""
    here = set(possible_assessors(review.recording)) - {review.writer}
    return next((part.assessor for part in parts(review) if part.assessor in here), None)


def under_way(recording: Recording) -> bool:
    """Tell whether a review of the recording is being rated."""
    return recording.reviews.filter(state="asked").exists()


def reviewed(coach: Person) -> QuerySet[Review, Any]:
    """Return the keys of the coach's recordings that a review was asked for and not called off."""
    return Review.objects.filter(coach=coach).exclude(state="called_off").values("recording_id")


def points_of(person: Person) -> QuerySet[DevelopmentPoint]:
    """Return the coach's own development points from letters that were sent."""
    found = DevelopmentPoint.objects.filter(coach=person, review__state__in=("answered", "forgotten"))
    return found.select_related("review__recording", "review__version__rubric", "review__writer", "goal")
