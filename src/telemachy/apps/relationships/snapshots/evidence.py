"""A learner's rated situations as the evidence that the growth engine takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, cast
from uuid import UUID

import numpy as np

from telemachy.apps.relationships.models import Situation
from telemachy.core import growth

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.programmes.models import Programme
    from telemachy.apps.relationships.models import Relationship

SECONDS_A_DAY = 86_400
#: A programme learns from so many situations at most, the latest: more would not fit into a night.
MOST_SITUATIONS = 500_000


@dataclass(frozen=True, slots=True)
class LearnerEvidence:
    """A learner's rated situations; `competencies[k]` is the competency that the evidence numbers k.

    `situations[i]` is the situation of row i, `programmes[i]` its programme.
    """

    evidence: growth.Evidence
    competencies: tuple[UUID, ...]
    situations: tuple[UUID, ...] = ()
    programmes: tuple[UUID, ...] = ()

    #: The number of the one learner in the evidence.
    learner: int = 0

    def number_of(self, competency_id: UUID | None) -> int:
        """Return the competency's number in the evidence; -1, which has no rows, when it is not in it."""
        return self.competencies.index(competency_id) if competency_id in self.competencies else -1


class Rated(NamedTuple):
    """What the evidence takes of a rated situation."""

    pk: UUID
    competency_id: UUID
    decided_at: datetime
    difficulty: int
    novelty: int
    guided_level: int
    rating: int
    asked_at: datetime | None
    programme_id: UUID


_RATED = (*Rated._fields[:-1], "relationship__programme_id")


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
        .values_list(*_RATED)
    )
    if within is not None:
        rated = rated.filter(relationship=within)
    rows = [
        Rated(*cast("tuple[UUID, UUID, datetime, int, int, int, int, datetime | None, UUID]", row))
        for row in rated
    ]
    return evidence_from(rows)


def evidence_in(situations: Iterable[Situation]) -> LearnerEvidence:
    """Return `evidence_of` for situations of one learner that are at hand."""
    rated = [
        Rated(
            one.pk,
            one.competency_id,
            one.decided_at,
            one.difficulty,
            one.novelty,
            one.guided_level,
            one.rating,
            one.asked_at,
            one.relationship.programme_id,
        )
        for one in situations
        if one.rating is not None and one.competency_id is not None and one.decided_at is not None
    ]
    return evidence_from(sorted(rated, key=lambda row: (row.decided_at, row.pk)))


def evidence_in_programme(programme: Programme) -> LearnerEvidence:
    """Return the rated situations of a programme's learners, the latest of very many; no text is read."""
    rated = (
        Situation.objects.filter(
            relationship__programme=programme,
            rating__isnull=False,
            competency__isnull=False,
            decided_at__isnull=False,
        )
        .order_by("-decided_at", "-pk")
        .values_list("learner_id", *_RATED)[:MOST_SITUATIONS]
    )
    rows = list(reversed(rated))
    found = evidence_from([Rated(*row[1:]) for row in rows])
    learners = np.unique([row[0].hex for row in rows], return_inverse=True)[1]
    return replace(found, evidence=replace(found.evidence, learner=learners))


def evidence_from(rows: Sequence[Rated]) -> LearnerEvidence:
    """Return rows of one learner, oldest decision first, as evidence."""
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
    return LearnerEvidence(
        evidence, competencies, tuple(row.pk for row in rows), tuple(row.programme_id for row in rows)
    )
