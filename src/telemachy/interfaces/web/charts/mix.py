"""The guidance mix: each month's situations by level, as shares; fading at a glance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from telemachy.core.growth import MonthMix
from telemachy.core.shared.scales import GuidanceLevel
from telemachy.interfaces.web.charts.geometry import Frame, Tick, px

#: Widest column, and the share of its slot a column fills.
MAX_COLUMN, FILL = 44, 0.72


@dataclass(frozen=True, slots=True)
class MixReport:
    """The months shown, oldest first; the latest 24 at most are drawn."""

    months: tuple[MonthMix, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """One level's share of one month."""

    level: int
    y: str
    height: str
    count: int
    percent: int


@dataclass(frozen=True, slots=True)
class Column:
    """One month."""

    x: str
    width: str
    middle: str
    month: date
    n: int
    labelled: bool
    new_year: bool
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class MixChart:
    """Geometry of one size of the mix."""

    frame: Frame
    grid: tuple[Tick, ...]
    columns: tuple[Column, ...]


def draw_mix(report: MixReport, frame: Frame, *, max_months: int = 24) -> MixChart:
    """Return the geometry of the mix in a frame, the most independent level at the bottom."""
    months = report.months[-max_months:]
    slot = (frame.x1 - frame.x0) / max(len(months), 1)
    width = min(slot * FILL, MAX_COLUMN)
    every = max(int(36 / slot) + 1, 1) if slot < 36 else 1
    columns = []
    labelled_before: date | None = None
    for i, month in enumerate(months):
        middle = frame.x0 + (i + 0.5) * slot
        labelled = (len(months) - 1 - i) % every == 0
        new_year = labelled and (labelled_before is None or labelled_before.year != month.month.year)
        labelled_before = month.month if labelled else labelled_before
        columns.append(
            Column(
                px(middle - width / 2),
                px(width),
                px(middle),
                month.month,
                month.n,
                labelled,
                new_year,
                _segments(month, frame),
            )
        )
    grid = tuple(Tick(px(frame.y(share)), f"{round(100 * share)} %") for share in (0, 0.5, 1))
    return MixChart(frame, grid, tuple(columns))


def _segments(month: MonthMix, frame: Frame) -> tuple[Segment, ...]:
    found = []
    below = 0.0
    for level in GuidanceLevel:
        share = month.shares[level]
        if share:
            top, bottom = frame.y(below + share), frame.y(below)
            found.append(
                Segment(int(level), px(top), px(bottom - top), month.counts[level], round(100 * share))
            )
        below += share
    return tuple(found)


def mix_sentence(report: MixReport) -> str:
    """Say in words how guidance moved, from the first to the last three months with situations."""
    months = [month for month in report.months if month.n]
    if not months:
        return _("No situation has been handled yet.")
    if len(months) < 4:
        return _("Too few months yet to see whether guidance fades.")
    early, late = _direct_share(months[:3]), _direct_share(months[-3:])
    numbers = {"early": round(100 * early), "late": round(100 * late)}
    if early - late >= 0.1:
        return (
            _("Guidance fades: answers and examples fell from %(early)d %% to %(late)d %% of situations.")
            % numbers
        )
    if late - early >= 0.1:
        return (
            _("Guidance grows more direct: answers and examples rose from %(early)d %% to %(late)d %%.")
            % numbers
        )
    if not _direct_share(months):
        return _("No answers and no examples so far: guidance asks, and looks back.")
    return _("Guidance is as direct as at the start: %(late)d %% answers and examples.") % numbers


def _direct_share(months: list[MonthMix]) -> float:
    direct = sum(month.counts[GuidanceLevel.EXAMPLE] + month.counts[GuidanceLevel.ANSWER] for month in months)
    return direct / sum(month.n for month in months)
