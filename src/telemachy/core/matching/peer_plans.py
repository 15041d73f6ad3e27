"""Plans of peers: equals in pairs or circles, everybody learner once and helper once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from telemachy.core.matching import candidate_pairs, circles, errors, peers
from telemachy.core.matching.candidate_pairs import Candidates
from telemachy.core.matching.features import Features
from telemachy.core.matching.pairs import STEPS, Bools, Ints
from telemachy.core.matching.peer_answers import CircleAnswers, PairAnswers
from telemachy.core.matching.peers import Edges
from telemachy.core.matching.planning import Plan, Seat
from telemachy.core.matching.problem import Problem
from telemachy.core.matching.shapes import listed, plan_of, proof_of, with_gain
from telemachy.core.matching.tables import Pool

PAIR = 2

#: Positions of people, each helped by the next, the last by the first.
Ring = list[int]
#: Position of a person -> position of who helps them.
Links = Mapping[int, int]


def plan_peers(
    problem: Problem,
    *,
    circle: int = PAIR,
    previous: Mapping[str, str] | None = None,
    gain: float = 0.05,
) -> tuple[Plan, dict[str, int]]:
    """Match equals in pairs or circles; return the plan and, by person key, the number of pair or circle.

    Everybody is learner once and helper once: in a pair of each other, in a circle of the next. A lock says
    that one is helped by the other, so both share a pair or circle. Three or more who are locked in a ring
    are a circle already, whatever size is asked for. Where one person cannot keep two locks in pairs, the
    first is kept.

    Parameters
    ----------
    problem : Problem
        The same people in the same order as learners and mentors, each with a capacity of 1.
    circle : people of a circle, 2 to 8; 2 for pairs
    previous : learner key -> key of who helps them, of a matching that is kept
    gain : score from 0 to 1 that parting two who were together must bring

    Raises
    ------
    GroupSizesInconsistent
        A size outside 2 to 8.
    LockNotPossible
        More people are locked together than a circle holds.
    PoolTooLarge
        More people than circles can be formed of.
    BadInput
        For profiles that cannot be worked with.
    """
    if not PAIR <= circle <= circles.LARGEST:
        raise errors.GroupSizesInconsistent(
            f"A circle of {circle} people; there are pairs, and circles of up to {circles.LARGEST}.",
            field="circle",
        )
    people = [person.key for person in problem.learners]
    at = {key: number for number, key in enumerate(people)}
    locked = {at[one]: at[other] for one, other in problem.locked}
    fixed = _closed_rings(locked)
    locked = _without(locked, fixed)
    if circle == PAIR:
        locked = _both_ways(locked)
        held = [*locked.items(), *(arc for ring in fixed for arc in _arcs(ring))]
        kept = tuple((people[one], people[other]) for one, other in held)
        others = tuple(pair for pair in problem.forbidden if pair not in kept)
        problem = replace(problem, locked=kept, forbidden=others)
    # People of pairs not listed are kept apart in circles, so all possible pairs are listed there.
    found = listed(problem) if circle == PAIR else candidate_pairs.all_pairs(Pool(Features(problem)))
    edges = _edges(found, locked)
    before = {at[one]: at[other] for one, other in (previous or {}).items() if one in at and other in at}
    task = _PeerTask.without(edges, [one for ring in fixed for one in ring], locked, before, gain)
    formed, bound, n_is_most = _pairs(task, problem) if circle == PAIR else _circles(task, circle, problem)
    rings = fixed + [task.person[ring].tolist() for ring in formed]
    total, most = _inside(edges, rings), bound + _inside(edges, fixed)
    chosen, circle_of = np.full(len(people), -1, dtype=np.int32), {}
    for number, ring in enumerate(rings, 1):
        for one, other in _arcs(ring):
            chosen[one], circle_of[people[one]] = other, number
    each = 2 if circle == PAIR else 1  # a pair's score counts for both of its people
    proof = proof_of(found, len(circle_of), each * total, each * most, n_is_most)
    is_held = np.zeros(len(people), dtype=bool)
    is_held[[at[one] for pair in problem.locked for one in pair]] = True
    answers: PairAnswers | CircleAnswers = (
        PairAnswers(edges, chosen.astype(np.int64), is_held)
        if circle == PAIR
        else CircleAnswers(edges, rings, is_held)
    )
    seats = [
        Seat(key, 1, int(key in circle_of), None, n_more)
        for key, n_more in zip(people, answers.one_more().tolist(), strict=True)
    ]
    plan = plan_of(problem, _mutual(found, edges), chosen, proof, lambda *_: answers, seats)
    report = replace(plan.report, n_pairs_eligible=len(edges.one), total_score=each * total / STEPS)
    return replace(plan, report=report), circle_of


def _mutual(found: Candidates, edges: Edges) -> Candidates:
    """Leave out whom the other side's rules keep apart."""
    learner, mentor, _score = found.listed()
    pair = np.minimum(learner, mentor).astype(np.int64) * edges.n_people + np.maximum(learner, mentor)
    is_mutual = np.isin(pair, edges.one * edges.n_people + edges.other)
    n_each = np.bincount(learner[is_mutual], minlength=edges.n_people)
    return replace(
        found,
        indptr=np.concatenate([[0], np.cumsum(n_each)]),
        mentor=found.mentor[is_mutual],
        score=found.score[is_mutual],
    )


