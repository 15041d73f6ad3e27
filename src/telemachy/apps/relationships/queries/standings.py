"""Where a learner stands in one relationship, in numbers: for trainers that are programs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from telemachy.apps.knowledge import queries as knowledge
from telemachy.apps.relationships import snapshots
from telemachy.apps.relationships.models import Situation
from telemachy.apps.relationships.snapshots import populations
from telemachy.core import growth

if TYPE_CHECKING:
    from telemachy.apps.knowledge.models import Competency
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Relationship


@dataclass(frozen=True, slots=True)
class Standing:
    """How the learner decides alone in a competency."""

    competency: Competency
    n_situations: int
    independence: growth.Independence


@dataclass(frozen=True, slots=True)
class Asking:
    """How often the learner asked among the situations that are decided."""

    n_situations: int
    n_asked: int
    n_asked_after_reasoning: int

    @property
    def n_alone(self) -> int:
        """How many were decided without asking."""
        return self.n_situations - self.n_asked


def competencies(relationship: Relationship, learner: Person) -> list[Standing]:
    """Return the standing in each competency of which the relationship has rated situations."""
    known = snapshots.evidence_of(learner, within=relationship)
    if not known.competencies:
        return []
    found = populations.model_of(known, relationship.programme_id)
    n_rated = Counter(int(number) for number in known.evidence.competency)
    names = knowledge.by_key(known.competencies)
    return [
        Standing(names[key], n_rated[number], found.model.independence(found.learner, number))
        for number, key in enumerate(known.competencies)
        if key in names
    ]


def asking(relationship: Relationship, learner: Person) -> Asking:
    """Count how the learner asked in the relationship's decided situations.

    Past cases taken in from a file do not count: there was nobody to ask.
    """
    decided = Situation.objects.filter(
        relationship=relationship, learner=learner, decided_at__isnull=False, imported_from__isnull=True
    )
    asked = decided.filter(asked_at__isnull=False)
    return Asking(decided.count(), asked.count(), asked.filter(reasoned_at__isnull=False).count())
