"""Candidate pairs as flat arrays (CSR by learner): reading, checking, taking parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from telemachy.core.matching import errors

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.floating[Any]]

#: Scores are worked in whole steps of this size, so that sums are exact.
STEPS = 10_000


#: Beyond so many pairs the checks are compiled; below, that would cost more than it saves.
COMPILE_FROM = 50_000


@dataclass(frozen=True, slots=True)
class Pairs:
    """Candidate pairs: learner i's are `[indptr[i]:indptr[i + 1]]` of `mentor` and `steps`.

    Whole numbers of any width: `compact` makes them small for the engine, `wide` makes sums safe.
    """

    indptr: Ints
    mentor: npt.NDArray[np.integer[Any]]
    steps: npt.NDArray[np.integer[Any]]
    n_mentors: int

    @property
    def n_learners(self) -> int:
        """The number of learners, those without candidates included."""
        return len(self.indptr) - 1

    def learner(self) -> Ints:
        """Return the learner of every pair, shape (n_pairs,)."""
        return np.repeat(np.arange(self.n_learners), np.diff(self.indptr))

    def wide(self) -> Pairs:
        """Return the same pairs in int64."""
        return Pairs(self.indptr, self.mentor.astype(np.int64), self.steps.astype(np.int64), self.n_mentors)

    def compact(self) -> Pairs:
        """Return the same pairs with mentors in int32 and steps in uint16, copied only where needed."""
        mentor = np.ascontiguousarray(self.mentor, dtype=np.int32)
        return Pairs(self.indptr, mentor, np.ascontiguousarray(self.steps, dtype=np.uint16), self.n_mentors)

    def keep(self, mask: Bools) -> Pairs:
        """Return the pairs where `mask` holds; every learner stays, perhaps with an empty row."""
        n_kept_before = np.concatenate([[0], np.cumsum(mask)])
        return Pairs(n_kept_before[self.indptr], self.mentor[mask], self.steps[mask], self.n_mentors)

    def steps_at(self, learners: Ints, mentors: Ints) -> Ints:
        """Return the steps of single pairs, -1 where a pair is no candidate."""
        width = self.indptr[learners + 1] - self.indptr[learners]
        asked = np.repeat(np.arange(len(learners)), width)
        pair = np.arange(len(asked)) + np.repeat(self.indptr[learners] - np.cumsum(width) + width, width)
        at = self.mentor[pair] == mentors[asked]
        steps = np.full(len(learners), -1, dtype=np.int64)
        steps[asked[at]] = self.steps[pair[at]]
        return steps

    def steps_of(self, chosen: Ints) -> Ints:
        """Return each learner's steps with the mentor `chosen` (-1: none), 0 where there is none."""
        learner = self.learner()
        at = self.mentor == chosen[learner]
        steps = np.zeros(self.n_learners, dtype=np.int64)
        steps[learner[at]] = self.steps[at]
        return steps


def joined(lists: Sequence[Pairs], n_mentors: int) -> Pairs:
    """Return the pairs of several lists of learners with the same mentors as one list."""
    none = np.zeros(0, dtype=np.int64)
    lengths = np.concatenate([none, *(np.diff(each.indptr) for each in lists)])
    return Pairs(
        np.concatenate([[0], np.cumsum(lengths)]),
        np.concatenate([none, *(each.mentor for each in lists)]),
        np.concatenate([none, *(each.steps for each in lists)]),
        n_mentors,
    )


def read(indptr: Any, mentor: Any, score: Any, n_mentors: int) -> Pairs:
    """Check the arrays of `assign` and return them as compact Pairs; `mentor` is not copied if it is int32.

    Raises
    ------
    PairsInconsistent, UnknownMentor, DuplicatePair, ScoreOutOfRange
        Naming the first learner and mentor where it goes wrong.
    """
    starts = whole_numbers(indptr, "indptr")
    mentors = _flat_whole(mentor, "mentor")
    scores = _numbers(score)
    if scores.ndim != 1 or len(scores) != len(mentors):
        raise errors.PairsInconsistent(
            f"score has shape {scores.shape}, mentor has {len(mentors)} pairs; they must be equally long.",
            field="score",
        )
    if len(starts) == 0 or starts[0] != 0 or starts[-1] != len(mentors) or (np.diff(starts) < 0).any():
        raise errors.PairsInconsistent(
            f"indptr must start at 0, never fall, and end at the number of pairs ({len(mentors)}).",
            field="indptr",
        )
    if len(mentors) >= COMPILE_FROM:
        read_pairs = _read_compiled(starts, mentors, scores, n_mentors)
        if read_pairs is not None:
            return read_pairs
    _check_mentors(Pairs(starts, mentors.astype(np.int64), np.zeros(0, dtype=np.int64), n_mentors))
    _check_scores(Pairs(starts, mentors.astype(np.int64), np.zeros(0, dtype=np.int64), n_mentors), scores)
    steps = np.rint(scores.astype(np.float64) * STEPS).astype(np.uint16)
    return Pairs(starts, mentors.astype(np.int32), steps, n_mentors)


