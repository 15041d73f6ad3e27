"""What may be known of thresholds: the parties all, the rater the bare case, the manager that one waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, QuerySet

from telemachy.apps.people import queries as people
from telemachy.apps.relationships import snapshots
from telemachy.apps.relationships.models import Party, Situation, ThresholdClaim
from telemachy.apps.relationships.queries.relationships import mentored_by
from telemachy.apps.relationships.snapshots import populations
from telemachy.core import growth

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from telemachy.apps.people.models import Person
    from telemachy.apps.programmes.models import Programme
    from telemachy.apps.relationships.models import Relationship


@dataclass(frozen=True, slots=True)
class BlindCase:
    """What an independent rater reads: the case and the learner's own part, nothing of the guidance."""

    competency: str
    title: str
    story: str
    stakes: str
    difficulty: int
    novelty: int
    own_view: str
    options: str
    decision: str
    criteria: str
    risks: str
    alternatives: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Achievement:
    """A passed threshold as a badge tells it to strangers: no situation, no words of the pair."""

    key: UUID
    learner_key: UUID
    email: str
    organisation: str
    competency_key: UUID
    competency: str
    criteria: str
    passed_at: datetime


def of_party(person: Person) -> QuerySet[ThresholdClaim]:
    """Return the claims the person may read: own ones, and those of learners the person mentors.

    Own ones stay after leaving a circle: a badge is the learner's, and so is the word to close a case again.
    """
    own = ThresholdClaim.objects.filter(learner=person)
    return own | ThresholdClaim.objects.filter(relationship__in=mentored_by(person))


def of_trajectory(relationship: Relationship, learner: Person) -> list[ThresholdClaim]:
    """Return the claims of a learner in a relationship, the latest of each competency.

    Of their situations only the titles are read: joined whole, three claims cost more than their page.
    """
    rows = ThresholdClaim.objects.filter(relationship=relationship, learner=learner)
    titles = Prefetch("situation", Situation.objects.only("title"))
    latest: dict[UUID, ThresholdClaim] = {}
    for claim in rows.select_related("competency").prefetch_related(titles, "confirmed_by"):
        latest[claim.competency_id] = claim
    return list(latest.values())


def to_rate(person: Person) -> QuerySet[ThresholdClaim]:
    """Return the claims the person was asked to rate, the longest waiting first."""
    asked = ThresholdClaim.objects.filter(rater=person, state="rating")
    return asked.select_related("competency", "situation").order_by("shared_at")


def waiting_in(programme: Programme) -> QuerySet[ThresholdClaim]:
    """Return the claims of a programme that wait for a rater or for a rating; states, no content."""
    rows = ThresholdClaim.objects.filter(relationship__programme=programme, state__in=("shared", "rating"))
    return rows.select_related("learner", "competency", "rater").order_by("shared_at")


def possible_raters(claim: ThresholdClaim) -> QuerySet[Any]:
    """Return who of the organisation may rate: people who sign in and have no seat in the relationship."""
    parties = Party.objects.filter(relationship=claim.relationship_id).values("person")
    everybody = people.of_organisation(claim.learner)
    return everybody.filter(user__isnull=False).exclude(pk__in=parties).order_by("name")


def blind_case(claim: ThresholdClaim) -> BlindCase:
    """Return the case as a rater reads it."""
    case = claim.situation
    return BlindCase(
        competency=claim.competency.name,
        **{name: getattr(case, name) for name in BlindCase.__dataclass_fields__ if name != "competency"},
    )


def achievement(claim: ThresholdClaim) -> Achievement | None:
    """Return what a badge may say of a passed claim; None before it is passed."""
    if claim.passed_at is None:
        return None
    confirmed = "It was confirmed by the mentor"
    rated = f", and rated {claim.score} of 4 by an independent reader who did not see the guidance"
    return Achievement(
        key=claim.pk,
        learner_key=claim.learner_id,
        email=claim.learner.email,
        organisation=claim.learner.organisation.name,
        competency_key=claim.competency_id,
        competency=claim.competency.name,
        criteria=(
            "A new (4 or 5 of 5) and difficult (4 or 5 of 5) situation was decided without consulting, "
            "accounted for in full, and rated proficient. From all rated situations the chance of handling "
            f"such a case alone was estimated as {claim.p_alone:.0%} (90 % interval {claim.p_low:.0%} to "
            f"{claim.p_high:.0%}). "
            f"{confirmed}{rated if claim.score is not None else ''}."
        ),
        passed_at=claim.passed_at,
    )


def check(situation: Situation) -> tuple[growth.Independence, growth.ThresholdCheck] | None:
    """Return what the model says of the situation as a proof, from this relationship's evidence alone."""
    if situation.competency_id is None or situation.decided_at is None:
        return None
    relationship = situation.relationship
    known = snapshots.evidence_of(situation.learner, within=relationship)
    found = populations.model_of(known, relationship.programme_id)
    independence = found.model.independence(found.learner, found.number_of(situation.competency_id))
    mark = relationship.programme.threshold_mark
    return independence, growth.threshold(candidate(situation), independence, mark=mark)


def candidate(situation: Situation) -> growth.Candidate:
    """Return the situation as the threshold check takes it."""
    rating = situation.rating
    return growth.Candidate(
        difficulty=situation.difficulty,
        novelty=situation.novelty,
        level=situation.guided_level,
        consulted=situation.asked_at is not None,
        account_complete=is_account_complete(situation),
        success=None if rating is None else growth.success_of_rating(rating),
    )


def is_account_complete(situation: Situation) -> bool:
    """Tell whether criteria, risks, alternatives and outcome are all told."""
    return all((situation.criteria, situation.risks, situation.alternatives, situation.outcome))


def is_open(claims: Iterable[ThresholdClaim], competency_id: UUID) -> bool:
    """Tell whether one of the claims is about the competency and was not refused."""
    return any(one.competency_id == competency_id and one.state != "not_yet" for one in claims)
