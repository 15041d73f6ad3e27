"""The pair map: every relationship by activity and independence, so that silence can be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice
from math import cos, hypot, pi, sin, sqrt

from django.utils.translation import ngettext

from telemachy.core.insights import DEFAULT, Quadrant
from telemachy.core.insights.places import HALF_AGREED
from telemachy.interfaces.web.charts.geometry import Frame, px

#: Up to this many pairs each is a dot, moved aside where dots would hide each other.
MAX_DOTS = 160
DOT, GAP = 6.0, 1.5
#: How far along the spiral a free place is looked for.
MAX_TURNS = 5000
#: Beyond that, pairs in one cell of this many pixels are one bubble with their number.
CELL = 34.0
#: Bubbles of more pairs than this grow no further.
BUBBLE_FULL = 60
#: Height of a line, and the width from which the names of two corners fit side by side.
LINE, TWO_NAMES = 18, 420


@dataclass(frozen=True, slots=True)
class MapPair:
    """One relationship on the map, as `core.insights.place` placed it."""

    label: str
    href: str
    activity: float
    independence: float | None
    quadrant: str


@dataclass(frozen=True, slots=True)
class PairMapReport:
    """The pairs of a programme."""

    pairs: tuple[MapPair, ...]
    independent_from: float = DEFAULT.independent_from


@dataclass(frozen=True, slots=True)
class MapDot:
    """One pair."""

    x: str
    y: str
    r: str
    pair: MapPair


@dataclass(frozen=True, slots=True)
class MapBubble:
    """Several pairs of one corner that lie close together."""

    x: str
    y: str
    r: str
    n: int
    quadrant: str
    title: str


@dataclass(frozen=True, slots=True)
class Corner:
    """One of the four corners: its area, where its name stands, and how many pairs it has."""

    quadrant: str
    x: str
    y: str
    width: str
    height: str
    label_x: str
    label_y: str
    anchor: str
    n: int


@dataclass(frozen=True, slots=True)
class PairMapChart:
    """Geometry of one size of the map."""

    frame: Frame
    corners: tuple[Corner, ...]
    mid_x: str
    mid_y: str
    dots: tuple[MapDot, ...]
    bubbles: tuple[MapBubble, ...]
    n_unknown: int


@dataclass(frozen=True, slots=True)
class _Area:
    """One corner in pixels."""

    quadrant: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def size(self) -> float:
        return (self.right - self.left) * (self.bottom - self.top)

    def holds(self, place: tuple[float, float]) -> bool:
        return self.left <= place[0] <= self.right and self.top <= place[1] <= self.bottom

    def holds_dot(self, place: tuple[float, float]) -> bool:
        x, y = place
        return self.left + DOT <= x <= self.right - DOT and self.top + DOT <= y <= self.bottom - DOT


def draw_pair_map(report: PairMapReport, frame: Frame) -> PairMapChart:
    """Return the geometry of the map in a frame; pairs without evidence are counted, not placed."""
    known = [pair for pair in report.pairs if pair.independence is not None]
    places = [(_place(pair, frame), pair) for pair in known]
    middle = frame.x(HALF_AGREED), frame.y(report.independent_from)
    areas = _areas(frame, middle)
    crowded = _crowded(places, areas)
    return PairMapChart(
        frame=frame,
        corners=_corners(report, areas),
        mid_x=px(middle[0]),
        mid_y=px(middle[1]),
        dots=() if crowded else tuple(_dots(places, areas)),
        bubbles=tuple(_bubbles(places, middle)) if crowded else (),
        n_unknown=len(report.pairs) - len(known),
    )


def _place(pair: MapPair, frame: Frame) -> tuple[float, float]:
    return frame.x(pair.activity), frame.y(pair.independence or 0.0)


def _crowded(places: Sequence[tuple[tuple[float, float], MapPair]], areas: Sequence[_Area]) -> bool:
    """Tell whether dots would fill more than half of some corner, or be too many to look at."""
    room_each = 2 * (2 * DOT + GAP) ** 2
    return len(places) > MAX_DOTS or any(
        sum(area.holds(spot) for spot, _pair in places) * room_each > area.size for area in areas
    )


def _dots(places: Iterable[tuple[tuple[float, float], MapPair]], areas: Sequence[_Area]) -> Iterator[MapDot]:
    """Yield a dot for each pair, at its place or the nearest free one on a spiral inside its corner."""
    taken: list[tuple[float, float]] = []
    for place, pair in sorted(places, key=lambda item: (item[0], item[1].label)):
        # A place on the line between two corners belongs to the pair's own.
        area = max((area for area in areas if area.holds(place)), key=lambda a: a.quadrant == pair.quadrant)
        spots = (spot for spot in islice(_spiral(*place), MAX_TURNS) if area.holds_dot(spot))
        spot = next((spot for spot in spots if _free(spot, taken)), place)
        taken.append(spot)
        yield MapDot(px(spot[0]), px(spot[1]), px(DOT), pair)


def _spiral(x: float, y: float) -> Iterator[tuple[float, float]]:
    # Golden-angle spiral: even coverage without a visible direction.
    golden = pi * (3 - sqrt(5))
    for n in count():
        radius = 0.6 * DOT * sqrt(n)
        yield x + radius * cos(n * golden), y + radius * sin(n * golden)


def _free(spot: tuple[float, float], taken: Sequence[tuple[float, float]]) -> bool:
    return all(hypot(spot[0] - x, spot[1] - y) >= 2 * DOT + GAP for x, y in taken)


def _bubbles(
    places: Iterable[tuple[tuple[float, float], MapPair]], middle: tuple[float, float]
) -> Iterator[MapBubble]:
    """Yield a bubble for each cell with pairs; the grid starts in the middle: no cell lies in two corners."""
    cells: dict[tuple[int, int, str], list[tuple[float, float]]] = defaultdict(list)
    for (x, y), pair in places:
        cells[int((x - middle[0]) // CELL), int((y - middle[1]) // CELL), pair.quadrant].append((x, y))
    for (column, row, quadrant), spots in sorted(cells.items()):
        n = len(spots)
        radius = DOT + (CELL / 2 - 1 - DOT) * sqrt(min(n, BUBBLE_FULL) / BUBBLE_FULL)
        x = _inside(sum(spot[0] for spot in spots) / n, middle[0] + column * CELL, radius)
        y = _inside(sum(spot[1] for spot in spots) / n, middle[1] + row * CELL, radius)
        title = ngettext("%(n)d pair", "%(n)d pairs", n) % {"n": n}
        yield MapBubble(px(x), px(y), px(radius), n, quadrant, title)


def _inside(centre: float, cell_start: float, radius: float) -> float:
    return min(max(centre, cell_start + radius + 0.5), cell_start + CELL - radius - 0.5)


def _areas(frame: Frame, middle: tuple[float, float]) -> tuple[_Area, ...]:
    mid_x, mid_y = middle
    return (
        _Area(Quadrant.GRADUATING, frame.x0, mid_x, frame.y1, mid_y),
        _Area(Quadrant.GROWING, mid_x, frame.x1, frame.y1, mid_y),
        _Area(Quadrant.STALLED, frame.x0, mid_x, mid_y, frame.y0),
        _Area(Quadrant.BUILDING, mid_x, frame.x1, mid_y, frame.y0),
    )


def _corners(report: PairMapReport, areas: Sequence[_Area]) -> tuple[Corner, ...]:
    leftmost, topmost = min(area.left for area in areas), min(area.top for area in areas)
    # On a phone two names do not fit side by side: the right one stands a line lower.
    lower = LINE if max(area.right for area in areas) - leftmost < TWO_NAMES else 0
    return tuple(
        Corner(
            quadrant=area.quadrant,
            x=px(area.left),
            y=px(area.top),
            width=px(area.right - area.left),
            height=px(area.bottom - area.top),
            label_x=px(area.left + 10 if area.left == leftmost else area.right - 10),
            label_y=px(
                area.top + 20 + (lower if area.left != leftmost else 0)
                if area.top == topmost
                else area.bottom - 12
            ),
            anchor="start" if area.left == leftmost else "end",
            n=sum(pair.quadrant == area.quadrant for pair in report.pairs),
        )
        for area in areas
    )
