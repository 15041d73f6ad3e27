"""A mentor's own mix: each month's guidance by what it does, beside what was recommended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from telemachy.core.practice import MonthOfWriting
from telemachy.interfaces.web.charts.geometry import Frame, Tick, px
from telemachy.interfaces.web.charts.mix import FILL, MAX_COLUMN

#: Colours of the guidance ramp for what asks, does both, and tells; the lowest segment asks.
ASKS, BOTH, TELLS = 2, 3, 4
#: Fewer pieces than this say nothing about a direction.
FEWEST = 6


@dataclass(frozen=True, slots=True)
class WritingReport:
    """The months shown, oldest first."""

    months: tuple[MonthOfWriting, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """One kind's share of a month."""

    level: int
    y: str
    height: str
    count: int


@dataclass(frozen=True, slots=True)
class Column:
    """One month; `recommended` is the height at which asking was recommended, "" where nothing was."""

    x: str
    x1: str
    width: str
    middle: str
    month: date
    n: int
    labelled: bool
    new_year: bool
    segments: tuple[Segment, ...]
    recommended: str


@dataclass(frozen=True, slots=True)
class WritingChart:
    """Geometry of one size."""

    frame: Frame
    grid: tuple[Tick, ...]
    columns: tuple[Column, ...]


def draw_writing(report: WritingReport, frame: Frame) -> WritingChart:
    """Return the geometry of the mix in a frame."""
    months = report.months
    slot = (frame.x1 - frame.x0) / max(len(months), 1)
    width = min(slot * FILL, MAX_COLUMN)
    every = max(int(36 / slot) + 1, 1) if slot < 36 else 1
    columns = []
    year: int | None = None
    for i, month in enumerate(months):
        middle = frame.x0 + (i + 0.5) * slot
        labelled = (len(months) - 1 - i) % every == 0
        new_year = labelled and year != month.month.year
        year = month.month.year if labelled else year
        columns.append(
            Column(
                px(middle - width / 2),
                px(middle + width / 2),
                px(width),
                px(middle),
                month.month,
                month.n,
                labelled,
                new_year,
                _segments(month, frame),
                px(frame.y(month.n_to_ask / month.n_recommended)) if month.n_recommended else "",
            )
        )
    grid = tuple(Tick(px(frame.y(share)), f"{round(100 * share)} %") for share in (0, 0.5, 1))
    return WritingChart(frame, grid, tuple(columns))


def _segments(month: MonthOfWriting, frame: Frame) -> tuple[Segment, ...]:
    found, below = [], 0.0
    for level, count in ((ASKS, month.n_asking), (BOTH, month.n_mixed), (TELLS, month.n_telling)):
        if count:
            share = count / month.n
            top = frame.y(below + share)
            found.append(Segment(level, px(top), px(frame.y(below) - top), count))
            below += share
    return tuple(found)


def writing_sentence(report: WritingReport) -> str:
    """Say in words what the last three months with guidance were like."""
    months = [month for month in report.months if month.n][-3:]
    n, asking = sum(month.n for month in months), sum(month.n_asking for month in months)
    to_ask, known = sum(m.n_to_ask for m in months), sum(m.n_recommended for m in months)
    numbers = {"n": n, "asking": asking, "to_ask": to_ask, "known": known}
    if n < FEWEST:
        return _("So far there are %(n)d answers of yours: too few to say more.") % numbers
    if not known:
        return _("Of your last %(n)d answers %(asking)d asked and advised nothing.") % numbers
    return (
        _(
            "Of your last %(n)d answers %(asking)d asked and advised nothing. A question or less was "
            "recommended for %(to_ask)d of %(known)d."
        )
        % numbers
    )
