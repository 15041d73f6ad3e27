"""What several assessors' levels of one competency come to, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median_low


@dataclass(frozen=True, slots=True)
class Side:
    """One competency as each assessor rated it; None where an assessor heard nothing to rate."""

    code: str
    levels: tuple[int | None, ...]

    @property
    def spread(self) -> int:
        """Levels between the highest and the lowest; 0 with fewer than two."""
        given = [level for level in self.levels if level is not None]
        return max(given) - min(given) if given else 0

    @property
    def consensus(self) -> int | None:
        """The middle level, see `consensus`."""
        return consensus(self.levels)


def consensus(levels: Sequence[int | None]) -> int | None:
    """Return the middle of the levels given, the lower of two middle ones; None when nobody gave one.

    A median, since levels are an order and not a measure; the lower one, so that a level counts as reached
    only when at least half of the assessors gave it or more.
    """
    given = [level for level in levels if level is not None]
    return median_low(given) if given else None


def side_by_side(codes: Sequence[str], ratings: Sequence[dict[str, int | None]]) -> tuple[Side, ...]:
    """Return each competency with the levels of all assessors, in the order of both."""
    return tuple(Side(code, tuple(one.get(code) for one in ratings)) for code in codes)
