"""What the report says of fairness, and what a pool is short of."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from telemachy.core import matching
from telemachy.core.matching import errors
from telemachy.core.matching.pairs import read
from telemachy.core.matching.parity import parity
from telemachy.core.matching.report import n_blocking_pairs
from telemachy.core.matching.supply import one_more, supply
from tests.core.matching.arrays import csr, steps_of_pool
from tests.core.matching.people import ATHENA, NESTOR, TELEMACHUS, learners, problem


def blocking_by_hand(steps, capacity, chosen):
    n = 0
    for i, m in np.argwhere(steps >= 0):
        own = steps[i, chosen[i]] if chosen[i] >= 0 else -1
        held = [steps[k, m] for k in range(len(chosen)) if chosen[k] == m]
        n += chosen[i] != m and steps[i, m] > own and (len(held) < capacity[m] or min(held) < steps[i, m])
    return n


def test_blocking_pairs_are_those_found_one_by_one():
    n_found = 0
    for seed in range(100):
        rng = np.random.default_rng(seed)
        steps, capacity = steps_of_pool(rng, 6, 4), rng.integers(1, 3, 4)
        chosen = matching.assign(*csr(steps), capacity).mentor.astype(np.int64)
        n = n_blocking_pairs(read(*csr(steps), 4), capacity, chosen)
        assert n == blocking_by_hand(steps, capacity, chosen), seed
        n_found += n
    assert n_found > 0


def test_the_report_counts_ranks_and_blocking_pairs():
    told = matching.plan(problem()).report
    assert (dict(told.ranks_learner)[1], sum(n for _, n in told.ranks_mentor)) == (1, 1)
    assert told.n_blocking_pairs == 0


def test_groups_are_compared_with_all_others():
    rng = np.random.default_rng(0)
    score, group = rng.random(60), np.repeat(["a", "b"], 30)
    score[:6] = np.nan
    one, other = parity(score, group.tolist()).groups
    welch = stats.ttest_ind(score[6:30], score[30:], equal_var=False).confidence_interval()
    assert (one.score_gap.low, one.score_gap.high) == pytest.approx((welch.low, welch.high))
    assert (one.n_matched, other.matched_share, one.share_gap.value) == (24, 1.0, pytest.approx(-0.2))
    # Newcombe 1998, method 10: 24/30 - 30/30
    assert (one.share_gap.low, one.share_gap.high) == pytest.approx((-0.373, -0.053), abs=0.01)
    assert one.effect_size == pytest.approx(-other.effect_size)


@pytest.mark.parametrize(
    ("sizes", "shown", "hidden"),
    [
        ({"a": 4, "b": 9}, [], 13),
        ({"a": 4, "b": 9, "c": 10}, ["c"], 13),
        ({"a": 4, "b": 3, "c": 10}, ["c"], 7),
        ({"a": 5, "b": 5}, ["a", "b"], 0),
        ({"": 2, "b": 5}, ["b"], 0),
        ({}, [], 0),
    ],
)
def test_groups_under_five_stay_hidden_and_cannot_be_worked_out(sizes, shown, hidden):
    group = [name for name, n in sizes.items() for _ in range(n)]
    told = parity(np.full(len(group), 0.5), group)
    assert [one.group for one in told.groups] == shown
    assert told.n_learners_hidden == hidden


def test_means_over_fewer_than_five_pairs_stay_hidden():
    score = np.array([0.5] * 4 + [np.nan] * 3 + [0.7] * 6)
    one, other = parity(score, ["a"] * 7 + ["b"] * 6).groups
    assert (one.mean_score, one.score_gap, one.effect_size) == (None, None, None)
    assert other.mean_score == pytest.approx(0.7)


def test_impossible_scores_are_refused():
    with pytest.raises(errors.ScoreOutOfRange):
        parity([2.0], ["a"])
    with pytest.raises(errors.PairsInconsistent):
        parity([0.2], [])


def test_what_is_short_comes_first():
    pool = problem(learners=learners(4), mentors=(replace(ATHENA, capacity=2), replace(NESTOR, capacity=0)))
    told = supply(pool, unmatched=["learner-0", "learner-1"])
    first = told.skills[0]
    assert (first.term, first.n_learners, first.n_seats, first.n_short) == ("Leading a crew", 4, 0, 4)
    negotiation = next(balance for balance in told.skills if balance.term == "Negotiation")
    assert (negotiation.n_mentors, negotiation.n_short, negotiation.n_unmatched) == (1, 2, 2)
    assert [(b.term, b.n_short) for b in told.time_zones] == [("Europe/Athens", 2)]
    assert {b.term for b in told.languages} == {"el", "en"}


def test_one_more_seat_is_asked_where_it_brings_a_learner():
    plan = matching.plan(problem(learners=learners(2), mentors=(ATHENA,)))
    (more,) = one_more(plan.seats)
    assert (more.like, more.extra_matched) == ("athena", 1)
    assert one_more(matching.plan(problem(learners=(TELEMACHUS,), mentors=(ATHENA,))).seats) == ()
