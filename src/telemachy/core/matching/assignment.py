"""Assignment of learners to mentors: most learners matched first, then the highest total score."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from numbers import Integral, Real
from typing import Any

import numpy as np
import numpy.typing as npt

from telemachy.core.matching import errors, pairs, solver
from telemachy.core.matching.pairs import STEPS, Ints, Pairs


class Outcome(StrEnum):
    """How an assignment, or one of its other shapes, ended."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    NO_LEARNERS = "no_learners"
    NO_MENTORS = "no_mentors"
    NO_CANDIDATES = "no_candidates"
    #: Learners and mentors there are, but no group reaches its smallest size.
    NO_GROUP_FILLED = "no_group_filled"
    #: Not enough people for one circle.
    TOO_FEW_PEOPLE = "too_few_people"


@dataclass(frozen=True, slots=True, eq=False)
class Assignment:
    """The result of `assign`.

    `mentor` is int32 (n_learners,), -1 where unmatched. `total_score` is the sum of the scores in steps of
    1e-4; no matching of as many learners can total more than `upper_bound`; `gap` is the relative
    difference of the two. `price` is float (n_mentors,): by how much `total_score` would change with one more
    seat of that mentor. It is exactly that if the result was asked for `exact`; else it is the mentor's price
    in the proof of the bound, which the change cannot exceed by more than `upper_bound - total_score`.
    `extra_matched` is int32 (n_mentors,): how many more learners (0 or 1) that seat would match, always
    exact; where it is 1 the price may be small or negative, because the learner comes before the score.
    """

    mentor: npt.NDArray[np.int32]
    n_matched: int
    total_score: float
    upper_bound: float
    gap: float
    is_optimal: bool
    price: npt.NDArray[np.float64]
    extra_matched: npt.NDArray[np.int32]
    outcome: Outcome


def assign(
    indptr: Any,
    mentor: Any,
    score: Any,
    capacity: Any,
    *,
    exact: bool = False,
    gap: float = 1e-3,
    locked: Any = None,
    seed: int = 0,
) -> Assignment:
    """Assign learners to mentors with capacities.

    Parameters
    ----------
    indptr : int64 (n_learners + 1,)
        CSR rows: learner i's candidates are `[indptr[i]:indptr[i + 1]]`.
    mentor : int32 (n_pairs,)
        Mentor of each candidate pair; each pair at most once.
    score : float (n_pairs,)
        Compatibility in [0, 1]; worked in steps of 1e-4.
    capacity : int32 (n_mentors,)
        Seats of each mentor, at least 1.
    exact : bool
        Ask for the proven optimum.
    gap : float
        The largest relative gap between total and bound when not `exact`. Small pools are solved to the
        optimum in both modes.
    locked : int32 (n_learners,), optional
        Mentor that a learner must keep, -1 where free. A locked pair must be among the candidates and takes
        one of the mentor's seats; everybody else is assigned around it.
    seed : int
        Decides among equally good assignments; the same input and seed give the same result.

    Returns
    -------
    Assignment

    Raises
    ------
    BadInput
        One of the named errors of `telemachy.core.matching.errors`.
    """
    seats = read_capacity(capacity)
    candidates = pairs.read(indptr, mentor, score, len(seats))
    _check_options(gap, seed)
    kept = read_locks(locked, candidates, seats)
    return best(candidates, seats, kept, seed, None if exact else gap)


def _check_options(gap: Any, seed: Any) -> None:
    if isinstance(gap, bool) or not isinstance(gap, Real) or not 0 <= float(gap) < 1:
        raise errors.OptionOutOfRange(f"gap is {gap!r}; it must be at least 0 and below 1.", field="gap")
    if isinstance(seed, bool) or not isinstance(seed, Integral) or int(seed) < 0:
        raise errors.OptionOutOfRange(f"seed is {seed!r}; it must be a whole number from 0 on.", field="seed")


