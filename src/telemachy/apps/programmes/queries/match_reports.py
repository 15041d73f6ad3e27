"""What a run's report says beyond the engine's figures: groups, supply and demand, whose seat is wanted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from telemachy.apps.programmes.queries.match_options import group_of, options_of
from telemachy.core import matching

if TYPE_CHECKING:
    from telemachy.apps.programmes.snapshots import Pool

#: Terms of supply and demand that a report keeps of each kind.
MOST_TERMS = 30


def measured(pool: Pool, plan: matching.Plan) -> dict[str, Any]:
    """Return the further parts of a report as JSON can hold them."""
    score_of = {proposal.learner: proposal.score for proposal in plan.proposals}
    found: dict[str, Any] = {
        "part_means": part_means(plan.proposals),
        "parity": [_parity(pool, score_of, by) for by in options_of(pool).groups],
        "wanted": [
            {"mentor": str(pool.mentors[one.like].pk), "extra_matched": one.extra_matched, "price": one.price}
            for one in matching.one_more(plan.seats)
        ],
    }
    if pool.shape != "peer":
        found["supply"] = _supply(pool, [left.learner for left in plan.unmatched])
    return found


def part_means(proposals: Iterable[matching.Proposal]) -> dict[str, float]:
    """Return the mean of each part of the score over the pairs: comparable between different weights."""
    sums: dict[str, float] = {}
    n_pairs = 0
    for proposal in proposals:
        n_pairs += 1
        for part in proposal.parts:
            sums[part.name] = sums.get(part.name, 0.0) + part.value
    return {name: total / n_pairs for name, total in sums.items()}


def _parity(pool: Pool, score_of: dict[str, float], by: str) -> dict[str, Any]:
    scores = np.array([score_of.get(key, np.nan) for key in pool.learners])
    people = zip(pool.problem.learners, pool.learners.values(), strict=True)
    names = [place.location if by == "location" else group_of(person, by) for person, place in people]
    found = matching.parity(scores, names)
    return {
        "by": by,
        "n_hidden": found.n_learners_hidden + names.count(""),
        "groups": [
            {
                "name": group.group,
                "n": group.n_learners,
                "matched_share": group.matched_share,
                "mean_score": group.mean_score,
                "is_behind": any(gap and gap.high < 0 for gap in (group.share_gap, group.score_gap)),
            }
            for group in found.groups
        ],
    }


def _supply(pool: Pool, unmatched: list[str]) -> dict[str, list[dict[str, Any]]]:
    found = matching.supply(pool.problem, unmatched)
    kinds = {"skills": found.skills, "languages": found.languages, "zones": found.time_zones}
    return {
        kind: [
            {"name": one.term, "n_learners": one.n_learners, "n_seats": one.n_seats}
            for one in balances[:MOST_TERMS]
        ]
        for kind, balances in kinds.items()
    }
