"""A population that went through JSON says what it said before."""

from __future__ import annotations

import json

import numpy as np
import pytest

from telemachy.core import growth
from telemachy.core.growth import simulate


def test_a_restored_population_says_what_it_said_under_other_numbers_too() -> None:
    made = simulate.course(1, 12, 15, 2, simulate.Truth(shock=-2.0)).evidence
    model = growth.fit(made)
    assert model.population.struck is not None
    values = json.loads(json.dumps(growth.stored(model.population)))

    mine = made.picked(made.learner == 4)
    again = growth.fit(mine, growth.restored(values, [0, 1]))
    swapped = growth.fit(
        growth.Evidence(
            learner=mine.learner, competency=9 - mine.competency, time=mine.time, difficulty=mine.difficulty,
            novelty=mine.novelty, level=mine.level, success=mine.success,
        ),
        growth.restored(values, [9, 8]),
    )  # fmt: skip
    for competency in (0, 1):
        told = pytest.approx(model.independence(4, competency), abs=1e-6)
        assert again.independence(4, competency) == told
        assert swapped.independence(4, 9 - competency) == told


def test_situations_that_others_did_not_teach_are_not_taken_out() -> None:
    made = simulate.course(3, 10, 12, 1).evidence
    population = growth.fit(made.picked(made.learner != 2)).population
    mine = made.picked(made.learner == 2)
    none = np.zeros(len(mine), dtype=np.bool_)
    stranger = growth.fit(mine, population, none)
    assert stranger.independence(2, 0) == pytest.approx(
        growth.fit(mine, population, ~none).independence(2, 0), abs=0.3
    )
    assert stranger.independence(2, 0) != growth.fit(mine, population, ~none).independence(2, 0)
    assert stranger.independence(7, 0) == growth.fit(
        made.picked(made.learner == 99), population
    ).independence(7, 0)
