"""With many mentors a swap costs what it costs with few, or is told as the most that it can cost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from telemachy.core import matching
from telemachy.core.matching import Alternative, Plan, Problem, planning, solver, swap_search
from tests.core.matching.test_candidates import pool

#: More learners than seats, more seats than learners, and a pair that nobody may part.
POOLS = [
    pool(40, 16, seed=3),
    pool(24, 30, seed=4),
    pool(60, 50, seed=5, locked=(("learner1", "mentor5"),)),
]


@pytest.fixture
def many_mentors(monkeypatch):
    monkeypatch.setattr(planning, "MOST_MENTORS", 0)


def swaps(plan: Plan) -> Iterator[tuple[str, Alternative]]:
    """Yield each learner with each mentor they might have instead."""
    for entry in (*plan.proposals, *plan.unmatched):
        yield from ((entry.learner, other) for other in entry.alternatives)


@pytest.mark.parametrize("problem", POOLS)
def test_with_all_pairs_at_hand_a_search_tells_what_the_table_of_all_chains_tells(
    problem: Problem, monkeypatch
):
    told = list(swaps(matching.plan(problem)))
    monkeypatch.setattr(planning, "MOST_MENTORS", 0)
    assert list(swaps(matching.plan(problem))) == told


@pytest.mark.usefixtures("many_mentors")
@pytest.mark.parametrize("problem", POOLS)
def test_a_swap_costs_what_a_new_run_with_it_locked_loses(problem: Problem, monkeypatch):
    monkeypatch.setattr(solver, "SMALL", 0)  # the engine's prices, not those of small pools
    plan = matching.plan(problem)
    for learner, other in list(swaps(plan))[::9]:
        if other.cost is None:
            assert any(learner == one or other.mentor == mentor for one, mentor in problem.locked)
        else:
            assert (other.n_fewer, other.cost) == pytest.approx(loss(plan, problem, learner, other), abs=1e-9)


def loss(plan: Plan, problem: Problem, learner: str, other: Alternative) -> tuple[int, float]:
    """Match again with the swap made; return how many learners fewer are matched and the total lost."""
    then = matching.plan(replace(problem, locked=(*problem.locked, (learner, other.mentor)))).report
    return plan.report.n_matched - then.n_matched, plan.report.total_score - then.total_score


@pytest.mark.usefixtures("many_mentors")
def test_a_search_broken_off_tells_a_bound(monkeypatch):
    problem = POOLS[0]
    whole = dict(swaps_by_pair(problem))
    monkeypatch.setattr(swap_search, "MOST_MOVES", 10)
    short = dict(swaps_by_pair(problem))
    assert whole.keys() == short.keys()
    for pair, other in short.items():
        assert (other.n_fewer, other.cost) >= (whole[pair].n_fewer, whole[pair].cost)
        assert other.is_bound or other == whole[pair]
    assert any(other.is_bound for other in short.values())
    assert not any(other.is_bound for other in whole.values())


def swaps_by_pair(problem: Problem) -> Iterator[tuple[tuple[str, str], Alternative]]:
    """Yield learner and mentor of each swap with what is told of it."""
    for learner, other in swaps(matching.plan(problem)):
        yield (learner, other.mentor), other


def test_where_not_all_pairs_are_held_every_cost_is_one_that_the_pool_need_not_exceed(monkeypatch):
    problem = POOLS[2]
    monkeypatch.setattr(planning, "ALL_PAIRS", 0)
    monkeypatch.setattr("telemachy.core.matching.candidate_pairs.K", 6)
    plan = matching.plan(problem)
    told = [(learner, other) for learner, other in swaps(plan) if other.cost is not None]
    assert len(told) > 100
    assert all(other.is_bound for _, other in told)
    monkeypatch.setattr(planning, "ALL_PAIRS", 10**9)
    for learner, other in told[::9]:
        n_fewer, lost = loss(plan, problem, learner, other)
        assert (n_fewer, lost) <= (other.n_fewer, other.cost + 1e-9)
