"""The figures of a run, and what differs between two, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachy.apps.programmes.queries.match_options import Options
from telemachy.interfaces.web.forms import match_words as words

if TYPE_CHECKING:
    from telemachy.apps.programmes.models import MatchRun

Report = Mapping[str, Any]

WISHES = {
    "fairness": gettext_lazy("Help the weakest pairs"),
    "spread": gettext_lazy("Spread learners over the mentors"),
    "waiting": gettext_lazy("Longest wait first"),
    "group_min": gettext_lazy("Learners in a circle, at least"),
    "group_max": gettext_lazy("Learners in a circle, at most"),
    "circle": gettext_lazy("Peers in a circle"),
}

#: Differences of shares below this are shown as none: a twentieth of a percentage point.
LEAST = 0.0005


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a report: how to read it, how to show it, and which direction is the better one.

    What `is_score` is on the scale that the weights make.
    """

    label: str | Promise
    read: Callable[[Report], float | None]
    is_share: bool
    more_is_better: bool
    is_score: bool = False
    #: What it is called among peers, who are no learners and mentors; None where it says nothing of them.
    peer_label: str | Promise | None = ""

    def named(self, is_peer: bool) -> Figure | None:
        """Return the figure as it is called in this shape of programme; None where it is left out."""
        if not is_peer or self.peer_label == "":
            return self
        return None if self.peer_label is None else replace(self, label=self.peer_label)


@dataclass(frozen=True, slots=True)
class Line:
    """A figure in two runs; `tone` says whether the difference is welcome."""

    label: str | Promise
    before: str
    after: str
    difference: str
    tone: str


def _of(name: str) -> Callable[[Report], float | None]:
    return lambda report: report.get(name)


FIGURES = (
    Figure(
        gettext_lazy("Learners matched"),
        _of("n_matched"),
        is_share=False,
        more_is_better=True,
        peer_label=gettext_lazy("People matched"),
    ),
    Figure(gettext_lazy("Share matched"), _of("matched_share"), is_share=True, more_is_better=True),
    Figure(gettext_lazy("Mean score"), _of("mean_score"), is_share=True, more_is_better=True, is_score=True),
    Figure(
        gettext_lazy("Weakest tenth"), _of("p10_score"), is_share=True, more_is_better=True, is_score=True
    ),
    Figure(gettext_lazy("Weakest pair"), _of("min_score"), is_share=True, more_is_better=True, is_score=True),
    Figure(
        gettext_lazy("Rank received, learners"),
        _of("median_rank_learner"),
        is_share=False,
        more_is_better=False,
        peer_label=gettext_lazy("Rank received"),
    ),
    Figure(
        gettext_lazy("Rank received, mentors"),
        _of("median_rank_mentor"),
        is_share=False,
        more_is_better=False,
        peer_label=None,
    ),
    Figure(gettext_lazy("Blocking pairs"), _of("n_blocking_pairs"), is_share=False, more_is_better=False),
)


def figures(is_peer: bool) -> list[Figure]:
    """Return the figures that say something of this shape of programme."""
    return [named for figure in FIGURES if (named := figure.named(is_peer)) is not None]


def facts(report: Report, *, is_peer: bool) -> list[tuple[str, str]]:
    """Return the figures of one report."""
    shown = [(str(figure.label), _shown(figure.read(report), figure)) for figure in figures(is_peer)]
    return [(label, value) for label, value in shown if value]


def lines(before: Report, after: Report, *, is_peer: bool) -> list[Line]:
    """Return the figures that at least one of two reports has, side by side.

    Scores under different weights cannot be judged against each other: their difference gets no tone.
    """
    same_scale = before.get("weights") == after.get("weights")
    shown = figures(is_peer)
    found = [_line(figure, before, after) for figure in shown]
    found = [
        line if same_scale or not figure.is_score else replace(line, tone="")
        for line, figure in zip(found, shown, strict=True)
    ]
    return [line for line in found if line.before or line.after]


def part_lines(before: Report, after: Report) -> list[Line]:
    """Return the mean of each part of the score side by side; they mean the same under all weights."""
    one, other = before.get("part_means", {}), after.get("part_means", {})
    return [
        _line(Figure(words.component(name), _of(name), is_share=True, more_is_better=True), one, other)
        for name in other
        if name in one
    ]


def weight_lines(before: Mapping[str, float], after: Mapping[str, float]) -> list[Line]:
    """Return each part's share of the score in two runs; neither more nor less is better."""
    found = []
    for name in after:
        one, other = (
            before.get(name, 0.0) / (sum(before.values()) or 1),
            after[name] / (sum(after.values()) or 1),
        )
        found.append(
            Line(words.component(name), words.percent(one), words.percent(other), _points(other - one), "")
        )
    return found


def wish_lines(before: MatchRun, after: MatchRun) -> list[tuple[str, str, str]]:
    """Return the wishes that two runs were asked differently, in words."""
    one, other = Options.read(before.options).as_dict(), Options.read(after.options).as_dict()
    return [
        (str(WISHES[name]), wish(name, one[name]), wish(name, other[name]))
        for name in WISHES
        if one[name] != other[name]
    ]


def wishes_of(run: MatchRun) -> list[tuple[str, str]]:
    """Return the wishes of a run that its programme's shape has a use for, in words."""
    asked = Options.read(run.options).as_dict()
    names = {"group": ("group_min", "group_max"), "peer": ("circle",)}
    used = names.get(run.programme.shape, ("fairness", "spread", "waiting"))
    return [(str(WISHES[name]), wish(name, asked[name])) for name in used]


def wish(name: str, value: Any) -> str:
    """Return the value of a wish in words."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return words.percent(value) if name == "fairness" else str(value)


def _line(figure: Figure, before: Report, after: Report) -> Line:
    one, other = figure.read(before), figure.read(after)
    change = None if one is None or other is None else other - one
    welcome = change is not None and (change > 0) == figure.more_is_better
    is_none = change is None or abs(change) < LEAST
    return Line(
        label=figure.label,
        before=_shown(one, figure),
        after=_shown(other, figure),
        difference=_difference(change, figure),
        tone="" if is_none else "positive" if welcome else "danger",
    )


def _shown(value: float | None, figure: Figure) -> str:
    if value is None:
        return ""
    return words.percent(value) if figure.is_share else _number(value)


def _difference(change: float | None, figure: Figure) -> str:
    if change is None:
        return ""
    if figure.is_share:
        return _points(change)
    return _signed(change, _number(abs(change))) if change else _("none")


def _points(change: float) -> str:
    if abs(change) < LEAST:
        return _("none")
    return _("%(n)s points") % {"n": _signed(change, number_format(abs(100 * change), 1))}


def _signed(change: float, text: str) -> str:
    return f"+{text}" if change > 0 else f"\N{MINUS SIGN}{text}"


def _number(value: float) -> str:
    return number_format(value, 0 if value == int(value) else 1)
