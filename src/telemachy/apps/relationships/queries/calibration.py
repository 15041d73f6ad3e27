"""How well a learner's confidence and own ratings go with what came of it; for the learner alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from django.db.models import OuterRef, Subquery

from telemachy.apps.relationships.models import Rating, Situation
from telemachy.core import growth
from telemachy.core.shared.scales import GuidanceLevel

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

#: Nothing is said of fewer.
ENOUGH = 5
#: The latest told one by one at most.
MAX_TOLD = 40


@dataclass(frozen=True, slots=True)
class OwnJudgement:
    """One rated situation with what its learner thought of it: confidence before, rating after."""

    situation: Situation
    confidence: int | None
    own_rating: int | None
    rating: int
    alone: bool


@dataclass(frozen=True, slots=True)
class SelfKnowledge:
    """`calibration` is None before enough situations decided alone were told with a confidence."""

    judgements: tuple[OwnJudgement, ...]
    calibration: growth.Calibration | None
    n_alone: int
    #: How often the own rating was above, the same as, and below the trainer's.
    above: int
    same: int
    below: int


def of_learner(learner: Person) -> SelfKnowledge:
    """Return what the rated situations say of the learner's own judgement, in one query.

    Confidence is told before any guidance, so only what was decided without it tells whether it was right.
    """
    own = Rating.objects.filter(situation=OuterRef("pk"), rater=learner, tier=Rating.Tier.SELF)
    rated = Situation.objects.filter(learner=learner, rating__isnull=False, decided_at__isnull=False)
    named = rated.annotate(own_rating=Subquery(own.values("score")[:1])).order_by("decided_at", "pk")
    judgements = [
        OwnJudgement(
            one,
            one.confidence,
            one.own_rating,
            one.rating or 0,
            one.guided_level <= GuidanceLevel.DEBRIEF and one.asked_at is None,
        )
        for one in named.only("title", "decided_at", "confidence", "rating", "guided_level", "asked_at")
    ]
    alone = [one for one in judgements if one.alone and one.confidence is not None]
    both = [one.own_rating - one.rating for one in judgements if one.own_rating is not None]
    return SelfKnowledge(
        judgements=tuple(reversed(judgements[-MAX_TOLD:])),
        calibration=growth.calibration(_evidence(alone), 0) if len(alone) >= ENOUGH else None,
        n_alone=len(alone),
        above=sum(gap > 0 for gap in both),
        same=sum(gap == 0 for gap in both),
        below=sum(gap < 0 for gap in both),
    )


def _evidence(judgements: list[OwnJudgement]) -> growth.Evidence:
    """Return the judgements as evidence; what calibration does not look at is the same in each row."""
    n = len(judgements)
    zeros = np.zeros(n, dtype=np.int64)
    return growth.Evidence(
        learner=zeros,
        competency=zeros,
        time=np.arange(n, dtype=np.float64),
        difficulty=np.full(n, 3.0),
        novelty=np.full(n, 3.0),
        level=zeros,
        success=np.array([growth.success_of_rating(one.rating) for one in judgements]),
        confidence=np.array([one.confidence for one in judgements], dtype=np.float64),
    )
