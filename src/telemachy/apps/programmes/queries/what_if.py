"""What another weighting would change, worked out at once for pools that are small enough."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import isqrt
from typing import TYPE_CHECKING, Any

from telemachy.apps.programmes import snapshots
from telemachy.apps.programmes.queries import match_plans, pool_counts
from telemachy.apps.programmes.queries.match_options import MOST_IN_A_GROUP
from telemachy.apps.programmes.queries.match_runs import Comparison, differences, pairs_of

if TYPE_CHECKING:
    from telemachy.apps.programmes.models import MatchRun, Programme
    from telemachy.apps.programmes.snapshots import Pool

#: Learners times open seats up to which a page waits for the answer: nothing has to be compiled for it.
MOST_CELLS = 40_000


@dataclass(frozen=True, slots=True)
class Effect:
    """The report of a run beside the one it would have, and who would move.

    `n_joined` and `n_gone` tell how the pool has changed since the run: that moves people, too.
    """

    before: Mapping[str, Any]
    after: Mapping[str, Any]
    comparison: Comparison
    n_joined: int
    n_gone: int


def pool_of(match_run: MatchRun, weights: Mapping[str, Any], options: Mapping[str, Any], today: date) -> Pool:
    """Return today's pool under other weights and options, the run's rules kept."""
    return snapshots.pool(match_run.programme, weights, match_run.rules, today, options)


def is_small(pool: Pool) -> bool:
    """Tell whether the answer can be waited for."""
    n_learners = len(pool.problem.learners)
    n_seats = sum(min(mentor.capacity, n_learners) for mentor in pool.problem.mentors)
    return n_learners * n_seats <= MOST_CELLS


def is_surely_large(programme: Programme, today: date) -> bool:
    """Tell by counting alone whether the pool is too large to wait for: reading a large one takes seconds."""
    is_peer = programme.shape == "peer"
    if not is_peer and pool_counts.at_least(isqrt(MOST_CELLS) + 1, programme, today):
        return True
    n_waiting = pool_counts.waiting(programme, today).count()
    # A mentor may bring more seats than there are learners, so few who wait are left to `is_small`.
    if n_waiting <= MOST_IN_A_GROUP:
        return False
    n_others = n_waiting if is_peer else pool_counts.pool_counts(programme, today).seats
    return n_waiting * n_others > MOST_CELLS


def effect(match_run: MatchRun, pool: Pool) -> Effect:
    """Return what would change; nothing is kept. Raises BadInput."""
    found = match_plans.work_out(pool)
    before = pairs_of(match_run)
    after = {
        pool.learners[pair.learner].pk: {
            "mentor": pool.mentors[pair.mentor].pk,
            "score": pair.score,
            "learner__person__name": pool.learners[pair.learner].name,
            "mentor__person__name": pool.mentors[pair.mentor].name,
        }
        for pair in found.proposals
    }
    in_run = set(before) | set(match_run.unmatched.values_list("learner", flat=True))
    in_pool = {place.pk for place in pool.learners.values()}
    return Effect(
        before=match_run.report,
        after=found.report,
        comparison=differences(before, after),
        n_joined=len(in_pool - in_run),
        n_gone=len(in_run - in_pool),
    )
