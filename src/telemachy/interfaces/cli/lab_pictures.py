"""Pictures of the lab as SVG files without script: paper, ink and the colours of the pages' charts."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from telemachy.core.lab.growth import Dots, Lines

WIDTH, LEFT, RIGHT, TOP = 760, 270, 24, 28
STEP, PLOT = 30, 300
PAPER, INK, MUTED, GRID, BAND = "#faf7f0", "#201d18", "#5e584c", "#e2dbcb", "#e2edf3"
#: Each kind of mark and line has a colour and a shape, so that colour is never all that tells them apart.
COLOURS = ("#1c5a84", "#a8471f", "#556820", "#85590a")
DASHES = ("", ' stroke-dasharray="6 4"')
RADIUS = 5


def draw(picture: Dots | Lines, title: str) -> str:
    """Return the whole SVG."""
    return _dots(picture, title) if isinstance(picture, Dots) else _lines(picture, title)


def _dots(picture: Dots, title: str) -> str:
    bottom = TOP + STEP * len(picture.rows)
    parts = _x_axis(picture.scale, (picture.low, picture.high), LEFT, bottom)
    for place, (name, marks) in enumerate(picture.rows):
        y = TOP + STEP * (place + 0.5)
        parts.append(f'<text x="{LEFT - 14}" y="{y}" dy="4" text-anchor="end">{escape(name)}</text>')
        # Marks that coincide stand side by side in height, the last one lowest.
        for n, mark in enumerate(marks):
            at = y + 5 * (n - (len(marks) - 1) / 2)
            x, low, high = (
                _place(value, (picture.low, picture.high), LEFT)
                for value in (mark.value, mark.low or mark.value, mark.high or mark.value)
            )
            if mark.low is not None:
                parts.append(
                    f'<path d="M{low} {at} H{high}" stroke="{COLOURS[mark.kind]}" stroke-width="2"/>'
                )
            parts.append(_mark(mark.kind, x, at))
    keys = [(_mark(kind, 0, 0), name) for kind, name in enumerate(picture.kinds)]
    return _svg(title, parts, bottom + 44, keys)


def _lines(picture: Lines, title: str) -> str:
    left, bottom = 64, TOP + PLOT
    ends = (0.0, max(x for line in picture.lines for x in line.x))
    parts = _x_axis(picture.x_scale, ends, left, bottom)
    for share in (0, 0.25, 0.5, 0.75, 1):
        y = _height(share)
        parts.append(f'<path d="M{left} {y} H{WIDTH - RIGHT}" stroke="{GRID}"/>')
        parts.append(f'<text x="{left - 10}" y="{y}" dy="4" text-anchor="end">{100 * share:.0f} %</text>')
    parts.append(f'<text x="{left}" y="{TOP - 12}" fill="{MUTED}">{escape(picture.y_scale)}</text>')
    keys = []
    for n, line in enumerate(picture.lines):
        if line.low:
            back = [*_points(line.x, line.high, ends, left), *_points(line.x, line.low, ends, left)[::-1]]
            parts.append(f'<path d="M{" L".join(back)} Z" fill="{BAND}"/>')
        stroke = f'fill="none" stroke="{COLOURS[n]}" stroke-width="2"{DASHES[n]}'
        parts.append(f'<path d="M{" L".join(_points(line.x, line.y, ends, left))}" {stroke}/>')
        keys.append((f'<path d="M-12 0 H12" {stroke}/>', line.name))
    return _svg(title, parts, bottom + 44, keys)


def _svg(title: str, parts: Sequence[str], height: int, keys: Sequence[tuple[str, str]]) -> str:
    legend = [
        f'<g transform="translate(28 {height + 22 * n + 8})">{shape}'
        f'<text x="22" dy="4">{escape(name)}</text></g>'
        for n, (shape, name) in enumerate(keys)
    ]
    whole = height + 22 * len(keys) + 8
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {whole}" role="img" '
            f'font-family="system-ui, sans-serif" font-size="13" fill="{INK}">',
            f"<title>{escape(title)}</title>",
            f'<rect width="{WIDTH}" height="{whole}" fill="{PAPER}"/>',
            *parts,
            *legend,
            "</svg>\n",
        ]
    )


def _x_axis(scale: str, ends: tuple[float, float], left: int, bottom: int) -> list[str]:
    low, high = ends
    parts = []
    for step in range(5):
        at = low + step * (high - low) / 4
        x = _place(at, ends, left)
        label = f"{100 * at:.0f} %" if high <= 1 else f"{at:.0f}"
        parts.append(f'<path d="M{x} {TOP} V{bottom}" stroke="{GRID}"/>')
        parts.append(f'<text x="{x}" y="{bottom + 18}" text-anchor="middle" fill="{MUTED}">{label}</text>')
    middle = (left + WIDTH - RIGHT) / 2
    parts.append(
        f'<text x="{middle}" y="{bottom + 36}" text-anchor="middle" fill="{MUTED}">{escape(scale)}</text>'
    )
    return parts


def _place(value: float, ends: tuple[float, float], left: int) -> float:
    low, high = ends
    share = (min(max(value, low), high) - low) / max(high - low, 1e-9)
    return round(left + share * (WIDTH - RIGHT - left), 1)


def _height(share: float) -> float:
    return round(TOP + PLOT * (1 - share), 1)


def _points(x: Sequence[float], y: Sequence[float], ends: tuple[float, float], left: int) -> list[str]:
    return [f"{_place(a, ends, left)} {_height(b)}" for a, b in zip(x, y, strict=True)]


def _mark(kind: int, x: float, y: float) -> str:
    r, colour = RADIUS, COLOURS[kind]
    if kind == 0:
        return f'<circle cx="{x}" cy="{y}" r="{r}" fill="{colour}"/>'
    if kind == 1:
        return f'<rect x="{x - r}" y="{y - r}" width="{2 * r}" height="{2 * r}" fill="{colour}"/>'
    if kind == 2:
        return f'<path d="M{x} {y - r - 1} L{x + r + 1} {y + r} L{x - r - 1} {y + r} Z" fill="{colour}"/>'
    return (
        f'<path d="M{x} {y - r - 1} L{x + r + 1} {y} L{x} {y + r + 1} L{x - r - 1} {y} Z" fill="{colour}"/>'
    )
