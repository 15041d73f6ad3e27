"""Circles: one pool divided into groups of 3 to 8 peers, as equal in size as can be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from telemachy.core.matching import errors, peers
from telemachy.core.matching.assignment import Outcome
from telemachy.core.matching.pairs import STEPS, Ints
from telemachy.core.matching.peers import Edges

SMALLEST, LARGEST = 3, 8

#: Every pair of the pool is held at once.
MOST_PEOPLE = 5_000

#: Fresh starts of the search; the best one counts.
N_STARTS = 8

#: What two people kept apart cost in one circle: more than a circle's scores can outweigh.
APART = -LARGEST * LARGEST * STEPS


@dataclass(frozen=True, slots=True, eq=False)
class Circles:
    """The result of `form_circles`.

    `circle` is int32 (n_people,), -1 where left out; `sizes` int32 (n_circles,). `total_score` is the sum of
    the scores of all pairs that share a circle; no division into circles of the sizes aimed at totals more
    than `upper_bound`.
    """

    circle: npt.NDArray[np.int32]
    sizes: npt.NDArray[np.int32]
    n_left_out: int
    total_score: float
    upper_bound: float
    gap: float
    outcome: Outcome


def form_circles(
    first: Any, second: Any, score: Any, n_people: int, *, size: int = 5, seed: int = 0
) -> Circles:
    """Divide a pool into circles whose members suit each other.

    Parameters
    ----------
    first, second : int32 (n_pairs,)
        Two people who may share a circle; each pair once. People of pairs not listed are kept apart.
    score : float (n_pairs,)
        Compatibility in [0, 1].
    n_people : int
        Size of the pool; people are numbered from 0.
    size : int
        The size aimed at, 3 to 8. The number of circles is the one whose mean size is nearest to it; their
        sizes differ by 1 at most.
    seed : int
        Starts the search; the same input and seed give the same circles.

    Returns
    -------
    Circles
        The highest sum of pair scores found, by greedy circles bettered by exchanges of two people and moves
        of one (after Kernighan & Lin 1970), not proven best: `gap` says how far from the bound it is at most.
        Where people cannot be kept apart, somebody is left out rather than put beside them.

    Raises
    ------
    GroupSizesInconsistent
        A size outside 3 to 8.
    PoolTooLarge
        More than `MOST_PEOPLE`.
    PairsInconsistent, UnknownPerson, DuplicatePair, ScoreOutOfRange
    """
    if not SMALLEST <= size <= LARGEST:
        raise errors.GroupSizesInconsistent(
            f"size is {size}; a circle has {SMALLEST} to {LARGEST} people.", field="size"
        )
    if n_people > MOST_PEOPLE:
        raise errors.PoolTooLarge(
            f"Circles are formed among at most {MOST_PEOPLE} people, not {n_people}; divide the pool first.",
            field="n_people",
        )
    edges = peers.read(first, second, score, n_people)
    sizes = circle_sizes(n_people, size)
    if not len(sizes):
        return _result(edges, np.full(n_people, -1, dtype=np.int64), sizes)
    worth = np.full((n_people, n_people), APART, dtype=np.int64)
    worth[edges.one, edges.other] = worth[edges.other, edges.one] = edges.steps
    np.fill_diagonal(worth, 0)
    rng = np.random.default_rng(seed)
    found = [_search(worth, sizes, rng) for _ in range(N_STARTS)]
    best = max(found, key=lambda circle: _inside(worth, circle))
    return _result(edges, _without_conflicts(worth, best), sizes)


def circle_sizes(n_people: int, size: int) -> Ints:
    """Return the sizes of the circles, the larger ones first; none where there are too few people."""
    counts = [k for k in range(1, n_people // SMALLEST + 1) if -(-n_people // k) <= LARGEST]
    if not counts:
        return np.zeros(0, dtype=np.int64)
    k = min(counts, key=lambda count: (abs(n_people / count - size), count))
    return np.full(k, n_people // k, dtype=np.int64) + (np.arange(k) < n_people % k)


def _inside(worth: Ints, circle: Ints) -> int:
    """Return the sum of worths over pairs that share a circle."""
    return sum(
        int(worth[np.ix_(members, members)].sum()) // 2
        for members in (np.flatnonzero(circle == at) for at in range(int(circle.max(initial=-1)) + 1))
    )


def _search(worth: Ints, sizes: Ints, rng: np.random.Generator) -> Ints:
    """Return circles that no exchange of two people and no move of one betters."""
    circle = _greedy(worth, sizes, rng)
    n_members = np.bincount(circle, minlength=len(sizes))
    tie = np.zeros((len(worth), len(sizes)), dtype=np.int64)  # of each person to each circle
    for at in range(len(sizes)):
        tie[:, at] = worth[:, circle == at].sum(axis=1)
    people = np.arange(len(worth))
    idle = 0
    while idle < len(worth):
        for one in rng.permutation(len(worth)).tolist():
            home = circle[one]
            own = tie[people, circle]
            gain = tie[one, circle] - tie[one, home] + tie[:, home] - own - 2 * worth[one]
            gain[circle == home] = 0
            move = np.where(n_members == n_members[home] - 1, tie[one] - tie[one, home], 0)
            other, to = int(gain.argmax()), int(move.argmax())
            idle += 1
            if max(gain[other], move[to]) <= 0:
                continue
            idle = 0
            if move[to] >= gain[other]:
                circle[one] = to
                n_members[home], n_members[to] = n_members[home] - 1, n_members[to] + 1
                tie[:, home] -= worth[:, one]
                tie[:, to] += worth[:, one]
            else:
                there = circle[other]
                circle[one], circle[other] = there, home
                tie[:, home] += worth[:, other] - worth[:, one]
                tie[:, there] += worth[:, one] - worth[:, other]
    return circle


def _greedy(worth: Ints, sizes: Ints, rng: np.random.Generator) -> Ints:
    """Begin each circle with somebody at random and add whoever suits its members best."""
    circle = np.full(len(worth), -1, dtype=np.int64)
    for at, n_members in enumerate(sizes.tolist()):
        free = np.flatnonzero(circle < 0)
        one = int(rng.choice(free))
        circle[one] = at
        fit = worth[one].copy()
        for _ in range(n_members - 1):
            free = np.flatnonzero(circle < 0)
            one = int(free[fit[free].argmax()])
            circle[one] = at
            fit += worth[one]
    return circle


def _without_conflicts(worth: Ints, circle: Ints) -> Ints:
    """Leave out whoever shares a circle with people they are kept apart from, the one with most first."""
    circle = circle.copy()
    for at in range(int(circle.max(initial=-1)) + 1):
        members = np.flatnonzero(circle == at)
        apart = worth[np.ix_(members, members)] == APART
        while apart.any():
            out = int(apart.sum(axis=1).argmax())
            circle[members[out]] = -1
            apart[out, :] = apart[:, out] = False
        if (circle == at).sum() < SMALLEST:
            circle[circle == at] = -1
    return circle


def _result(edges: Edges, circle: Ints, sizes: Ints) -> Circles:
    names, circle_now = np.unique(circle[circle >= 0], return_inverse=True)
    named = np.full(len(circle), -1, dtype=np.int64)
    named[circle >= 0] = circle_now
    shared = (named[edges.one] == named[edges.other]) & (named[edges.one] >= 0)
    total, bound = int(edges.steps[shared].sum()), _bound(edges, sizes)
    n_left_out = int((named < 0).sum())
    if not len(sizes):
        outcome = Outcome.TOO_FEW_PEOPLE
    else:
        outcome = Outcome.PARTIAL if n_left_out else Outcome.COMPLETE
    return Circles(
        circle=named.astype(np.int32),
        sizes=np.bincount(circle_now, minlength=len(names)).astype(np.int32),
        n_left_out=n_left_out,
        total_score=total / STEPS,
        upper_bound=bound / STEPS,
        gap=(bound - total) / bound if bound else 0.0,
        outcome=outcome,
    )


def _bound(edges: Edges, sizes: Ints) -> int:
    """Return half of what everybody would have with their favourites, as many as a circle gives them.

    People of larger circles have one companion more; they are taken to be those to whom that is worth most.
    """
    if not len(sizes):
        return 0
    person, steps = np.concatenate([edges.one, edges.other]), np.tile(edges.steps, 2)
    order = np.lexsort((-steps, person))
    n_pairs = np.bincount(person, minlength=edges.n_people)
    place = np.arange(len(order)) - np.repeat(np.cumsum(n_pairs) - n_pairs, n_pairs)
    smallest = int(sizes.min())
    favourites = int(steps[order][place < smallest - 1].sum())
    one_more = np.sort(steps[order][place == smallest - 1])[::-1]
    n_larger = int(sizes[sizes > smallest].sum())
    return (favourites + int(one_more[:n_larger].sum())) // 2
