"""The charts as tags: each takes a report and draws it with title, description and data table.

A wide and a narrow drawing are rendered, and the stylesheet shows the one that fits, so that words
in a chart are as large as the words around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachy.core.insights import Quadrant
from telemachy.core.shared.scales import GuidanceLevel
from telemachy.interfaces.web import charts
from telemachy.interfaces.web.charts import markup
from telemachy.interfaces.web.charts.geometry import Frame, mark
from telemachy.interfaces.web.charts.independence import independence_sentence
from telemachy.interfaces.web.charts.mix import mix_sentence
from telemachy.interfaces.web.charts.writing import ASKS, BOTH, TELLS, writing_sentence
from telemachy.interfaces.web.templatetags.ui import LEVELS

register = template.Library()

#: Pairs listed by name in each corner; a programme's list of pairs holds the rest.
MAX_LISTED = 200

QUADRANTS: dict[str, tuple[str | Promise, str | Promise]] = {
    Quadrant.GRADUATING: (
        gettext_lazy("Graduating"),
        gettext_lazy("quiet because the learner decides alone"),
    ),
    Quadrant.GROWING: (gettext_lazy("Nearly there"), gettext_lazy("active, and mostly deciding alone")),
    Quadrant.BUILDING: (gettext_lazy("Building"), gettext_lazy("active, and still leaning on guidance")),
    Quadrant.STALLED: (gettext_lazy("Stalled"), gettext_lazy("quiet, and not yet independent")),
    Quadrant.UNKNOWN: (gettext_lazy("Too early to say"), gettext_lazy("fewer than three situations rated")),
}

INDEPENDENCE_FRAMES = (("wide", Frame(720, 300, 48, 16, 16, 34)), ("narrow", Frame(340, 260, 42, 16, 10, 34)))
MIX_FRAMES = (("wide", Frame(720, 240, 48, 22, 16, 34), 24), ("narrow", Frame(340, 220, 42, 22, 8, 34), 12))
MAP_FRAMES = (("wide", Frame(720, 460, 40, 10, 12, 40)), ("narrow", Frame(340, 380, 28, 10, 8, 40)))


@dataclass(frozen=True, slots=True)
class LegendLine:
    """One guidance level in a legend."""

    level: int
    word: str | Promise
    d: str


@dataclass(frozen=True, slots=True)
class PairGroup:
    """The pairs of one corner, as far as they are listed."""

    quadrant: str
    name: str | Promise
    meaning: str | Promise
    listed: list[charts.MapPair]
    n: int

    @property
    def n_more(self) -> int:
        """How many are not listed."""
        return self.n - len(self.listed)


def _words() -> tuple[str, ...]:
    return tuple(str(LEVELS[level][1]) for level in sorted(GuidanceLevel))


def _legend() -> list[LegendLine]:
    return [LegendLine(int(level), LEVELS[level][1], mark(level, 8, 8)) for level in GuidanceLevel]


def _id(kind: str, report: object) -> str:
    """Name a chart's parts on the page; equal on every rendering of the same report."""
    return f"{kind}-{crc32(repr(report).encode()):08x}"


@register.filter
def level_word(level: int) -> str | Promise:
    """Turn a guidance level into its word."""
    return LEVELS[GuidanceLevel(level)][1]


@register.filter
def quadrant_name(quadrant: str) -> str | Promise:
    """Turn a corner of the pair map into its name."""
    return QUADRANTS[quadrant][0]


@register.inclusion_tag("charts/independence.html")
def independence_curve(
    report: charts.IndependenceReport, *, table_open: bool = False, small: bool = False
) -> dict[str, Any]:
    """Draw the chance of deciding alone over time, with its band, the situations and the goals' dates.

    `small` draws one of several side by side, without the legend, which the first of them shows.
    """
    told = [_told(point) for point in report.points]
    frames = INDEPENDENCE_FRAMES[1:] if small else INDEPENDENCE_FRAMES
    drawn = [(size, charts.draw_independence(report, frame)) for size, frame in frames]
    return {
        "id": _id("independence", report),
        "report": report,
        "sizes": [
            {
                "size": size,
                "chart": chart,
                "grid": markup.grid(chart.frame, chart.grid),
                "months": markup.months(chart.frame, chart.months),
                "dots": [one.dot(dot.d, dot.percent) for one, dot in zip(told, chart.dots, strict=True)],
            }
            for size, chart in drawn
        ],
        "sentence": independence_sentence(report),
        "mark_percent": round(100 * report.mark),
        "head": markup.head(
            (_("Date"), _("Guidance"), _("Outcome"), _("Chance alone"), _("90 % band")), n_numbers=2
        ),
        "rows": [one.row() for one in reversed(told)],
        "legend": "" if small else markup.legend(_words()),
        "small": small,
        "table_open": table_open,
    }


