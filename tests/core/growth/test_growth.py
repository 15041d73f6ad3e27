"""The interim growth model: honest intervals, the ladder's steps, the curve, the mix, the threshold."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telemachy.core import growth
from telemachy.core.shared.errors import BadInput
from telemachy.core.shared.scales import GuidanceLevel


def evidence(rows: list[tuple[int, float]], *, difficulty: float = 4, novelty: float = 5) -> growth.Evidence:
    """Make one learner's evidence in one competency from (level, success) rows."""
    n = len(rows)
    return growth.Evidence(
        learner=[7] * n,
        competency=[3] * n,
        time=list(range(n)),
        difficulty=[difficulty] * n,
        novelty=[novelty] * n,
        level=[level for level, _ in rows],
        success=[success for _, success in rows],
    )


def level_after(rows: list[tuple[int, float]], kind: str = "mentoring") -> growth.Recommendation:
    return growth.recommend(growth.fit(evidence(rows)), 7, 3, 4, 5, kind)


class TestEvidence:
    @pytest.mark.parametrize(
        ("column", "value", "message"),
        [
            ("success", [0.5, 2], "success lies between 0 and 1; row 1"),
            ("level", [0, 5], "level lies between 0 and 4; row 1"),
            ("level", [0, 1.5], "level needs a whole number in row 1"),
            ("difficulty", [0, 3], "difficulty lies between 1 and 5; row 0"),
            ("novelty", [float("nan"), 3], "novelty has no number in row 0"),
            ("time", [1], "time has 1 rows but learner has 2"),
            ("time", [2, 1], "Row 1 is older"),
            ("success", ["a", "b"], "success must hold numbers"),
            ("confidence", [50, 101], "confidence lies between 0 and 100; row 1"),
        ],
    )
    def test_names_the_column_and_row_that_is_wrong(
        self, column: str, value: list[object], message: str
    ) -> None:
        columns: dict[str, object] = {
            "learner": [1, 1], "competency": [1, 1], "time": [0, 1], "difficulty": [3, 3],
            "novelty": [3, 3], "level": [0, 0], "success": [1, 0],
        }  # fmt: skip
        with pytest.raises(BadInput, match=message) as caught:
            growth.Evidence(**{**columns, column: value})
        assert caught.value.field == column

    def test_lets_learners_interleave(self) -> None:
        rows = growth.Evidence(
            learner=[1, 2, 1], competency=[1, 1, 1], time=[5, 1, 6], difficulty=[3] * 3, novelty=[3] * 3,
            level=[0] * 3, success=[1] * 3,
        )  # fmt: skip
        assert len(rows) == 3

    def test_scales_a_rating_so_that_three_is_a_success(self) -> None:
        assert growth.success_of_rating(3) >= growth.SUCCESS_FROM > growth.success_of_rating(2)
        with pytest.raises(BadInput):
            growth.success_of_rating(5)


class TestIndependence:
    def test_is_wide_without_evidence(self) -> None:
        p, low, high = growth.fit(evidence([])).independence(7, 3)
        assert (p, low, high) == pytest.approx((0.5, 0.05, 0.95))

    def test_ignores_success_with_guidance(self) -> None:
        assert growth.fit(evidence([(4, 1.0)] * 20)).independence(7, 3).p == 0.5

    def test_matches_the_beta_distribution(self) -> None:
        # Nine of nine: Beta(10, 1) has mean 10/11 and quantiles q ** (1 / 10).
        found = growth.fit(evidence([(0, 1.0)] * 9)).independence(7, 3)
        assert found == pytest.approx((10 / 11, 0.05**0.1, 0.95**0.1))

    def test_does_not_count_consulted_situations(self) -> None:
        rows = growth.Evidence(
            learner=[1], competency=[1], time=[0], difficulty=[4], novelty=[5], level=[0], success=[1],
            consulted=[True],
        )  # fmt: skip
        assert growth.fit(rows).independence(1, 1).p == 0.5

    @given(
        st.lists(st.tuples(st.integers(0, 4), st.floats(0, 1)), max_size=40),
        st.floats(1, 5),
        st.floats(1, 5),
        st.floats(1, 5),
    )
    @settings(deadline=None)
    def test_is_never_nan_and_never_rises_with_difficulty(
        self, rows: list[tuple[int, float]], seen: float, easy: float, hard: float
    ) -> None:
        model = growth.fit(evidence(rows, difficulty=seen))
        easy, hard = sorted((easy, hard))
        at_easy, at_hard = model.independence(7, 3, easy), model.independence(7, 3, hard)
        for p, low, high in (at_easy, at_hard):
            assert 0 <= low <= p <= high <= 1
        assert at_hard.p <= at_easy.p + 1e-9


