"""The solvers that our assignment is measured beside, each called with the arrays of `matching.assign`.

Each returns the mentor of every learner, -1 where unmatched, and its proven gap (nan: it proves nothing).
A module is loaded only by the one who needs it: the peers do not all fit into one environment.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np

STEPS = 10_000


class Instance(NamedTuple):
    """The arrays of `matching.assign`: learner i's candidates are `[indptr[i]:indptr[i + 1]]`."""

    indptr: np.ndarray
    mentor: np.ndarray
    score: np.ndarray
    capacity: np.ndarray

    @property
    def n_learners(self) -> int:
        return len(self.indptr) - 1

    def learner(self) -> np.ndarray:
        """Return the learner of every pair."""
        return np.repeat(np.arange(self.n_learners), np.diff(self.indptr))

    def steps(self) -> np.ndarray:
        """Return the scores in whole steps of 1e-4."""
        return np.rint(self.score.astype(np.float64) * STEPS).astype(np.int64)


Answer = tuple[np.ndarray, float]


def certified(pool: Instance) -> Answer:
    """`matching.assign`."""
    from telemachy.core import matching

    result = matching.assign(*pool)
    return result.mentor, result.gap


def exact(pool: Instance) -> Answer:
    """`matching.assign(exact=True)`."""
    from telemachy.core import matching

    result = matching.assign(*pool, exact=True)
    return result.mentor, result.gap


def ortools_flow(pool: Instance) -> Answer:
    """OR-Tools' min-cost flow (cost scaling); a costly arc past everybody makes it match the most."""
    from ortools.graph.python import min_cost_flow

    n, m = pool.n_learners, len(pool.capacity)
    learner, source, sink = pool.learner(), n + m, n + m + 1
    tail = np.concatenate([learner, n + np.arange(m), np.full(n, source), [source]]).astype(np.int32)
    head = np.concatenate([n + pool.mentor, np.full(m, sink), np.arange(n), [sink]]).astype(np.int32)
    room = np.concatenate([np.ones(len(learner)), pool.capacity, np.ones(n), [n]]).astype(np.int64)
    cost = np.concatenate([STEPS - pool.steps(), np.zeros(m + n, dtype=np.int64), [2 * STEPS * (n + 1)]])
    flow = min_cost_flow.SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(tail, head, room, cost)
    flow.set_nodes_supplies(np.array([source, sink], dtype=np.int32), np.array([n, -n], dtype=np.int64))
    if flow.solve() != flow.OPTIMAL:
        raise RuntimeError("OR-Tools found no optimum")
    used = flow.flows(arcs[: len(learner)]) > 0
    chosen = np.full(n, -1)
    chosen[learner[used]] = pool.mentor[used]
    return chosen, 0.0


def scipy_dense(pool: Instance) -> Answer:
    """scipy's linear_sum_assignment on a table with a column per seat."""
    from scipy.optimize import linear_sum_assignment

    table, seats = _table(pool)
    return _from_table(table, seats, *linear_sum_assignment(table, maximize=True)), 0.0


def scipy_sparse(pool: Instance) -> Answer:
    """scipy's min_weight_full_bipartite_matching, with a column per learner that means "unmatched"."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    n, capacity = pool.n_learners, _useful(pool)
    first = np.concatenate([[0], np.cumsum(capacity)])
    copies = capacity[pool.mentor]
    pair = np.repeat(np.arange(len(pool.mentor)), copies)
    copy = np.arange(len(pair)) - np.repeat(np.cumsum(copies) - copies, copies)
    cost = np.concatenate([1.0 + STEPS - pool.steps()[pair], np.full(n, 2.0 * STEPS * (n + 1))])
    row = np.concatenate([pool.learner()[pair], np.arange(n)])
    column = np.concatenate([first[pool.mentor[pair]] + copy, first[-1] + np.arange(n)])
    row, column = min_weight_full_bipartite_matching(
        csr_array((cost, (row, column)), shape=(n, first[-1] + n))
    )
    chosen = np.full(n, -1)
    real = column < first[-1]
    chosen[row[real]] = np.repeat(np.arange(len(capacity)), capacity)[column[real]]
    return chosen, 0.0


def lapx(pool: Instance) -> Answer:
    """lapx's Jonker-Volgenant on the table."""
    import lap

    table, seats = _table(pool)
    _, seat_of, _ = lap.lapjv(-table, extend_cost=True)
    row = np.flatnonzero(seat_of >= 0)
    return _from_table(table, seats, row, seat_of[row]), 0.0


