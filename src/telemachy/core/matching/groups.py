"""Group mentoring: a mentor's group runs with at least so many learners, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from telemachy.core.matching import assignment, errors, group_search, pairs
from telemachy.core.matching.assignment import Outcome
from telemachy.core.matching.group_search import Task
from telemachy.core.matching.pairs import STEPS, Bools, Ints, Pairs


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """The result of `assign_groups`.

    `mentor` is int32 (n_learners,), -1 where unmatched. `runs` is bool (n_mentors,): whose group runs.
    `n_in_reach` is int32 (n_mentors,): unmatched learners who could join that mentor; below the minimum for
    a group that does not run, so many learners are missing. No matching into groups has more than
    `n_matched_bound` learners, and none of as many learners totals more than `upper_bound`.
    """

    mentor: npt.NDArray[np.int32]
    runs: Bools
    n_in_reach: npt.NDArray[np.int32]
    n_matched: int
    n_matched_bound: int
    total_score: float
    upper_bound: float
    gap: float
    is_optimal: bool
    outcome: Outcome


def assign_groups(
    indptr: Any, mentor: Any, score: Any, capacity: Any, *, minimum: Any, locked: Any = None, seed: int = 0
) -> Groups:
    """Assign learners to groups: most learners first, then the highest total, no group below its minimum.

    Parameters
    ----------
    indptr, mentor, score, locked, seed
        As in `assign`. A mentor with a locked learner must run.
    capacity : int32 (n_mentors,)
        The largest group of each mentor, at least 1.
    minimum : int32 (n_mentors,) or int
        The smallest group of each mentor, 1 to the capacity; 1 means that any number will do.

    Returns
    -------
    Groups

    Raises
    ------
    GroupSizesInconsistent
        A minimum below 1 or above the capacity.
    GroupNotFillable
        Groups that must run because of locks cannot all reach their minimum.
    BadInput
        As in `assign`.

    Notes
    -----
    NP-hard with minimum sizes (Biro, Fleiner, Irving & Manlove 2010, *Theoretical Computer Science* 411). How
    it is solved, and up to where to the proof, is said in `group_search`.
    """
    seats = assignment.read_capacity(capacity)
    candidates = pairs.read(indptr, mentor, score, len(seats)).wide()
    least = _read_minimum(minimum, seats)
    kept = assignment.read_locks(locked, candidates, seats)
    held = np.bincount(kept[kept >= 0], minlength=len(seats))
    free, free_seats = assignment.unlocked(candidates, seats, kept)
    task = Task(free, free_seats, np.maximum(least - held, 0), held > 0, seed)
    _check_must_run(task)
    found = group_search.solve(task)
    return _result(candidates, np.where(kept >= 0, kept, found.chosen), kept, found)


def _read_minimum(minimum: Any, seats: Ints) -> Ints:
    given = np.full(len(seats), minimum) if np.ndim(minimum) == 0 else minimum
    least = pairs.whole_numbers(given, "minimum")
    if len(least) != len(seats):
        raise errors.GroupSizesInconsistent(
            f"minimum has {len(least)} entries for {len(seats)} mentors.", field="minimum"
        )
    wrong = np.flatnonzero((least < 1) | (least > seats))
    if len(wrong):
        at = int(wrong[0])
        raise errors.GroupSizesInconsistent(
            f"Mentor {at} has a smallest group of {least[at]} and a largest of {seats[at]}; "
            "the smallest must be at least 1 and at most the largest.",
            field="minimum",
        )
    return least


def _check_must_run(task: Task) -> None:
    filled = task.fill(task.must_run)
    if filled is None:
        names = ", ".join(map(str, np.flatnonzero(task.must_run & (task.least > 0)).tolist()))
        raise errors.GroupNotFillable(
            f"Learners are locked to mentors whose groups cannot all reach their smallest size: {names}. "
            "Unlock them, or lower the smallest size.",
            field="locked",
        )


def _result(candidates: Pairs, chosen: Ints, kept: Ints, found: group_search.Found) -> Groups:
    n_mentors = candidates.n_mentors
    n_matched, total = int((chosen >= 0).sum()), int(candidates.steps_of(chosen).sum())
    locked = int((kept >= 0).sum()), int(candidates.steps_of(kept).sum())
    n_bound, bound = locked[0] + found.n_bound, locked[1] + found.bound
    left = candidates.mentor[chosen[candidates.learner()] < 0]
    none_filled = len(candidates.mentor) > 0 and n_matched == 0
    return Groups(
        mentor=chosen.astype(np.int32),
        runs=np.bincount(chosen[chosen >= 0], minlength=n_mentors) > 0,
        n_in_reach=np.bincount(left, minlength=n_mentors).astype(np.int32),
        n_matched=n_matched,
        n_matched_bound=n_bound,
        total_score=total / STEPS,
        upper_bound=bound / STEPS,
        gap=(bound - total) / bound if bound else 0.0,
        is_optimal=n_bound == n_matched and bound == total,
        outcome=Outcome.NO_GROUP_FILLED if none_filled else assignment.outcome_of(candidates, n_matched),
    )
