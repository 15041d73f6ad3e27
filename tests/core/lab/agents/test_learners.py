"""The three kinds of learners learn from what they are told, and from nothing that they are handed."""

from __future__ import annotations

import pytest

from telemachy.core.lab.agents.learners import LEARNERS, Hint, Learner, Teaching

CASE = (0, 1, 2, 0)
OTHER = (1, 1, 2, 1)
CUE = frozenset({(1, 1), (2, 2)})
ALL = sorted(LEARNERS)


def learner(kind: str) -> Learner:
    """Return one that always does 0, out of habit, and is not sure."""
    return LEARNERS[kind](lambda features: (0, 0), 3)


@pytest.mark.parametrize("kind", ALL)
def test_a_lesson_carries_over_to_cases_with_its_cue_and_to_no_others(kind: str) -> None:
    one = learner(kind)
    one.learn(Teaching(2, CASE, 2, cue=CUE))
    assert one.decide(OTHER, [], lot=0.9).action == 2
    assert one.decide((0, 0, 0, 0), [], lot=0.9).action == 0


@pytest.mark.parametrize("kind", ALL)
def test_habit_wins_now_and_then_until_the_new_way_was_practised(kind: str) -> None:
    one = learner(kind)
    one.learn(Teaching(2, CASE, 2, cue=CUE))
    assert one.decide(CASE, [], lot=0.2).action == 0
    for _time in range(3):
        one.practise(one.decide(CASE, [], lot=0.9))
    assert one.decide(CASE, [], lot=0.2).action == 2


@pytest.mark.parametrize("kind", ALL)
def test_pointing_at_the_cue_keeps_habit_down_and_handing_over_teaches_nothing(kind: str) -> None:
    one = learner(kind)
    one.learn(Teaching(2, CASE, 2, cue=CUE))
    assert one.decide(CASE, [Hint(CUE)], lot=0.0).action == 2
    handed = one.decide(CASE, [Hint(frozenset(enumerate(CASE)), action=1)], lot=0.0)
    assert (handed.action, handed.part) == (1, None)
    one.practise(handed)
    assert one.decide(CASE, [], lot=0.2).action == 0


@pytest.mark.parametrize("kind", ALL)
def test_a_contrast_makes_a_lesson_that_misfired_say_what_it_needs(kind: str) -> None:
    one = learner(kind)
    broad = frozenset({(2, 2)})
    one.learn(Teaching(2, CASE, 2, cue=broad))
    assert one.decide((0, 0, 2, 1), [], lot=0.9).action == 2
    one.learn(Teaching(2, (0, 0, 2, 1), 0, cue=CUE, contrast=frozenset({(1, 1)})))
    assert one.decide((0, 0, 2, 1), [], lot=0.9).action == 0
    assert one.decide(OTHER, [], lot=0.9).action == 2


@pytest.mark.parametrize("kind", ["cases", "rules"])
def test_the_more_specific_of_habit_and_lesson_wins(kind: str) -> None:
    one = LEARNERS[kind](lambda features: (0, 2), 3)
    one.learn(Teaching(2, CASE, 2, cue=frozenset({(1, 1)})))
    assert one.decide(CASE, [], lot=0.9).action == 0
    one.learn(Teaching(2, CASE, 2, cue=CUE))
    assert one.decide(CASE, [], lot=0.9).action == 2


@pytest.mark.parametrize("kind", ALL)
def test_an_example_without_words_is_followed_where_it_comes_back(kind: str) -> None:
    one = learner(kind)
    for _time in range(6):
        one.learn(Teaching(2, CASE, 2))
    assert one.decide(CASE, [], lot=0.9).action == 2


def test_rules_are_what_examples_without_words_have_in_common() -> None:
    one = learner("rules")
    one.learn(Teaching(2, (0, 1, 2, 0), 2))
    one.learn(Teaching(2, (0, 1, 0, 1), 2))
    assert one.decide((0, 1, 1, 2), [], lot=0.9).action == 2
