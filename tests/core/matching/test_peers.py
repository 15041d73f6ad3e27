"""Pairs inside one pool: most pairs first, then the highest total."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from telemachy.core import matching
from telemachy.core.matching import errors, gallai_edmonds, peers
from telemachy.core.matching.one_pool import peer_candidates
from telemachy.core.matching.peer_answers import PairAnswers
from telemachy.core.matching.peers import pair_peers
from telemachy.core.matching.shortage import Cost
from tests.core.matching.people import TELEMACHUS, problem


def best_by_trying(weights):
    """Return (most pairs, highest total) of an upper triangle of steps, -1 where no pair may be."""
    n = len(weights)

    def best(left):
        if len(left) < 2:
            return 0, 0
        one, *rest = left
        found = [best(rest)]
        for other in rest:
            if weights[one, other] >= 0:
                n_pairs, total = best([person for person in rest if person != other])
                found.append((n_pairs + 1, total + int(weights[one, other])))
        return max(found)

    return best(list(range(n)))


def random_pool(seed, most=8):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, most))
    steps = (
        rng.integers(0, 10_001, (n, n)) if rng.random() < 0.5 else rng.choice([0, 1, 5_000, 10_000], (n, n))
    )
    weights = np.where(rng.random((n, n)) < rng.choice([0.3, 0.7]), steps, -1)
    first, second = np.nonzero(np.triu(weights >= 0, 1))
    return weights, first, second, weights[first, second] / 10_000, n


def check_pairing(found, weights):
    for person, peer in enumerate(found.peer.tolist()):
        assert peer == -1 or (
            found.peer[peer] == person and weights[min(person, peer), max(person, peer)] >= 0
        )


def test_pairs_are_what_trying_everything_finds():
    for seed in range(200):
        weights, first, second, score, n = random_pool(seed)
        found = pair_peers(second, first, score, n, seed=seed)
        assert (found.n_pairs, round(found.total_score * 10_000)) == best_by_trying(weights), seed
        assert found.is_optimal
        check_pairing(found, weights)


def test_the_way_of_large_pools_pairs_rightly_and_its_bounds_hold(monkeypatch):
    monkeypatch.setattr(peers, "MOST_PEOPLE", 0)
    monkeypatch.setattr(peers, "BLOCK", 4)
    n_best = 0
    for seed in range(200):
        weights, first, second, score, n = random_pool(seed)
        found = pair_peers(first, second, score, n, seed=seed)
        check_pairing(found, weights)
        n_pairs, total = best_by_trying(weights)
        value = found.n_pairs, round(found.total_score * 10_000)
        assert value <= (n_pairs, total)
        assert found.n_pairs_bound >= n_pairs
        assert value[0] < n_pairs or round(found.upper_bound * 10_000) >= total
        assert not found.is_optimal or value == (n_pairs, total)
        n_best += value == (n_pairs, total)
    assert n_best > 180


def test_a_large_pool_is_paired_within_a_hundredth_of_its_bound(monkeypatch):
    monkeypatch.setattr(peers, "MOST_PEOPLE", 0)
    monkeypatch.setattr(peers, "BLOCK", 50)
    rng = np.random.default_rng(1)
    first, second = np.nonzero(np.triu(rng.random((120, 120)) < 0.15, 1))
    found = pair_peers(first, second, rng.random(len(first)), 120)
    assert found.n_pairs == 60
    assert 0 <= found.gap < 0.02


def test_a_locked_pair_is_kept():
    found = pair_peers([0, 0, 1], [1, 2, 2], [0.9, 0.1, 0.1], 3, locked=[2, -1, 0])
    assert found.peer.tolist() == [2, -1, 0]
    assert (found.outcome, found.total_score) == ("partial", 0.1)


@pytest.mark.parametrize(
    ("first", "second", "score", "options", "error"),
    [
        ([0], [0], [0.5], {}, errors.PairsInconsistent),
        ([0], [3], [0.5], {}, errors.UnknownPerson),
        ([-1], [1], [0.5], {}, errors.UnknownPerson),
        ([0, 1], [1, 0], [0.5, 0.5], {}, errors.DuplicatePair),
        ([0], [1], [float("nan")], {}, errors.ScoreOutOfRange),
        ([0], [1], [1.5], {}, errors.ScoreOutOfRange),
        ([0], [1], [-0.5], {}, errors.ScoreOutOfRange),
        ([0], [1], ["high"], {}, errors.PairsInconsistent),
        ([0], [1, 2], [0.5], {}, errors.PairsInconsistent),
        ([0], [1], [0.5], {"locked": [1, -1, -1]}, errors.LockNotPossible),
        ([0], [1], [0.5], {"locked": [-1, 2, 1]}, errors.LockNotPossible),
        ([0], [1], [0.5], {"locked": [7, -1, -1]}, errors.LockNotPossible),
        ([0], [1], [0.5], {"locked": [-5, -1, -1]}, errors.LockNotPossible),
        ([0], [1], [0.5], {"locked": [1, 0]}, errors.LockNotPossible),
    ],
)
def test_bad_arrays_are_refused_by_name(first, second, score, options, error):
    with pytest.raises(error):
        pair_peers(first, second, score, 3, **options)


def test_an_empty_pool_is_a_named_outcome():
    assert pair_peers([], [], [], 0).outcome == "no_learners"
    assert pair_peers([], [], [], 2).outcome == "no_candidates"


def test_people_of_one_pool_are_paired_by_the_mean_of_both_directions():
    people = tuple(
        replace(TELEMACHUS, key=key, capacity=1, skills_sought=(seeks,), skills_offered=(offers,))
        for key, seeks, offers in [
            ("a", "sql", "law"),
            ("b", "law", "sql"),
            ("c", "art", "sales"),
            ("d", "sales", "art"),
        ]
    )
    pool = problem(learners=people, mentors=people, forbidden=(("a", "c"),))
    pairs = peer_candidates(pool)
    assert (0, 2) not in set(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True))
    assert len(pairs.first) == 5
    both = {choice.mentor: choice.score for choice in matching.choices(pool, "a")}
    assert both == {one.mentor: one.score for one in matching.standings(pool, "a")}
    back = {choice.mentor: choice.score for choice in matching.choices(pool, "b")}
    assert pairs.score[0] == pytest.approx((both["b"] + back["a"]) / 2, abs=1e-4)
    found = pair_peers(pairs.first, pairs.second, pairs.score, pairs.n_people)
    assert found.peer.tolist() == [1, 0, 3, 2]


def test_two_sides_that_differ_are_no_pool_of_peers():
    with pytest.raises(errors.UnknownPerson, match="same people"):
        peer_candidates(problem())


def test_a_swap_that_only_a_dear_exchange_mends_costs_all_of_it():
    # a with b, c with d, e with f. If a goes with c, then b and d can only part e and f, who suit each other.
    a, b, c, d, e, f = range(6)
    one, other = np.array([a, a, b, c, d, e]), np.array([b, c, e, d, f, f])
    edges = peers.Edges(one, other, np.array([5_000, 1_000, 1_000, 5_000, 1_000, 9_000]), 6)
    answers = PairAnswers(edges, np.array([b, a, d, c, f, e]), np.zeros(6, dtype=bool))
    # Of 1.9 there are .3 left, and each pair counts for both of its people.
    assert answers.cost(a, c) == Cost(0, 32_000, is_bound=True)


def without(edges, person):
    """Return the pairs in which a person has no part."""
    return edges.keep((edges.one != person) & (edges.other != person))


def test_who_is_loose_is_whoever_some_fullest_pairing_leaves_over():
    n_loose = 0
    for seed in range(400):
        rng = np.random.default_rng(seed)
        n = int(rng.integers(1, 14))
        one, other = np.nonzero(np.triu(rng.random((n, n)) < rng.random() / 2, 1))
        edges = peers.Edges(one, other, np.ones(len(one), dtype=np.int64), n)
        peer = peers.blossoms(edges, seed)
        near = [sorted({*other[one == at].tolist(), *one[other == at].tolist()}) for at in range(n)]
        found = gallai_edmonds.decompose(near, peer.tolist())
        assert found is not None
        n_matched = (peer >= 0).sum()
        loose = {at for at in range(n) if (peers.blossoms(without(edges, at), seed) >= 0).sum() == n_matched}
        assert set(np.flatnonzero(found[0]).tolist()) == loose, seed
        partners = {other for at in loose for other in near[at]} - loose
        assert set(np.flatnonzero(found[1]).tolist()) == partners, seed
        n_loose += len(loose)
        if n_matched:  # with a pair less, more would be possible
            first = int(np.flatnonzero(peer >= 0)[0])
            fewer = np.where((np.arange(n) == first) | (peer == first), -1, peer)
            assert gallai_edmonds.decompose(near, fewer.tolist()) is None
    assert n_loose > 500
