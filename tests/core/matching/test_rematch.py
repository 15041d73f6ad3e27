"""Matching again and matching on arrival: who keeps whom, who moves and what for, who waits."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from telemachy.core import matching
from telemachy.core.matching import errors
from telemachy.core.matching.arrival import arrive, next_for
from telemachy.core.matching.rematch import Change, difference, rematch
from tests.core.matching.arrays import csr, matchings, steps_of_pool, total
from tests.core.matching.people import ATHENA, NESTOR, TELEMACHUS, learners, problem

SPARTA = replace(TELEMACHUS, key="pisistratus", languages=("la",))


def test_a_move_that_earns_too_little_is_not_made():
    pool = ([0, 2, 4], [0, 1, 0, 1], [0.50, 0.52, 0.52, 0.50], [1, 1])
    assert rematch(*pool, [0, 1], gain=0.05).kept.tolist() == [0, 1]
    moved = rematch(*pool, [0, 1], gain=0.01)
    assert moved.moved.tolist() == [0, 1]
    assert moved.score_after - moved.score_before == pytest.approx([0.02, 0.02])


def test_moves_are_as_few_as_their_gain_allows_and_nobody_fewer_is_matched():
    for seed in range(100):
        rng = np.random.default_rng(seed)
        n, n_mentors = int(rng.integers(1, 6)), int(rng.integers(1, 4))
        steps, capacity = steps_of_pool(rng, n, n_mentors), rng.integers(1, 3, n_mentors)
        before, gain = rng.integers(-1, n_mentors, n), int(rng.choice([100, 2_000]))
        found = rematch(*csr(steps), capacity, before, gain=gain / 10_000, seed=seed)
        ways = [
            (
                sum(m >= 0 for m in chosen),
                total(steps, chosen),
                sum(m == b >= 0 for m, b in zip(chosen, before, strict=True)),
            )
            for chosen, _load in matchings(steps, capacity)
        ]
        most = max(n for n, *_ in ways)
        n_kept, points = len(found.kept), round(found.assignment.total_score * 10_000)
        assert found.assignment.n_matched == most
        for n_matched, other_points, other_kept in ways:
            if n_matched == most:
                assert other_points - points <= gain * (n_kept - other_kept), seed


def test_the_difference_names_everybody_once():
    # 0 keeps, 1's mentor is gone and another is there, 2 is new, 3 has nobody left
    found = rematch([0, 1, 2, 3, 3], [0, 1, 1], [0.5, 0.6, 0.7], [1, 2], [0, 0, -1, 1])
    assert (found.kept.tolist(), found.replaced.tolist()) == ([0], [1])
    assert (found.new.tolist(), found.left.tolist(), found.moved.tolist()) == ([2], [3], [])


def test_a_lock_moves_whoever_must():
    found = rematch([0, 1, 2], [0, 0], [0.9, 0.1], [1], [0, -1], locked=[-1, 0])
    assert (found.left.tolist(), found.new.tolist()) == ([0], [1])


@pytest.mark.parametrize(
    "changes", [{"gain": 2}, {"gain": float("nan")}, {"previous": [4]}, {"previous": [0, 0]}]
)
def test_impossible_wishes_are_refused(changes):
    with pytest.raises(errors.OptionOutOfRange):
        rematch([0, 1], [0], [0.5], [1], **{"previous": [0], **changes})


def test_two_matchings_side_by_side():
    told = difference(
        {"a": ("x", 0.5), "b": ("y", 0.4), "c": ("z", 0.3)},
        {"a": ("x", 0.5), "b": ("x", 0.6), "d": ("z", 0.2)},
    )
    assert told.n_kept == 1
    assert told.moved == (Change("b", "y", "x", 0.4, 0.6),)
    assert told.new == (Change("d", "", "z", None, 0.2),)
    assert told.left == (Change("c", "z", "", 0.3, None),)


def test_who_arrives_gets_the_best_mentor_with_an_open_seat():
    found = arrive(problem(), "telemachus")
    assert (found.mentor, found.position) == ("athena", None)
    assert found.reason.text() == "The best of 2 possible mentors with an open seat"
    full = problem(mentors=(replace(ATHENA, capacity=0), NESTOR))
    assert arrive(full, "telemachus").mentor == "nestor"


def test_who_finds_all_full_waits_and_knows_how_many_are_ahead():
    full = problem(learners=(*learners(2), TELEMACHUS), mentors=(replace(ATHENA, capacity=0),))
    found = arrive(full, "telemachus", ["learner-0", "learner-1"])
    assert (found.mentor, found.position, found.n_ahead) == (None, 3, 2)
    assert "place 3 in the queue" in found.reason.text()


def test_a_seat_belongs_to_whoever_waits_longer():
    one_seat = problem(learners=(*learners(1), TELEMACHUS), mentors=(ATHENA,))
    assert arrive(one_seat, "telemachus", ["learner-0"]).mentor is None
    assert arrive(one_seat, "learner-0", ["learner-0"]).mentor == "athena"
    assert next_for(one_seat, "athena", ["learner-0", "telemachus"]) == "learner-0"


def test_nobody_possible_says_so_and_lets_the_next_pass():
    pool = problem(learners=(SPARTA, TELEMACHUS), mentors=(ATHENA,))
    found = arrive(pool, "pisistratus")
    assert found.mentor is None
    assert found.reason.code == "arrival_nobody"
    assert next_for(pool, "athena", ["pisistratus", "telemachus"]) == "telemachus"
    assert next_for(pool, "athena", ["pisistratus"]) is None


def test_strangers_are_refused():
    for call in (lambda: arrive(problem(), "antinous"), lambda: next_for(problem(), "antinous", [])):
        with pytest.raises(errors.UnknownPerson, match="antinous"):
            call()


def test_reverse_mentoring_turns_rule_and_score():
    rules = matching.Rules(seniority=matching.SeniorityRule.MENTOR_BELOW)
    junior, senior = replace(ATHENA, key="junior", seniority=3), replace(ATHENA, key="senior", seniority=6)
    leader = replace(TELEMACHUS, seniority=5)
    found = matching.plan(problem(learners=(leader,), mentors=(junior, senior), rules=rules))
    assert [(p.learner, p.mentor) for p in found.proposals] == [("telemachus", "junior")]
    part = {part.name: part.value for part in found.proposals[0].parts}
    assert part["seniority"] == 1.0
    assert [
        r.code
        for r in matching.why_not(
            problem(learners=(leader,), mentors=(senior,), rules=rules), "telemachus", "senior"
        )
    ] == ["excluded_seniority"]
