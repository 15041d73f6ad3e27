"""Pools too large to hold all pairs are matched nearly as well as if all were held."""

from __future__ import annotations

import pytest

from telemachy.core import matching
from telemachy.core.matching import errors, planning, pricing, tables
from tests.core.matching.people import MARCH
from tests.core.matching.test_candidates import pool


@pytest.fixture
def never_all_pairs(monkeypatch):
    monkeypatch.setattr(planning, "ALL_PAIRS", 0)


@pytest.mark.usefixtures("never_all_pairs")
def test_the_bound_over_all_pairs_holds_and_the_loss_is_small(monkeypatch):
    problem = pool(400, 160, seed=3)
    large = matching.solve(problem).assignment
    monkeypatch.setattr(planning, "ALL_PAIRS", 10**9)
    best = matching.solve(problem).assignment
    assert large.n_matched == best.n_matched
    assert large.total_score <= best.total_score <= large.upper_bound + 1e-9
    assert large.total_score >= best.total_score * 0.995
    assert large.gap <= 1e-3


@pytest.mark.usefixtures("never_all_pairs")
def test_with_wishes_the_bound_is_over_all_pairs_too():
    problem = pool(20, 30, seed=9)
    plain = matching.solve(problem).report
    wished = matching.solve(problem, wishes=matching.Wishes(spread=0.2)).report
    assert wished.upper_bound == plain.upper_bound
    assert wished.total_score < plain.total_score
    assert wished.gap == pytest.approx(1 - wished.total_score / wished.upper_bound)


@pytest.mark.usefixtures("never_all_pairs")
def test_prices_bring_in_the_pairs_that_too_few_candidates_missed(monkeypatch):
    problem = pool(300, 120, seed=4)
    monkeypatch.setattr("telemachy.core.matching.candidate_pairs.K", 2)
    monkeypatch.setattr("telemachy.core.matching.candidate_pairs.LEAST", 1)
    with_looks = matching.solve(problem)
    monkeypatch.setattr(pricing, "ROUNDS", 0)
    without = matching.solve(problem)
    assert len(with_looks.candidates.mentor) > len(without.candidates.mentor)
    one, other = with_looks.assignment, without.assignment
    assert (one.n_matched, one.total_score) > (other.n_matched, other.total_score)


@pytest.mark.usefixtures("never_all_pairs")
def test_the_bound_is_near_although_the_candidates_could_not_fill_every_seat(monkeypatch):
    problem = pool(220, 200, seed=2)
    monkeypatch.setattr("telemachy.core.matching.candidate_pairs.K", 1)
    monkeypatch.setattr("telemachy.core.matching.candidate_pairs.LEAST", 1)
    monkeypatch.setattr(pricing, "N_ADDED", 1)
    found = matching.solve(problem).assignment
    monkeypatch.setattr(planning, "ALL_PAIRS", 10**9)
    best = matching.solve(problem).assignment
    assert found.n_matched == best.n_matched == sum(mentor.capacity for mentor in problem.mentors)
    assert best.total_score <= found.upper_bound + 1e-9
    assert found.gap <= 0.01


@pytest.mark.usefixtures("never_all_pairs")
def test_a_learner_may_be_worth_what_a_million_make_them_worth(monkeypatch):
    problem = pool(60, 20, seed=8)
    usual = matching.solve(problem).assignment
    monkeypatch.setattr(pricing, "bonus", lambda n_learners: 4 * 10_000 * 1_000_001)
    monkeypatch.setattr(planning, "bonus", lambda n_learners: 4 * 10_000 * 1_000_001)
    found = matching.solve(problem).assignment
    assert found.extra_matched.any()
    assert (found.mentor.tolist(), found.upper_bound) == (usual.mentor.tolist(), usual.upper_bound)


@pytest.mark.usefixtures("never_all_pairs")
def test_a_large_pool_is_explained_for_whom_one_asks():
    problem = pool(150, 60, seed=5)
    solution = matching.solve(problem)
    asked = ["learner7", "learner3"]
    told = list(solution.explained(asked))
    assert [entry.learner for entry in told] == asked
    everybody = {entry.learner: entry for entry in solution.explained()}
    assert [everybody[key] for key in asked] == told
    proposal = next(entry for entry in everybody.values() if isinstance(entry, matching.Proposal))
    assert proposal.score == pytest.approx(sum(part.weight * part.value for part in proposal.parts), abs=1e-4)
    with pytest.raises(KeyError):
        list(solution.explained(["nobody"]))


@pytest.mark.usefixtures("never_all_pairs")
def test_who_competes_is_told_in_large_pools_as_in_small_ones(monkeypatch):
    mentors = [matching.Profile(key=f"m{at}", languages=("el",), capacity=1) for at in range(3)]
    learners = [matching.Profile(key=f"l{at}", languages=("el",)) for at in range(5)]
    others = [
        matching.Profile(key="other", languages=("la",)),
        matching.Profile(key="alone", languages=("de",)),
    ]
    problem = matching.Problem(
        [*learners, *others], [*mentors, matching.Profile(key="latin", languages=("la",))], MARCH
    )
    large = matching.plan(problem)
    monkeypatch.setattr(planning, "ALL_PAIRS", 10**9)
    small = matching.plan(problem)
    reasons = [[entry.reason for entry in plan.unmatched] for plan in (large, small)]
    assert {reason.code for reason in reasons[0]} == {"unmatched_capacity", "unmatched_not_eligible"}
    capacity = [next(r.params for r in found if r.code == "unmatched_capacity") for found in reasons]
    assert (
        capacity[0]
        == capacity[1]
        == {
            "n_eligible": 3,
            "n_learners": 5,
            "n_seats": 3,
            "n_mentors": 3,
            "n_short": 2,
        }
    )


@pytest.mark.usefixtures("never_all_pairs")
def test_locks_hold_in_large_pools_even_against_a_rule():
    problem = pool(80, 40, seed=6, locked=(("learner0", "learner0"), ("learner1", "mentor5")))
    if not problem.mentors[5].capacity:
        pytest.fail("the pool must give mentor5 a seat")
    told = {entry.learner: entry for entry in matching.plan(problem).proposals}
    assert (told["learner0"].mentor, told["learner0"].locked) == ("learner0", True)
    assert told["learner0"].reasons[0].code == "locked_despite"
    assert told["learner1"].mentor == "mentor5"


@pytest.mark.usefixtures("never_all_pairs")
def test_a_stopped_run_goes_on_where_it_was_and_ends_the_same(monkeypatch):
    monkeypatch.setattr(tables, "TABLE_CELLS", 1)
    problem = pool(120, 50, seed=7)
    whole = matching.solve(problem).assignment
    kept: dict[str, bytes] = {}
    with pytest.raises(errors.Stopped):
        matching.solve(problem, save=kept.__setitem__, stop=lambda: any("look" in name for name in kept))
    told: list[float] = []
    again = matching.solve(problem, finished=dict(kept), progress=told.append).assignment
    assert again.mentor.tolist() == whole.mentor.tolist()
    assert (again.total_score, again.upper_bound) == (whole.total_score, whole.upper_bound)
    assert told == sorted(told)
    assert told[-1] == 1