def _told(point: charts.IndependencePoint) -> markup.Told:
    outcome = _("handled") if point.handled else _("not yet handled")
    return markup.told(point, level_word(point.level), outcome)


@register.inclusion_tag("charts/mix.html")
def guidance_mix(report: charts.MixReport) -> dict[str, Any]:
    """Draw each month's situations by guidance level, as shares."""
    words = _words()
    drawn = [(size, charts.draw_mix(report, frame, max_months=n)) for size, frame, n in MIX_FRAMES]
    return {
        "id": _id("mix", report),
        "report": report,
        "sizes": [
            {
                "size": size,
                "chart": chart,
                "grid": markup.grid(chart.frame, chart.grid),
                "columns": markup.columns(chart.frame, chart.columns, words),
            }
            for size, chart in drawn
        ],
        "sentence": mix_sentence(report),
        "legend": _legend(),
        "levels": [LEVELS[level][1] for level in GuidanceLevel],
    }


WRITING = (
    (ASKS, gettext_lazy("Asks")),
    (BOTH, gettext_lazy("Asks and answers")),
    (TELLS, gettext_lazy("Answers")),
)


@register.inclusion_tag("charts/writing.html")
def writing_mix(report: charts.WritingReport) -> dict[str, Any]:
    """Draw what one's own guidance asked and told each month, beside what was recommended."""
    frames = [(size, frame) for size, frame, _n in MIX_FRAMES]
    return {
        "id": _id("writing", report),
        "report": report,
        "sizes": [
            {"size": size, "chart": chart, "grid": markup.grid(chart.frame, chart.grid)}
            for size, chart in ((size, charts.draw_writing(report, frame)) for size, frame in frames)
        ],
        "sentence": writing_sentence(report),
        "legend": WRITING,
    }


@register.inclusion_tag("charts/pair_map.html")
def pair_map(report: charts.PairMapReport) -> dict[str, Any]:
    """Draw every relationship by activity and independence, in four named corners."""
    sizes = [(size, charts.draw_pair_map(report, frame)) for size, frame in MAP_FRAMES]
    order = [Quadrant.STALLED, Quadrant.BUILDING, Quadrant.GROWING, Quadrant.GRADUATING, Quadrant.UNKNOWN]
    groups = []
    for quadrant in order:
        pairs = sorted((p for p in report.pairs if p.quadrant == quadrant), key=lambda p: p.label.casefold())
        name, meaning = QUADRANTS[quadrant]
        if pairs:
            groups.append(PairGroup(quadrant, name, meaning, pairs[:MAX_LISTED], len(pairs)))
    return {
        "id": _id("pair-map", report),
        "sizes": sizes,
        "groups": groups,
        "n_pairs": len(report.pairs),
        "n_unknown": sizes[0][1].n_unknown,
    }


@register.inclusion_tag("charts/score_parts.html")
def score_parts(report: charts.ScoreReport, *, label: str = "") -> dict[str, Any]:
    """Draw why two fit: parts as wide as their weight and as full as their score, and the reasons."""
    return {"id": _id("score", report), "report": report, "chart": charts.draw_score(report), "label": label}


@register.inclusion_tag("charts/sparkline.html")
def sparkline(
    values: Sequence[float], *, label: str, low: float | None = None, high: float | None = None
) -> dict[str, Any]:
    """Draw a line the size of a word; `label` says the same in words."""
    return {"label": label, "line": charts.draw_sparkline(values, low=low, high=high)}


@register.inclusion_tag("charts/attainment.html")
def attainment(report: charts.AttainmentReport) -> dict[str, Any]:
    """Draw a goal's five levels, where it began and where it stands."""
    chart = charts.draw_attainment(report)
    now = next((rung for rung in chart.rungs if rung.is_now), None)
    return {"id": _id("attainment", report), "report": report, "chart": chart, "now": now}


@register.inclusion_tag("charts/course.html")
def competency_course(report: charts.CourseReport, *, sentence: str) -> dict[str, Any]:
    """Draw a competency over reviewed recordings; `sentence` says the same in words."""
    return {
        "id": _id("course", report),
        "report": report,
        "chart": charts.draw_course(report),
        "sentence": sentence,
    }
