"""Candidate pairs of a pool too large to hold all pairs: the best of everybody, found block by block."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from telemachy.core.matching import blocks
from telemachy.core.matching.blocks import Array
from telemachy.core.matching.columns import Ints
from telemachy.core.matching.features import Features
from telemachy.core.matching.pairs import STEPS, Pairs
from telemachy.core.matching.problem import Problem
from telemachy.core.matching.tables import Direction, Pool

#: Candidates of each learner, and the least that a mentor is on the list of: who is nobody's best would else
#: stay without a learner although they could take one.
K, LEAST = 32, 8

#: Learners whose candidates are compared with everybody to measure the recall.
N_SAMPLED = 200
_SAMPLED_AT_ONCE = 8
_ROUNDING = 1e-6

#: Learners scored at a time when all pairs are held: bounds memory to some hundred MB at 2,000 mentors.
_SCORED_AT_ONCE = 256

#: Learner int32, mentor int32 and score float32 of some pairs.
Found = tuple[Array, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """The best pairs of a pool, ready for `assign`.

    Attributes
    ----------
    indptr, mentor, score : as `assign` takes them, mentors in rising order
    capacity : int64 (n_mentors,), 0 for a mentor who takes nobody and is nobody's candidate
    n_eligible : int64 (n_learners,): mentors that break no hard rule
    recall : share of the best `k` pairs of sampled learners, found by scoring them against everybody in the
        plain way, that are among the candidates; None where nobody sampled has an eligible mentor
    """

    indptr: Ints
    mentor: npt.NDArray[np.int32]
    score: npt.NDArray[np.float32]
    capacity: Ints
    n_eligible: Ints
    recall: float | None

    def listed(self) -> Found:
        """Return learner, mentor and score of every pair, shape (n_pairs,) each."""
        learner = np.repeat(np.arange(len(self.indptr) - 1, dtype=np.int32), np.diff(self.indptr))
        return learner, self.mentor, self.score

    def are_all(self) -> bool:
        """Tell whether nobody has an eligible pair but these; only then does a proof hold for the pool."""
        return bool((np.diff(self.indptr) >= self.n_eligible).all())

    def pairs(self) -> Pairs:
        """Return the pairs with their scores in steps, as the solver takes them."""
        steps = np.rint(self.score.astype(np.float64) * STEPS).astype(np.int64)
        return Pairs(self.indptr, self.mentor.astype(np.int64), steps, len(self.capacity))


def candidates(
    problem: Problem,
    *,
    k: int = K,
    least: int = LEAST,
    progress: Callable[[float], None] | None = None,
    stop: Callable[[], bool] | None = None,
    finished: Mapping[str, bytes] | None = None,
    save: Callable[[str, bytes], None] | None = None,
) -> Candidates:
    """Return each learner's best `k` eligible mentors and, of mentors few learners list, the best learners.

    Every eligible pair is scored, in blocks that bound the memory, and none but the best are held.

    Parameters
    ----------
    k : candidates of each learner, as far as so many are eligible
    least : learners that list each mentor, as far as so many are eligible
    progress : called with the share done, from 0 to 1
    stop : asked between blocks; True ends the search with `Stopped`
    finished, save : to resume: `save` is called with name and content of every block when it is done, and
        `finished` may hold such blocks of an earlier search. Blocks of another pool, of other settings, or
        damaged ones are worked out anew.

    Raises
    ------
    Stopped
        When `stop` says so. What was saved until then stays good.
    BadInput
        For profiles that cannot be worked with.
    """
    pool = Pool(Features(problem))
    settings = {"k": k, "least": least}
    work = blocks.Work(pool.fingerprint(settings), finished or {}, save, progress, stop)
    found = search(pool, k, least, work)
    work.tell(1)
    return found


def search(pool: Pool, k: int, least: int, work: blocks.Work) -> Candidates:
    """Do what `candidates` does on a pool made ready."""
    if not (pool.features.n_learners and pool.features.n_mentors):
        return joined(pool, [], np.zeros(pool.features.n_learners, dtype=np.int64))
    found, n_eligible = _best_of_learners(pool, k, work)
    n_lists = np.zeros(pool.features.n_mentors, dtype=np.int64)
    for _, mentor, _ in found:
        n_lists += np.bincount(mentor, minlength=len(n_lists))
    rare = np.flatnonzero((n_lists < least) & ~pool.screen.no_seats)
    found += _best_of_mentors(pool, rare, least, work)
    listed = joined(pool, found, n_eligible)
    return replace(listed, recall=measured_recall(pool, listed, k))


def all_pairs(pool: Pool) -> Candidates:
    """Return every eligible pair and the locked ones of a pool small enough to hold them."""
    n_learners = pool.features.n_learners
    found, n_eligible = [], np.zeros(n_learners, dtype=np.int64)
    for start in range(0, n_learners, _SCORED_AT_ONCE):
        rows = np.arange(start, min(start + _SCORED_AT_ONCE, n_learners))
        score = pool.scores(rows)
        at, mentor = np.nonzero(score >= 0)
        n_eligible[rows] = np.bincount(at, minlength=len(rows))
        found.append((rows[at].astype(np.int32), mentor.astype(np.int32), score[at, mentor]))
    return joined(pool, found, n_eligible, recall=1.0)


def _best_of_learners(pool: Pool, k: int, work: blocks.Work) -> tuple[list[Found], Ints]:
    direction = Direction(pool)

    def compute(rows: slice) -> tuple[Array, ...]:
        learners = np.arange(rows.start, rows.stop)
        mentor, score, n_eligible = direction.best(learners, k)
        at, place = np.nonzero(mentor >= 0)
        return (
            learners[at].astype(np.int32),
            mentor[at, place].astype(np.int32),
            score[at, place],
            n_eligible,
        )

    n = pool.features.n_learners
    done = list(work.each("learners", n, direction.block_size, compute, share=(0, 0.8)))
    found: list[Found] = [(learner, mentor, score) for learner, mentor, score, _ in done]
    return found, np.concatenate([n_eligible for *_, n_eligible in done])


def _best_of_mentors(pool: Pool, mentors: Ints, least: int, work: blocks.Work) -> list[Found]:
    if not len(mentors):
        return []
    direction = Direction(pool, from_mentors=True)

    def compute(rows: slice) -> Found:
        learner, score, _ = direction.best(mentors[rows], least)
        at, place = np.nonzero(learner >= 0)
        return learner[at, place].astype(np.int32), mentors[rows][at].astype(np.int32), score[at, place]

    return list(work.each("mentors", len(mentors), direction.block_size, compute, share=(0.8, 0.99)))


def joined(pool: Pool, found: Sequence[Found], n_eligible: Ints, recall: float | None = None) -> Candidates:
    """Put the pairs of all blocks and the locked ones together, each once, in the order of learners."""
    n_learners, n_mentors = pool.features.n_learners, pool.features.n_mentors
    parts = [*found, pool.locked_pairs()]
    learner, mentor, score = (np.concatenate(column) for column in zip(*parts, strict=True))
    cells, first = np.unique(learner.astype(np.int64) * max(n_mentors, 1) + mentor, return_index=True)
    n_each = np.bincount(cells // max(n_mentors, 1), minlength=n_learners)
    return Candidates(
        indptr=np.concatenate([[0], np.cumsum(n_each)]),
        mentor=mentor[first].astype(np.int32),
        score=score[first].astype(np.float32),
        capacity=pool.features.mentors.capacity,
        n_eligible=n_eligible,
        recall=recall,
    )


def measured_recall(pool: Pool, found: Candidates, k: int) -> float | None:
    """Return the share of the best k pairs of sampled learners that are among the candidates.

    The sampled learners are scored against everybody by `Scorer.values`, the definition of the score. Of
    mentors that score the same to within rounding any will do.
    """
    draw = np.random.default_rng(pool.features.problem.seed)
    able = np.flatnonzero(found.n_eligible)
    sampled = np.sort(draw.choice(able, min(N_SAMPLED, len(able)), replace=False))
    n_best = n_found = 0
    for start in range(0, len(sampled), _SAMPLED_AT_ONCE):
        learners = sampled[start : start + _SAMPLED_AT_ONCE]
        score = pool.scores(learners)
        for at, learner in enumerate(learners):
            eligible = score[at][score[at] >= 0]
            wanted = min(k, len(eligible))
            worst = np.partition(eligible, -wanted)[-wanted]
            row = slice(*found.indptr[learner : learner + 2])
            n_best += wanted
            n_found += min(int((score[at, found.mentor[row]] >= worst - _ROUNDING).sum()), wanted)
    return n_found / n_best if n_best else None
