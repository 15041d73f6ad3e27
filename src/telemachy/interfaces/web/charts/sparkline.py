"""A line the size of a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from telemachy.interfaces.web.charts.geometry import Frame, path, px

FRAME = Frame(96, 24, 3, 4, 4, 4)


@dataclass(frozen=True, slots=True)
class Sparkline:
    """The line and its last point."""

    frame: Frame
    line: str
    last_x: str
    last_y: str


def draw_sparkline(
    values: Sequence[float], *, low: float | None = None, high: float | None = None
) -> Sparkline | None:
    """Return the line of the values, oldest first, between `low` and `high`; None without any."""
    if not values:
        return None
    bottom = min(values) if low is None else low
    top = max(values) if high is None else high
    span = (top - bottom) or 1.0
    steps = max(len(values) - 1, 1)
    shares = [0.5 if top == bottom else min(max((value - bottom) / span, 0.0), 1.0) for value in values]
    points = [
        (FRAME.x(i / steps if len(values) > 1 else 1.0), FRAME.y(share)) for i, share in enumerate(shares)
    ]
    return Sparkline(FRAME, path(points), px(points[-1][0]), px(points[-1][1]))
