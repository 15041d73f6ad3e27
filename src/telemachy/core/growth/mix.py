"""The guidance mix: which share of situations was answered, shown, asked, debriefed, left alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from telemachy.core.shared.errors import BadInput
from telemachy.core.shared.scales import GuidanceLevel


@dataclass(frozen=True, slots=True)
class MonthMix:
    """One calendar month; `counts` and `shares` are indexed by guidance level 0..4.

    Shares sum to 1, or are all 0 in a month without situations.
    """

    month: date
    counts: tuple[int, int, int, int, int]
    shares: tuple[float, float, float, float, float]

    @property
    def n(self) -> int:
        """How many situations the month had."""
        return sum(self.counts)


def guidance_mix(levels: Sequence[int], dates: Sequence[date]) -> tuple[MonthMix, ...]:
    """Return the mix of every month from the first to the last situation, quiet months included.

    Parameters
    ----------
    levels : sequence of int
        Guidance level 0..4 of each situation, in any order.
    dates : sequence of date
        The day of each situation, as many as levels.

    Raises
    ------
    BadInput
        If the two differ in length or a level is none of 0..4.
    """
    if len(levels) != len(dates):
        raise BadInput(
            f"{len(levels)} levels but {len(dates)} dates; each situation needs both.", field="dates"
        )
    strangers = set(levels) - set(GuidanceLevel)
    if strangers:
        raise BadInput(f"A guidance level lies between 0 and 4; one is {min(strangers)}.", field="levels")
    if not levels:
        return ()
    seen = Counter((day.replace(day=1), int(level)) for day, level in zip(dates, levels, strict=True))
    return tuple(_month(month, seen) for month in _months(min(dates), max(dates)))


def _months(first: date, last: date) -> Iterator[date]:
    for index in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield date(index // 12, index % 12 + 1, 1)


def _month(month: date, seen: Counter[tuple[date, int]]) -> MonthMix:
    c0, c1, c2, c3, c4 = (seen[month, level] for level in range(5))
    n = max(c0 + c1 + c2 + c3 + c4, 1)
    return MonthMix(month, (c0, c1, c2, c3, c4), (c0 / n, c1 / n, c2 / n, c3 / n, c4 / n))
