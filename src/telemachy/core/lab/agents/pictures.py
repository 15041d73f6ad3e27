"""The experiment as pictures: SVG that a browser draws in light and in dark, without any library."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape

import numpy as np

from telemachy.core.lab.agents.run import Result
from telemachy.core.lab.agents.statistics import Interval

WIDTH, ROW, LEFT, RIGHT, TOP, BOTTOM = 720, 26, 170, 30, 46, 40
CURVE_HEIGHT = 360

_STYLE = """<style>
text{font:13px system-ui,sans-serif;fill:#26323b}
.small{font-size:12px;fill:#55636e}
.title{font-size:15px;font-weight:600}
.grid{stroke:#d8dee3}
.bar{stroke:#2b6a73;stroke-width:2}
.dot{fill:#2b6a73}
.line{fill:none;stroke:#8795a1;stroke-width:2}
.ours .bar,.ours.line{stroke:#b4532a}
.ours .dot{fill:#b4532a}
@media (prefers-color-scheme:dark){
text{fill:#e4e9ed}
.small{fill:#a9b5be}
.grid{stroke:#3a464f}
.bar{stroke:#6fb9c4}
.dot{fill:#6fb9c4}
.line{stroke:#7b8993}
.ours .bar,.ours.line{stroke:#f0976b}
.ours .dot{fill:#f0976b}
}
</style>"""


def intervals(title: str, rows: Mapping[str, Interval], axis: str, ours: Sequence[str] = ()) -> str:
    """Return a dot with its interval for each arm.

    Parameters
    ----------
    title : str
        What is measured, and where.
    rows : mapping of str to Interval
        By arm, from top to bottom.
    axis : str
        The unit below the axis.
    ours : sequence of str
        Arms to set apart by colour.
    """
    low, high = _range([row.low for row in rows.values()] + [row.high for row in rows.values()])
    height = TOP + ROW * len(rows) + BOTTOM

    def x(value: float) -> float:
        return LEFT + (value - low) / (high - low) * (WIDTH - LEFT - RIGHT)

    parts = [_grid(low, high, x, TOP - 8, height - BOTTOM + 4)]
    for number, (name, row) in enumerate(rows.items()):
        y = TOP + ROW * number + ROW / 2
        kind = ' class="ours"' if name in ours else ""
        parts.append(
            f'<g{kind}><text x="{LEFT - 12}" y="{y + 4:.1f}" text-anchor="end">{escape(name)}</text>'
            f'<line class="bar" x1="{x(row.low):.1f}" x2="{x(row.high):.1f}" y1="{y:.1f}" y2="{y:.1f}"/>'
            f'<circle class="dot" cx="{x(row.value):.1f}" cy="{y:.1f}" r="4.5"/></g>'
        )
    said = "; ".join(f"{name} {_number(row.value)}" for name, row in rows.items())
    return _svg(title, f"{title}: {said}.", height, axis, "".join(parts))


def curves(title: str, lines: Mapping[str, Sequence[float]], every: int, ours: Sequence[str] = ()) -> str:
    """Return how much each arm handles alone as the mentoring goes on.

    Parameters
    ----------
    title : str
        What is drawn.
    lines : mapping of str to sequence of float
        Share of the sealed exam by arm, every so many situations.
    every : int
        Situations between two exams.
    ours : sequence of str
        Arms to set apart by colour.
    """
    low, high = _range([value for line in lines.values() for value in line])
    n = max(len(line) for line in lines.values())
    height, right = CURVE_HEIGHT, 160

    def x(number: float) -> float:
        return 56 + number / n * (WIDTH - 56 - right)

    def y(value: float) -> float:
        return height - BOTTOM - (value - low) / (high - low) * (height - BOTTOM - TOP)

    parts = []
    for tick in _ticks(low, high):
        parts.append(
            f'<line class="grid" x1="56" x2="{WIDTH - right}" y1="{y(tick):.1f}" y2="{y(tick):.1f}"/>'
            f'<text class="small" x="48" y="{y(tick) + 4:.1f}" text-anchor="end">{_number(tick)}</text>'
        )
    for number in range(0, n + 1, max(n // 4, 1)):
        parts.append(
            f'<text class="small" x="{x(number):.1f}" y="{height - BOTTOM + 18}" text-anchor="middle">'
            f"{number * every}</text>"
        )
    ends = _apart([(y(line[-1]), name) for name, line in lines.items()])
    for name, line in lines.items():
        points = " ".join(f"{x(number):.1f},{y(value):.1f}" for number, value in enumerate(line, 1))
        kind = "ours" if name in ours else "other"
        parts.append(
            f'<polyline class="line {kind}" points="{points}"/>'
            f'<text class="small" x="{WIDTH - right + 8}" y="{ends[name] + 4:.1f}">{escape(name)}</text>'
        )
    said = "; ".join(f"{name} ends at {_number(line[-1])}" for name, line in lines.items())
    return _svg(title, f"{title}: {said}.", height, "situations mentored", "".join(parts))


def mean_curve(results: Sequence[Result], arm: str) -> list[float]:
    """Return the mean exam curve of an arm."""
    return [float(value) for value in np.mean([one.curve for one in results if one.agent.arm == arm], axis=0)]


def _svg(title: str, said: str, height: float, axis: str, body: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" role="img" '
        f'aria-label="{escape(said)}">{_STYLE}<text class="title" x="12" y="22">{escape(title)}</text>'
        f'{body}<text class="small" x="{WIDTH - 12}" y="{height - 8:.0f}" text-anchor="end">'
        f"{escape(axis)}</text>"
        "</svg>\n"
    )


def _grid(low: float, high: float, x: Callable[[float], float], top: float, bottom: float) -> str:
    return "".join(
        f'<line class="grid" x1="{x(tick):.1f}" x2="{x(tick):.1f}" y1="{top:.0f}" y2="{bottom:.0f}"/>'
        f'<text class="small" x="{x(tick):.1f}" y="{bottom + 14:.0f}" text-anchor="middle">'
        f"{_number(tick)}</text>"
        for tick in _ticks(low, high)
    )


def _range(values: Sequence[float]) -> tuple[float, float]:
    """Return round bounds around the values."""
    step = _step(min(values), max(values))
    return float(np.floor(min(values) / step) * step), float(np.ceil(max(values) / step) * step + 1e-12)


def _step(low: float, high: float) -> float:
    rough = max(high - low, 1e-6) / 5
    power = 10 ** np.floor(np.log10(rough))
    return float(next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough))


def _ticks(low: float, high: float) -> list[float]:
    step = _step(low, high)
    return [float(tick) for tick in np.arange(np.ceil(low / step - 1e-9) * step, high + step / 1e6, step)]


def _apart(ends: list[tuple[float, str]], room: float = 15) -> dict[str, float]:
    """Move labels apart, from the top downwards."""
    placed: dict[str, float] = {}
    last = -room
    for at, name in sorted(ends):
        last = max(at, last + room)
        placed[name] = last
    return placed


def _number(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 5 else f"{value:.2f}"