def _read_compiled(
    starts: Ints, mentors: npt.NDArray[np.integer[Any]], scores: Numbers, n_mentors: int
) -> Pairs | None:
    """Do the same in one pass over the pairs; None where something is wrong that the slow way will name."""
    from telemachy.core.matching import seating

    if mentors.min() < 0 or mentors.max() >= n_mentors:
        return None
    small = mentors if mentors.dtype == np.int32 and mentors.flags.writeable else mentors.astype(np.int32)
    steps = np.empty(len(small), dtype=np.uint16)
    if not seating.read_steps(starts, small.view(np.uint32), scores, n_mentors, steps):
        return None
    return Pairs(starts, small, steps, n_mentors)


def _numbers(score: Any) -> Numbers:
    try:
        scores = np.asarray(score)
    except (TypeError, ValueError):  # rows of different length
        raise errors.PairsInconsistent("score must be a flat array of numbers.", field="score") from None
    if (scores.dtype.kind not in "biuf" and scores.size) or np.ma.is_masked(score):
        raise errors.PairsInconsistent(
            "score must be a flat array of numbers, none of them left out.", field="score"
        )
    if scores.dtype not in (np.float32, np.float64):
        scores = scores.astype(np.float64)
    usable = scores.flags.c_contiguous and scores.flags.writeable
    return scores if usable else scores.copy()


def whole_numbers(values: Any, name: str) -> Ints:
    """Return `values` as a flat int64 array; raise PairsInconsistent if they are anything else."""
    array = _flat_whole(values, name).astype(np.int64, copy=False)
    return array if array.flags.writeable else array.copy()


def _flat_whole(values: Any, name: str) -> npt.NDArray[np.integer[Any]]:
    try:
        array = np.asarray(values)
    except ValueError:  # rows of different length
        array = np.empty((0, 0))
    if array.ndim != 1 or (array.dtype.kind not in "iu" and array.size):
        raise errors.PairsInconsistent(f"{name} must be a flat array of whole numbers.", field=name)
    return np.ascontiguousarray(array if array.size else array.astype(np.int32))


def _check_mentors(pairs: Pairs) -> None:
    learner = pairs.learner()
    unknown = np.flatnonzero((pairs.mentor < 0) | (pairs.mentor >= pairs.n_mentors))
    if len(unknown):
        raise errors.UnknownMentor(
            f"Learner {learner[unknown[0]]} has candidate {pairs.mentor[unknown[0]]}, "
            f"but mentors are numbered 0 to {pairs.n_mentors - 1}.",
            field="mentor",
        )
    order = np.argsort(learner * max(pairs.n_mentors, 1) + pairs.mentor, kind="stable")
    twice = np.flatnonzero((np.diff(learner[order]) == 0) & (np.diff(pairs.mentor[order]) == 0))
    if len(twice):
        at = order[twice[0]]
        raise errors.DuplicatePair(
            f"Learner {learner[at]} lists mentor {pairs.mentor[at]} twice; keep one of the two.",
            field="mentor",
        )


def _check_scores(pairs: Pairs, scores: Numbers) -> None:
    wrong = np.flatnonzero(~((scores >= 0) & (scores <= 1)))
    if len(wrong):
        raise errors.ScoreOutOfRange(
            f"The score of learner {pairs.learner()[wrong[0]]} with mentor {pairs.mentor[wrong[0]]} "
            f"is {scores[wrong[0]]}; scores are numbers between 0 and 1.",
            field="score",
        )