def best(candidates: Pairs, seats: Ints, kept: Ints, seed: int, gap: float | None = None) -> Assignment:
    """Do what `assign` does on checked input; `kept` holds the locks, -1 where free; 0 seats are allowed.

    Without a `gap` the result is the proven optimum.
    """
    locked = np.flatnonzero(kept >= 0)
    free_seats = seats - np.bincount(kept[locked], minlength=len(seats))
    found = solver.solve(candidates, free_seats, kept < 0, seed, gap)
    chosen = found.mentor.copy()
    chosen[locked] = kept[locked]
    total = found.total + int(candidates.steps_at(locked, kept[locked]).sum())
    bound = found.bound + total - found.total
    n_matched = int((chosen >= 0).sum())
    return Assignment(
        mentor=chosen,
        n_matched=n_matched,
        total_score=total / STEPS,
        upper_bound=bound / STEPS,
        gap=(bound - total) / bound if bound else 0.0,
        is_optimal=bound == total,
        price=found.price / STEPS,
        extra_matched=found.extra.astype(np.int32),
        outcome=outcome_of(candidates, n_matched),
    )


def unlocked(candidates: Pairs, seats: Ints, kept: Ints) -> tuple[Pairs, Ints]:
    """Return the candidates of learners who are not locked, and the seats that locks leave open."""
    free = candidates.keep(kept[candidates.learner()] < 0)
    return free, seats - np.bincount(kept[kept >= 0], minlength=len(seats))


def outcome_of(candidates: Pairs, n_matched: int) -> Outcome:
    """Return how an assignment of `n_matched` learners ended."""
    if candidates.n_learners == 0:
        return Outcome.NO_LEARNERS
    if candidates.n_mentors == 0:
        return Outcome.NO_MENTORS
    if len(candidates.mentor) == 0:
        return Outcome.NO_CANDIDATES
    return Outcome.COMPLETE if n_matched == candidates.n_learners else Outcome.PARTIAL


def read_capacity(capacity: Any) -> Ints:
    """Return the seats; raise CapacityTooSmall below 1."""
    seats = pairs.whole_numbers(capacity, "capacity")
    if len(seats) and seats.min() < 1:
        at = int(seats.argmin())
        raise errors.CapacityTooSmall(
            f"Mentor {at} has a capacity of {seats[at]}; it must be at least 1. "
            "Leave the mentor out instead.",
            field="capacity",
        )
    return seats


def read_locks(locked: Any, candidates: Pairs, seats: Ints) -> Ints:
    """Return each learner's locked mentor, -1 where free; raise LockNotPossible or LockOverCapacity."""
    if locked is None:
        return np.full(candidates.n_learners, -1, dtype=np.int64)
    kept = pairs.whole_numbers(locked, "locked")
    if len(kept) != candidates.n_learners:
        raise errors.LockNotPossible(
            f"locked has {len(kept)} entries for {candidates.n_learners} learners.", field="locked"
        )
    if len(kept) and (kept.min() < -1 or kept.max() >= len(seats)):
        at = int(np.flatnonzero((kept < -1) | (kept >= len(seats)))[0])
        raise errors.LockNotPossible(
            f"Learner {at} is locked to mentor {kept[at]}, who does not exist.", field="locked"
        )
    asked = np.flatnonzero(kept >= 0)
    missing = asked[candidates.steps_at(asked, kept[asked]) < 0]
    if len(missing):
        raise errors.LockNotPossible(
            f"Learner {missing[0]} is locked to mentor {kept[missing[0]]}, who is not among the candidates.",
            field="locked",
        )
    held = np.bincount(kept[kept >= 0], minlength=len(seats))
    over = np.flatnonzero(held > seats)
    if len(over):
        raise errors.LockOverCapacity(
            f"{held[over[0]]} learners are locked to mentor {over[0]}, "
            f"who has a capacity of {seats[over[0]]}.",
            field="locked",
        )
    return kept
