"""Why this pair: one bar whose parts are as wide as their weight and as full as their score."""

from __future__ import annotations

from dataclasses import dataclass

from telemachy.interfaces.web.charts.geometry import px

WIDTH, HEIGHT, GAP = 600.0, 14.0, 3.0
N_COLOURS = 6


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One named part: its own score in [0, 1] and its weight, at least 0."""

    name: str
    score: float
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class ScoreReport:
    """A compatibility score in [0, 1], its parts and the reasons in words."""

    score: float
    parts: tuple[ScorePart, ...]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartBar:
    """One part: a track as wide as its weight, filled as far as its score."""

    part: ScorePart
    colour: int
    x: str
    width: str
    filled: str
    percent: int
    weight_percent: int


@dataclass(frozen=True, slots=True)
class ScoreChart:
    """Geometry of the bar, the heaviest part first."""

    width: str
    height: str
    percent: int
    bars: tuple[PartBar, ...]


def draw_score(report: ScoreReport) -> ScoreChart:
    """Return the geometry of the bar; parts without weight are left out."""
    parts = sorted((p for p in report.parts if p.weight > 0), key=lambda p: -p.weight)
    total = sum(part.weight for part in parts)
    room = WIDTH - GAP * max(len(parts) - 1, 0)
    bars = []
    x = 0.0
    for n, part in enumerate(parts):
        width = room * part.weight / total
        bars.append(
            PartBar(
                part,
                n % N_COLOURS,
                px(x),
                px(width),
                px(width * part.score),
                round(100 * part.score),
                round(100 * part.weight / total),
            )
        )
        x += width + GAP
    return ScoreChart(px(WIDTH), px(HEIGHT), round(100 * report.score), tuple(bars))
