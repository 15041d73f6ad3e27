"""Lots tell whether practice alone or with help teaches more; only they move the ladder, and it says so."""

from __future__ import annotations

import json

import numpy as np
import pytest

from telemachy.core import growth
from telemachy.core.growth import simulate, worlds
from telemachy.core.growth.lots import what_teaches
from telemachy.core.shared.errors import BadInput
from telemachy.core.shared.scales import GuidanceLevel

STRETCH = 10


def programme(world: str, seed: int = 1, n_learners: int = 120) -> tuple[growth.Evidence, growth.Lots]:
    """Let a lot set the first ten situations of each learner: all questions, or all alone."""

    def policy(model: object, learner: int, difficulty: int, novelty: int, given: list[int]) -> int:
        return 2 if len(given) < STRETCH and worlds.drawn_guided(learner, seed) else 1

    _, evidence = worlds.cohort(world, policy, None, range(n_learners), n_situations=30, seed=seed)
    guided = np.array([worlds.drawn_guided(learner, seed) for learner in evidence.learner])
    return evidence, growth.Lots(np.where(evidence.time < STRETCH, evidence.learner, -1), guided)


@pytest.mark.parametrize(
    ("world", "taught"), [("experience", growth.Practice.ALONE), ("critical", growth.Practice.GUIDED)]
)
def test_lots_tell_what_teaches_more(world: str, taught: growth.Practice) -> None:
    evidence, lots = programme(world)
    assert growth.fit(evidence, lots=lots).population.teaches == taught


def test_where_all_practice_teaches_the_same_hardly_ever_one_is_named() -> None:
    told = [what_teaches(*programme("nothing", seed, 40)) for seed in range(12)]
    assert told.count(None) >= 10


def test_without_lots_nothing_is_told_and_no_recommendation_moves() -> None:
    evidence, _ = programme("experience")
    none = growth.Lots(np.full(len(evidence), -1), np.zeros(len(evidence), dtype=bool))
    usual, asked = growth.fit(evidence), growth.fit(evidence, lots=none)
    assert usual.population.teaches is asked.population.teaches is None
    for learner in (0, 1, 999):
        for difficulty in (2, 5):
            told = growth.recommend(usual, learner, 0, difficulty, 3)
            assert told == growth.recommend(asked, learner, 0, difficulty, 3)
            assert "lots" not in told.reason


def test_help_that_followed_failure_is_no_lot_whatever_is_said() -> None:
    evidence = simulate.programme_of("need", 2, 40, 40, 1, effect=2.0)
    lots = growth.Lots(np.arange(len(evidence)), ~evidence.unguided())
    assert growth.fit(evidence, lots=lots).population.teaches is None


def test_a_stranger_is_left_to_try_where_practice_alone_taught_more() -> None:
    evidence, lots = programme("experience")
    told = growth.recommend(growth.fit(evidence, lots=lots), 999, 0, 3, 3)
    assert told.level == GuidanceLevel.DEBRIEF
    assert told.reason.startswith("Here practice alone taught more than help, as lots have shown")


def test_help_goes_on_where_it_taught_more_but_a_coach_still_asks_at_most() -> None:
    evidence, lots = programme("critical")
    shown, usual = growth.fit(evidence, lots=lots), growth.fit(evidence)
    levels = {"shown": [], "usual": []}
    for day, success in enumerate((1, 1, 0, 1, 1, 1)):
        for name, model in (("shown", shown), ("usual", usual)):
            told = growth.recommend(model, 999, 0, 3, 3)
            levels[name].append(told.level)
            model.update(999, 0, 40 + day, 3, 3, 2, success)
            assert growth.recommend(model, 999, 0, 3, 3, "coaching").level <= GuidanceLevel.QUESTION
    assert all(more >= less for more, less in zip(levels["shown"], levels["usual"], strict=True))
    assert levels["shown"] != levels["usual"]


def test_what_lots_told_is_kept_with_the_population() -> None:
    evidence, lots = programme("experience")
    values = json.loads(json.dumps(growth.stored(growth.fit(evidence, lots=lots).population)))
    mine = evidence.picked(evidence.learner == 3)
    assert growth.fit(mine, growth.restored(values, [0])).population.teaches == growth.Practice.ALONE
    del values["teaches"]
    assert growth.restored(values, [0]).teaches is None


def test_lots_that_do_not_fit_the_evidence_are_refused() -> None:
    evidence, lots = programme("nothing", n_learners=3)
    with pytest.raises(BadInput, match="lots need as many rows"):
        growth.fit(evidence, lots=growth.Lots(lots.draw[1:], lots.guided[1:]))
    with pytest.raises(BadInput, match="either guided or alone"):
        growth.fit(evidence, lots=growth.Lots(lots.draw, np.arange(len(evidence)) % 2 == 0))
    assert growth.fit(evidence, lots=lots).population.teaches is None
