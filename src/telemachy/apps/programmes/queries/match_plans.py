"""What the engine finds for a pool, in one form for every shape of programme."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from telemachy.apps.programmes.queries import match_reports
from telemachy.apps.programmes.queries.match_options import options_of
from telemachy.core import matching

if TYPE_CHECKING:
    from telemachy.apps.programmes.snapshots import Pool

#: Score that a mentor's second learner must bring beyond what somebody with none would; the third twice that.
SPREAD = 0.05
#: Who has waited as many whole weeks waits equally long.
DAYS_A_ROUND = 7
#: Learners explained between two notes of progress.
EXPLAINED_AT_ONCE = 256
#: Share of the work that is done when the pairs are found and only the explaining is left.
FOUND = 0.6


@dataclass(frozen=True, slots=True)
class Watch:
    """How a caller accompanies the work.

    Attributes
    ----------
    note : called with the name of a stage and the share of the whole work done; may raise to stop it
    finished, save : blocks of a large pool's search, kept so that an interrupted one goes on from there
    """

    note: Callable[[str, float], None] = lambda stage, share: None
    finished: Mapping[str, bytes] = field(default_factory=dict)
    save: Callable[[str, bytes], None] | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a run found: explained pairs, who is left, and the report as JSON can hold it.

    `circle_of` says, for peers, in which pair or circle a learner's key is.
    """

    proposals: tuple[matching.Proposal, ...]
    unmatched: tuple[matching.Unmatched, ...]
    report: dict[str, Any]
    circle_of: Mapping[str, int]


def work_out(pool: Pool, watch: Watch | None = None) -> Found:
    """Match a pool; raise BadInput for what cannot be worked with, and whatever `watch.note` raises."""
    watch = watch or Watch()
    watch.note("matching", 0.0)
    options = options_of(pool)
    kept: dict[str, Any] = {"previous": pool.previous, "gain": options.gain}
    circle_of: Mapping[str, int] = {}
    if pool.shape == "peer":
        plan, circle_of = matching.plan_peers(pool.problem, circle=options.circle, **kept)
    elif pool.shape == "group":
        plan = matching.plan_groups(pool.problem, least=options.group_min, most=options.group_max, **kept)
    else:
        plan = _explained(_solved(pool, watch), watch)
    return found_of(pool, plan, circle_of)


def found_of(pool: Pool, plan: matching.Plan, circle_of: Mapping[str, int]) -> Found:
    """Return a plan with its whole report."""
    report = asdict(plan.report) | _about(pool, circle_of) | match_reports.measured(pool, plan)
    if pool.shape == "peer":
        del report["n_blocking_pairs"]  # a term of two sides
    return Found(plan.proposals, plan.unmatched, report, circle_of)


def _solved(pool: Pool, watch: Watch) -> matching.Solution:
    return matching.solve(
        pool.problem,
        wishes=wishes_of(pool),
        progress=lambda share: watch.note("matching", FOUND * share),
        finished=watch.finished,
        save=watch.save,
    )


def wishes_of(pool: Pool) -> matching.Wishes | None:
    """Return what counts beside the total score, or None."""
    options, learners = options_of(pool), pool.problem.learners
    if not (options.fairness or options.spread or options.waiting or pool.previous):
        return None
    waited, previous = None, None
    if options.waiting:
        waited = [rounds_waited(pool, one.key) for one in learners]
    if pool.previous:
        mentor_at = {mentor.key: at for at, mentor in enumerate(pool.problem.mentors)}
        previous = [mentor_at.get(pool.previous.get(one.key, ""), -1) for one in learners]
    return matching.Wishes(
        fairness_loss=options.fairness,
        spread=SPREAD if options.spread else 0.0,
        waited=waited,
        previous=previous,
        gain=options.gain,
    )


def rounds_waited(pool: Pool, learner: str) -> int:
    """Return for how many whole weeks a learner has waited."""
    days = (pool.problem.reference_date - pool.since[learner].date()).days
    return max(days, 0) // DAYS_A_ROUND


def _explained(solution: matching.Solution, watch: Watch) -> matching.Plan:
    """Explain everybody, and say how far that is: in a large pool it takes as long as the search."""
    n_learners = max(len(solution.problem.learners), 1)
    proposals, unmatched = [], []
    for n_done, told in enumerate(solution.explained()):
        if n_done % EXPLAINED_AT_ONCE == 0:
            watch.note("telling", FOUND + (1 - FOUND) * n_done / n_learners)
        if isinstance(told, matching.Proposal):
            proposals.append(told)
        else:
            unmatched.append(told)
    return matching.Plan(tuple(proposals), tuple(unmatched), solution.seats(), solution.report)


def told(reason: matching.Reason) -> dict[str, Any]:
    """Return a reason as JSON can hold it."""
    return {"code": reason.code, "params": dict(reason.params)}


def _about(pool: Pool, circle_of: Mapping[str, int]) -> dict[str, Any]:
    # Of two locks that one person cannot keep both in a pair, one is left out.
    n_apart = sum(
        circle_of[one] != circle_of.get(other) for one, other in pool.problem.locked if one in circle_of
    )
    return {
        "n_paired": pool.n_paired,
        "n_done": pool.n_done,
        "n_away": pool.n_away,
        "n_locks_left_out": pool.n_locks_left_out + n_apart,
    }