@dataclass(frozen=True, slots=True)
class _PeerTask:
    """The people still to be placed, numbered anew: `person` says whom a number stands for.

    `locked` and `before` are links between them, `kept` marks the edges of people who were together.
    """

    edges: Edges
    person: Ints
    locked: Links
    kept: Bools
    before: Links
    gain: float

    @classmethod
    def without(
        cls, edges: Edges, out: Iterable[int], locked: Links, before: Links, gain: float
    ) -> _PeerTask:
        """Return the task of all but some people."""
        person = np.setdiff1d(np.arange(edges.n_people), np.array(list(out), dtype=np.int64))
        place = np.full(edges.n_people, -1, dtype=np.int64)
        place[person] = np.arange(len(person))

        def renumbered(links: Links) -> dict[int, int]:
            ends = ((int(place[one]), int(place[other])) for one, other in links.items())
            return {one: other for one, other in ends if one >= 0 and other >= 0}

        own = edges.among(person)
        were = _parts(renumbered(before), len(person))
        kept: Bools = (were[own.one] == were[own.other]) & (were[own.one] >= 0)
        return cls(own, person, renumbered(locked), kept, renumbered(before), gain)

    def scores(self) -> tuple[Any, Any, Any]:
        """Return the pairs as the solvers take them, those kept worth `gain` more."""
        score = with_gain(self.edges.steps / STEPS, self.kept, self.gain if self.kept.any() else 0.0)
        return self.edges.one, self.edges.other, score


def _pairs(task: _PeerTask, problem: Problem) -> tuple[list[Ring], int, bool]:
    """Return pairs, the most steps that as many can total, and whether no pairing has more pairs."""
    n_people = task.edges.n_people
    ask: dict[str, Any] = {"locked": np.full(n_people, -1, dtype=np.int64), "seed": problem.seed}
    for one, other in task.locked.items():
        ask["locked"][one] = other
    edges = task.edges
    plain = peers.pair_peers(edges.one, edges.other, edges.steps / STEPS, n_people, **ask)
    chosen = peers.pair_peers(*task.scores(), n_people, **ask) if task.kept.any() else plain
    pairs = [[one, other] for one, other in enumerate(chosen.peer.tolist()) if one < other]
    return pairs, round(plain.upper_bound * STEPS), chosen.n_pairs == plain.n_pairs_bound


def _circles(task: _PeerTask, size: int, problem: Problem) -> tuple[list[Ring], int, bool]:
    """Return circles, each in the order in which one helps the other, and as `_pairs` otherwise."""
    n_people = task.edges.n_people
    together = _parts(task.locked, n_people)
    try:
        found = circles.form_circles(
            *task.scores(), n_people, size=size, together=together, seed=problem.seed
        )
    except errors.LockNotPossible:
        largest = np.flatnonzero(together == np.bincount(together[together >= 0]).argmax())
        names = ", ".join(problem.learners[at].called for at in task.person[largest].tolist())
        raise errors.LockNotPossible(
            f"These are locked together, and do not fit into circles of about {size}: {names}. Unlock some, "
            "or ask for larger circles.",
            field="locked",
        ) from None
    members = [np.flatnonzero(found.circle == number).tolist() for number in range(len(found.sizes))]
    ends = zip(task.edges.one.tolist(), task.edges.other.tolist(), strict=True)
    suits = dict(zip(ends, task.edges.steps.tolist(), strict=True))
    rings = [_ring(circle, suits, task) for circle in members]
    return rings, circles.bound(task.edges, size, found.sizes.astype(np.int64)), True


