"""Who has waited longest goes first, without a learner fewer matched."""

from __future__ import annotations

import numpy as np

from telemachy.core.matching.pairs import Bools, Ints, Pairs


def longest_first(pairs: Pairs, seats: Ints, waited: Ints) -> tuple[Bools, Bools, int]:
    """Return which pairs keep the order of waiting, who may be left out, and how many are.

    The sets of learners that can be matched together form a matroid (Edmonds & Fulkerson 1965), so serving
    those who have waited longest first never lowers the number matched. For each waiting time the learners
    who have waited at least that long, and compete for too few seats, and these seats are a part of the
    Dulmage-Mendelsohn decomposition (1958): the seats go to them alone, and only who competes in the
    part of their own waiting time may be left out. A matching of the pairs returned that gives all others
    a seat serves as many of each waiting time as can be.

    Parameters
    ----------
    pairs : Pairs
    seats : int64 (n_mentors,)
    waited : int64 (n_learners,)

    Returns
    -------
    bool (n_pairs,), bool (n_learners,), int
    """
    learner = pairs.learner()
    allowed = np.ones(len(learner), dtype=bool)
    may_stay_out = np.zeros(pairs.n_learners, dtype=bool)
    n_left = 0
    for rounds in np.unique(waited)[::-1].tolist():
        chosen = _fullest(pairs.keep((waited >= rounds)[learner]), seats)
        unmatched = (waited >= rounds) & (chosen < 0)
        competing, wanted = _competition(pairs, chosen, unmatched)
        allowed &= ~wanted[pairs.mentor] | competing[learner]
        may_stay_out |= competing & (waited == rounds)
        n_left = int(unmatched.sum())
    return allowed, may_stay_out, n_left


def _fullest(pairs: Pairs, seats: Ints) -> Ints:
    """Return each learner's mentor in a matching with the most learners (Hopcroft & Karp 1973)."""
    # Loaded here: scipy takes longer to load than most pools to match.
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import maximum_bipartite_matching

    useful = np.minimum(seats, np.bincount(pairs.mentor, minlength=pairs.n_mentors))
    n_copies = useful[pairs.mentor]
    pair = np.repeat(np.arange(len(pairs.mentor)), n_copies)
    copy = np.arange(len(pair)) - np.repeat(np.cumsum(n_copies) - n_copies, n_copies)
    column = (np.cumsum(useful) - useful)[pairs.mentor[pair]] + copy
    mentor_of = np.repeat(np.arange(pairs.n_mentors), useful)
    if not len(mentor_of):
        return np.full(pairs.n_learners, -1, dtype=np.int64)
    graph = csr_array(
        (np.ones(len(pair), dtype=np.int8), (pairs.learner()[pair], column)),
        shape=(pairs.n_learners, len(mentor_of)),
    )
    seat = maximum_bipartite_matching(graph, perm_type="column").astype(np.int64)
    return np.where(seat >= 0, mentor_of[seat], -1)


def _competition(pairs: Pairs, chosen: Ints, unmatched: Bools) -> tuple[Bools, Bools]:
    """Return who competes with the unmatched, themselves among them, and for which mentors."""
    learner = pairs.learner()
    # The last entry stands for "no mentor", where nobody gets.
    competing, wanted = unmatched.copy(), np.zeros(pairs.n_mentors + 1, dtype=bool)
    frontier = unmatched
    while frontier.any():
        reached = np.zeros(pairs.n_mentors + 1, dtype=bool)
        reached[pairs.mentor[frontier[learner]]] = True
        reached &= ~wanted
        wanted |= reached
        frontier = reached[chosen] & ~competing
        competing |= frontier
    return competing, wanted
