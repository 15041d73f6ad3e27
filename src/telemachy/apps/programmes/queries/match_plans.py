"""What the engine finds for a pool, in one form for every shape of programme."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from telemachy.core import matching

if TYPE_CHECKING:
    from telemachy.apps.programmes.snapshots import Pool

#: Called with the name of a stage and the share of it that is done; may raise to stop the work.
Progress = Callable[[str, float], None]

#: Mentors of whom another seat would help most that a report names.
N_WANTED = 5


@dataclass(frozen=True, slots=True)
class Found:
    """What a run found: explained pairs, who is left, and the report as JSON can hold it.

    `circle_of` says, for peers, in which pair or circle a learner's key is.
    """

    proposals: tuple[matching.Proposal, ...]
    unmatched: tuple[matching.Unmatched, ...]
    report: dict[str, Any]
    circle_of: Mapping[str, int]


def work_out(pool: Pool, progress: Progress) -> Found:
    """Match a pool; raise BadInput for what cannot be worked with, and whatever `progress` raises."""
    progress("matching", 0.0)
    plan = matching.plan(pool.problem)
    progress("telling", 0.0)
    report = asdict(plan.report) | _about(pool) | {"wanted": _wanted(pool, plan.seats)}
    report["part_means"] = part_means(plan.proposals)
    return Found(plan.proposals, plan.unmatched, report, {})


def told(reason: matching.Reason) -> dict[str, Any]:
    """Return a reason as JSON can hold it."""
    return {"code": reason.code, "params": dict(reason.params)}


def part_means(proposals: Iterable[matching.Proposal]) -> dict[str, float]:
    """Return the mean of each part of the score over the pairs: comparable between different weights."""
    sums: dict[str, float] = {}
    n_pairs = 0
    for proposal in proposals:
        n_pairs += 1
        for part in proposal.parts:
            sums[part.name] = sums.get(part.name, 0.0) + part.value
    return {name: total / n_pairs for name, total in sums.items()}


def _about(pool: Pool) -> dict[str, Any]:
    return {
        "n_paired": pool.n_paired,
        "n_done": pool.n_done,
        "n_away": pool.n_away,
        "n_locks_left_out": pool.n_locks_left_out,
    }


def _wanted(pool: Pool, seats: Iterable[matching.Seat]) -> list[dict[str, Any]]:
    """Return whose next seat would help the pool most; a learner more comes before any score."""
    best = sorted(seats, key=lambda seat: (-seat.extra_matched, -seat.price, seat.mentor))
    return [
        {"mentor": str(pool.mentors[seat.mentor].pk), "extra_matched": seat.extra_matched}
        for seat in best[:N_WANTED]
        if seat.extra_matched > 0
    ]
