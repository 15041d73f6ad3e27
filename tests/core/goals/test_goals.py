"""The specificity check, and the T-score of goal attainment scaling."""

from __future__ import annotations

from datetime import date
from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telemachy.core import goals
from telemachy.core.shared.errors import BadInput

LEVELS = ("none alone", "one of four", "two of four", "three of four", "all four")
GOOD = "I decide client escalations without consulting anyone in two of four cases, rated proficient"
BASELINE = "Of the last four escalations I forwarded all to Athena"


def codes(
    statement: str = GOOD, baseline: str = BASELINE, levels: object = LEVELS, **more: object
) -> list[str]:
    options = {"due_on": date(2027, 3, 1), **more}
    return [gap.code for gap in goals.check(statement, baseline, levels, **options)]  # type: ignore[arg-type]


class TestCheck:
    def test_finds_nothing_in_a_specific_goal(self) -> None:
        assert codes() == []
        assert codes(levels=dict(zip(range(-2, 3), LEVELS, strict=True))) == []

    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            ({"statement": " "}, ["empty"]),
            ({"statement": "Clients are answered within two days"}, ["whose"]),
            ({"statement": "I will be more confident in 3 of 4 meetings"}, ["observable"]),
            ({"statement": "I will present our plan to the board"}, ["measured"]),
            ({"statement": "I will present our plan by 31 March 2027"}, ["measured"]),
            ({"due_on": None}, ["when"]),
            ({"baseline": "bad"}, ["baseline"]),
            ({"baseline": "", "baseline_evidence": "Review of March"}, []),
            ({"levels": LEVELS[:4]}, ["levels_missing"]),
            ({"levels": (*LEVELS[:4], "Three of  four.")}, ["levels_alike"]),
        ],
    )
    def test_names_what_is_missing(self, changes: dict[str, object], expected: list[str]) -> None:
        assert codes(**changes) == expected  # type: ignore[arg-type]

    def test_gives_each_gap_a_hint(self) -> None:
        gaps = goals.check("Improve my leadership skills")
        assert {"observable", "measured", "when", "baseline", "levels_missing"} == {gap.code for gap in gaps}
        assert all(gap.text and gap.hint for gap in gaps)

    @given(st.text(max_size=200), st.text(max_size=50), st.lists(st.text(max_size=20), max_size=7))
    @settings(deadline=None)
    def test_takes_any_text(self, statement: str, baseline: str, levels: list[str]) -> None:
        assert "when" in {gap.code for gap in goals.check(statement, baseline, levels)}


class TestTScore:
    @pytest.mark.parametrize(
        ("levels", "weights", "expected"),
        [
            ([0, 0, 0], None, 50.0),
            ([1], None, 60.0),
            # Sums of equally weighted goals, by hand: 10 n x / sqrt(0.7 n + 0.3 n^2).
            ([1, 1], None, 50 + 20 / sqrt(2.6)),
            ([-2, -2, -2], None, 50 - 60 / sqrt(4.8)),
            ([0, 0, 1, 0], None, 50 + 10 / sqrt(7.6)),
            # Weights 4, 2, 1: sum(w x) = 4 - 2 + 2 = 4, sum(w^2) = 21, sum(w)^2 = 49.
            ([1, -1, 2], [4, 2, 1], 50 + 40 / sqrt(0.7 * 21 + 0.3 * 49)),
        ],
    )
    def test_agrees_with_the_formula_by_hand(
        self, levels: list[float], weights: list[float] | None, expected: float
    ) -> None:
        assert goals.t_score(levels, weights) == pytest.approx(expected)

    def test_agrees_with_published_scores(self) -> None:
        # Turner-Stokes & Williams 2010 report baselines, rated -1, with median 34.9 and upper quartile 35.5:
        # the scores of five and of four equally weighted goals at -1.
        assert round(goals.t_score([-1] * 5), 1) == 34.9
        assert round(goals.t_score([-1] * 4), 1) == 35.5

    @given(st.lists(st.integers(-2, 2), min_size=1, max_size=8), st.floats(0.01, 100))
    @settings(deadline=None)
    def test_does_not_depend_on_the_scale_of_weights(self, levels: list[int], factor: float) -> None:
        weights = [1.0 + i for i in range(len(levels))]
        scaled = [weight * factor for weight in weights]
        assert goals.t_score(levels, scaled) == pytest.approx(goals.t_score(levels, weights))

    @pytest.mark.parametrize(
        ("levels", "weights"), [([], None), ([3], None), ([1], [0]), ([1], [1, 2]), ([1], [float("nan")])]
    )
    def test_refuses_what_has_no_score(self, levels: list[float], weights: list[float] | None) -> None:
        with pytest.raises(BadInput):
            goals.t_score(levels, weights)
