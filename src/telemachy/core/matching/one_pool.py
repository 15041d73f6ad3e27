"""From profiles of one pool to the pairs that `pair_peers` and `form_circles` take."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from telemachy.core.matching import errors
from telemachy.core.matching.candidate_pairs import all_pairs, candidates
from telemachy.core.matching.features import Features
from telemachy.core.matching.problem import Problem
from telemachy.core.matching.tables import Pool


@dataclass(frozen=True, slots=True, eq=False)
class PeerCandidates:
    """Who may be paired with whom, by position in `problem.learners`, as `pair_peers` takes them."""

    first: npt.NDArray[np.int64]
    second: npt.NDArray[np.int64]
    score: npt.NDArray[np.float64]
    n_people: int


def peer_candidates(problem: Problem, *, k: int | None = None) -> PeerCandidates:
    """Return the pairs of a pool whose people stand on both sides, each with the mean of both directions.

    A pair counts if the hard rules allow it in both directions; a rule on seniority would exclude everybody
    in one of them. Locked and forbidden pairs of `problem` count as they do for learners and mentors.

    Parameters
    ----------
    problem : Problem
        The same people in the same order as learners and mentors.
    k : int, optional
        Hold each one's best `k` only, and of these the pairs where both list each other; everybody by
        default, which suits some thousand people.

    Raises
    ------
    UnknownPerson
        Where the two sides are not the same people.
    BadInput
        For profiles that cannot be worked with.
    """
    people = [person.key for person in problem.learners]
    if people != [person.key for person in problem.mentors]:
        raise errors.UnknownPerson(
            "In a pool of peers both sides must list the same people.", field="learners"
        )
    n = len(people)
    found = all_pairs(Pool(Features(problem))) if k is None else candidates(problem, k=k)
    learner = np.repeat(np.arange(n), np.diff(found.indptr))
    mentor = found.mentor.astype(np.int64)
    one, other = np.minimum(learner, mentor), np.maximum(learner, mentor)
    order = np.lexsort((other, one))
    one, other, score = one[order], other[order], found.score[order].astype(np.float64)
    twice = np.flatnonzero((one[1:] == one[:-1]) & (other[1:] == other[:-1]))
    return PeerCandidates(one[twice], other[twice], (score[twice] + score[twice + 1]) / 2, n)
