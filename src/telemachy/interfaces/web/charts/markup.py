"""The parts that a chart repeats (dots, ticks, columns, rows), written without a template loop for speed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from telemachy.interfaces.web.charts.geometry import DateTick, Frame, Tick, mark
from telemachy.interfaces.web.charts.independence import IndependencePoint
from telemachy.interfaces.web.charts.mix import Column


@dataclass(frozen=True, slots=True)
class Told:
    """A situation on a curve in words, written once for both drawings and the table."""

    point: IndependencePoint
    day: str
    level: str
    outcome: str

    def dot(self, d: str, percent: int) -> SafeString:
        """Return its mark with what it says when pointed at; a link where the reader may open it."""
        name = f"{self.day} · {self.point.title}" if self.point.title else self.day
        dot = format_html(
            '<path class="chart-mark chart-level-{}{}" d="{}"><title>{} · {} · {} · {} %</title></path>',
            self.point.level,
            "" if self.point.handled else " chart-open",
            d,
            name,
            self.level,
            self.outcome,
            percent,
        )
        if not self.point.href:
            return dot
        return format_html('<a href="{}" tabindex="-1" aria-label="{}">{}</a>', self.point.href, name, dot)

    def row(self) -> SafeString:
        """Return its row of the table."""
        title = self.point.title
        if title and self.point.href:
            title = format_html('<a href="{}">{}</a>', self.point.href, title)
        return format_html(
            '<tr><th scope="row"><time datetime="{}">{}</time>{}</th><td>{}</td><td>{}</td>'
            '<td class="number">{} %</td><td class="number">{}–{} %</td></tr>\n',
            self.point.on.isoformat(),
            self.day,
            format_html("<br>{}", title) if title else "",
            self.level,
            self.outcome,
            round(100 * self.point.p),
            round(100 * self.point.low),
            round(100 * self.point.high),
        )


def grid(frame: Frame, lines: Sequence[Tick]) -> SafeString:
    """Return the lines across the plot with their labels."""
    return format_html_join(
        "",
        '<line class="chart-grid" x1="{}" x2="{}" y1="{}" y2="{}" />'
        '<text class="chart-tick" x="{}" y="{}" dy="0.35em" text-anchor="end">{}</text>',
        ((frame.x0, frame.x1, line.at, line.at, frame.x0 - 8, line.at, line.label) for line in lines),
    )


def months(frame: Frame, ticks: Sequence[DateTick]) -> SafeString:
    """Return the months below the plot."""
    return format_html_join(
        "",
        '<line class="chart-grid" x1="{}" x2="{}" y1="{}" y2="{}" />'
        '<text class="chart-tick" x="{}" y="{}" text-anchor="middle">{}</text>',
        ((tick.at, tick.at, frame.y0, frame.y0 + 5, tick.at, frame.y0 + 20, _month(tick)) for tick in ticks),
    )


def columns(frame: Frame, drawn: Sequence[Column], words: Sequence[str]) -> SafeString:
    """Return each month's column of segments; `words` names the guidance levels."""
    return format_html_join(
        "\n",
        "{}{}{}",
        ((_count(frame, column), _segments(column, words), _foot(frame, column)) for column in drawn),
    )


def legend(words: Sequence[str]) -> SafeString:
    """Return the guidance levels' marks with their words, the most independent first."""
    return format_html_join(
        "",
        '<li><svg class="chart-key" viewBox="0 0 16 16" aria-hidden="true" focusable="false">'
        '<path class="chart-mark chart-level-{}" d="{}" /></svg>{}</li>',
        ((level, mark(level, 8, 8), word) for level, word in enumerate(words)),
    )


def _month(tick: DateTick) -> str:
    return date_format(tick.month, "M Y" if tick.new_year else "M")


def _text(kind: str, x: str, y: int, words: object) -> SafeString:
    return format_html('<text class="{}" x="{}" y="{}" text-anchor="middle">{}</text>', kind, x, y, words)


def _count(frame: Frame, column: Column) -> SafeString:
    return _text("chart-count", column.middle, frame.y1 - 7, column.n) if column.n else SafeString()


def _segments(column: Column, words: Sequence[str]) -> SafeString:
    month = date_format(column.month, "F Y")
    return format_html_join(
        "",
        '<rect class="chart-segment chart-level-{}" x="{}" width="{}" y="{}" height="{}">'
        f"<title>{month} · {{}} · {{}} ({{}} %)</title></rect>",
        (
            (one.level, column.x, column.width, one.y, one.height, words[one.level], one.count, one.percent)
            for one in column.segments
        ),
    )


def _foot(frame: Frame, column: Column) -> SafeString:
    if not column.labelled:
        return SafeString()
    month = _text("chart-tick", column.middle, frame.y0 + 18, date_format(column.month, "M"))
    if not column.new_year:
        return month
    return month + _text("chart-tick", column.middle, frame.y0 + 32, date_format(column.month, "Y"))
