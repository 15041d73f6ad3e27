"""Who let a lesson through, what a withdrawal takes along, what a lot tells, and who asks in need."""

from __future__ import annotations

import pytest

from telemachy.core.memory import (
    Intention,
    LessonCheck,
    Mark,
    Source,
    ask_quality,
    may_be_released,
    why_quarantined,
    with_descendants,
    withholding_effect,
)

GOOD = (LessonCheck("ci", "s1", True), LessonCheck("bench", "s2", True))


def test_only_a_human_at_a_page_lets_everything_through() -> None:
    assert why_quarantined(Source.HUMAN, {Mark.LINK}) == ()
    assert why_quarantined(Source.PROGRAM, ()) == ()
    assert why_quarantined(Source.PROGRAM, {Mark.LINK}) == ("link",)
    assert why_quarantined(Source.AGENT, ()) == ("agent",)
    assert why_quarantined(Source.IMPORT, {Mark.TOOL, Mark.CODE}) == ("import", "code", "tool")


def test_two_independent_verifiers_release_a_lesson_of_low_risk() -> None:
    assert may_be_released(("agent",), GOOD, is_low_risk=True)


@pytest.mark.parametrize(
    ("waits_for", "checks", "is_low_risk", "interested"),
    [
        (("agent",), GOOD, False, ()),
        (("agent", "link"), GOOD, True, ()),
        (("agent",), GOOD[:1], True, ()),
        (("agent",), (GOOD[0], LessonCheck("ci", "s2", True)), True, ()),
        (("agent",), (GOOD[0], LessonCheck("bench", "s1", True)), True, ()),
        (("agent",), (*GOOD, LessonCheck("third", "s3", False)), True, ()),
        (("agent",), GOOD, True, ("ci",)),
    ],
    ids=["high risk", "a link", "one", "same verifier", "same situation", "a failure", "own verifier"],
)
def test_anything_less_waits_for_a_human(waits_for, checks, is_low_risk, interested) -> None:
    assert not may_be_released(waits_for, checks, is_low_risk=is_low_risk, interested=interested)


def test_a_withdrawal_takes_all_descendants_along_even_in_a_circle() -> None:
    derived = {"b": {"a"}, "c": {"b"}, "d": {"x"}, "a": {"c"}}
    assert with_descendants(["b"], derived) == {"a", "b", "c"}
    assert with_descendants(["x"], derived) == {"x", "d"}


def test_the_effect_of_showing_needs_draws_and_says_how_sure_it_is() -> None:
    nothing = withholding_effect([], [])
    assert nothing.value == 0
    assert (nothing.low, nothing.high) == pytest.approx((-0.82, 0.82), abs=0.01)
    helps = withholding_effect([True] * 18 + [False] * 2, [True] * 4 + [False] * 8)
    assert helps.low > 0.2
    assert helps.value == pytest.approx(18.5 / 21 - 4.5 / 13)
    assert abs(withholding_effect([True], [False]).value) < 0.6


def test_asking_is_judged_by_what_was_meant_before_the_help() -> None:
    found = ask_quality(
        [
            Intention(was_right=False, asked=True, confidence=0.2),
            Intention(was_right=True, asked=True, confidence=0.9),
            Intention(was_right=False, asked=False, confidence=1.0),
            Intention(was_right=True, asked=False),
        ]
    )
    assert (found.n_asked_without_need, found.n_silent_in_need) == (1, 1)
    assert (found.precision, found.recall, found.f1) == (0.5, 0.5, 0.5)
    assert found.brier == pytest.approx((0.04 + 0.01 + 1.0) / 3)


def test_without_situations_there_is_nothing_to_say() -> None:
    found = ask_quality([])
    assert (found.precision, found.recall, found.f1, found.brier) == (None, None, None, None)
