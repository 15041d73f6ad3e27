"""How well one knows oneself: confidence and own ratings beside what came of it. Nobody else sees it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from telemachy.apps.relationships.queries import calibration as queries
from telemachy.core.growth import Calibration
from telemachy.interfaces.web.charts.geometry import Frame, Tick, px
from telemachy.interfaces.web.forms import situation_words
from telemachy.interfaces.web.views.base import PersonView

FRAME = Frame(420, 300, 56, 16, 20, 44)
QUARTERS = (0, 25, 50, 75, 100)
#: Radius of a dot of one situation, and what each further one adds.
LEAST, EACH, LARGEST = 5.0, 1.2, 14.0
SURER = _(
    "You were surer than it turned out: by %(points)d points on average (likely between %(low)d and "
    "%(high)d), over %(n)d situations decided alone."
)
DOUBTING = _(
    "You can do more than you think: it went well more often than you expected, by %(points)d points on "
    "average (likely between %(low)d and %(high)d), over %(n)d situations decided alone."
)
TOGETHER = _(
    "Your confidence and what came of it go together, as far as %(n)d situations decided alone can tell: "
    "you are likely between %(low)s and %(high)s."
)
OPEN = _(
    "%(n)d situations decided alone do not tell yet whether you are too sure or not sure enough: you "
    "are likely between %(low)s and %(high)s."
)
#: Confidence and outcome go together when the interval reaches no further off than this, to either side.
MOST_OFF = 0.2


@dataclass(frozen=True, slots=True)
class Dot:
    """One band of confidence: where it is drawn, and what it says."""

    x: str
    y: str
    r: str
    confidence: int
    handled: int
    n: int


class ShowCalibration(PersonView):
    """The learner's own page."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it, with what is missing until there is enough to say anything."""
        found = queries.of_learner(self.person)
        context = {
            "found": found,
            "rated_self": found.above or found.same or found.below,
            "missing": max(queries.ENOUGH - found.n_alone, 0),
            "sentence": sentence(found.calibration) if found.calibration else "",
            "dots": dots(found.calibration) if found.calibration else [],
            "frame": FRAME,
            "x_ticks": [Tick(px(FRAME.x(at / 100)), f"{at} %") for at in QUARTERS],
            "y_ticks": [Tick(px(FRAME.y(at / 100)), f"{at} %") for at in QUARTERS],
            "rows": [(one, _word(one.own_rating), _word(one.rating)) for one in found.judgements],
        }
        return render(request, "development/calibration.html", context)


def sentence(found: Calibration) -> str:
    """Say in plain words how confidence and outcome go together."""
    words = {
        "points": abs(round(100 * found.bias)),
        "low": round(100 * found.low),
        "high": round(100 * found.high),
        "n": found.n,
    }
    if found.low > 0:
        return str(SURER) % words
    if found.high < 0:
        return str(DOUBTING) % (words | {"low": -words["high"], "high": -words["low"]})
    ends = {"low": _off(words["low"]), "high": _off(words["high"])}
    return str(TOGETHER if max(-found.low, found.high) <= MOST_OFF else OPEN) % (words | ends)


def _off(points: int) -> str:
    """Say in words by how much, and to which side, confidence is off."""
    if points < 0:
        text = ngettext("%(n)d point not sure enough", "%(n)d points not sure enough", -points)
    else:
        text = ngettext("%(n)d point too sure", "%(n)d points too sure", points)
    return text % {"n": abs(points)}


def dots(found: Calibration) -> list[Dot]:
    """Return a dot for each band of confidence, larger where it stands for more situations."""
    return [
        Dot(
            px(FRAME.x(band.confidence)),
            px(FRAME.y(band.handled)),
            px(min(LEAST + EACH * (band.n - 1), LARGEST)),
            round(100 * band.confidence),
            round(100 * band.handled),
            band.n,
        )
        for band in found.bands
    ]


def _word(rating: int | None) -> str:
    return "" if rating is None else str(situation_words.RATINGS[rating][0])
