"""How direct an answer the growth engine recommends for a situation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telemachy.apps.relationships import snapshots
from telemachy.apps.relationships.snapshots import populations
from telemachy.core import growth

if TYPE_CHECKING:
    from telemachy.apps.relationships.models import Situation


def for_situation(situation: Situation) -> growth.Recommendation:
    """Return the recommended level with its reason, from all that is known of the learner now."""
    known = snapshots.evidence_of(situation.learner)
    found = populations.model_of(known, situation.relationship.programme_id)
    recommended = growth.recommend(
        found.model,
        found.learner,
        found.number_of(situation.competency_id),
        situation.difficulty,
        situation.novelty,
        kind=situation.relationship.kind,
    )
    return growth.set_to_guide(recommended) if situation.guided_by_lot else recommended
