"""Goal attainment: five levels written in advance, where the goal began and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from telemachy.core.shared.scales import ATTAINMENT_MAX, ATTAINMENT_MIN
from telemachy.interfaces.web.charts.geometry import Frame, px

FRAME = Frame(360, 64, 26, 18, 26, 18)


@dataclass(frozen=True, slots=True)
class AttainmentReport:
    """A goal's history of levels -2..+2, oldest first and beginning with the baseline, and their texts."""

    goal: str
    history: tuple[tuple[date, int], ...]
    texts: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Rung:
    """One level: its place, its text, and whether it has been reached."""

    level: int
    sign: str
    x: str
    label_y: str
    text: str
    reached: bool
    is_baseline: bool
    is_now: bool


@dataclass(frozen=True, slots=True)
class AttainmentChart:
    """Geometry of the five rungs."""

    frame: Frame
    y: str
    from_x: str
    to_x: str
    x0: str
    x1: str
    rungs: tuple[Rung, ...]


def draw_attainment(report: AttainmentReport) -> AttainmentChart:
    """Return the geometry of a goal's rungs; without history nothing is reached."""
    levels = [level for _on, level in report.history]
    baseline, now = (levels[0], levels[-1]) if levels else (None, None)
    rungs = tuple(
        Rung(
            level=level,
            sign=f"{level:+d}".replace("-", "−").replace("+0", "0"),
            x=px(_x(level)),
            label_y=px(FRAME.height - 2),
            text=report.texts.get(level, ""),
            reached=now is not None and level <= now,
            is_baseline=level == baseline,
            is_now=level == now,
        )
        for level in range(ATTAINMENT_MIN, ATTAINMENT_MAX + 1)
    )
    start = baseline if baseline is not None else ATTAINMENT_MIN
    end = now if now is not None else start
    return AttainmentChart(
        FRAME, px(FRAME.y(0.5)), px(_x(start)), px(_x(end)), px(FRAME.x0), px(FRAME.x1), rungs
    )


def _x(level: int) -> float:
    return FRAME.x((level - ATTAINMENT_MIN) / (ATTAINMENT_MAX - ATTAINMENT_MIN))
