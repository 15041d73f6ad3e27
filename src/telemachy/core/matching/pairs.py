"""Candidate pairs as flat arrays (CSR by learner): reading, checking, taking parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from telemachy.core.matching import errors

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

#: Scores are worked in whole steps of this size, so that sums are exact.
STEPS = 10_000


@dataclass(frozen=True, slots=True)
class Pairs:
    """Candidate pairs: learner i's are `[indptr[i]:indptr[i + 1]]` of `mentor` and `steps`."""

    indptr: Ints
    mentor: Ints
    steps: Ints
    n_mentors: int

    @property
    def n_learners(self) -> int:
        """The number of learners, those without candidates included."""
        return len(self.indptr) - 1

    def learner(self) -> Ints:
        """Return the learner of every pair, shape (n_pairs,)."""
        return np.repeat(np.arange(self.n_learners), np.diff(self.indptr))

    def keep(self, mask: Bools) -> Pairs:
        """Return the pairs where `mask` holds; every learner stays, perhaps with an empty row."""
        n_kept_before = np.concatenate([[0], np.cumsum(mask)])
        return Pairs(n_kept_before[self.indptr], self.mentor[mask], self.steps[mask], self.n_mentors)

    def steps_of(self, chosen: Ints) -> Ints:
        """Return each learner's steps with the mentor `chosen` (-1: none), 0 where there is none."""
        learner = self.learner()
        at = self.mentor == chosen[learner]
        steps = np.zeros(self.n_learners, dtype=np.int64)
        steps[learner[at]] = self.steps[at]
        return steps


def read(indptr: Any, mentor: Any, score: Any, n_mentors: int) -> Pairs:
    """Check the arrays of `assign` and return them as Pairs.

    Raises
    ------
    PairsInconsistent, UnknownMentor, DuplicatePair, ScoreOutOfRange
        Naming the first learner and mentor where it goes wrong.
    """
    starts = whole_numbers(indptr, "indptr")
    mentors = whole_numbers(mentor, "mentor")
    try:
        scores = np.asarray(score, dtype=np.float64)
    except (TypeError, ValueError):
        raise errors.PairsInconsistent("score must be a flat array of numbers.", field="score") from None
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
    pairs = Pairs(starts, mentors, np.zeros(len(mentors), dtype=np.int64), n_mentors)
    _check_mentors(pairs)
    _check_scores(pairs, scores)
    return Pairs(starts, mentors, np.rint(scores * STEPS).astype(np.int64), n_mentors)


def whole_numbers(values: Any, name: str) -> Ints:
    """Return `values` as a flat int64 array; raise PairsInconsistent if they are anything else."""
    array = np.asarray(values)
    if array.ndim != 1 or (array.dtype.kind not in "iu" and array.size):
        raise errors.PairsInconsistent(f"{name} must be a flat array of whole numbers.", field=name)
    return array.astype(np.int64)


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


def _check_scores(pairs: Pairs, scores: Floats) -> None:
    wrong = np.flatnonzero(~((scores >= 0) & (scores <= 1)))
    if len(wrong):
        raise errors.ScoreOutOfRange(
            f"The score of learner {pairs.learner()[wrong[0]]} with mentor {pairs.mentor[wrong[0]]} "
            f"is {scores[wrong[0]]}; scores are numbers between 0 and 1.",
            field="score",
        )
