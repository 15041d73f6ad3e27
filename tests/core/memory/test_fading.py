"""Help fades with success without it, and comes back with failure."""

from __future__ import annotations

from functools import reduce

import pytest

from telemachy.core.memory import Attempt, Mode, Tier, after, recurrence_risk
from telemachy.core.memory.fading import p_mastered
from telemachy.core.shared.scales import GuidanceLevel

ALONE, HELPED = GuidanceLevel.INDEPENDENT, GuidanceLevel.EXAMPLE


def attempt(success: bool, level: GuidanceLevel = ALONE, tier: Tier = Tier.TRAINER) -> Attempt:
    return Attempt(success, level, tier)


def run(level: GuidanceLevel, *attempts: Attempt) -> Mode:
    return reduce(lambda mode, one: after(mode, one)[0], attempts, Mode("m", level))


def test_five_successes_without_help_out_of_five_are_one_step_down() -> None:
    assert run(HELPED, *[attempt(True)] * 4).level == GuidanceLevel.EXAMPLE
    assert run(HELPED, *[attempt(True)] * 5).level == GuidanceLevel.QUESTION


def test_each_further_success_alone_is_one_more_step_never_two() -> None:
    assert run(HELPED, *[attempt(True)] * 6).level == GuidanceLevel.DEBRIEF
    assert run(HELPED, *[attempt(True)] * 7).level == GuidanceLevel.INDEPENDENT
    assert run(HELPED, *[attempt(True)] * 9).level == GuidanceLevel.INDEPENDENT


def test_success_with_help_proves_nothing() -> None:
    mode = run(HELPED, *[attempt(True, HELPED)] * 40)
    assert mode.level == HELPED
    assert recurrence_risk(mode.attempts) == 0.5


def test_a_failure_in_between_asks_for_more_successes() -> None:
    begun = [attempt(True), attempt(True), attempt(False), *[attempt(True)] * 10]
    assert run(HELPED, *begun).level == HELPED
    assert run(HELPED, *begun, *[attempt(True)] * 3).level < HELPED


def test_two_failures_in_five_are_one_step_up_and_begin_the_evidence_anew() -> None:
    mode = run(GuidanceLevel.INDEPENDENT, *[attempt(True)] * 9, attempt(False), attempt(True), attempt(False))
    assert mode == Mode("m", GuidanceLevel.DEBRIEF)


def test_two_failures_further_apart_change_nothing() -> None:
    apart = [attempt(False), *[attempt(True, HELPED)] * 4, attempt(False)]
    assert run(HELPED, *apart).level == HELPED


def test_at_the_ceiling_it_says_so_and_keeps_what_it_knows() -> None:
    mode = Mode("m", GuidanceLevel.QUESTION, (attempt(False),))
    stayed, step = after(mode, attempt(False), top=GuidanceLevel.QUESTION)
    assert (step.code, step.moved, stayed.level, len(stayed.attempts)) == ("at_ceiling", False, 2, 2)
    assert "2 of the last 2" in step.text()


@pytest.mark.parametrize("tier", [Tier.SELF, Tier.PEER])
def test_a_word_about_oneself_or_of_a_peer_moves_nothing(tier: Tier) -> None:
    for success in (True, False):
        mode = Mode("m", HELPED, (attempt(True),))
        assert run(HELPED, *[attempt(success, ALONE, tier)] * 30).level == HELPED
        assert after(mode, attempt(success, ALONE, tier))[0] == mode
    assert recurrence_risk([attempt(False, ALONE, tier)] * 5) == 0.5


def test_the_posterior_is_the_one_of_the_rule() -> None:
    # Beta(5.5, 0.5) above 0.85, by numerical integration.
    assert p_mastered(5, 5) == pytest.approx(0.8092, abs=1e-3)
    assert p_mastered(4, 5) < 0.4


def test_the_risk_follows_what_happened_last() -> None:
    mended = recurrence_risk([attempt(False), attempt(False), *[attempt(True)] * 6])
    relapsed = recurrence_risk([*[attempt(True)] * 6, attempt(False), attempt(False)])
    assert mended < 0.25 < 0.4 < relapsed < 1
