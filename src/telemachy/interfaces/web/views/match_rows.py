"""What the pages of a match run show of its rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from telemachy.apps.programmes.queries import match_runs as queries
from telemachy.interfaces.web.forms import match_words as words

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.programmes.models import MatchRun, Proposal, Unmatched


@dataclass(frozen=True, slots=True)
class Row:
    """One proposal, in words."""

    proposal: Proposal
    parts: list[tuple[str, float]]
    unknown: str
    reasons: list[str]
    alternatives: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class LeftOver:
    """One learner without a mentor, and why, in words."""

    learner: Any
    reason: str


def rows(proposals: Iterable[Proposal], *, is_peer: bool) -> list[Row]:
    """Return the proposals of a page in words, with one query for the names of all alternatives."""
    page = list(proposals)
    names = queries.names(other["mentor"] for one in page for other in one.alternatives)
    return [_row(one, names, is_peer) for one in page]


def _row(proposal: Proposal, names: dict[str, str], is_peer: bool) -> Row:
    counted = [part for part in proposal.parts if part["weight"] > 0]
    return Row(
        proposal=proposal,
        parts=[(words.component(part["name"]), part["weight"] * part["value"]) for part in counted],
        unknown=", ".join(words.component(part["name"]) for part in counted if part["missing"]),
        reasons=[words.reason(told, {}, is_peer=is_peer) for told in proposal.reasons],
        alternatives=[
            (names.get(other["mentor"], "?"), words.percent(other["score"]), cost(other, is_peer=is_peer))
            for other in proposal.alternatives
        ],
    )


def cost(alternative: dict[str, Any], *, is_peer: bool = False) -> str:
    """Say what the pool would lose by this swap, or the most that it could lose."""
    if alternative["cost"] is None:
        return _("what it would cost the pool is not known")
    at_most = alternative.get("is_bound", False)
    if n := alternative["n_fewer"]:
        if is_peer:
            said = ngettext(
                "at most %(n)d person fewer would have a peer",
                "at most %(n)d people fewer would have a peer",
                n,
            )
        elif at_most:
            said = ngettext(
                "at most %(n)d learner fewer would have a mentor",
                "at most %(n)d learners fewer would have a mentor",
                n,
            )
        else:
            said = ngettext(
                "%(n)d learner fewer would have a mentor", "%(n)d learners fewer would have a mentor", n
            )
        return said % {"n": n}
    points = 100 * alternative["cost"]
    if points < 0.05:
        return _("costs the pool nothing")
    if at_most:
        said = _("costs the pool at most %(points)s points in total")
    else:
        said = _("costs the pool %(points)s points in total")
    return said % {"points": number_format(points, 1)}


def left_over(rows: Iterable[Unmatched], *, is_peer: bool) -> list[LeftOver]:
    """Return who has no match, with the binding reason."""
    return [LeftOver(row.learner, words.reason(row.reason, {}, is_peer=is_peer)) for row in rows]


def headline(run: MatchRun) -> list[str]:
    """Return the report in two or three sentences."""
    told = run.report
    if not told["n_learners"]:
        return [_("Nobody waits for a match: everybody in the pool has a pair, is through, or is away.")]
    n, is_peer = told["n_matched"], run.programme.shape == "peer"
    if is_peer:
        first = ngettext(
            "%(n)d of %(all)d person is in a pair or circle (%(share)s).",
            "%(n)d of %(all)d people are in a pair or circle (%(share)s).",
            told["n_learners"],
        )
    else:
        first = ngettext(
            "%(n)d of %(all)d learner has a mentor (%(share)s).",
            "%(n)d of %(all)d learners have a mentor (%(share)s).",
            told["n_learners"],
        )
    said = [first % {"n": n, "all": told["n_learners"], "share": words.percent(told["matched_share"])}]
    if n:
        said.append(
            _("The mean score is %(mean)s; nine pairs in ten reach %(p10)s, the weakest has %(least)s.")
            % {
                "mean": words.percent(told["mean_score"]),
                "p10": words.percent(told["p10_score"]),
                "least": words.percent(told["min_score"]),
            }
        )
    if told.get("changed_by_hand"):
        said.append(_("Changed by hand since, so it need not be the best of all matchings any more."))
    elif told["is_optimal"] and is_peer:
        said.append(_("Proven: no other way brings more people together, or as many with a higher total."))
    elif told["is_optimal"] and run.together:
        said.append(
            _(
                "Proven for the programmes run together: no other way gives more of their learners a mentor, "
                "or as many with a higher total."
            )
        )
    elif told["is_optimal"]:
        said.append(_("Proven: no other way gives more learners a mentor, or as many with a higher total."))
    return said


def load(run: MatchRun) -> str:
    """Say how many mentors have how many learners of this run."""
    return ", ".join(
        ngettext("%(mentors)d with %(n)d learner", "%(mentors)d with %(n)d learners", n_learners)
        % {"mentors": n_mentors, "n": n_learners}
        for n_learners, n_mentors in run.report.get("mentor_load", [])
    )


_LEARNERS_LEFT_OUT = (
    ("n_paired", _lazy("%(n)d learner has a pair already"), _lazy("%(n)d learners have a pair already")),
    ("n_done", _lazy("%(n)d learner is through"), _lazy("%(n)d learners are through")),
    (
        "n_away",
        _lazy("%(n)d learner is paused, gone, or has not confirmed the address"),
        _lazy("%(n)d learners are paused, gone, or have not confirmed the address"),
    ),
)
_PEERS_LEFT_OUT = (
    ("n_paired", _lazy("%(n)d person has a peer already"), _lazy("%(n)d people have a peer already")),
    ("n_done", _lazy("%(n)d person is through"), _lazy("%(n)d people are through")),
    (
        "n_away",
        _lazy("%(n)d person is paused, gone, or has not confirmed the address"),
        _lazy("%(n)d people are paused, gone, or have not confirmed the address"),
    ),
)


_ONE_SEAT = _lazy(
    "One seat more of any of these, or one mentor more like them, would give one learner more a mentor: "
    "%(names)s."
)
#: What one person more would bring, for shapes in which it is not one seat.
_WANTED = {
    "group": _lazy(
        "Another mentor like one of these, with a circle as large, would take in at least so many of those "
        "left over: %(names)s."
    ),
    "peer": _lazy("Another person like any of these would suit somebody who is left over: %(names)s."),
}


def left_out(run: MatchRun) -> list[str]:
    """Say who was not in the pool, and which decisions could not be kept."""
    told, said = run.report, []
    for key, one, many in [
        *(_PEERS_LEFT_OUT if run.programme.shape == "peer" else _LEARNERS_LEFT_OUT),
        (
            "n_locks_left_out",
            _("%(n)d locked pair could not be kept: no seat, or one of the two is not in the pool"),
            _("%(n)d locked pairs could not be kept: no seat, or one of the two is not in the pool"),
        ),
    ]:
        if n := told.get(key, 0):
            said.append(str(one if n == 1 else many) % {"n": n})
    return said


def wanted(run: MatchRun) -> str:
    """Say of whom one more would match somebody who is left over; "" where nobody is known."""
    seats = {seat["mentor"]: seat for seat in run.report.get("wanted", []) if seat["extra_matched"]}
    places = queries.places(seats)
    names = [_profile(places[key].person) for key in seats if key in places]
    if run.programme.shape == "group":
        found = [seat["extra_matched"] for key, seat in seats.items() if key in places]
        names = [_("%(name)s: %(n)d") % {"name": name, "n": n} for name, n in zip(names, found, strict=True)]
    said = _WANTED.get(run.programme.shape, _ONE_SEAT)
    return str(said) % {"names": "; ".join(names)} if names else ""


def _profile(person: Person) -> str:
    """Return a name with what makes that person wanted: function, seniority, skills."""
    level = "" if person.seniority is None else _("level %(n)d") % {"n": person.seniority}
    known = [person.function, level, *person.skills_offered[:3]]
    about = ", ".join(filter(None, known))
    return f"{person.name} ({about})" if about else person.name
