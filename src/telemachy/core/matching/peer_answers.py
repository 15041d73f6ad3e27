"""What swaps cost among peers, by exchanges that anybody can make by hand, and why somebody is left over."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from telemachy.core.matching import gallai_edmonds
from telemachy.core.matching.circles import SMALLEST
from telemachy.core.matching.pairs import Bools, Ints
from telemachy.core.matching.peers import Edges, both_ways
from telemachy.core.matching.reasons import Reason
from telemachy.core.matching.shortage import Cost


class PairAnswers:
    """Answers about pairs of peers; a pair's score counts for both of its people.

    Parameters
    ----------
    edges : Edges
        Who may be paired with whom.
    peer : int64 (n_people,)
        Their pairing, -1 where left over.
    is_held : bool (n_people,)
        Who cannot move, because a lock holds the pair or circle.
    """

    def __init__(self, edges: Edges, peer: Ints, is_held: Bools) -> None:
        self._edges, self._pairs = edges, both_ways(edges)
        self._peer, self._is_held = peer, is_held
        #: Steps of everybody with their peer, 0 where left over.
        self._held = self._pairs.steps_of(peer)

    def cost(self, learner: int, mentor: int) -> Cost | None:
        """Return what is lost at most if two pair up and whom they leave finds somebody by one exchange.

        None where the two are kept apart, or a lock holds one of them.
        """
        wanted = int(self._with(learner)[mentor])
        if wanted < 0 or self._is_held[learner] or self._is_held[mentor]:
            return None
        behind = [int(self._peer[one]) for one in (learner, mentor) if self._peer[one] >= 0]
        held = int(self._held[[learner, mentor]].sum())
        again = self._again(behind, {learner, mentor}) if len(behind) == 2 else 0
        if again is None:
            return Cost(2, 2 * (held - wanted), is_bound=True)
        return Cost(0, 2 * (held - wanted - again), is_bound=True)

    def _again(self, behind: Sequence[int], gone: set[int]) -> int | None:
        """Return the most that two left alone gain: as a pair, with one left over, or with another pair."""
        one, other = behind
        with_one, with_other = self._with(one), self._with(other)
        found = [steps for steps in [int(with_one[other])] if steps >= 0]
        for own, others, that in ((with_one, with_other, other), (with_other, with_one, one)):
            is_open = (own >= 0) & ~self._is_held
            is_open[[*gone, that]] = False
            near = np.flatnonzero(is_open)
            then = self._peer[near]
            found.extend(own[near[then < 0]].tolist())
            near, then = near[then >= 0], then[then >= 0]
            found.extend((own[near] + others[then] - self._held[near])[others[then] >= 0].tolist())
        return max(found, default=None)

    def _with(self, one: int) -> Ints:
        """Return the steps of everybody with one person, -1 where the two are kept apart."""
        row = slice(*self._pairs.indptr[one : one + 2].tolist())
        steps = np.full(len(self._peer), -1, dtype=np.int64)
        steps[self._pairs.mentor[row]] = self._pairs.steps[row]
        return steps

    def why_left(self, learner: int) -> Reason:
        """Return with whom somebody could only have been paired, and how many of those must be left over."""
        if self._pairs.indptr[learner] == self._pairs.indptr[learner + 1]:
            return Reason("peers_one_way", {})
        if self._decomposition is None:  # in a large pool somebody may be left over who need not be
            return Reason("no_circle", {})
        loose, partners = self._decomposition
        inside = self._cluster == self._cluster[learner]
        facts: dict[str, object] = {
            "n_people": int((inside & loose).sum()),
            "n_short": int((inside & (self._peer < 0) & ~self._is_held).sum()),
        }
        n_partners = int((inside & partners).sum())
        if facts["n_people"] == 1:  # nobody else who is free to move
            return Reason("peers_locked", {})
        if not n_partners:
            return Reason("peers_odd", facts)
        return Reason("peers_short", {**facts, "n_partners": n_partners})

    def one_more(self) -> Ints:
        """Return int64 (n_people,): 1 where another person like this one would match one who is left over."""
        n_more = np.zeros(self._edges.n_people, dtype=np.int64)
        if self._decomposition is not None:
            loose, _partners = self._decomposition
            n_more[self._pairs.learner()[loose[self._pairs.mentor]]] = 1
        return n_more

    @property
    def _free(self) -> Edges:
        """The pairs of people whom no lock holds."""
        return self._edges.keep(~self._is_held[self._edges.one] & ~self._is_held[self._edges.other])

    @cached_property
    def _decomposition(self) -> tuple[Bools, Bools] | None:
        """Who may be left over, and the partners that those compete for; None where more could be paired."""
        free = both_ways(self._free)
        near = [row.tolist() for row in np.split(free.mentor, free.indptr[1:-1])]
        # Who is held is nobody's to be had, and does not look for anybody.
        alone = np.where(self._is_held, np.arange(len(self._peer)), self._peer)
        return gallai_edmonds.decompose(near, alone.tolist())

    @cached_property
    def _cluster(self) -> Ints:
        """Number the parts of the pool in which loose people and partners hang together."""
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import connected_components

        n_people = self._edges.n_people
        loose, _partners = self._decomposition or (np.zeros(n_people, dtype=bool), None)
        free = self._free
        near = free.keep(loose[free.one] | loose[free.other])
        graph = csr_array((np.ones(len(near.one)), (near.one, near.other)), shape=(n_people, n_people))
        return connected_components(graph, directed=False)[1].astype(np.int64)


class CircleAnswers:
    """Answers about circles of peers; every pair that shares a circle counts.

    Parameters
    ----------
    edges : Edges
        Who may share a circle.
    rings : sequence of sequences of positions
        The people of each circle.
    is_held : bool (n_people,)
        Who cannot move, because a lock holds them.
    """

    def __init__(self, edges: Edges, rings: Sequence[Sequence[int]], is_held: Bools) -> None:
        self._rings, self._is_held = rings, is_held
        self._ring_of = {one: ring for ring in rings for one in ring}
        #: Steps of every pair, -1 where two are kept apart.
        self._steps = np.full((edges.n_people, edges.n_people), -1, dtype=np.int16)
        self._steps[edges.one, edges.other] = self._steps[edges.other, edges.one] = edges.steps

    def cost(self, learner: int, mentor: int) -> Cost | None:
        """Return what is lost at most if a person changes places with somebody of the other's circle.

        None where people who are kept apart would come together, or locks hold those who would move.
        """
        own, there = self._ring_of.get(learner, ()), self._ring_of.get(mentor)
        if there is None or self._is_held[learner] or self._steps[learner, mentor] < 0:
            return None
        if there is own:
            return Cost(0, 0)
        lost = [
            self._with(learner, own)
            + self._with(other, there)
            - self._with(learner, there, without=other)
            - self._with(other, own, without=learner)
            for other in there
            if other != mentor
            and not self._is_held[other]
            and self._suits(learner, there, without=other)
            and self._suits(other, own, without=learner)
        ]
        return Cost(0, min(lost), is_bound=True) if lost else None

    def _with(self, one: int, ring: Sequence[int], without: int = -1) -> int:
        """Return the steps of a person with everybody else of a circle."""
        return sum(max(int(self._steps[one, other]), 0) for other in ring if other not in (one, without))

    def _suits(self, one: int, ring: Sequence[int], without: int) -> bool:
        return all(self._steps[one, other] >= 0 for other in ring if other not in (one, without))

    def why_left(self, learner: int) -> Reason:
        """Return whether there are too few people, or in how many circles there is no place, and why."""
        n_people = len(self._is_held)
        if n_people < SMALLEST:
            facts: dict[str, object] = {
                "n_people": n_people,
                "least": SMALLEST,
                "n_missing": SMALLEST - n_people,
            }
            return Reason("circle_too_few", facts)
        if not self._rings:
            return Reason("circle_none", {})
        n_apart = sum(not self._suits(learner, ring, without=learner) for ring in self._rings)
        n_circles = len(self._rings)
        return Reason(
            "circle_no_place", {"n_circles": n_circles, "n_apart": n_apart, "n_full": n_circles - n_apart}
        )

    def one_more(self) -> Ints:
        """Return int64 (n_people,) of zeros: one person more changes the sizes of all circles."""
        return np.zeros(len(self._is_held), dtype=np.int64)
