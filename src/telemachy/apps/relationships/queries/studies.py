"""What all lots of a programme together tell of its guidance; numbers of many pairs, never of one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

import numpy as np
import numpy.typing as npt

from telemachy.apps.relationships.models import GrowthStudy, Situation
from telemachy.apps.relationships.queries import withholding
from telemachy.apps.relationships.snapshots import SECONDS_A_DAY
from telemachy.core import growth
from telemachy.core.shared.estimates import SMALLEST_GROUP

if TYPE_CHECKING:
    from telemachy.apps.programmes.models import Programme
    from telemachy.apps.relationships.snapshots import LearnerEvidence

#: The latest that one study looks at: beyond, the lots are no nearer to an answer, and the night is short.
MOST_SITUATIONS = 20_000


@dataclass(frozen=True, slots=True)
class Lots:
    """Rated situations for which a lot was drawn, oldest first: `chance` and `fell` for each."""

    evidence: growth.Evidence
    chance: npt.NDArray[np.float64]
    fell: npt.NDArray[np.bool_]
    n_pairs: int


def of_programme(programme: Programme) -> GrowthStudy | None:
    """Return the latest study of a programme; None before one, or of fewer pairs than may be shown."""
    return GrowthStudy.objects.filter(programme=programme, n_pairs__gte=SMALLEST_GROUP).first()


def programmes_with_lots() -> list[UUID]:
    """Return the keys of the programmes in which lots were drawn."""
    drawn = Situation.objects.filter(p_withheld__isnull=False)
    return sorted(set(drawn.order_by().values_list("relationship__programme_id", flat=True).distinct()))


def lots_of(programme: Programme) -> Lots | None:
    """Return the programme's rated situations with a lot; None without any. No text is read."""
    rows: list[tuple[Any, ...]] = list(
        Situation.objects.filter(
            relationship__programme=programme,
            p_withheld__isnull=False,
            rating__isnull=False,
            competency__isnull=False,
            decided_at__isnull=False,
        )
        .order_by("-decided_at", "pk")
        .values_list(
            *("learner_id", "competency_id", "decided_at", "difficulty", "novelty", "guided_level"),
            *("rating", "p_withheld", "withheld", "relationship_id"),
        )[:MOST_SITUATIONS]
    )
    if not rows:
        return None
    learner, competency, decided_at, difficulty, novelty, level, rating, chance, fell, pair = zip(
        *reversed(rows), strict=True
    )
    evidence = growth.Evidence(
        learner=_numbered(learner),
        competency=_numbered(competency),
        time=np.array([at.timestamp() / SECONDS_A_DAY for at in decided_at]),
        difficulty=np.array(difficulty, dtype=np.float64),
        novelty=np.array(novelty, dtype=np.float64),
        level=np.array(level, dtype=np.int64),
        success=np.array([growth.success_of_rating(one) for one in rating], dtype=np.float64),
    )
    return Lots(evidence, np.array(chance, dtype=np.float64), np.array(fell, dtype=np.bool_), len(set(pair)))


def lots_of_beginnings(programme: Programme, known: LearnerEvidence) -> growth.Lots | None:
    """Return which rows of the programme's evidence the lots of how learners begin set; None without any.

    Each stands for a learner's first situations from the draw on, also for those that were logged after the
    pair had left it: they had their reasons, and leaving these out would bring the reasons in.
    """
    drawn = Situation.objects.filter(relationship__programme=programme, guided_by_lot__isnull=False)
    logged = Situation.objects.filter(
        relationship__in=drawn.values("relationship"), imported_from__isnull=True
    ).order_by("logged_at", "pk")
    begun: dict[tuple[UUID, UUID], list[tuple[UUID, bool | None]]] = defaultdict(list)
    for pair, learner, pk, guided in logged.values_list(
        "relationship_id", "learner_id", "pk", "guided_by_lot"
    ).iterator(chunk_size=5000):
        begun[pair, learner].append((pk, guided))
    fell: dict[UUID, tuple[int, bool]] = {}
    for number, situations in enumerate(begun.values()):
        guided = None
        for pk, said in situations[: withholding.FIRST]:
            guided = said if guided is None else guided
            if guided is not None:
                fell[pk] = (number, guided)
    if not fell:
        return None
    rows = [fell.get(pk, (-1, False)) for pk in known.situations]
    return growth.Lots(np.array([number for number, _ in rows]), np.array([guided for _, guided in rows]))


def attribution(lots: Lots) -> growth.Attribution:
    """Say what the guidance changed over all pairs, each situation counted as its lot fell."""
    rows = list(range(len(lots.evidence)))
    as_fell = withholding.as_the_lot_fell(lots.evidence, rows, lots.fell)
    return growth.attribute(as_fell, "randomised", p_withheld=lots.chance)


def _numbered(keys: tuple[UUID, ...]) -> npt.NDArray[np.int64]:
    return np.unique([key.hex for key in keys], return_inverse=True)[1].astype(np.int64)
