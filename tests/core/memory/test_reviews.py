"""The order in which a trainer's minutes bring most, and the reasons given for it."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

from telemachy.core.memory import AtStake, Attempt, Case, Mode, Tier, Why, by_worth, near_a_level_change
from telemachy.core.shared.scales import GuidanceLevel

RECURRING = AtStake("Refunds without proof", n_failed=3, risk=0.8)
ONCE = AtStake("Wrong currency", n_failed=1, risk=0.5)
CASES = [
    Case("recurring", decided=True, success=False, tier=Tier.SELF, at_stake=(RECURRING,)),
    Case("silent", decided=True, success=False, tier=Tier.VERIFIER),
    Case("near", decided=True, asked=True, at_stake=(replace(ONCE, near_change=True),)),
    Case("question", decided=False, asked=True, days_waiting=1),
    Case("unrated", decided=True, asked=True, success=True, tier=Tier.SELF),
    Case("rated", decided=True, asked=True, success=True, tier=Tier.TRAINER),
]


def keys(cases) -> list[str]:
    return [worth.key for worth in by_worth(cases)]


def test_what_recurs_comes_first_and_what_is_rated_last_in_whatever_order_they_came() -> None:
    for some in permutations(CASES):
        assert keys(some) == ["recurring", "silent", "near", "question", "unrated", "rated"]


def test_each_reason_is_said_with_what_it_is_about() -> None:
    worth = by_worth(CASES)[0]
    assert [reason.why for reason in worth.reasons] == [Why.RECURRING, Why.WRONG_WITHOUT_ASKING, Why.UNRATED]
    assert worth.reasons[0].text() == "“Refunds without proof” is at stake, which has struck 3 times."


def test_what_struck_once_does_not_recur_yet() -> None:
    found = by_worth([Case("one", decided=True, tier=Tier.TRAINER, at_stake=(ONCE,))])[0]
    assert found.reasons == ()


def test_of_two_alike_the_longer_waiting_comes_first_but_waiting_beats_no_reason() -> None:
    new, old = Case("a", decided=False), Case("b", decided=False, days_waiting=30)
    assert keys([new, old]) == ["b", "a"]
    assert keys([old, Case("c", decided=False, at_stake=(replace(ONCE, audited=True),))]) == ["c", "b"]


def test_a_self_report_of_failure_without_asking_counts_as_wrong_and_as_unrated() -> None:
    found = by_worth([Case("one", decided=True, success=False, tier=Tier.SELF)])[0]
    assert {reason.why for reason in found.reasons} == {Why.WRONG_WITHOUT_ASKING, Why.UNRATED}


def test_near_a_change_is_one_success_or_one_failure_away() -> None:
    alone = Attempt(True, GuidanceLevel.INDEPENDENT, Tier.TRAINER)
    helped = replace(alone, level=GuidanceLevel.EXAMPLE)
    failed = replace(helped, success=False)

    def near(*attempts: Attempt, level=GuidanceLevel.INDEPENDENT) -> bool:
        mode = Mode("m", GuidanceLevel.EXAMPLE, attempts)
        return near_a_level_change(mode, level, GuidanceLevel.ANSWER)

    assert near(*[alone] * 4)
    assert not near(*[alone] * 3)
    assert not near(*[alone] * 4, level=GuidanceLevel.EXAMPLE)  # with help it proves nothing
    assert near(failed)
    assert not near()
