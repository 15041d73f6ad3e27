"""Profiles, weights, rules and decisions that contradict are refused when they are made."""

from __future__ import annotations

from dataclasses import replace

import pytest

from telemachy.core.matching import Problem, Profile, Rules, SeniorityRule, Weights, errors
from tests.core.matching.people import ATHENA, MARCH, NESTOR, TELEMACHUS, learners, problem


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"key": ""}, errors.ImpossibleProfile, "Athena has no key"),
        ({"seniority": 8}, errors.ImpossibleProfile, "Athena has seniority 8"),
        ({"seniority": 0}, errors.ImpossibleProfile, "1 to 7"),
        ({"capacity": -1}, errors.CapacityTooSmall, "-1"),
        ({"working_hours": ((7, 540, 1020),)}, errors.ImpossibleProfile, "working hours"),
        ({"working_hours": ((0, 1020, 540),)}, errors.ImpossibleProfile, "start before the end"),
    ],
)
def test_an_impossible_profile_is_refused(change, error, words):
    with pytest.raises(error, match=words):
        replace(ATHENA, **change)


@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan"), "much", True, None])
def test_a_weight_is_a_number_from_0_to_1(value):
    with pytest.raises(errors.ImpossibleProfile, match="weight of skills"):
        Weights.read({"skills": value})


def test_weights_of_zero_alone_are_refused():
    nothing = dict.fromkeys(Weights().as_dict(), 0)
    with pytest.raises(errors.ImpossibleProfile, match="at least one"):
        Weights.read(nothing)


def test_an_unknown_weight_is_named_with_those_there_are():
    with pytest.raises(errors.ImpossibleProfile, match=r"'skill'; there are: skills, seniority"):
        Weights.read({"skill": 1})


def test_weights_left_out_keep_their_default_and_shares_sum_to_one():
    weights = Weights.read({"skills": 1})
    assert weights.hours == Weights().hours
    assert sum(weights.shares().values()) == pytest.approx(1)


def test_rules_read_what_they_write():
    rules = Rules(shared_language=False, min_overlap_hours=4, seniority=SeniorityRule.MENTOR_BELOW)
    assert Rules.read(rules.as_dict()) == rules


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"languages": True}, "no rule called 'languages'"),
        ({"shared_language": "yes"}, "true or false"),
        ({"min_overlap_hours": 200}, "0 to 168"),
        ({"min_overlap_hours": "2"}, "0 to 168"),
        ({"seniority": "above"}, "any, mentor_above, mentor_below"),
    ],
)
def test_impossible_rules_are_refused(values, words):
    with pytest.raises(errors.ImpossibleProfile, match=words):
        Rules.read(values)


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"locked": (("penelope", "athena"),)}, errors.UnknownPerson, "penelope, who is no learner"),
        ({"forbidden": (("telemachus", "circe"),)}, errors.UnknownPerson, "circe, who is no mentor"),
        (
            {"locked": (("telemachus", "athena"),), "forbidden": (("telemachus", "athena"),)},
            errors.LockedAndForbidden,
            "locked and forbidden",
        ),
        (
            {"locked": (("telemachus", "athena"), ("telemachus", "nestor"))},
            errors.LockNotPossible,
            "to athena and to nestor",
        ),
        (
            {"learners": (TELEMACHUS, TELEMACHUS)},
            errors.DuplicatePerson,
            "telemachus is listed twice as learner",
        ),
        ({"mentors": (ATHENA, ATHENA)}, errors.DuplicatePerson, "athena is listed twice as mentor"),
    ],
)
def test_decisions_that_contradict_are_refused(options, error, words):
    with pytest.raises(error, match=words):
        problem(**options)


def test_locks_over_a_capacity_are_refused():
    pool = learners(2)
    with pytest.raises(errors.LockOverCapacity, match="Athena"):
        problem(learners=pool, locked=tuple((p.key, "athena") for p in pool))


def test_the_same_lock_twice_is_one_lock():
    kept = problem(locked=(("telemachus", "athena"), ("telemachus", "athena")))
    assert kept.mentors == (ATHENA, NESTOR)


def test_a_person_without_a_name_is_called_by_key():
    assert Profile(key="p-1").called == "p-1"
    assert Problem((), (), MARCH).seed == 0
