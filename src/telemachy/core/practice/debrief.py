"""What a role-play looked like afterwards: what moved the client, what closed them down, one's own mix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from telemachy.core.conversation.rules import Phase, grow_phase
from telemachy.core.practice.turns import TurnKind, TurnReading

#: The phases of GROW in their order.
PHASES: tuple[Phase, ...] = get_args(Phase)


@dataclass(frozen=True, slots=True)
class Exchange:
    """What the client said, one's own turn after it, and how open the client was before and after."""

    heard: str
    text: str
    reading: TurnReading
    trust_before: int
    trust_after: int

    @property
    def moved(self) -> int:
        """How far the client opened (above 0) or closed (below 0)."""
        return self.trust_after - self.trust_before


@dataclass(frozen=True, slots=True)
class Debrief:
    """Counts and turns; no score.

    opened, closed : the exchanges after which the client opened or closed, the strongest first
    counts : turns of each kind; phases : those of GROW that the turns spoke of (English only)
    """

    exchanges: tuple[Exchange, ...]
    opened: tuple[Exchange, ...]
    closed: tuple[Exchange, ...]
    counts: dict[TurnKind, int]
    n_stacked: int
    phases: tuple[Phase, ...]

    @property
    def n_questions(self) -> int:
        """Turns that asked."""
        return self.counts[TurnKind.OPEN] + self.counts[TurnKind.CLOSED]


def debrief(exchanges: Sequence[Exchange]) -> Debrief:
    """Sum up a role-play, finished or not."""
    counted = Counter(one.reading.kind for one in exchanges)
    touched = {grow_phase(one.text) for one in exchanges}
    return Debrief(
        exchanges=tuple(exchanges),
        opened=tuple(sorted((one for one in exchanges if one.moved > 0), key=lambda one: -one.moved)),
        closed=tuple(sorted((one for one in exchanges if one.moved < 0), key=lambda one: one.moved)),
        counts={kind: counted[kind] for kind in TurnKind},
        n_stacked=sum(one.reading.stacked for one in exchanges),
        phases=tuple(phase for phase in PHASES if phase in touched),
    )
