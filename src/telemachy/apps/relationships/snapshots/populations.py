"""One learner's growth model, shrunk to what the learner's programme has learned at night."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

import numpy as np

from telemachy.apps.relationships.models import GrowthPopulation, Situation
from telemachy.core import growth

if TYPE_CHECKING:
    from telemachy.apps.relationships.snapshots.evidence import LearnerEvidence


@dataclass(frozen=True, slots=True)
class Fitted:
    """The model of one learner; `numbers` are those of the competencies that the learner or others met."""

    model: growth.Model
    learner: int
    numbers: Mapping[UUID, int]

    def number_of(self, competency_id: UUID | None) -> int:
        """Return the competency's number in the model; -1, of which nothing is known, for any other."""
        return -1 if competency_id is None else self.numbers.get(competency_id, -1)


def model_of(known: LearnerEvidence, programme_id: UUID | None) -> Fitted:
    """Return the model of a learner of this programme, in one query."""
    return fitted(known, of_programmes([programme_id] if programme_id else []).get(programme_id))


def of_programmes(programme_ids: Iterable[UUID]) -> dict[UUID | None, GrowthPopulation]:
    """Return what these programmes have learned, in one query; what another model learned is left out."""
    found = GrowthPopulation.objects.filter(
        programme__in=list(programme_ids), model_version=growth.MODEL_VERSION
    )
    return {one.programme_id: one for one in found}


def fitted(known: LearnerEvidence, learned: GrowthPopulation | None) -> Fitted:
    """Return the model of a learner, on what a programme has learned or, where it has not, on the priors."""
    numbers = {key: number for number, key in enumerate(known.competencies)}
    if learned is None:
        return Fitted(growth.fit(known.evidence), known.learner, numbers)
    keys = [UUID(key) for key in learned.competencies]
    for key in keys:
        numbers.setdefault(key, len(numbers))
    population = growth.restored(learned.parameters, [numbers[key] for key in keys])
    taught = np.array([one == learned.programme_id for one in known.programmes], dtype=np.bool_)
    return Fitted(growth.fit(known.evidence, population, taught), known.learner, numbers)


def programmes_to_learn_from() -> list[UUID]:
    """Return the keys of the programmes in which situations were rated."""
    rated = Situation.objects.filter(rating__isnull=False, decided_at__isnull=False)
    return sorted(set(rated.order_by().values_list("relationship__programme_id", flat=True).distinct()))
