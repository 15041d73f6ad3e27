"""Claims where lots were drawn and the effect is there, none elsewhere, refusals that say what is missing."""

from __future__ import annotations

import numpy as np
import pytest

from telemachy.core import growth
from telemachy.core.growth import designs, simulate
from telemachy.core.shared.errors import BadInput

NOTHING = {"learner": [], "competency": [], "time": [], "difficulty": [], "novelty": [], "level": []}


def test_a_strong_effect_is_claimed_with_an_interval_around_it() -> None:
    made = simulate.programme_of("staggered", 1, 20, 60, 4, effect=5.0)
    found = growth.attribute(made, "staggered")
    assert found.is_claim
    assert found.p_value is not None
    assert found.p_value <= 0.04
    assert 0 < found.low < found.effect < found.high < 1
    assert found.text().startswith("The guidance changed the chance of deciding well alone by +")


def test_no_effect_is_hardly_ever_claimed() -> None:
    made = [simulate.programme_of("staggered", s, 8, 60, 4, accelerating=2.0) for s in range(6)]
    found = [growth.attribute(one, "staggered") for one in made]
    assert sum(one.is_claim for one in found) <= 1
    assert any(one.verdict == growth.Verdict.UNCLEAR for one in found)


def test_an_effect_of_withholding_by_lot_is_told_from_none() -> None:
    p_values = {}
    for effect in (0.0, 1.5):
        made = simulate.programme_of("randomised", 4, 100, 40, 1, effect=effect)
        found = growth.attribute(made, "randomised", p_withheld=0.4, smallest_effect=0.45)
        p_values[effect] = found.p_value
    assert p_values[1.5] < 0.04 < p_values[0.0]


@pytest.mark.parametrize("design", ["observational", "randomised"])
def test_help_given_by_need_is_refused(design: str) -> None:
    found = growth.attribute(simulate.programme_of("need", 2, 20, 40, 1), design)
    assert (found.verdict, found.code) == (growth.Verdict.REFUSAL, "by_need")
    assert found.effect is None
    assert "by lot" in found.text()


def test_weak_data_are_refused_with_how_many_more_would_do() -> None:
    found = growth.attribute(simulate.programme_of("randomised", 0, 6, 20, 1), "randomised")
    assert found.code == "too_weak"
    assert found.params["more"] > 100
    assert "situations more would do" in found.text()


def test_observation_is_worded_as_association() -> None:
    found = growth.attribute(simulate.programme_of("randomised", 0, 20, 30, 1), "observational")
    assert found.verdict == growth.Verdict.ASSOCIATION
    assert not found.is_claim
    assert "no proof of cause" in found.text()


def test_few_situations_are_refused_by_what_is_missing() -> None:
    made = simulate.programme_of("randomised", 0, 1, 11, 1)
    assert (
        growth.attribute(made, "randomised").text().startswith("There are 11 rated situations; at least 12")
    )
    guided = simulate.course(0, 1, 20, 1, simulate.Truth(helping="none")).evidence
    assert growth.attribute(guided).code == "too_few_guided"
    assert growth.attribute(growth.Evidence(**NOTHING, success=[])).code == "too_few"


def test_staggered_needs_two_starts() -> None:
    made = simulate.programme_of("staggered", 0, 6, 30, 1)
    assert growth.attribute(made, "staggered").code == "no_starts"


def test_one_learner_is_no_association() -> None:
    made = simulate.programme_of("randomised", 3, 1, 60, 1)
    assert growth.attribute(made).code == "too_few_learners"


def test_draws_keep_how_much_each_learner_was_guided() -> None:
    course = designs.courses(simulate.programme_of("randomised", 0, 5, 20, 2))
    draws = designs.withholding_draws(course, None, 20, np.random.default_rng(0))
    for learner in range(5):
        assert len({int(draw[course.learner == learner].sum()) for draw in draws}) == 1
    assert (draws[1:] != draws[0]).any()


def test_guided_practice_counts_what_was_guided_before() -> None:
    course = designs.courses(simulate.programme_of("randomised", 0, 1, 4, 1))
    practice = designs.guided_practice(course, np.array([[True, False, True, True]]))
    assert practice[0] == pytest.approx([0, np.log(2), np.log(2), np.log(2) + np.log(4 / 3)])


def test_unknown_designs_and_chances_are_refused_by_name() -> None:
    made = simulate.programme_of("randomised", 0, 4, 20, 1)
    with pytest.raises(BadInput, match="observational, randomised, staggered"):
        growth.attribute(made, "before-after")
    with pytest.raises(BadInput, match="between 0 and 1"):
        growth.attribute(made, "randomised", p_withheld=1.0)


class TestCalibration:
    def test_overconfidence_shows(self) -> None:
        rows = growth.Evidence(
            learner=[1] * 10, competency=[1] * 10, time=range(10), difficulty=[3] * 10, novelty=[3] * 10,
            level=[0] * 10, success=[1, 0] * 5, confidence=[90] * 10,
        )  # fmt: skip
        found = growth.calibration(rows, 1)
        assert found is not None
        assert found.bias == pytest.approx(0.4)
        assert 0 < found.low < 0.4 < found.high
        assert found.brier == pytest.approx(0.5 * 0.1**2 + 0.5 * 0.9**2)
        assert [(band.n, band.handled) for band in found.bands] == [(10, 0.5)]

    def test_needs_confidence_and_situations(self) -> None:
        rows = simulate.programme_of("randomised", 0, 1, 4, 1)
        with pytest.raises(BadInput):
            growth.calibration(rows, 0)
        assert growth.calibration(growth.Evidence(**NOTHING, success=[], confidence=[]), 0) is None
