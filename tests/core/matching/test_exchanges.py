"""Where wishes or sizes of groups keep a matching from the highest total, a swap is an exchange by hand."""

from __future__ import annotations

import numpy as np
import pytest

from telemachy.core import matching
from telemachy.core.matching import Plan, Problem, Wishes
from tests.core.matching.test_candidates import everybody, pool

#: Each of them costs some of the total in these pools.
FLOOR, SPREAD = Wishes(fairness_loss=0.1), Wishes(spread=0.2)


def totals(problem: Problem) -> dict[tuple[str, str], float]:
    """Return the score of every pair that might be made."""
    score = np.rint(everybody(problem).astype(float) * 10_000) / 10_000
    return {
        (problem.learners[i].key, problem.mentors[j].key): float(score[i, j])
        for i, j in zip(*np.nonzero(score >= 0), strict=True)
    }


def by_hand(plan: Plan, problem: Problem, learner: str, mentor: str, *, open_seats: bool) -> float | None:
    """Return the least the total loses when a learner changes places with one of the mentor's, by trying."""
    score = totals(problem)
    has = {one.learner: one.mentor for one in plan.proposals}
    now = sum(score[pair] for pair in has.items())
    ways = []
    n_seats = next(one.capacity for one in problem.mentors if one.key == mentor)
    if open_seats and list(has.values()).count(mentor) < n_seats:
        ways.append(has | {learner: mentor})
    for other in [key for key, held in has.items() if held == mentor]:
        then = has | {learner: mentor}
        if learner not in has:
            del then[other]
        elif (other, has[learner]) not in score:
            continue
        else:
            then[other] = has[learner]
        ways.append(then)
    return min((now - sum(score[pair] for pair in then.items()) for then in ways), default=None)


@pytest.mark.parametrize(("n_learners", "n_mentors", "wishes"), [(30, 14, FLOOR), (20, 30, SPREAD)])
def test_with_wishes_a_swap_costs_at_most_the_cheapest_exchange(
    n_learners: int, n_mentors: int, wishes: Wishes
):
    problem = pool(n_learners, n_mentors, seed=9)
    plan = matching.solve(problem, wishes=wishes).plan()
    assert not plan.report.is_optimal
    told = [(one.learner, other) for one in (*plan.proposals, *plan.unmatched) for other in one.alternatives]
    assert sum(other.cost is not None for _, other in told) > 20
    for learner, other in told:
        expected = by_hand(plan, problem, learner, other.mentor, open_seats=True)
        assert other.cost == (None if expected is None else pytest.approx(expected, abs=1e-9))
        assert other.n_fewer == (None if expected is None else 0)
        assert other.is_bound == (expected is not None)


def test_groups_keep_their_size_in_a_swap():
    problem = pool(40, 12, seed=11)
    plan = matching.plan_groups(problem, least=2, most=4)
    told = [(one.learner, other) for one in plan.proposals for other in one.alternatives]
    assert any(other.cost is not None for _, other in told)
    for learner, other in told:
        expected = by_hand(plan, problem, learner, other.mentor, open_seats=False)
        assert other.cost == (None if expected is None else pytest.approx(expected, abs=1e-9))
