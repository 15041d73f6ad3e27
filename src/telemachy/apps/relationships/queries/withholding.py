"""Guidance left out by lot, as the parties agreed: whose turn the lot made it, and what it lets one know."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from telemachy.apps.relationships.models import Charter, Situation
from telemachy.core import growth
from telemachy.core.shared.scales import GuidanceLevel

if TYPE_CHECKING:
    from uuid import UUID

    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Relationship
    from telemachy.apps.relationships.snapshots import LearnerEvidence

#: One situation in so many; 0 leaves none out.
SHARES = (0, 6, 4, 3, 2)
#: So many first situations of a learner one lot sets, and its chance to set them all alone.
FIRST, ALONE = 15, 1 / 2


def agreed_chance(relationship: Relationship) -> float | None:
    """Return the chance of being left to decide first, by the charter in force; None without one."""
    in_force = Charter.objects.filter(relationship=relationship, in_force_at__isnull=False)
    one_in = in_force.order_by("-version").values_list("withheld_one_in", flat=True).first()
    return 1 / one_in if one_in else None


def begins_by_lot(relationship: Relationship) -> bool:
    """Tell whether a lot says how a learner begins: agreed to, and no version since proposed without it.

    Taking part is everybody's own choice, so leaving it waits for nobody's agreement.
    """
    versions = Charter.objects.filter(relationship=relationship).order_by("-version")
    for agrees, in_force_at in versions.values_list("begin_by_lot", "in_force_at"):
        if not agrees or in_force_at is not None:
            return agrees
    return False


def first_lots(relationship: Relationship, learner: Person) -> list[bool | None]:
    """Return `guided_by_lot` of the learner's first situations here, `FIRST` at most; past traces aside."""
    first = Situation.objects.filter(
        relationship=relationship, learner=learner, imported_from__isnull=True
    ).order_by("logged_at", "pk")
    return list(first.values_list("guided_by_lot", flat=True)[:FIRST])


def falls_on(situation_id: UUID, chance: float) -> bool:
    """Tell how the lot falls: the same for the same situation always, and known to nobody before it is."""
    drawn = int.from_bytes(sha256(b"withheld:" + situation_id.bytes).digest()[:8])
    return drawn / 2**64 < chance


def waits_for_decision(situation: Situation) -> bool:
    """Tell whether the lot left the situation to its learner, who has neither decided nor insisted."""
    return situation.withheld and situation.decided_at is None and situation.not_waited_at is None


def attribution(
    learner: Person, known: LearnerEvidence, *, within: Relationship | None = None
) -> growth.Attribution:
    """Say what the guidance changed: from lots where some were drawn, else as an association.

    Situations count as the lot fell, whatever happened after it: those who insisted on an answer had their
    reasons, and leaving them out or moving them over would bring the reasons back in.
    """
    drawn = Situation.objects.filter(learner=learner, p_withheld__isnull=False)
    if within is not None:
        drawn = drawn.filter(relationship=within)
    lots = {pk: (chance, fell) for pk, chance, fell in drawn.values_list("pk", "p_withheld", "withheld")}
    rows = [row for row, pk in enumerate(known.situations) if pk in lots]
    if not rows:
        return growth.attribute(known.evidence)
    chance = np.array([lots[known.situations[row]][0] for row in rows])
    fell = np.array([lots[known.situations[row]][1] for row in rows])
    return growth.attribute(as_the_lot_fell(known.evidence, rows, fell), "randomised", p_withheld=chance)


def as_the_lot_fell(
    evidence: growth.Evidence, rows: list[int], fell: npt.NDArray[np.bool_]
) -> growth.Evidence:
    """Return these rows with the guidance that the lot assigned: none, or a question at least."""
    assigned = np.maximum(evidence.level[rows], GuidanceLevel.QUESTION)
    return growth.Evidence(
        learner=evidence.learner[rows],
        competency=evidence.competency[rows],
        time=evidence.time[rows],
        difficulty=evidence.difficulty[rows],
        novelty=evidence.novelty[rows],
        level=np.where(fell, GuidanceLevel.INDEPENDENT, assigned),
        success=evidence.success[rows],
    )
