"""Tasks in a fixed order are told from situations that are lived, though nobody says which they are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from telemachy.core import growth
from telemachy.core.growth import simulate

N_LEARNERS, N_SITUATIONS = 60, 12


@pytest.fixture(scope="module")
def lived() -> growth.Evidence:
    return simulate.course(4, N_LEARNERS, N_SITUATIONS, 1, simulate.Truth(helping="lot")).evidence


@pytest.fixture(scope="module")
def drilled(lived) -> growth.Evidence:
    """Twelve tasks, every other one hard, in the same order for everybody."""
    chance = np.random.default_rng(0)
    hard = np.tile([1.2, -1.2], N_SITUATIONS // 2)[lived.time.astype(int)]
    ability = chance.normal(0, 0.8, N_LEARNERS)[lived.learner]
    success = chance.random(len(lived)) < 1 / (1 + np.exp(-(ability + hard)))
    return replace(lived, success=success.astype(float))


@pytest.fixture(scope="module")
def model(drilled) -> growth.Model:
    return growth.fit(drilled)


def test_a_course_is_told_from_a_life(lived, model) -> None:
    assert model.population.is_course
    assert not growth.fit(lived).population.is_course


def test_growth_that_is_not_of_the_models_form_is_no_course(lived) -> None:
    chance = np.random.default_rng(1)
    steadily = chance.random(len(lived)) < 1 / (1 + np.exp(1.5 - 0.4 * lived.time))
    assert not growth.fit(replace(lived, success=steadily.astype(float))).population.is_course


def test_in_a_course_a_prediction_knows_the_place(drilled, model) -> None:
    p, easy = model.predict(drilled), drilled.time % 2 == 0
    assert p[easy].mean() - p[~easy].mean() > 0.3
    assert p == pytest.approx(growth.fit(drilled.in_order()).predict(drilled.in_order()))


def test_in_a_course_too_online_and_batch_give_the_same_answer(drilled, model) -> None:
    mine = drilled.learner == 5
    online = growth.fit(drilled.picked(mine & (drilled.time < 7)), model.population)
    online._taught = model._taught
    for r in np.flatnonzero(mine & (drilled.time >= 7)):
        row = {
            name: float(getattr(drilled, name)[r]) for name in ("time", "difficulty", "novelty", "success")
        }
        online.update(5, 0, level=int(drilled.level[r]), **row)
    assert online.independence(5, 0) == pytest.approx(model.independence(5, 0), abs=1e-9)


def test_a_few_learners_show_no_order(drilled) -> None:
    assert not growth.fit(drilled.picked(drilled.learner < 10)).population.is_course