class TestOverall:
    def test_pools_competencies_and_can_look_back(self) -> None:
        rows = growth.Evidence(
            learner=[1] * 5, competency=[0, 1, 2, 0, 1], time=[0, 1, 2, 3, 4], difficulty=[4] * 5,
            novelty=[5] * 5, level=[0, 0, 1, 4, 0], success=[1, 1, 1, 0, 0],
        )  # fmt: skip
        model = growth.fit(rows)
        now, before = model.overall(1), model.overall(1, until=3)
        assert now is not None
        assert before is not None
        assert (before.p, now.p) == pytest.approx((4 / 5, 4 / 6))
        assert model.overall(1, until=1) is None
        assert model.overall(2) is None


class TestRecommend:
    def test_starts_with_an_example_for_a_mentor_and_a_question_for_a_coach(self) -> None:
        assert level_after([]).level == GuidanceLevel.EXAMPLE
        assert level_after([], "coaching").level == GuidanceLevel.QUESTION
        assert level_after([]).code == "start"

    def test_steps_after_nine_clean_situations_and_not_before(self) -> None:
        # 1 - 0.85 ** 10 = 0.803 >= 0.8, and 1 - 0.85 ** 9 = 0.768 < 0.8.
        assert level_after([(3, 1.0)] * 8).code == "steady"
        stepped = level_after([(3, 1.0)] * 9)
        assert (stepped.level, stepped.code) == (GuidanceLevel.QUESTION, "step_forward")

    def test_counts_what_was_managed_with_less_help(self) -> None:
        assert level_after([(0, 1.0)] * 11).level == GuidanceLevel.INDEPENDENT
        assert level_after([(0, 1.0)] * 12).code == "independent"

    def test_does_not_count_answers_towards_a_lower_level(self) -> None:
        assert level_after([(4, 1.0)] * 30).level == GuidanceLevel.EXAMPLE

    def test_steps_back_after_two_failures_in_five(self) -> None:
        back = level_after([(3, 1.0), (3, 0.25), (3, 1.0), (3, 0.5)])
        assert (back.level, back.code) == (GuidanceLevel.ANSWER, "step_back")
        assert back.text().startswith("2 of the last 4 situations")

    def test_never_exceeds_the_ceiling_of_coaching(self) -> None:
        stuck = level_after([(2, 0.0)] * 10, "coaching")
        assert (stuck.level, stuck.code) == (GuidanceLevel.QUESTION, "at_ceiling")

    @given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from([0.0, 0.5, 0.75, 1.0])), max_size=40))
    @settings(deadline=None)
    def test_moves_one_step_at_a_time_and_always_says_why(self, rows: list[tuple[int, float]]) -> None:
        for kind, top in (("mentoring", 4), ("coaching", 2)):
            levels = [level_after(rows[:n], kind) for n in range(len(rows) + 1)]
            assert all(found.level <= top and "%" not in found.text() for found in levels)
            steps = np.diff([int(found.level) for found in levels])
            assert (abs(steps) <= 1).all()


class TestCurve:
    def test_ends_where_the_model_stands(self) -> None:
        rows = evidence([(4, 1.0), (0, 1.0), (1, 0.25), (0, 0.75)], difficulty=3)
        points = growth.curve(rows, 7, 3)
        last = points[-1]
        assert (last.p, last.low, last.high) == pytest.approx(growth.fit(rows).independence(7, 3))
        assert [point.level for point in points] == [4, 0, 1, 0]
        assert [point.time for point in points] == [0, 1, 2, 3]

    def test_is_empty_for_a_stranger(self) -> None:
        assert growth.curve(evidence([(0, 1.0)]), 99, 3) == ()


class TestGuidanceMix:
    def test_shares_each_month_and_keeps_quiet_ones(self) -> None:
        mix = growth.guidance_mix(
            [4, 0, 0, 2], [date(2026, 11, 3), date(2026, 11, 9), date(2027, 1, 31), date(2027, 1, 1)]
        )
        assert [m.month for m in mix] == [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)]
        assert mix[0].shares == (0.5, 0, 0, 0, 0.5)
        assert mix[1].n == 0
        assert mix[2].counts == (1, 0, 1, 0, 0)

    def test_refuses_unequal_lengths_and_strange_levels(self) -> None:
        with pytest.raises(BadInput):
            growth.guidance_mix([1], [])
        with pytest.raises(BadInput):
            growth.guidance_mix([5], [date(2026, 1, 1)])


class TestThreshold:
    PROOF = growth.Candidate(4, 4, level=0, consulted=False, account_complete=True, success=0.75)
    SURE = growth.Independence(0.9, 0.7, 0.97)

    def test_passes_when_nothing_is_missing(self) -> None:
        assert growth.threshold(self.PROOF, self.SURE).passed

    def test_lists_everything_missing(self) -> None:
        weak = growth.Candidate(3, 2, level=2, consulted=True, account_complete=False, success=None)
        check = growth.threshold(weak, growth.Independence(0.5, 0.05, 0.95), mark=0.6)
        assert [m.code for m in check.missing] == [
            "novel",
            "difficult",
            "alone",
            "account",
            "rated",
            "certain",
        ]
        assert "above 60 %" in check.missing[-1].text()
        assert "not 2." in check.missing[0].text()
