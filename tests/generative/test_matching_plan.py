"""Explanations are true: parts sum to scores, alternatives are eligible, costs are what a re-run finds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telemachy.core import matching
from telemachy.core.matching import Problem, Profile, Rules, SeniorityRule, Weights

CODES = st.lists(st.sampled_from(["en", "de", "fr"]), max_size=2, unique=True).map(tuple)
SKILLS = st.lists(st.sampled_from(["sql", "sales", "law", "design"]), max_size=3, unique=True).map(tuple)
WORDS = st.lists(st.sampled_from(["lead", "speak", "write", "plan", "grow"]), max_size=4).map(" ".join)


def profiles(side, n_most, keys):
    def build(index, **known):
        return Profile(key=f"{side}{index}", **known)

    one = st.builds(
        dict,
        function=st.sampled_from(["", "Law", "Sales"]),
        seniority=st.one_of(st.none(), st.integers(1, 7)),
        skills_offered=SKILLS,
        skills_sought=SKILLS,
        languages=CODES,
        time_zone=st.sampled_from(["", "Europe/Vienna", "Asia/Tokyo", "America/New_York"]),
        goals_text=WORDS,
        style=st.sampled_from(["", "direct", "reflective"]),
        manager_key=st.sampled_from(["", *keys]),
        capacity=st.integers(0, 2),
        preferred=st.lists(st.sampled_from(keys), max_size=2, unique=True).map(tuple),
    )
    return st.lists(one, max_size=n_most).map(
        lambda rows: tuple(build(i, **row) for i, row in enumerate(rows))
    )


KEYS = [f"{side}{index}" for side in "lm" for index in range(3)]


@st.composite
def problems(draw):
    learners, mentors = draw(profiles("l", 6, KEYS)), draw(profiles("m", 4, KEYS))
    pairs = [(a.key, b.key) for a in learners for b in mentors]
    some = st.lists(st.sampled_from(pairs), max_size=2, unique=True) if pairs else st.just([])
    locked = draw(some)
    seats = {mentor.key: mentor.capacity for mentor in mentors}
    kept = {}
    for learner, mentor in locked:
        if learner not in kept and seats[mentor] > 0:
            kept[learner] = mentor
            seats[mentor] -= 1
    forbidden = [pair for pair in draw(some) if pair not in kept.items()]
    weight = st.sampled_from([0.0, 0.3, 1.0])
    weights = draw(st.fixed_dictionaries(dict.fromkeys(Weights().as_dict(), weight)))
    rules = Rules(
        outside_reporting_line=draw(st.booleans()),
        shared_language=draw(st.booleans()),
        min_overlap_hours=draw(st.sampled_from([0, 2, 20])),
        seniority=draw(st.sampled_from(list(SeniorityRule))),
    )
    return Problem(
        learners,
        mentors,
        date(2026, 3, 4),
        weights=Weights.read({**weights, "skills": 0.5}),
        rules=rules,
        locked=tuple(kept.items()),
        forbidden=tuple(forbidden),
    )


@given(problems())
@settings(max_examples=80, deadline=None)
def test_the_explanation_of_every_pair_is_true(problem):
    found = matching.plan(problem)
    locked = dict(problem.locked)
    told = {entry.learner for entry in (*found.proposals, *found.unmatched)}
    assert told == {learner.key for learner in problem.learners}
    assert {p.learner: p.mentor for p in found.proposals if p.locked} == locked
    for proposal in found.proposals:
        weighed = sum(part.weight * part.value for part in proposal.parts)
        assert weighed == pytest.approx(proposal.score, abs=1e-4)
        assert sum(part.weight for part in proposal.parts) == pytest.approx(1)
        assert 1 <= len(proposal.reasons) <= 3
        assert all(reason.text() for reason in proposal.reasons)
        assert proposal.locked or matching.why_not(problem, proposal.learner, proposal.mentor) == ()
    for entry in (*found.proposals, *found.unmatched):
        excluded = matching.exclusions(problem, entry.learner)
        assert not any(other.mentor in excluded for other in entry.alternatives)


@given(problems())
@settings(max_examples=80, deadline=None)
def test_the_cost_of_a_swap_is_what_a_new_run_with_it_locked_loses(problem):
    found = matching.plan(problem)
    seats = {mentor.key: mentor.capacity for mentor in problem.mentors}
    for _, mentor in problem.locked:
        seats[mentor] -= 1
    for entry in (*found.proposals, *found.unmatched):
        for other in entry.alternatives:
            if other.cost is None:
                assert seats[other.mentor] == 0 or entry.learner in dict(problem.locked)
                continue
            again = matching.plan(replace(problem, locked=(*problem.locked, (entry.learner, other.mentor))))
            assert again.report.n_matched == found.report.n_matched - other.n_fewer
            lost = found.report.total_score - again.report.total_score
            assert lost == pytest.approx(other.cost, abs=1e-9)


@given(problems())
@settings(max_examples=80, deadline=None)
def test_the_reason_of_an_unmatched_learner_holds(problem):
    found = matching.plan(problem)
    for entry in found.unmatched:
        params = entry.reason.params
        if entry.reason.code == "unmatched_capacity":
            assert params["n_short"] == params["n_learners"] - params["n_seats"] >= 1
        else:
            excluded = matching.exclusions(problem, entry.learner)
            assert set(excluded) == {mentor.key for mentor in problem.mentors}
        assert entry.reason.text()
