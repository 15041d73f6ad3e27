"""Circles: one pool divided into groups of 3 to 8 peers, as equal in size as can be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from telemachy.core.matching import errors, pairs, peers
from telemachy.core.matching.assignment import Outcome
from telemachy.core.matching.pairs import STEPS, Bools, Ints
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


@dataclass(frozen=True, slots=True)
class _Units:
    """What circles are made of: people, and those who stay together as one.

    `of` is the unit of each person, `size` the people of each unit, `worth` what two units are worth to each
    other in one circle, 0 for a unit with itself.
    """

    of: Ints
    size: Ints
    worth: Ints


def form_circles(
    first: Any, second: Any, score: Any, n_people: int, *, size: int = 5, together: Any = None, seed: int = 0
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
    together : int32 (n_people,), optional
        People with the same number, from 0 on, share a circle, even where their pair is not listed; -1 where
        free.
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
    LockNotPossible
        People who stay together do not fit into circles of these sizes.
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
    of = _read_together(together, n_people)
    circle = _place(edges, of, size, seed)
    if circle is None:
        sizes = circle_sizes(n_people, size)
        raise errors.LockNotPossible(
            f"Those who stay together, up to {np.bincount(of).max()} people, do not fit into circles of "
            f"{sizes.min()} to {sizes.max()}.",
            field="together",
        )
    # Those left over may make circles of their own.
    while len(left := np.flatnonzero(circle < 0)) >= SMALLEST:
        more = _place(edges.among(left), _renumbered(of[left]), size, seed)
        if more is None or (more < 0).all():
            break
        circle[left] = np.where(more >= 0, more + circle.max() + 1, -1)
    return _result(edges, circle, size)


def _place(edges: Edges, of: Ints, size: int, seed: int) -> Ints | None:
    """Return the circle of each person, -1 where left out; None where those who stay together do not fit.

    Where somebody must be left out, and a circle is too small without them, the others are divided anew.
    """
    sizes = circle_sizes(edges.n_people, size)
    if not len(sizes):
        return np.full(edges.n_people, -1, dtype=np.int64)
    units = _units(edges, of)
    rng = np.random.default_rng(seed)
    found = [circle for _ in range(N_STARTS) if (circle := _search(units, sizes, rng)) is not None]
    if not found:
        return None
    best = max(found, key=lambda circle: _inside(units.worth, circle))
    by_unit, unit_must_go = _without_conflicts(units, best)
    circle, must_go = by_unit[of], unit_must_go[of]
    rest = np.flatnonzero(~must_go)
    if not must_go.any() or (circle[rest] >= 0).all():
        return circle
    divided = _place(edges.among(rest), _renumbered(of[rest]), size, seed)
    if divided is None or (divided >= 0).sum() <= (circle >= 0).sum():
        return circle
    again = np.full(edges.n_people, -1, dtype=np.int64)
    again[rest] = divided
    return again


def _renumbered(of: Ints) -> Ints:
    """Return the same units, numbered from 0 without a gap."""
    return np.unique(of, return_inverse=True)[1]


def circle_sizes(n_people: int, size: int) -> Ints:
    """Return the sizes of the circles, the larger ones first; none where there are too few people."""
    counts = [k for k in range(1, n_people // SMALLEST + 1) if -(-n_people // k) <= LARGEST]
    if not counts:
        return np.zeros(0, dtype=np.int64)
    k = min(counts, key=lambda count: (abs(n_people / count - size), count))
    return np.full(k, n_people // k, dtype=np.int64) + (np.arange(k) < n_people % k)


def _read_together(together: Any, n_people: int) -> Ints:
    """Return the number of each person's unit."""
    alone = np.arange(n_people)
    if together is None:
        return alone
    given = pairs.whole_numbers(together, "together")
    if len(given) != n_people or (given < -1).any():
        raise errors.LockNotPossible(
            f"together must have a number from 0 on, or -1, for each of {n_people} people.", field="together"
        )
    named = np.where(given >= 0, given, int(given.max(initial=0)) + 1 + alone)
    return _renumbered(named)


def _units(edges: Edges, of: Ints) -> _Units:
    n_people = edges.n_people
    worth = np.full((n_people, n_people), APART, dtype=np.int64)
    worth[edges.one, edges.other] = worth[edges.other, edges.one] = edges.steps
    size = np.bincount(of)
    if len(size) < n_people:
        order, starts = np.argsort(of, kind="stable"), np.cumsum(size) - size
        worth = np.add.reduceat(np.add.reduceat(worth[np.ix_(order, order)], starts, 0), starts, 1)
    np.fill_diagonal(worth, 0)
    return _Units(of, size, worth)


def _inside(worth: Ints, circle: Ints) -> int:
    """Return the sum of worths over pairs that share a circle."""
    return sum(
        int(worth[np.ix_(members, members)].sum()) // 2
        for members in (np.flatnonzero(circle == at) for at in range(int(circle.max(initial=-1)) + 1))
    )


