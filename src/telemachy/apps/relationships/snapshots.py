"""Rows turned into the frozen inputs that core takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, cast
from uuid import UUID

import numpy as np

from telemachy.apps.relationships.models import Situation
from telemachy.core import growth

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Relationship

SECONDS_A_DAY = 86_400


@dataclass(frozen=True, slots=True)
class LearnerEvidence:
    """A learner's rated situations; `competencies[k]` is the competency that the evidence numbers k.

    `situations[i]` is the situation of row i.
    """

    evidence: growth.Evidence
    competencies: tuple[UUID, ...]
    situations: tuple[UUID, ...] = ()

    #: The number of the one learner in the evidence.
    learner: int = 0

    def number_of(self, competency_id: UUID | None) -> int:
        """Return the competency's number in the evidence; -1, which has no rows, when it is not in it."""
        return self.competencies.index(competency_id) if competency_id in self.competencies else -1


class _Rated(NamedTuple):
    pk: UUID
    competency_id: UUID
    decided_at: datetime
    difficulty: int
    novelty: int
    guided_level: int
    rating: int
    asked_at: datetime | None


def evidence_of(learner: Person, *, within: Relationship | None = None) -> LearnerEvidence:
    """Return the learner's situations that a trainer has rated, oldest decision first.

    `within` leaves out what the learner did in other relationships, which the reader may not know.

    Only ratings of a trainer or better are copied to `Situation.rating`, so a self-report never counts.
    """
    rated = (
        Situation.objects.filter(
            learner=learner, rating__isnull=False, competency__isnull=False, decided_at__isnull=False
        )
        .order_by("decided_at", "pk")
        .values_list(*_Rated._fields)
    )
    if within is not None:
        rated = rated.filter(relationship=within)
    rows = [
        _Rated(*cast("tuple[UUID, UUID, datetime, int, int, int, int, datetime | None]", row))
        for row in rated
    ]
    competencies = tuple(sorted({row.competency_id for row in rows}))
    numbers = {competency: number for number, competency in enumerate(competencies)}
    evidence = growth.Evidence(
        learner=np.zeros(len(rows), dtype=np.int64),
        competency=np.array([numbers[row.competency_id] for row in rows], dtype=np.int64),
        time=np.array([row.decided_at.timestamp() / SECONDS_A_DAY for row in rows], dtype=np.float64),
        difficulty=np.array([row.difficulty for row in rows], dtype=np.float64),
        novelty=np.array([row.novelty for row in rows], dtype=np.float64),
        level=np.array([row.guided_level for row in rows], dtype=np.int64),
        success=np.array([growth.success_of_rating(row.rating) for row in rows], dtype=np.float64),
        consulted=np.array([row.asked_at is not None for row in rows], dtype=np.bool_),
    )
    return LearnerEvidence(evidence, competencies, tuple(row.pk for row in rows))