def greedy(pool: Instance) -> Answer:
    """Take the best pair left until nobody is left."""
    learner, left = pool.learner().tolist(), pool.capacity.tolist()
    chosen, mentors = [-1] * pool.n_learners, pool.mentor.tolist()
    for pair in np.argsort(-pool.score, kind="stable").tolist():
        i, j = learner[pair], mentors[pair]
        if chosen[i] < 0 and left[j]:
            chosen[i], left[j] = j, left[j] - 1
    return np.array(chosen), float("nan")


def mentor_match(pool: Instance) -> Answer:
    """mentor-match: rounds of Munkres, one learner per mentor a round, until nobody more is matched."""
    _leave_the_name_to_the_package()
    from matching.mentee import Mentee
    from matching.mentor import Mentor
    from matching.process import process_data

    worth = {pair: int(steps) + 1 for pair, steps in zip(_pairs(pool), pool.steps(), strict=True)}
    capacity = pool.capacity.tolist()

    class Score:
        """The score of a pair; it is out of the question once either of the two has all they may have."""

        def apply(self, match: object) -> int:
            mentor, mentee = match.mentor, match.mentee
            full = len(mentor.mentees) >= capacity[int(mentor.email)] or mentee.mentors
            steps = None if full else worth.get((int(mentee.email), int(mentor.email)))
            match.disallowed = steps is None
            return steps or 0

    mentors = [Mentor(grade=0, email=str(j)) for j in range(len(capacity))]
    mentees = [Mentee(grade=0, email=str(i)) for i in range(pool.n_learners)]
    n_matched = -1
    while n_matched < (n_matched := sum(bool(mentee.mentors) for mentee in mentees)):
        process_data(mentors, mentees, [[Score()]])
    return np.array([int(one.mentors[0].email) if one.mentors else -1 for one in mentees]), float("nan")


def hospital_resident(pool: Instance) -> Answer:
    """`matching`: a stable matching by deferred acceptance, where both sides prefer by the score."""
    _leave_the_name_to_the_package()
    from matching.games import HospitalResident

    asks: dict[int, list[int]] = {}
    takes: dict[int, list[int]] = {}
    pairs = _pairs(pool)
    for at in np.argsort(-pool.score, kind="stable").tolist():
        learner, mentor = pairs[at]
        asks.setdefault(learner, []).append(mentor)
        takes.setdefault(mentor, []).append(learner)
    room = {mentor: int(pool.capacity[mentor]) for mentor in takes}
    game = HospitalResident.create_from_dictionaries(asks, takes, room)
    chosen = np.full(pool.n_learners, -1)
    for mentor, learners in game.solve(optimal="resident").items():
        for learner in learners:
            chosen[learner.name] = mentor.name
    return chosen, float("nan")


class Solver(NamedTuple):
    """What to call, the module it needs, and the largest number of learners it can be asked for."""

    solve: Callable[[Instance], Answer]
    module: str
    most: int


SOLVERS = {
    "ortools": Solver(ortools_flow, "ortools", 10**9),
    "certified": Solver(certified, "telemachy", 10**9),
    "exact": Solver(exact, "telemachy", 10**9),
    "scipy-dense": Solver(scipy_dense, "scipy", 10_000),
    "scipy-sparse": Solver(scipy_sparse, "scipy", 100_000),
    "lapx": Solver(lapx, "lap", 10_000),
    "mentor-match": Solver(mentor_match, "matching.process", 1_000),
    "matching": Solver(hospital_resident, "matching.games", 10_000),
    "greedy": Solver(greedy, "numpy", 10**9),
}


def _pairs(pool: Instance) -> list[tuple[int, int]]:
    return list(zip(pool.learner().tolist(), pool.mentor.tolist(), strict=True))


def _useful(pool: Instance) -> np.ndarray:
    """Return the seats of each mentor, no more than learners who list them."""
    return np.minimum(pool.capacity, np.bincount(pool.mentor, minlength=len(pool.capacity)))


def _table(pool: Instance) -> tuple[np.ndarray, np.ndarray]:
    """Return the worth of every learner and seat, 0 where they are no candidates, and each seat's mentor."""
    n = pool.n_learners
    table = np.zeros((n, len(pool.capacity)))
    table[pool.learner(), pool.mentor] = pool.steps() + 2 * STEPS * (n + 1)
    seats = np.repeat(np.arange(len(pool.capacity)), _useful(pool))
    return table[:, seats], seats


def _from_table(table: np.ndarray, seats: np.ndarray, row: np.ndarray, seat: np.ndarray) -> np.ndarray:
    chosen = np.full(len(table), -1)
    real = table[row, seat] > 0
    chosen[row[real]] = seats[seat[real]]
    return chosen


def _leave_the_name_to_the_package() -> None:
    """Let `import matching` find the installed package, not the benchmark beside this file."""
    here = str(Path(__file__).parent)
    sys.path[:] = [folder for folder in sys.path if folder != here]
