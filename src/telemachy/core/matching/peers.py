"""Peer pools: everybody may be paired with everybody, so the pool is a general graph, not two sides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from telemachy.core.matching import assignment, errors, pairs, weighted
from telemachy.core.matching.assignment import Outcome
from telemachy.core.matching.pairs import STEPS, Bools, Floats, Ints, Pairs

#: People and candidate pairs up to which the whole pool is solved to the proof: some seconds at worst.
MOST_PEOPLE, MOST_EDGES = 3_000, 100_000

#: People re-paired at a time in larger pools, and how often everybody gets their turn.
BLOCK, N_ROUNDS = 600, 3

#: The best pairs of each person that a block is re-paired with.
NEAR = 32

#: Places tried to cut a long odd cycle.
MOST_CUTS = 64


@dataclass(frozen=True, slots=True, eq=False)
class Peers:
    """The result of `pair_peers`; an outcome of no_learners means that the pool is empty.

    `peer` is int32 (n_people,), -1 where unmatched. No pairing has more than `n_pairs_bound` pairs, and
    none of as many pairs totals more than `upper_bound`; `gap` is the relative distance of the total from it.
    """

    peer: npt.NDArray[np.int32]
    n_pairs: int
    n_pairs_bound: int
    total_score: float
    upper_bound: float
    gap: float
    is_optimal: bool
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Edges:
    """Who may be paired with whom: `one[k] < other[k]`, each pair once."""

    one: Ints
    other: Ints
    steps: Ints
    n_people: int

    def keep(self, mask: Bools) -> Edges:
        """Return the pairs where `mask` holds."""
        return Edges(self.one[mask], self.other[mask], self.steps[mask], self.n_people)

    def among(self, people: Ints) -> Edges:
        """Return the pairs of some people, named in rising order, who are numbered anew."""
        is_in = np.zeros(self.n_people, dtype=bool)
        is_in[people] = True
        kept = self.keep(is_in[self.one] & is_in[self.other])
        one, other = np.searchsorted(people, kept.one), np.searchsorted(people, kept.other)
        return Edges(one, other, kept.steps, len(people))

    def total(self, peer: Ints) -> int:
        """Return the sum of steps of a pairing."""
        return int(self.steps[peer[self.one] == self.other].sum())


def pair_peers(
    first: Any, second: Any, score: Any, n_people: int, *, locked: Any = None, seed: int = 0
) -> Peers:
    """Pair people of one pool: most pairs first, then the highest total score.

    Parameters
    ----------
    first, second : int32 (n_pairs,)
        The two people of each candidate pair; each pair once, in either order.
    score : float (n_pairs,)
        Compatibility in [0, 1]; worked in steps of 1e-4.
    n_people : int
        Size of the pool; people are numbered from 0.
    locked : int32 (n_people,), optional
        The peer that a person keeps, -1 where free; said of both.
    seed : int
        Decides among equally good pairings.

    Returns
    -------
    Peers

    Raises
    ------
    PairsInconsistent, UnknownPerson, DuplicatePair, ScoreOutOfRange, LockNotPossible

    Notes
    -----
    Up to `MOST_PEOPLE` and `MOST_EDGES` by blossoms, to the optimum (Edmonds 1965; Galil 1986). Beyond: the
    best fractional pairing, an assignment of everybody to everybody, bounds every pairing from above
    (Balinski 1965); its cycles are cut into pairs, and blocks of people are re-paired to the optimum in turn.
    """
    edges = read(first, second, score, n_people)
    kept = _read_locks(locked, edges)
    free = edges.keep((kept[edges.one] < 0) & (kept[edges.other] < 0))
    if n_people <= MOST_PEOPLE and len(free.one) <= MOST_EDGES:
        found = blossoms(free, seed)
        bound = int((found >= 0).sum()) // 2, free.total(found)
    else:
        found, bound = _large(free, seed)
    return _result(edges, np.where(kept >= 0, kept, found), kept, bound)


def read(first: Any, second: Any, score: Any, n_people: int) -> Edges:
    """Check the arrays of `pair_peers` and return them as Edges; raise the error named there."""
    a, b = pairs.whole_numbers(first, "first"), pairs.whole_numbers(second, "second")
    scores = np.asarray(score)
    if scores.dtype.kind not in "fiu" and scores.size:
        raise errors.PairsInconsistent("score must be a flat array of numbers.", field="score")
    if not a.shape == b.shape == scores.shape:
        raise errors.PairsInconsistent(
            f"first, second and score have shapes {a.shape}, {b.shape} and {scores.shape}; "
            "they must be equally long.",
            field="first",
        )
    one, other = np.minimum(a, b), np.maximum(a, b)
    unknown = np.flatnonzero((one < 0) | (other >= n_people))
    if len(unknown):
        at = unknown[0]
        raise errors.UnknownPerson(
            f"Pair {at} names {a[at]} and {b[at]}, but people are numbered 0 to {n_people - 1}.",
            field="first",
        )
    if (one == other).any():
        at = int((one == other).argmax())
        raise errors.PairsInconsistent(f"Pair {at} pairs {one[at]} with themselves.", field="second")
    order = np.lexsort((other, one))
    twice = np.flatnonzero((np.diff(one[order]) == 0) & (np.diff(other[order]) == 0))
    if len(twice):
        at = order[twice[0]]
        raise errors.DuplicatePair(f"{one[at]} and {other[at]} are paired twice; keep one.", field="first")
    _check_scores(one, other, scores.astype(np.float64))
    return Edges(one, other, np.rint(scores * STEPS).astype(np.int64), n_people)


def _check_scores(one: Ints, other: Ints, scores: Floats) -> None:
    wrong = np.flatnonzero(~((scores >= 0) & (scores <= 1)))
    if len(wrong):
        at = wrong[0]
        raise errors.ScoreOutOfRange(
            f"The score of {one[at]} with {other[at]} is {scores[at]}; scores are numbers between 0 and 1.",
            field="score",
        )


def _read_locks(locked: Any, edges: Edges) -> Ints:
    if locked is None:
        return np.full(edges.n_people, -1, dtype=np.int64)
    kept = pairs.whole_numbers(locked, "locked")
    if len(kept) != edges.n_people:
        raise errors.LockNotPossible(
            f"locked has {len(kept)} entries for {edges.n_people} people.", field="locked"
        )
    known = np.zeros(len(kept), dtype=bool)
    known[edges.one[kept[edges.one] == edges.other]] = True
    known[edges.other[kept[edges.other] == edges.one]] = True
    for person in np.flatnonzero((kept != -1) & ~known).tolist():
        raise errors.LockNotPossible(
            f"{person} is locked to {kept[person]}, with whom they are no candidate pair.", field="locked"
        )
    for person in np.flatnonzero(kept >= 0).tolist():
        if kept[kept[person]] != person:
            raise errors.LockNotPossible(
                f"{person} is locked to {kept[person]}, who is not locked to {person}.", field="locked"
            )
    return kept


def blossoms(edges: Edges, seed: int) -> Ints:
    """Return the peer of each person in a pairing with most pairs, then most steps."""
    # Loaded here: only peer pools need it.
    import rustworkx

    name = np.random.default_rng(seed).permutation(edges.n_people)
    graph: rustworkx.PyGraph[int, int] = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(edges.n_people))
    ends = zip(name[edges.one].tolist(), name[edges.other].tolist(), edges.steps.tolist(), strict=True)
    graph.add_edges_from(list(ends))
    found = rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    peer = np.full(edges.n_people, -1, dtype=np.int64)
    couples = np.array(sorted(found), dtype=np.int64).reshape(-1, 2)
    person = np.argsort(name)
    peer[person[couples]] = person[couples[:, ::-1]]
    return peer


def _large(edges: Edges, seed: int) -> tuple[Ints, tuple[int, int]]:
    both = both_ways(edges)
    one_each = np.ones(edges.n_people, dtype=np.int64)
    fractional = assignment.best(both, one_each, -one_each, seed)
    peer = _joined(both, _cut(both, fractional.mentor.astype(np.int64)))
    rng = np.random.default_rng(seed)
    for _ in range(N_ROUNDS):
        peer = _repair_blocks(edges, both, peer, rng)
    n_bound, bound = fractional.n_matched // 2, round(fractional.upper_bound * STEPS) // 2
    if int((peer >= 0).sum()) < fractional.n_matched:
        # Fewer pairs could total more than the bound of most pairs.
        bound = weighted.most_of_any_number(both, one_each, seed) // 2
    return peer, (n_bound, bound)


def both_ways(edges: Edges) -> Pairs:
    """Return every pair from both ends, as candidates of an assignment of people to people."""
    learner = np.concatenate([edges.one, edges.other])
    mentor, steps = np.concatenate([edges.other, edges.one]), np.tile(edges.steps, 2)
    order = np.lexsort((mentor, learner))
    indptr = np.concatenate([[0], np.cumsum(np.bincount(learner, minlength=edges.n_people))])
    return Pairs(indptr, mentor[order], steps[order], edges.n_people)


def _cut(both: Pairs, follows: Ints) -> Ints:
    """Cut the chains and cycles of a fractional pairing into pairs, each where it loses least."""
    steps = both.steps_of(follows)
    peer = np.full(len(follows), -1, dtype=np.int64)
    led, seen = np.zeros(len(follows), dtype=bool), np.zeros(len(follows), dtype=bool)
    led[follows[follows >= 0]] = True
    for start in np.argsort(led, kind="stable").tolist():  # the heads of chains first
        walk, at = [], start
        while at >= 0 and not seen[at]:
            seen[at] = True
            walk.append(at)
            at = int(follows[at])
        if len(walk) < 2:
            continue
        places = np.array([begin + 2 * np.arange(len(walk) // 2) for begin in _cuts(walk, at >= 0)]) % len(
            walk
        )
        ends = np.array(walk)
        one = places[int(steps[ends[places]].sum(axis=1).argmax())]
        peer[ends[one]] = ends[(one + 1) % len(walk)]
        peer[ends[(one + 1) % len(walk)]] = ends[one]
    return peer


def _cuts(walk: list[int], closed: bool) -> range:
    """Return where the first pair may begin: an odd walk leaves one person out, a chain has two ends."""
    if len(walk) % 2 == 0:
        return range(2 if closed else 1)
    return range(min(len(walk), MOST_CUTS) if closed else 2)


def _joined(both: Pairs, peer: Ints) -> Ints:
    """Match people left out by paths of exchanges from one to another, each pair used once at most.

    A path through an odd cycle may be missed, so somebody may still be left out who need not be.
    """
    peers, starts, near = peer.tolist(), both.indptr.tolist(), both.mentor.tolist()
    seen: set[int] = set()  # what a search in vain has seen need not be seen again
    for single in np.flatnonzero(peer < 0).tolist():
        before: dict[int, tuple[int, int] | None] = {single: None}
        queue, tried, end = [single] if peers[single] < 0 else [], {single}, None
        for one in queue:
            for other in near[starts[one] : starts[one + 1]]:
                if other in seen or other in tried:
                    continue
                if peers[other] < 0:
                    end = (one, other)
                    break
                tried |= {other, peers[other]}
                before[peers[other]] = (one, other)
                queue.append(peers[other])
            if end:
                break
        if end is None:
            seen |= tried
        while end is not None:
            one, other = end
            peers[one], peers[other] = other, one
            end = before[one]
    return np.array(peers, dtype=np.int64)


def _repair_blocks(edges: Edges, both: Pairs, peer: Ints, rng: np.random.Generator) -> Ints:
    """Pair blocks of people near each other anew, each to its optimum."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import breadth_first_order

    graph = csr_array((both.steps + 1, both.mentor, both.indptr), shape=(edges.n_people, edges.n_people))
    start = int(rng.integers(edges.n_people))
    near = breadth_first_order(graph, start, directed=False, return_predecessors=False)
    order = np.concatenate([near, np.setdiff1d(np.arange(edges.n_people), near)])
    for begin in range(0, edges.n_people, BLOCK // 2):
        chunk = order[begin : begin + BLOCK // 2]
        inside = np.zeros(edges.n_people, dtype=bool)
        inside[chunk] = True
        inside[peer[chunk][peer[chunk] >= 0]] = True
        block = _nearest(edges.keep(inside[edges.one] & inside[edges.other]), peer)
        person = np.flatnonzero(inside)
        found = blossoms(block.among(person), int(rng.integers(2**32)))
        peer[person] = np.where(found >= 0, person[found], -1)
    return peer


def _nearest(edges: Edges, peer: Ints) -> Edges:
    """Return the pairs that are among the best of one of the two, and those of the pairing."""
    n, person = len(edges.one), np.concatenate([edges.one, edges.other])
    order = np.lexsort((-np.tile(edges.steps, 2), person))
    place = np.arange(2 * n) - np.searchsorted(person[order], person[order])
    is_near = peer[edges.one] == edges.other
    is_near[order[place < NEAR] % max(n, 1)] = True
    return edges.keep(is_near)


def _result(edges: Edges, peer: Ints, kept: Ints, bound: tuple[int, int]) -> Peers:
    n_pairs, total = int((peer >= 0).sum()) // 2, edges.total(peer)
    n_most, most = int((kept >= 0).sum()) // 2 + bound[0], edges.total(kept) + bound[1]
    return Peers(
        peer=peer.astype(np.int32),
        n_pairs=n_pairs,
        n_pairs_bound=n_most,
        total_score=total / STEPS,
        upper_bound=most / STEPS,
        gap=(most - total) / most if most else 0.0,
        is_optimal=n_pairs == n_most and total == most,
        outcome=_outcome(edges, n_pairs),
    )


def _outcome(edges: Edges, n_pairs: int) -> Outcome:
    if edges.n_people == 0:
        return Outcome.NO_LEARNERS
    if len(edges.one) == 0:
        return Outcome.NO_CANDIDATES
    return Outcome.COMPLETE if 2 * n_pairs == edges.n_people else Outcome.PARTIAL
