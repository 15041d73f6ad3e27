"""The worlds keep what they promise: one truth, held-out conjunctions, defects of one's own."""

from __future__ import annotations

import numpy as np
import pytest

from telemachy.core.lab.agents import grid, worlds
from telemachy.core.lab.agents.run import WORLDS


def rng(seed: int = 3) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.mark.parametrize("make", [worlds.tickets, worlds.tools])
def test_every_rule_is_met_and_the_more_specific_one_goes_first(make) -> None:
    world = make(rng())
    lengths = [len(rule.when) for rule in world.rules]
    assert lengths == sorted(lengths, reverse=True)
    steps = [step for one in world.situations(rng(), 160, "s") for step in one.steps]
    assert {step.mode for step in steps} >= set(range(len(world.rules) - 1))
    assert all(world.rules[step.mode].holds(step.features) for step in steps)


@pytest.mark.parametrize("make", [worlds.tickets, worlds.tools])
def test_held_out_conjunctions_are_in_every_novel_situation_and_in_no_other(make) -> None:
    world = make(rng())

    def is_held_out(situation: worlds.Situation) -> bool:
        return any(
            step.features[feature] == value
            for step in situation.steps
            for feature, value in world.held_out[step.mode]
        )

    assert not any(map(is_held_out, world.situations(rng(), 40, "s")))
    assert all(map(is_held_out, world.situations(rng(), 40, "s", novel=True)))


@pytest.mark.parametrize("name", WORLDS)
def test_who_does_right_at_every_step_succeeds_also_after_a_drift(name: str) -> None:
    world = WORLDS[name](rng())
    for one in (world, world.drifted(rng())):
        for situation in one.situations(rng(), 15, "s"):
            right = {step.features: step.right for step in situation.steps}
            assert one.attempt(situation, right.__getitem__).success


def test_a_drift_changes_what_is_right() -> None:
    for name in WORLDS:
        world = WORLDS[name](rng())
        before = world.situations(rng(), 10, "s")
        after = world.drifted(rng()).situations(rng(), 10, "s")
        assert [one.steps for one in before] != [one.steps for one in after]


def test_agents_of_a_world_fail_each_in_their_own_way() -> None:
    world = worlds.tickets(rng())
    cases = [one.steps[0] for one in world.situations(rng(), 300, "s")]
    habits = [world.habit(rng(seed)) for seed in range(6)]
    right = [[habit(step.features)[0] == step.right for step in cases] for habit in habits]
    assert all(0.3 < np.mean(one) < 0.95 for one in right)
    assert len({tuple(one) for one in right}) == 6


def test_who_does_other_work_meets_the_same_rules_in_other_shares() -> None:
    world = worlds.tickets(rng())
    elsewhere = world.elsewhere(rng(4))
    commonest = world.ranks.index(0)
    n_met = [
        [one.steps[0].mode for one in place.situations(rng(), 200, "s")].count(commonest)
        for place in (world, elsewhere)
    ]
    assert elsewhere.rules == world.rules
    assert n_met[0] > 2 * n_met[1] > 0


def test_the_trainer_names_the_rule_that_was_missed_or_stretched() -> None:
    world = worlds.tickets(rng())
    for situation in world.situations(rng(), 200, "s"):
        step = situation.steps[0]
        failure = world.failure(step, (step.right + 1) % 5)
        assert failure.action == step.right
        assert all(step.features[feature] == value for feature, value in failure.conditions)


def test_the_words_of_a_case_are_read_back_as_the_case() -> None:
    for words in (worlds.TICKET_WORDS, worlds.TOOL_WORDS, grid.WORDS):
        flat = [word for values in words.values for word in values]
        assert len(set(flat) | set(words.actions)) == len(flat) + len(words.actions)
        features = tuple(len(values) - 1 for values in words.values)
        assert words.read(" ".join(words.case(features))) == frozenset(enumerate(features))


def test_a_grid_is_walked_step_by_step_and_time_runs_out() -> None:
    world = grid.GridWorld()
    situation = world.situations(rng(), 1, "s")[0]
    outcome = world.attempt(situation, lambda features: grid.OPEN)
    assert not outcome.success
    assert outcome.failed is not None
    assert outcome.taken == grid.OPEN
