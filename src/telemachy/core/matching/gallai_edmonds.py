"""Who must be left over when people are paired: the decomposition of Gallai and Edmonds.

Whoever some pairing with the most pairs leaves over is "loose". Loose people can only be paired among
themselves, in clusters of odd size, or with their "partners", who are wanted by more clusters than they are.
Lovasz & Plummer 1986, *Matching Theory*, section 3.2.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from telemachy.core.matching.pairs import Bools

#: What a search has found a person to be.
LOOSE, PARTNER = 1, 2


def decompose(near: Sequence[Sequence[int]], peer: Sequence[int]) -> tuple[Bools, Bools] | None:
    """Return who is loose and who is a partner, bool (n_people,); None where more pairs are possible.

    Parameters
    ----------
    near : for each person, with whom they could be paired
    peer : with whom they are, -1 for nobody

    Notes
    -----
    Alternating trees grow from everybody left over (Edmonds 1965). A person an even number of steps from a
    root is loose. Two loose people of one tree who could be paired close an odd cycle, all of whom are loose;
    of two trees, they could both be paired.
    """
    search = _Search(near, peer)
    if not search.run():
        return None
    found = np.array(search.found)
    return found == LOOSE, found == PARTNER


class _Search:
    def __init__(self, near: Sequence[Sequence[int]], peer: Sequence[int]) -> None:
        self._near, self._peer = near, peer
        n_people = len(peer)
        self.found = [0] * n_people
        #: The person from whom the search came to a partner, and the head of the odd cycle one is part of.
        self._came_from, self._head = [-1] * n_people, list(range(n_people))
        self._queue = [one for one in range(n_people) if peer[one] < 0]
        for one in self._queue:
            self.found[one] = LOOSE

    def run(self) -> bool:
        """Grow all trees; False if two of them could be joined into more pairs."""
        for one in self._queue:
            for other in self._near[one]:
                if not self.found[other]:
                    self.found[other], self._came_from[other] = PARTNER, one
                    self._add(self._peer[other])
                elif self.found[other] == LOOSE and self._head_of(one) != self._head_of(other):
                    meeting = self._meeting(one, other)
                    if meeting is None:
                        return False
                    self._shrink(one, meeting)
                    self._shrink(other, meeting)
        return True

    def _add(self, one: int) -> None:
        self.found[one] = LOOSE
        self._queue.append(one)

    def _head_of(self, one: int) -> int:
        while self._head[one] != one:
            self._head[one] = self._head[self._head[one]]
            one = self._head[one]
        return one

    def _up(self, head: int) -> int:
        """Return the next head on the way to the root, -1 at the root."""
        partner = self._peer[head]
        return self._head_of(self._came_from[partner]) if partner >= 0 else -1

    def _meeting(self, one: int, other: int) -> int | None:
        """Return the first head that is on the way from both to their root, None if that is not the same."""
        seen = set()
        at = self._head_of(one)
        while at >= 0:
            seen.add(at)
            at = self._up(at)
        at = self._head_of(other)
        while at >= 0 and at not in seen:
            at = self._up(at)
        return at if at >= 0 else None

    def _shrink(self, one: int, meeting: int) -> None:
        """Make everybody on the way up to the meeting point loose, as parts of one odd cycle."""
        at = self._head_of(one)
        while at != meeting:
            partner, above = self._peer[at], self._up(at)
            self._add(partner)
            self._head[at] = self._head[partner] = meeting
            at = above
