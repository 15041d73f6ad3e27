"""Several programmes at once that share the seats of their mentors: one problem, one optimum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from telemachy.core.matching import assignment, errors, pairs, shared_wishes, weighted
from telemachy.core.matching.pairs import STEPS, Ints, Pairs
from telemachy.core.matching.shared_shortage import ProgrammeAnswers, SharedShortage
from telemachy.core.matching.shortage import Answering
from telemachy.core.matching.solver import split
from telemachy.core.matching.wishes import Wishes


@dataclass(frozen=True, slots=True, eq=False)
class Demand:
    """One programme's candidates, as in `assign`.

    `at_most` is int32 (n_mentors,), the seats of each mentor for this programme (0: none), None for no
    limit of its own; `locked` is int32 (n_learners,), -1 where free.
    """

    indptr: Any
    mentor: Any
    score: Any
    at_most: Any = None
    locked: Any = None


@dataclass(frozen=True, slots=True, eq=False)
class Share:
    """What one programme gets: `mentor` int32 (n_learners,), `load` int32 (n_mentors,).

    `price` float and `extra_matched` int32 (n_mentors,) say what one more seat of a mentor for this programme
    would bring to all programmes together, around the highest total, exactly.
    """

    mentor: npt.NDArray[np.int32]
    load: npt.NDArray[np.int32]
    price: npt.NDArray[np.float64]
    extra_matched: npt.NDArray[np.int32]
    n_matched: int
    total_score: float


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """The result of `assign_programmes`, one share per programme in the order given; proven best together.

    `plain_total` is the highest total of as many learners, without wishes. `shortage` answers about
    unmatched learners, numbered one programme after the other.
    """

    shares: tuple[Share, ...]
    n_matched: int
    total_score: float
    plain_total: float
    shortage: SharedShortage

    def answering(self, programme: int) -> Answering:
        """Return what `plan_of` asks about swaps in one programme, and about its learners left over."""
        first = sum(len(share.mentor) for share in self.shares[:programme])
        return partial(ProgrammeAnswers, shortage=self.shortage, first=first)


def assign_programmes(
    programmes: Sequence[Demand], capacity: Any, *, seed: int = 0, wishes: Wishes | None = None
) -> Shared:
    """Assign the learners of several programmes to mentors whom they share.

    Most learners of all programmes together first, then the highest total score, within every mentor's
    capacity over all programmes and their limit for each.

    Parameters
    ----------
    programmes : Demand
        A person who learns in two programmes is a learner of each.
    capacity : int32 (n_mentors,)
        Seats of each mentor over all programmes, at least 1.
    seed : int
        Decides among equally good assignments.
    wishes : Wishes, optional
        What counts beside the total, as in `assign_with`, over all programmes together: `waited` and
        `previous` list the learners of the first programme, then those of the next.

    Returns
    -------
    Shared

    Raises
    ------
    BadInput
        As in `assign_with`; CapacityTooSmall for a limit below 0, LockOverCapacity for locks above a limit.

    Notes
    -----
    Without limits of their own the programmes are one list of learners. A limit that binds splits the mentor
    into one per programme, and stand-ins who come before every learner block what the parts have too many.
    """
    seats = assignment.read_capacity(capacity)
    demands = [pairs.read(one.indptr, one.mentor, one.score, len(seats)).wide() for one in programmes]
    shape = len(programmes), len(seats)
    asked = np.array([_read_limit(one.at_most, seats) for one in programmes], dtype=np.int64).reshape(shape)
    limits = np.minimum(asked, seats)
    kept = [
        assignment.read_locks(one.locked, demand, limit)
        for one, demand, limit in zip(programmes, demands, limits, strict=True)
    ]
    held = np.array([np.bincount(k[k >= 0], minlength=len(seats)) for k in kept], dtype=np.int64)
    held = held.reshape(shape)
    over = np.flatnonzero(held.sum(axis=0) > seats)
    if len(over):
        raise errors.LockOverCapacity(
            f"{held.sum(axis=0)[over[0]]} learners of all programmes are locked to mentor {over[0]}, "
            f"who has a capacity of {seats[over[0]]}.",
            field="locked",
        )
    free = [demand.keep(k[demand.learner()] < 0) for demand, k in zip(demands, kept, strict=True)]
    free_seats = seats - held.sum(axis=0)
    chosen = plain = _solve(free, free_seats, limits - held, seed)
    shortage = around_best = SharedShortage(free, free_seats, asked - held, plain)
    if wishes:
        chosen = shared_wishes.solve(demands, free, kept, seats, limits, held, seed, wishes)
        moving = [np.where(k >= 0, -1, c) for k, c in zip(kept, chosen, strict=True)]
        shortage = SharedShortage(free, free_seats, asked - held, moving)
    totals = [
        sum(
            int(demand.steps_of(np.where(k >= 0, k, c)).sum())
            for demand, k, c in zip(demands, kept, found, strict=True)
        )
        for found in (chosen, plain)
    ]
    prices = around_best.prices()
    n_learners = sum(demand.n_learners for demand in free)
    shares = tuple(
        _share(demand, np.where(k >= 0, k, c), split(price, n_learners))
        for demand, k, c, price in zip(demands, kept, chosen, prices, strict=True)
    )
    n_matched = sum(share.n_matched for share in shares)
    return Shared(shares, n_matched, totals[0] / STEPS, totals[1] / STEPS, shortage)


def _read_limit(at_most: Any, seats: Ints) -> Ints:
    if at_most is None:
        return seats + 1  # one seat more is still within it
    limit = pairs.whole_numbers(at_most, "at_most")
    if len(limit) != len(seats):
        raise errors.PairsInconsistent(
            f"at_most has {len(limit)} entries for {len(seats)} mentors.", field="at_most"
        )
    if len(limit) and limit.min() < 0:
        at = int(limit.argmin())
        raise errors.CapacityTooSmall(
            f"Mentor {at} has a limit of {limit[at]} in a programme; it must be 0 or more.", field="at_most"
        )
    return limit


def _solve(demands: list[Pairs], seats: Ints, limits: Ints, seed: int) -> list[Ints]:
    n_learners = np.array([demand.n_learners for demand in demands], dtype=np.int64)
    if not n_learners.sum():
        return [np.full(demand.n_learners, -1, dtype=np.int64) for demand in demands]
    n_mentors, ends = len(seats), np.cumsum(n_learners)
    programme = np.repeat(np.arange(len(demands)), n_learners)
    joint = pairs.joined(demands, n_mentors)
    if (limits >= seats).all():
        nobody = np.full(joint.n_learners, -1, dtype=np.int64)
        chosen = assignment.best(joint, seats, nobody, seed).mentor.astype(np.int64)
        return np.split(chosen, ends[:-1])
    # Mentor m of programme p is column p * n_mentors + m.
    part = joint.mentor + programme[joint.learner()] * n_mentors
    one = weighted.level(joint.n_learners)
    n_blocks = np.maximum(limits.sum(axis=0) - seats, 0)
    blocked = np.repeat(np.arange(n_mentors), n_blocks)
    block_parts = (blocked[:, None] + np.arange(len(demands)) * n_mentors).ravel()
    together = Pairs(
        np.concatenate([joint.indptr, joint.indptr[-1] + np.arange(1, len(blocked) + 1) * len(demands)]),
        np.concatenate([part, block_parts]),
        np.concatenate([joint.steps + one, np.full(len(block_parts), 2 * one)]),
        n_mentors * len(demands),
    )
    chosen = weighted.heaviest(together, limits.ravel(), seed)[: joint.n_learners]
    return np.split(np.where(chosen >= 0, chosen % n_mentors, -1), ends[:-1])


def _share(demand: Pairs, chosen: Ints, one_more: tuple[Ints, Ints]) -> Share:
    extra, steps = one_more
    return Share(
        mentor=chosen.astype(np.int32),
        load=np.bincount(chosen[chosen >= 0], minlength=demand.n_mentors).astype(np.int32),
        price=steps / STEPS,
        extra_matched=extra.astype(np.int32),
        n_matched=int((chosen >= 0).sum()),
        total_score=int(demand.steps_of(chosen).sum()) / STEPS,
    )
