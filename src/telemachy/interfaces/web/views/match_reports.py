"""The whole report of a run, in words: who fares how, what is sought and offered, how it was made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachy.core.matching.problem import Rules
from telemachy.interfaces.web.forms import match_words as words
from telemachy.interfaces.web.forms.match_options import GROUPS
from telemachy.interfaces.web.forms.programmes import SENIORITY
from telemachy.interfaces.web.views import match_figures

if TYPE_CHECKING:
    from telemachy.apps.programmes.models import MatchRun

#: Terms that a table of supply and demand names; those most wanting come first.
N_TERMS = 8

SUPPLY: dict[str, str | Promise] = {
    "skills": gettext_lazy("Skills"),
    "languages": gettext_lazy("Languages"),
    "zones": gettext_lazy("Time zones"),
}


@dataclass(frozen=True, slots=True)
class Parity:
    """How the groups of one kind fare: (group, people, share matched, mean score, whether behind)."""

    label: str
    rows: list[tuple[str, int, str, str, bool]]
    n_hidden: int


@dataclass(frozen=True, slots=True)
class Supply:
    """What learners seek beside what open seats offer: (term, learners, seats, whether short)."""

    label: str
    rows: list[tuple[str, int, int, bool]]
    n_more: int


@dataclass(frozen=True, slots=True)
class Told:
    """The parts of a report that have something to say."""

    parity: list[Parity]
    supply: list[Supply]
    made: list[tuple[str, str]]


def told(run: MatchRun) -> Told:
    """Return the report of a run in words; what an older run did not measure is left out."""
    return Told(
        parity=[_parity(one) for one in run.report.get("parity", [])],
        supply=[_supply(kind, run.report["supply"][kind]) for kind in SUPPLY if run.report.get("supply")],
        made=_made(run),
    )


def _parity(one: Mapping[str, Any]) -> Parity:
    rows = [
        (
            _group(one["by"], group["name"]),
            group["n"],
            words.percent(group["matched_share"]),
            words.percent(group["mean_score"]),
            group["is_behind"],
        )
        for group in one["groups"]
    ]
    return Parity(str(GROUPS[one["by"]]), rows, one["n_hidden"])


def _group(by: str, name: str) -> str:
    if by == "language":
        return words.languages([name])[0]
    if by == "seniority":
        return _("Levels %(band)s") % {"band": name}
    return name


def _supply(kind: str, rows: list[dict[str, Any]]) -> Supply:
    shown = [
        (
            words.languages([row["name"]])[0] if kind == "languages" else row["name"],
            row["n_learners"],
            row["n_seats"],
            row["n_learners"] > row["n_seats"],
        )
        for row in rows
    ]
    return Supply(str(SUPPLY[kind]), shown[:N_TERMS], max(len(shown) - N_TERMS, 0))


def _made(run: MatchRun) -> list[tuple[str, str]]:
    """Return what is needed to repeat the run and to judge its proof."""
    report = run.report
    shares = match_figures.weight_lines({}, run.weights)
    facts = [(_("Weights"), ", ".join(f"{line.label} {line.after}" for line in shares))]
    facts += [(_("Hard rules"), ", ".join(_rules(run.rules)) or _("none"))]
    facts += match_figures.wishes_of(run)
    facts += [
        (_("Total score"), number_format(report["total_score"], 2)),
        (_("No matching can total more than"), number_format(report["upper_bound"], 2)),
        (_("Distance from the best possible"), _gap(report)),
        (_("Possible pairs"), number_format(report["n_pairs_eligible"], 0, force_grouping=True)),
        (_("Seed"), str(report["seed"])),
    ]
    return facts


def _gap(report: Mapping[str, Any]) -> str:
    if report["is_optimal"]:
        return _("none, proven")
    return _("at most %(gap)s %%") % {"gap": number_format(100 * report["gap"], 3)}


def _rules(rules: Mapping[str, Any]) -> list[str]:
    held = Rules.read(rules)
    said = []
    if held.outside_reporting_line:
        said.append(_("outside the reporting line"))
    if held.shared_language:
        said.append(_("a common language"))
    if held.min_overlap_hours:
        hours = number_format(held.min_overlap_hours, 0 if held.min_overlap_hours % 1 == 0 else 1)
        said.append(_("%(hours)s common working hours a week") % {"hours": hours})
    if held.seniority.value != "any":
        said.append(str(dict(SENIORITY)[held.seniority.value]))
    return said
