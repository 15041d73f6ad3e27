"""The parts that a chart repeats (dots, ticks, columns, rows), written without a template loop for speed.

Words are escaped once, where they come in; numbers and what is escaped already is then only put together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from telemachy.interfaces.web.charts.geometry import DateTick, Frame, Tick, mark
from telemachy.interfaces.web.charts.independence import IndependencePoint
from telemachy.interfaces.web.charts.mix import Column


def _put(pattern: str, *parts: SafeString | int) -> SafeString:
    """Fill a pattern with numbers and escaped words."""
    return SafeString(pattern.format(*parts))


def _row(parts: list[SafeString], between: str = "") -> SafeString:
    return SafeString(between.join(parts))


@dataclass(frozen=True, slots=True)
class Told:
    """A situation on a curve in escaped words, written once for both drawings and the table."""

    point: IndependencePoint
    day: SafeString
    level: SafeString
    outcome: SafeString
    title: SafeString
    href: SafeString

    def dot(self, d: SafeString, percent: int) -> SafeString:
        """Return its mark with what it says when pointed at; a link where the reader may open it."""
        name = _put("{} · {}", self.day, self.title) if self.title else self.day
        look = "chart-mark chart-level-{}" if self.point.handled else "chart-mark chart-level-{} chart-open"
        dot = _put(
            f'<path class="{look}" d="{{}}"><title>{{}} · {{}} · {{}} · {{}} %</title></path>',
            *(self.point.level, d, name, self.level, self.outcome, percent),
        )
        if not self.href:
            return dot
        return _put('<a href="{}" tabindex="-1" aria-label="{}">{}</a>', self.href, name, dot)

    def row(self) -> SafeString:
        """Return its row of the table."""
        title = self.title
        if title and self.href:
            title = _put('<a href="{}">{}</a>', self.href, title)
        return _put(
            '<tr><th scope="row"><time datetime="{}">{}</time>{}</th><td>{}</td><td>{}</td>'
            '<td class="number">{} %</td><td class="number">{}–{} %</td></tr>\n',
            SafeString(self.point.on.isoformat()),
            self.day,
            _put("<br>{}", title) if title else SafeString(),
            self.level,
            self.outcome,
            round(100 * self.point.p),
            round(100 * self.point.low),
            round(100 * self.point.high),
        )


def told(point: IndependencePoint, level: object, outcome: str) -> Told:
    """Return a situation with its words escaped."""
    day = date_format(point.on)
    return Told(point, *(conditional_escape(word) for word in (day, level, outcome, point.title, point.href)))


@lru_cache(maxsize=32)
def grid(frame: Frame, lines: tuple[Tick, ...]) -> SafeString:
    """Return the lines across the plot with their labels."""
    pattern = (
        '<line class="chart-grid" x1="{}" x2="{}" y1="{}" y2="{}" />'
        '<text class="chart-tick" x="{}" y="{}" dy="0.35em" text-anchor="end">{}</text>'
    )
    return _row(
        [
            _put(pattern, frame.x0, frame.x1, at, at, frame.x0 - 8, at, conditional_escape(label))
            for at, label in ((line.at, line.label) for line in lines)
        ]
    )


def months(frame: Frame, ticks: Sequence[DateTick]) -> SafeString:
    """Return the months below the plot."""
    pattern = (
        '<line class="chart-grid" x1="{}" x2="{}" y1="{}" y2="{}" />'
        '<text class="chart-tick" x="{}" y="{}" text-anchor="middle">{}</text>'
    )
    return _row(
        [
            _put(pattern, tick.at, tick.at, frame.y0, frame.y0 + 5, tick.at, frame.y0 + 20, _month(tick))
            for tick in ticks
        ]
    )


def columns(frame: Frame, drawn: Sequence[Column], words: Sequence[str]) -> SafeString:
    """Return each month's column of segments; `words` names the guidance levels."""
    escaped = [conditional_escape(word) for word in words]
    return _row([_column(frame, one, escaped) for one in drawn], "\n")


@lru_cache(maxsize=8)
def legend(words: tuple[str, ...]) -> SafeString:
    """Return the guidance levels' marks with their words, the most independent first."""
    pattern = (
        '<li><svg class="chart-key" viewBox="0 0 16 16" aria-hidden="true" focusable="false">'
        '<path class="chart-mark chart-level-{}" d="{}" /></svg>{}</li>'
    )
    escaped = [conditional_escape(word) for word in words]
    return _row([_put(pattern, level, mark(level, 8, 8), word) for level, word in enumerate(escaped)])


@lru_cache(maxsize=8)
def head(words: tuple[str, ...], n_numbers: int) -> SafeString:
    """Return the head of a data table, the last `n_numbers` columns of which hold numbers."""
    looks = [""] * (len(words) - n_numbers) + [' class="number"'] * n_numbers
    cells = [
        _put(f'<th scope="col"{look}>{{}}</th>', conditional_escape(word))
        for look, word in zip(looks, words, strict=True)
    ]
    return _put("<thead><tr>{}</tr></thead>", _row(cells))


def _month(tick: DateTick) -> SafeString:
    return conditional_escape(date_format(tick.month, "M Y" if tick.new_year else "M"))


def _column(frame: Frame, column: Column, words: Sequence[SafeString]) -> SafeString:
    month = conditional_escape(date_format(column.month, "F Y"))
    pattern = (
        '<rect class="chart-segment chart-level-{}" x="{}" width="{}" y="{}" height="{}">'
        "<title>{} · {} · {} ({} %)</title></rect>"
    )
    segments = [
        _put(
            pattern,
            *(one.level, column.x, column.width, one.y, one.height),
            *(month, words[one.level], one.count, one.percent),
        )
        for one in column.segments
    ]
    count = _text("chart-count", column.middle, frame.y1 - 7, column.n) if column.n else SafeString()
    return _row([count, *segments, _foot(frame, column)])


def _text(kind: str, x: SafeString, y: int, words: SafeString | int) -> SafeString:
    return _put(f'<text class="{kind}" x="{{}}" y="{{}}" text-anchor="middle">{{}}</text>', x, y, words)


def _foot(frame: Frame, column: Column) -> SafeString:
    if not column.labelled:
        return SafeString()
    month = conditional_escape(date_format(column.month, "M"))
    foot = _text("chart-tick", column.middle, frame.y0 + 18, month)
    if not column.new_year:
        return foot
    return foot + _text("chart-tick", column.middle, frame.y0 + 32, column.month.year)
