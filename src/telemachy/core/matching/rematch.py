"""Matching again after people came, left or parted: what was kept stays unless a move earns enough."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from telemachy.core.matching import assignment, pairs
from telemachy.core.matching.assignment import Assignment
from telemachy.core.matching.pairs import STEPS, Ints, Pairs
from telemachy.core.matching.wishes import Wishes, grant


@dataclass(frozen=True, slots=True, eq=False)
class Rematch:
    """The result of `rematch`; learners as int64 indices, each learner in one of the five at most.

    Attributes
    ----------
    assignment : as `Granted.assignment` of `assign_with`
    kept : with the same mentor as before
    moved : with another mentor although the one before was still possible
    replaced : with another mentor because the one before is no candidate any more
    new : with a mentor, without one before
    left : without a mentor, with one before
    score_before, score_after : float (n_learners,), NaN where there is no such pair any more, or none
    """

    assignment: Assignment
    kept: Ints
    moved: Ints
    replaced: Ints
    new: Ints
    left: Ints
    score_before: npt.NDArray[np.float64]
    score_after: npt.NDArray[np.float64]


def rematch(
    indptr: Any,
    mentor: Any,
    score: Any,
    capacity: Any,
    previous: Any,
    *,
    gain: float = 0.05,
    locked: Any = None,
    seed: int = 0,
) -> Rematch:
    """Match again, keeping pairs of before unless moving earns at least `gain` a move.

    Most learners matched first; among those matchings the highest total score plus `gain` for every pair
    kept. So of two ways to match as many, the one with more moves is only taken when its total is higher by
    at least `gain` for each move more.

    Parameters
    ----------
    indptr, mentor, score, capacity, locked, seed
        As in `assign`, of the people there are now.
    previous : int32 (n_learners,)
        The mentor before, -1 for newcomers. A pair that is no candidate any more (parted, forbidden, gone)
        cannot be kept.
    gain : float
        Score from 0 to 1 that every move must bring.

    Returns
    -------
    Rematch

    Raises
    ------
    OptionOutOfRange
        A gain outside 0 to 1, or a mentor before who does not exist.
    BadInput
        As in `assign`.
    """
    seats = assignment.read_capacity(capacity)
    candidates = pairs.read(indptr, mentor, score, len(seats))
    kept = assignment.read_locks(locked, candidates, seats)
    granted = grant(candidates, seats, kept, seed, Wishes(previous=previous, gain=gain))
    before = pairs.whole_numbers(previous, "previous")
    return _compare(candidates, before, granted.assignment)


def _compare(candidates: Pairs, before: Ints, found: Assignment) -> Rematch:
    after = found.mentor.astype(np.int64)
    score_before, score_after = _scores(candidates, before), _scores(candidates, after)
    had, has, same = before >= 0, after >= 0, before == after
    possible = ~np.isnan(score_before)
    return Rematch(
        assignment=found,
        kept=np.flatnonzero(had & same),
        moved=np.flatnonzero(had & has & ~same & possible),
        replaced=np.flatnonzero(had & has & ~same & ~possible),
        new=np.flatnonzero(~had & has),
        left=np.flatnonzero(had & ~has),
        score_before=score_before,
        score_after=score_after,
    )


def _scores(candidates: Pairs, mentor: Ints) -> npt.NDArray[np.float64]:
    learner = candidates.learner()
    at = candidates.mentor == mentor[learner]
    scores = np.full(candidates.n_learners, np.nan)
    scores[learner[at]] = candidates.steps[at] / STEPS
    return scores


@dataclass(frozen=True, slots=True)
class Change:
    """One learner whose mentor is another than before; "" for none, None for a score that is not known."""

    learner: str
    before: str
    after: str
    score_before: float | None
    score_after: float | None


@dataclass(frozen=True, slots=True)
class Difference:
    """Two matchings side by side: how many pairs are the same, and everybody whose mentor changed."""

    n_kept: int
    moved: tuple[Change, ...]
    new: tuple[Change, ...]
    left: tuple[Change, ...]


def difference(before: Mapping[str, tuple[str, float]], after: Mapping[str, tuple[str, float]]) -> Difference:
    """Compare two matchings of possibly different people.

    Parameters
    ----------
    before, after : learner key -> (mentor key, score of the pair)
    """
    changes = [
        Change(
            key,
            before[key][0] if key in before else "",
            after[key][0] if key in after else "",
            before[key][1] if key in before else None,
            after[key][1] if key in after else None,
        )
        for key in sorted(before.keys() | after.keys())
    ]
    return Difference(
        n_kept=sum(change.before == change.after for change in changes),
        moved=tuple(c for c in changes if c.before and c.after and c.before != c.after),
        new=tuple(c for c in changes if not c.before),
        left=tuple(c for c in changes if not c.after),
    )
