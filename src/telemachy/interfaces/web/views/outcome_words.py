"""What the outcomes are called, and numbers with their intervals in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from telemachy.core.growth.attribution import TEXTS
from telemachy.core.shared.estimates import SMALLEST_GROUP, Estimate

if TYPE_CHECKING:
    from telemachy.apps.relationships.models import GrowthStudy

#: measure -> its name, and what exactly is counted.
MEASURES: Mapping[str, tuple[Promise, Promise]] = {
    "met": (_("Pairs that met"), _("at least once, of those that began")),
    "unwound": (_("Pairs ended early"), _("by either side, or since one has left; without fault")),
    "passed": (_("Pairs with a threshold passed"), _("a new, hard case decided alone, confirmed by people")),
    "graduated": (_("Ended by graduating"), _("of the pairs that have ended")),
    "sessions": (_("Sessions a month"), _("held, a pair")),
    "situations": (_("Situations a month"), _("decided, a pair")),
    "safety": (_("Can say openly what is difficult"), _("latest answer of each person, 1 to 5")),
    "clarity": (_("Clear what they work towards"), _("latest answer of each person, 1 to 5")),
    "attainment": (_("Goal attainment"), _("a pair's T-score; 50 is attained as expected")),
    "alone": (_("Decided alone"), _("share of a pair's situations, mean over pairs")),
    "reliance": (_("Settle hard situations without asking"), _("latest answer of each person, 1 to 5")),
    "value": (_("Worth the time"), _("latest answer of each person, 1 to 5")),
}
#: (about, kind) -> the heading of that quarter of the matrix.
CELLS: Mapping[tuple[str, str], Promise] = {
    ("programme", "process"): _("The programme: how it goes"),
    ("programme", "outcome"): _("The programme: what comes of it"),
    ("relationship", "process"): _("The pairs: how it goes"),
    ("relationship", "outcome"): _("The pairs: what comes of it"),
}
LIMITS = _(
    "Each number comes with an interval that would hold the true mean or share nine times in ten, had the "
    "pairs been drawn at random from many alike. Intervals that overlap widely tell of no difference. "
    "Nothing here says that the programme caused it: people also grow without one, and those who leave "
    "answer no questions."
)
PRIVACY = _(
    "Groups of fewer than five are not shown, nor are groups from which they could be worked out. Nothing "
    "that pairs write is read for this page."
)
#: What the lots of all pairs together come to, in a line.
VERDICTS: Mapping[str, Promise] = {
    "claim": _("The guidance made a difference"),
    "unclear": _("No difference can be told from chance"),
    "refusal": _("No claim is made"),
}
NO_LOTS = _(
    "Whether the guidance caused what is seen here can only be known where pairs agree in their charter to "
    "leave some situations to the learner by lot. From five such pairs on, all their lots are weighed "
    "together each night, and the answer stands here: a claim, or what is missing for one."
)


@dataclass(frozen=True, slots=True)
class Cause:
    """What may be said of cause: a heading, sentences, and the moment of the study; None before one."""

    title: str
    sentences: tuple[str, ...]
    is_claim: bool = False
    at: datetime | None = None


def cause(found: GrowthStudy | None) -> Cause:
    """Say what the guidance changed, or why that cannot be said."""
    if found is None:
        return Cause(str(VERDICTS["refusal"]), (str(NO_LOTS),))
    weighed = ngettext(
        "Weighed from %(n)d rated situation with a lot, of %(pairs)d pairs.",
        "Weighed from %(n)d rated situations with a lot, of %(pairs)d pairs.",
        found.n_situations,
    ) % {"n": found.n_situations, "pairs": found.n_pairs}
    said = _now(TEXTS[found.code]) % found.params
    return Cause(str(VERDICTS[found.verdict]), (said, weighed), found.verdict == "claim", found.computed_at)


def cohort(found: tuple[int, int]) -> str:
    """Name the quarter in which pairs began."""
    return _now("Q%(quarter)d %(year)d") % {"quarter": found[1], "year": found[0]}


def number(value: float, unit: str) -> str:
    """Write a number of a unit."""
    if unit == "share":
        return _now("%(n)s %%") % {"n": number_format(round(100 * value))}
    return number_format(value, 0 if unit == "score" else 1)


def estimate(found: Estimate, unit: str) -> str:
    """Write a number, or why there is none."""
    if found.value is not None:
        return number(found.value, unit)
    if found.n == 0:
        return "–"
    if found.n < SMALLEST_GROUP:
        return _now("fewer than %(n)d") % {"n": SMALLEST_GROUP}
    return _now("hidden")


def interval(found: Estimate, unit: str) -> str:
    """Write the interval; "" where there is none."""
    if found.low is None or found.high is None:
        return ""
    return _now("%(low)s to %(high)s") % {"low": number(found.low, unit), "high": number(found.high, unit)}
