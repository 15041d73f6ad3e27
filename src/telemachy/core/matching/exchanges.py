"""What a swap costs where wishes or sizes of groups keep a matching from the highest total."""

from __future__ import annotations

import numpy as np

from telemachy.core.matching.pairs import Ints, Pairs
from telemachy.core.matching.shortage import Cost, Shortage


class Exchanges(Shortage):
    """Answers about a learner who changes places with one other, the swap that anybody can make by hand.

    A longer chain of moves may cost less, so every cost is told as "at most". Below 0 the total would rise,
    which the wishes forbid. Parameters are those of `Shortage`.
    """

    def __init__(self, pairs: Pairs, seats: Ints, chosen: Ints) -> None:
        super().__init__(pairs, seats, chosen)
        self._chosen = chosen

    def cost(self, learner: int, mentor: int) -> Cost | None:
        """Return what the total loses by the cheapest exchange with one of the mentor's learners.

        A learner who has no mentor takes the other's place. None where nobody can take the learner's place.
        """
        own = int(self._chosen[learner])
        holders = self._of(mentor)
        lost = self._steps(holders, mentor)
        if own >= 0:
            instead = self._steps(holders, own)
            lost = (lost - instead)[instead >= 0]
        if self._n_held[mentor] < self._seats[mentor]:
            lost = np.append(lost, 0)
        if not len(lost):
            return None
        one = np.array([learner])
        held = int(self._steps(one, own)[0]) if own >= 0 else 0
        return Cost(0, held - int(self._steps(one, mentor)[0]) + int(lost.min()), is_bound=True)

    def _steps(self, learners: Ints, mentor: int) -> Ints:
        return self._pairs.steps_at(learners, np.full(len(learners), mentor))
