"""Frames, scales and marks shared by the charts.

Coordinates are strings with a point and one decimal: a template would write a float as "0,5" in German.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.safestring import SafeString

#: One corner of each level's mark, in units of its radius; shape tells levels apart without colour.
LEVEL_SHAPES: tuple[tuple[tuple[float, float], ...], ...] = (
    (),
    ((-0.95, -0.95), (0.95, -0.95), (0.95, 0.95), (-0.95, 0.95)),
    ((0, -1.25), (1.2, 0.9), (-1.2, 0.9)),
    ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
    ((-1.2, -0.9), (1.2, -0.9), (0, 1.25)),
)


@dataclass(frozen=True, slots=True)
class Frame:
    """The drawing area of a chart inside its margins, in whole pixels."""

    width: int
    height: int
    left: int
    top: int
    right: int
    bottom: int

    @property
    def x0(self) -> int:
        """Left edge of the plot."""
        return self.left

    @property
    def x1(self) -> int:
        """Right edge of the plot."""
        return self.width - self.right

    @property
    def y0(self) -> int:
        """Lower edge of the plot."""
        return self.height - self.bottom

    @property
    def y1(self) -> int:
        """Upper edge of the plot."""
        return self.top

    def x(self, share: float) -> float:
        """Return the x of a share 0..1 of the plot's width."""
        return self.x0 + share * (self.x1 - self.x0)

    def y(self, share: float) -> float:
        """Return the y of a share 0..1 of the plot's height, upwards."""
        return self.y0 - share * (self.y0 - self.y1)


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled place on the y axis."""

    at: str
    label: str


@dataclass(frozen=True, slots=True)
class DateTick:
    """A month on the x axis; `new_year` where its year must be said."""

    at: str
    month: date
    new_year: bool


def px(value: float) -> SafeString:
    """Write a coordinate; safe, because escaping thousands of numbers is what a chart would mostly cost."""
    return SafeString(f"{value:.1f}")


def path(points: Sequence[tuple[float, float]], *, closed: bool = False) -> SafeString:
    """Return the `d` of straight lines through the points, empty without any."""
    if not points:
        return SafeString()
    steps = " L".join(f"{px(x)} {px(y)}" for x, y in points)
    return SafeString(f"M{steps}{' Z' if closed else ''}")


def mark(level: int, x: float, y: float, radius: float = 5.5) -> SafeString:
    """Return the `d` of a guidance level's mark: circle, square, triangle, diamond, triangle on its tip."""
    corners = LEVEL_SHAPES[level]
    if not corners:
        r = px(radius)
        halves = "".join(f" a{r} {r} 0 1 0 {px(width)} 0" for width in (2 * radius, -2 * radius))
        return SafeString(f"M{px(x - radius)} {px(y)}{halves} Z")
    return path([(x + dx * radius, y + dy * radius) for dx, dy in corners], closed=True)


@dataclass(frozen=True, slots=True)
class TimeScale:
    """Days onto the plot's width; one single day lies in the middle."""

    frame: Frame
    first: date
    last: date

    def x(self, day: date) -> float:
        """Return the x of a day."""
        span = (self.last - self.first).days
        return self.frame.x((day - self.first).days / span if span else 0.5)

    def ticks(self, room: float = 64) -> tuple[DateTick, ...]:
        """Return the first days of months, at least `room` pixels apart."""
        months = _month_starts(self.first, self.last)
        n_fitting = max(int((self.frame.x1 - self.frame.x0) / room), 1)
        step = next(step for step in (1, 2, 3, 6, 12, 24, 60, 600) if len(months) <= step * n_fitting)
        shown = [month for month in months if (month.year * 12 + month.month - 1) % step == 0]
        return tuple(
            DateTick(px(self.x(month)), month, i == 0 or month.year != shown[i - 1].year)
            for i, month in enumerate(shown)
        )


def _month_starts(first: date, last: date) -> list[date]:
    starts = []
    month = first.replace(day=1)
    while month <= last:
        if month >= first:
            starts.append(month)
        month = (month + timedelta(days=32)).replace(day=1)
    return starts