def _search(units: _Units, sizes: Ints, rng: np.random.Generator) -> Ints | None:
    """Return circles that no exchange of two units and no move of one person betters; None if none fit."""
    worth = units.worth
    circle = _greedy(units, sizes, rng)
    if circle is None:
        return None
    n_members = np.zeros(len(sizes), dtype=np.int64)
    np.add.at(n_members, circle, units.size)
    tie = np.zeros((len(worth), len(sizes)), dtype=np.int64)  # of each unit to each circle
    for at in range(len(sizes)):
        tie[:, at] = worth[:, circle == at].sum(axis=1)
    everybody = np.arange(len(worth))
    idle = 0
    while idle < len(worth):
        for one in rng.permutation(len(worth)).tolist():
            home = circle[one]
            own = tie[everybody, circle]
            gain = tie[one, circle] - tie[one, home] + tie[:, home] - own - 2 * worth[one]
            gain[(circle == home) | (units.size != units.size[one])] = 0
            may_move = (n_members == n_members[home] - 1) & (units.size[one] == 1)
            move = np.where(may_move, tie[one] - tie[one, home], 0)
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


def _greedy(units: _Units, sizes: Ints, rng: np.random.Generator) -> Ints | None:
    """Place those who stay together anywhere, then begin each circle at random and add whoever suits it best.

    None where those who stay together do not fit this way.
    """
    circle, room = np.full(len(units.size), -1, dtype=np.int64), sizes.copy()
    fit = np.zeros((len(sizes), len(units.size)), dtype=np.int64)

    def place(one: int, at: int) -> None:
        circle[one] = at
        room[at] -= units.size[one]
        fit[at] += units.worth[one]

    several = np.flatnonzero(units.size > 1)
    if len(several):
        several = rng.permutation(several)
        several = several[np.argsort(-units.size[several], kind="stable")]
    for one in several.tolist():
        open_to = np.flatnonzero(room >= units.size[one])
        if not len(open_to):
            return None
        place(one, int(rng.choice(open_to)))
    for at, n_members in enumerate(sizes.tolist()):
        if room[at] == n_members:
            place(int(rng.choice(np.flatnonzero(circle < 0))), at)
        while room[at]:
            free = np.flatnonzero(circle < 0)
            place(int(free[fit[at, free].argmax()]), at)
    return circle


def _without_conflicts(units: _Units, circle: Ints) -> tuple[Ints, Bools]:
    """Leave out whoever shares a circle with people they are kept apart from, the one with most first.

    Of equals it is the one kept apart from most people of the pool. Those who stay together are left out only
    where they stand against others who do. Returned are the circles, and who was left out for this reason
    and not because too few were left of the circle.
    """
    in_pool = (units.worth < 0).sum(axis=1) / (len(circle) + 1)
    circle, must_go = circle.copy(), np.zeros(len(circle), dtype=bool)
    for at in range(int(circle.max(initial=-1)) + 1):
        members = np.flatnonzero(circle == at)
        apart = units.worth[np.ix_(members, members)] < 0
        single = units.size[members] == 1
        while apart.any():
            n_against = np.where(apart.any(axis=1), apart.sum(axis=1) + in_pool[members], 0)
            singles_against = np.where(single, n_against, 0)
            out = int((singles_against if singles_against.any() else n_against).argmax())
            circle[members[out]], must_go[members[out]] = -1, True
            apart[out, :] = apart[:, out] = False
        if units.size[circle == at].sum() < SMALLEST:
            circle[circle == at] = -1
    return circle, must_go


def _result(edges: Edges, circle: Ints, size: int) -> Circles:
    names, circle_now = np.unique(circle[circle >= 0], return_inverse=True)
    named = np.full(len(circle), -1, dtype=np.int64)
    named[circle >= 0] = circle_now
    shared = (named[edges.one] == named[edges.other]) & (named[edges.one] >= 0)
    sizes = np.bincount(circle_now, minlength=len(names))
    total, most = int(edges.steps[shared].sum()), bound(edges, size, sizes)
    n_left_out = int((named < 0).sum())
    if not len(circle_sizes(edges.n_people, size)):
        outcome = Outcome.TOO_FEW_PEOPLE
    else:
        outcome = Outcome.PARTIAL if n_left_out else Outcome.COMPLETE
    return Circles(
        circle=named.astype(np.int32),
        sizes=sizes.astype(np.int32),
        n_left_out=n_left_out,
        total_score=total / STEPS,
        upper_bound=most / STEPS,
        gap=(most - total) / most if most else 0.0,
        outcome=outcome,
    )


def bound(edges: Edges, size: int, sizes: Ints) -> int:
    """Return half of what everybody would have with their favourites, as many as a circle gives them.

    People of larger circles have one companion more; they are taken to be those to whom that is worth most.
    Where people were left out, `sizes` found may be above those aimed at: then all circles are taken to be as
    large as the largest.
    """
    aimed = circle_sizes(edges.n_people, size)
    if not len(aimed):
        return 0
    smallest, n_larger = int(aimed.min()), int(aimed[aimed > aimed.min()].sum())
    if sizes.max(initial=0) > aimed.max() or sizes[sizes > smallest].sum() > n_larger:
        smallest, n_larger = int(sizes.max()), 0
    person, steps = np.concatenate([edges.one, edges.other]), np.tile(edges.steps, 2)
    order = np.lexsort((-steps, person))
    n_pairs = np.bincount(person, minlength=edges.n_people)
    place = np.arange(len(order)) - np.repeat(np.cumsum(n_pairs) - n_pairs, n_pairs)
    favourites = int(steps[order][place < smallest - 1].sum())
    one_more = np.sort(steps[order][place == smallest - 1])[::-1]
    return (favourites + int(one_more[:n_larger].sum())) // 2
