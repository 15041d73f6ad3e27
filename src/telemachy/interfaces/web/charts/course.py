"""A competency over reviewed recordings: the middle level as a line, and how far the assessors lie apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from telemachy.interfaces.web.charts.geometry import Frame, Tick, path, px

FRAME = Frame(320, 132, 26, 14, 14, 26)
#: Dates named below the plot; the first and the last are always among them.
MOST_DATES = 4


@dataclass(frozen=True, slots=True)
class CoursePoint:
    """One recording: its day, each assessor's level, and the middle one; None where nothing was rated."""

    on: date
    levels: tuple[int, ...]
    consensus: int | None


@dataclass(frozen=True, slots=True)
class CourseReport:
    """A competency's way through recordings, oldest first, on levels 1 to n."""

    name: str
    n_levels: int
    proficient: int
    points: tuple[CoursePoint, ...]


@dataclass(frozen=True, slots=True)
class CourseDot:
    """The middle level of a recording and the span from the lowest to the highest."""

    x: str
    y: str
    low_y: str
    high_y: str
    spread: bool
    point: CoursePoint


@dataclass(frozen=True, slots=True)
class CourseDate:
    """A day below the plot."""

    x: str
    on: date
    anchor: str


@dataclass(frozen=True, slots=True)
class CourseChart:
    """Geometry of one competency."""

    frame: Frame
    grid: tuple[Tick, ...]
    proficient_y: str
    line: str
    dots: tuple[CourseDot, ...]
    dates: tuple[CourseDate, ...]


def draw_course(report: CourseReport) -> CourseChart:
    """Return the geometry of a competency's way; recordings lie the same distance apart."""
    xs = [_x(place, len(report.points)) for place in range(len(report.points))]
    dots = tuple(
        CourseDot(
            x=px(x),
            y=px(_y(report, point.consensus)),
            low_y=px(_y(report, min(point.levels))),
            high_y=px(_y(report, max(point.levels))),
            spread=min(point.levels) != max(point.levels),
            point=point,
        )
        for x, point in zip(xs, report.points, strict=True)
        if point.consensus is not None
    )
    line = [
        (x, _y(report, point.consensus))
        for x, point in zip(xs, report.points, strict=True)
        if point.consensus is not None
    ]
    return CourseChart(
        frame=FRAME,
        grid=tuple(Tick(px(_y(report, level)), str(level)) for level in range(1, report.n_levels + 1)),
        proficient_y=px(_y(report, report.proficient)),
        line=path(line) if len(line) > 1 else "",
        dots=dots,
        dates=_dates(report, xs),
    )


def _dates(report: CourseReport, xs: list[float]) -> tuple[CourseDate, ...]:
    last = len(xs) - 1
    step = max(-(-last // (MOST_DATES - 1)), 1)
    shown = sorted({*range(0, last - step // 2, step), last} if last >= 0 else set())
    return tuple(CourseDate(px(xs[place]), report.points[place].on, _anchor(place, last)) for place in shown)


def _anchor(place: int, last: int) -> str:
    if last == 0:
        return "middle"
    return {0: "start", last: "end"}.get(place, "middle")


def _x(place: int, n_points: int) -> float:
    return FRAME.x(place / (n_points - 1)) if n_points > 1 else FRAME.x(0.5)


def _y(report: CourseReport, level: int) -> float:
    return FRAME.y((level - 1) / (report.n_levels - 1))
