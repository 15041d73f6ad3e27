"""The independence curve: the chance of handling a new, hard situation alone, over time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from telemachy.core.growth import SUCCESS_FROM, CurvePoint
from telemachy.interfaces.web.charts.geometry import DateTick, Frame, Tick, TimeScale, mark, path, px

#: A change of the chance smaller than this is not told as one.
TELLING = 0.03
#: A band wider than this says that nothing decided alone has been rated yet.
UNTOLD = 0.85
#: Marks shrink on narrow drawings.
NARROW, MARK, SMALL_MARK = 500, 5.5, 4.5
#: Width kept for the words at the mark's line.
LABEL_ROOM = 110


@dataclass(frozen=True, slots=True)
class IndependencePoint:
    """One rated situation; chances in [0, 1]; `title` and `href` only where the reader may see it."""

    on: date
    p: float
    low: float
    high: float
    level: int
    handled: bool
    title: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class GoalMark:
    """The due date of a goal."""

    on: date
    label: str


@dataclass(frozen=True, slots=True)
class IndependenceReport:
    """What the curve shows: points oldest first, and the chance the programme asks for."""

    competency: str
    points: tuple[IndependencePoint, ...]
    mark: float = 0.6
    goals: tuple[GoalMark, ...] = ()


@dataclass(frozen=True, slots=True)
class Dot:
    """A situation on the curve."""

    d: str
    point: IndependencePoint
    percent: int


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal's due date: a line with its number."""

    x: str
    number: int
    goal: GoalMark


@dataclass(frozen=True, slots=True)
class Label:
    """Where some words stand."""

    x: str
    y: str
    anchor: str


@dataclass(frozen=True, slots=True)
class IndependenceChart:
    """Geometry of one size of the curve."""

    frame: Frame
    grid: tuple[Tick, ...]
    months: tuple[DateTick, ...]
    band: str
    line: str
    mark_y: str
    mark_label: Label
    dots: tuple[Dot, ...]
    goals: tuple[GoalLine, ...]


def independence_report(
    competency: str,
    curve: Iterable[CurvePoint],
    *,
    day_zero: date,
    mark: float = 0.6,
    goals: Sequence[GoalMark] = (),
) -> IndependenceReport:
    """Turn the growth engine's curve, in days since `day_zero`, into a report."""
    points = tuple(
        IndependencePoint(
            day_zero + timedelta(days=int(found.time)),
            found.p,
            found.low,
            found.high,
            int(found.level),
            found.success >= SUCCESS_FROM,
        )
        for found in curve
    )
    return IndependenceReport(competency, points, mark, tuple(goals))


def draw_independence(report: IndependenceReport, frame: Frame) -> IndependenceChart:
    """Return the geometry of the curve in a frame."""
    days = [point.on for point in report.points] + [goal.on for goal in report.goals]
    scale = TimeScale(frame, min(days), max(days)) if days else None
    xy = [(scale.x(p.on), frame.y(p.p)) for p in report.points] if scale else []
    upper = [(scale.x(p.on), frame.y(p.high)) for p in report.points] if scale else []
    lower = [(scale.x(p.on), frame.y(p.low)) for p in report.points] if scale else []
    if len(xy) == 1:
        upper, lower = _widened(upper), _widened(lower)
    goals = sorted(report.goals, key=lambda goal: goal.on)
    return IndependenceChart(
        frame=frame,
        grid=tuple(
            Tick(px(frame.y(share)), f"{share:.0%}".replace("%", " %")) for share in (0, 0.25, 0.5, 0.75, 1)
        ),
        months=scale.ticks() if scale else (),
        band=path(upper + lower[::-1], closed=True),
        line=path(xy),
        mark_y=px(frame.y(report.mark)),
        mark_label=_mark_label(frame, frame.y(report.mark), xy),
        dots=tuple(
            Dot(
                mark(point.level, x, y, MARK if frame.width > NARROW else SMALL_MARK),
                point,
                round(100 * point.p),
            )
            for point, (x, y) in zip(report.points, xy, strict=True)
        ),
        goals=tuple(GoalLine(px(scale.x(g.on)), n, g) for n, g in enumerate(goals, 1)) if scale else (),
    )


def _mark_label(frame: Frame, mark_y: float, dots: Sequence[tuple[float, float]]) -> Label:
    """Put the mark's words above or below its line, left or right, where they meet the fewest dots."""
    places = [(left, above) for left in (True, False) for above in (True, False)]

    def n_hidden(place: tuple[bool, bool]) -> int:
        left, above = place
        top, bottom = (mark_y - 24, mark_y) if above else (mark_y, mark_y + 24)
        near = [x for x, y in dots if top - MARK < y < bottom + MARK]
        return sum(x < frame.x0 + LABEL_ROOM if left else x > frame.x1 - LABEL_ROOM for x in near)

    left, above = min(places, key=n_hidden)
    return Label(
        px(frame.x0 + 6 if left else frame.x1 - 6),
        px(mark_y - 6 if above else mark_y + 16),
        "start" if left else "end",
    )


def _widened(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Give the band of a single situation a width one can see."""
    ((x, y),) = points
    return [(x - 8, y), (x + 8, y)]


def independence_sentence(report: IndependenceReport) -> str:
    """Say in words what the curve means."""
    if not report.points:
        return _("No situation has been rated yet; the curve begins with the first debrief.")
    last = report.points[-1]
    told = [point for point in report.points if point.high - point.low <= UNTOLD]
    if not told:
        return _(
            "No situation decided alone has been rated yet, so nothing can be said about deciding alone."
        )
    first = told[0]
    numbers = {
        "p": round(100 * last.p),
        "low": round(100 * last.low),
        "mark": round(100 * report.mark),
        "first": round(100 * first.p),
    }
    if last.p - first.p >= TELLING:
        now = (
            _("About %(p)d in 100 new, hard situations would be handled alone by now, up from %(first)d.")
            % numbers
        )
    elif first.p - last.p >= TELLING:
        now = (
            _("About %(p)d in 100 new, hard situations would be handled alone, down from %(first)d.")
            % numbers
        )
    else:
        now = _("About %(p)d in 100 new, hard situations would be handled alone.") % numbers
    if last.low >= report.mark:
        sure = _("Even the cautious estimate, %(low)d, is above the programme's mark of %(mark)d.") % numbers
    elif last.p >= report.mark:
        sure = _(
            "The cautious estimate is still %(low)d, below the programme's mark of %(mark)d: "
            "more situations decided alone will make it surer."
        ) % numbers  # fmt: skip
    else:
        sure = _("The programme's mark is %(mark)d, and the cautious estimate so far is %(low)d.") % numbers
    return f"{now} {sure}"