def _ring(circle: list[int], suits: Mapping[tuple[int, int], int], task: _PeerTask) -> Ring:
    """Put a circle into an order that keeps locks, then who helped whom, then lets each suit the next."""
    led = {task.locked[one] for one in circle if one in task.locked}
    first = next((one for one in circle if one not in led), circle[0])
    ring, left = [first], set(circle) - {first}
    while left:
        last = ring[-1]
        next_ones = {task.locked.get(last, -1)} & left or left - led or left
        kept = task.before.get(last, -1)
        best = max(
            next_ones, key=lambda one: (one == kept, suits.get((min(last, one), max(last, one)), -1), -one)
        )
        ring.append(best)
        left.remove(best)
    return ring


def _closed_rings(links: Links) -> list[Ring]:
    """Return the rings of at least three that links close."""
    rings, seen = [], set()
    for start in links:
        ring, at = [], start
        while at not in seen and at in links:
            seen.add(at)
            ring.append(at)
            at = links[at]
        if len(ring) > PAIR and at == start:
            rings.append(ring)
    return rings


def _without(links: Links, rings: Iterable[Ring]) -> dict[int, int]:
    out = {one for ring in rings for one in ring}
    return {one: other for one, other in links.items() if not {one, other} & out}


def _both_ways(links: Links) -> dict[int, int]:
    """Return links as pairs; of two links of one person the first is kept."""
    pairs: dict[int, int] = {}
    for one, other in links.items():
        if one not in pairs and other not in pairs:
            pairs |= {one: other, other: one}
    return pairs


def _parts(links: Links, n_people: int) -> Ints:
    """Return a number for each set of people that links join, -1 for whoever has none."""
    if not links:
        return np.full(n_people, -1, dtype=np.int64)
    # Loaded here: scipy takes longer to load than most pools to match.
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    ends = (list(links.keys()), list(links.values()))
    graph = csr_array((np.ones(len(links)), ends), shape=(n_people, n_people))
    part = connected_components(graph, directed=False)[1].astype(np.int64)
    return np.where(np.bincount(part)[part] > 1, part, -1)


def _arcs(ring: Ring) -> Iterator[tuple[int, int]]:
    return zip(ring, [*ring[1:], ring[0]], strict=True)


def _edges(found: Candidates, locked: Links) -> Edges:
    """Return the pairs that are possible both ways, or locked, each once, with the mean of their scores."""
    learner, mentor, score = found.listed()
    n_people = len(found.indptr) - 1
    pair = np.minimum(learner, mentor).astype(np.int64) * n_people + np.maximum(learner, mentor)
    pairs, at, n_ways = np.unique(pair, return_inverse=True, return_counts=True)
    mean = np.bincount(at, weights=score.astype(np.float64), minlength=len(pairs)) / np.maximum(n_ways, 1)
    held = [min(one, other) * n_people + max(one, other) for one, other in locked.items()]
    is_listed = (n_ways == 2) | np.isin(pairs, np.array(held, dtype=np.int64))
    one, other = pairs[is_listed] // max(n_people, 1), pairs[is_listed] % max(n_people, 1)
    return Edges(one, other, np.rint(mean[is_listed] * STEPS).astype(np.int64), n_people)


def _inside(edges: Edges, rings: Iterable[Ring]) -> int:
    """Return the sum of steps of the pairs that share a ring."""
    ring_of = np.full(edges.n_people, -1, dtype=np.int64)
    for number, ring in enumerate(rings):
        ring_of[ring] = number
    return int(edges.steps[(ring_of[edges.one] == ring_of[edges.other]) & (ring_of[edges.one] >= 0)].sum())
