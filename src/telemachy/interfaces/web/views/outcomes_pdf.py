"""The outcomes of a programme as the data of a PDF: tables in words, and the intervals as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from telemachy.interfaces.common.pdf import compile_pdf
from telemachy.interfaces.web.views import outcome_words as words

if TYPE_CHECKING:
    from telemachy.apps.relationships.queries.outcomes import Line, Outcomes
    from telemachy.core.shared.estimates import Estimate

#: Measures that are drawn, and the ends of their scale.
DRAWN = {"attainment": (20.0, 80.0), "alone": (0.0, 1.0), "reliance": (1.0, 5.0)}
WIDTH, LEFT, RIGHT, STEP, TOP = 720, 150, 24, 26, 12


def draw(name: str, found: Outcomes, cause: words.Cause, now: datetime) -> bytes:
    """Return the PDF."""
    return compile_pdf("outcomes", data_of(name, found, cause, now), now=now)


def data_of(name: str, found: Outcomes, cause: words.Cause, now: datetime) -> dict[str, Any]:
    """Return everything the template shows, as strings."""
    today = date_format(timezone.localtime(now).date())
    groups = [_("All"), *(words.cohort(one) for one in found.cohorts)]
    return {
        "lang": (get_language() or "en")[:2],
        "title": _("Outcomes of %(name)s") % {"name": name},
        "lead": _("%(n)d pairs began. As of %(today)s.") % {"n": found.n_pairs, "today": today},
        "footer": _("%(programme)s · as of %(today)s") % {"programme": name, "today": today},
        "pictures_title": _("The intervals"),
        "limits_title": _("How to read it"),
        "limits": [
            f"{_('What the guidance changed')}: {cause.title}. {' '.join(cause.sentences)}",
            str(words.LIMITS),
            str(words.PRIVACY),
        ],
        "cells": [
            {
                "title": str(title),
                "head": [_("Measure"), *groups],
                "rows": [
                    _row(line) for line in found.lines if (line.measure.about, line.measure.kind) == key
                ],
            }
            for key, title in words.CELLS.items()
        ],
        "pictures": [
            {
                "name": str(words.MEASURES[line.measure.code][0]),
                "counts": str(words.MEASURES[line.measure.code][1]),
                "svg": svg(groups, (line.whole, *line.cohorts), line.measure.unit, DRAWN[line.measure.code]),
                "text": sentence(groups, line),
            }
            for line in found.lines
            if line.measure.code in DRAWN and line.whole.value is not None
        ],
    }


def svg(groups: Sequence[str], found: Sequence[Estimate], unit: str, ends: tuple[float, float]) -> str:
    """Draw a dot with its interval for each group, one below the other."""
    low, high = ends
    height = TOP + STEP * len(groups) + 26

    def x(value: float) -> float:
        inside = min(max(value, low), high)
        return round(LEFT + (inside - low) / (high - low) * (WIDTH - LEFT - RIGHT), 1)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        'font-family="Libertinus Serif" font-size="13" fill="#5e584c">'
    ]
    bottom = TOP + STEP * len(groups)
    for step in range(5):
        at = low + step * (high - low) / 4
        parts.append(f'<path d="M{x(at)} {TOP} V{bottom}" stroke="#e2dbcb"/>')
        label = escape(words.number(at, unit))
        parts.append(f'<text x="{x(at)}" y="{bottom + 18}" text-anchor="middle">{label}</text>')
    for place, (group, one) in enumerate(zip(groups, found, strict=True)):
        y = TOP + STEP * (place + 0.5)
        parts.append(f'<text x="{LEFT - 12}" y="{y}" dy="4" text-anchor="end">{escape(group)}</text>')
        if one.value is None or one.low is None or one.high is None:
            hidden = escape(words.estimate(one, unit))
            parts.append(f'<text x="{LEFT + 8}" y="{y}" dy="4" font-size="11">{hidden}</text>')
            continue
        parts.append(f'<path d="M{x(one.low)} {y} H{x(one.high)}" stroke="#1c5a84" stroke-width="2"/>')
        parts.append(f'<circle cx="{x(one.value)}" cy="{y}" r="4.5" fill="#1c5a84"/>')
    return "".join([*parts, "</svg>"])


def sentence(groups: Sequence[str], line: Line) -> str:
    """Say what a picture shows."""
    unit = line.measure.unit
    told = [
        f"{group}: {words.estimate(one, unit)}"
        + (f" ({between})" if (between := words.interval(one, unit)) else "")
        for group, one in zip(groups, (line.whole, *line.cohorts), strict=True)
    ]
    return "; ".join(told) + "."


def _row(line: Line) -> list[str]:
    name, counts = words.MEASURES[line.measure.code]
    unit = line.measure.unit
    cells = [
        "\n".join(filter(None, (words.estimate(one, unit), words.interval(one, unit))))
        for one in (line.whole, *line.cohorts)
    ]
    return [f"{name}\n{counts}", *cells]
