"""Evidence, the model's answers, the ladder's steps, the curve, the mix, the threshold."""

from __future__ import annotations

from datetime import date

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
            ("learner", [2**70, 2**70], "learner has a number in row 0 that is too large"),
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

    def test_names_tasks_taken_in_order_by_their_place(self) -> None:
        taken = growth.Evidence(
            learner=[7, 7, 8, 7, 8], competency=[0, 1, 0, 0, 0], time=range(5), difficulty=[3] * 5,
            novelty=[3] * 5, level=[0] * 5, success=[1] * 5,
        )  # fmt: skip
        first, other, same, second, second_too = taken.in_order().item
        assert first == same
        assert second == second_too
        assert len({first, other, second}) == 3

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
        assert 0.2 < p < 0.8
        assert high - low > 0.7

    def test_learns_more_from_success_alone_than_from_success_with_an_answer(self) -> None:
        alone = growth.fit(evidence([(0, 1.0)] * 8)).independence(7, 3)
        answered = growth.fit(evidence([(4, 1.0)] * 8)).independence(7, 3)
        assert alone.p > answered.p
        assert alone.low > answered.low
        assert answered.high - answered.low > 0.5

    def test_takes_who_consulted_as_helped(self) -> None:
        def after(consulted: bool) -> growth.Independence:
            rows = growth.Evidence(
                learner=[1] * 5, competency=[1] * 5, time=[0] * 5, difficulty=[4] * 5, novelty=[5] * 5,
                level=[0] * 5, success=[1] * 5, consulted=[consulted] * 5,
            )  # fmt: skip
            return growth.fit(rows).independence(1, 1)

        assert after(True).low < after(False).low

    def test_transfers_to_a_competency_not_met_yet(self) -> None:
        strong, weak = (growth.fit(evidence([(0, y)] * 10)).independence(7, 99) for y in (1.0, 0.0))
        assert strong.p > weak.p + 0.2

    @given(
        st.lists(st.tuples(st.integers(0, 4), st.floats(0, 1)), max_size=12),
        st.floats(1, 5),
        st.floats(1, 5),
        st.floats(1, 5),
    )
    @settings(deadline=None, max_examples=30)
    def test_is_never_nan_and_holds_its_order(
        self, rows: list[tuple[int, float]], seen: float, difficulty: float, novelty: float
    ) -> None:
        p, low, high = growth.fit(evidence(rows, difficulty=seen)).independence(7, 3, difficulty, novelty)
        assert 0 < low <= p <= high < 1

    def test_falls_with_difficulty(self) -> None:
        model = growth.fit(evidence([(0, 1.0), (0, 0.0), (2, 1.0)]))
        chances = [model.independence(7, 3, difficulty).p for difficulty in (1, 2, 3, 4, 5)]
        assert chances == sorted(chances, reverse=True)

    @pytest.mark.parametrize("y", [0.0, 1.0])
    def test_hundreds_of_the_same_outcome_stay_inside_the_unit_interval(self, y: float) -> None:
        p, low, high = growth.fit(evidence([(0, y)] * 400)).independence(7, 3)
        assert 0 < low <= p <= high < 1
        assert abs(p - y) < 0.05


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
        assert now.p < before.p
        assert model.overall(1, until=1) is None
        assert model.overall(2) is None

    def test_is_the_chance_in_the_only_competency(self) -> None:
        model = growth.fit(evidence([(0, 1.0)] * 4))
        assert model.overall(7) == pytest.approx(model.independence(7, 3))


class TestRecommend:
    def test_starts_no_higher_than_an_example_and_for_a_coach_than_a_question(self) -> None:
        hard = growth.recommend(growth.fit(evidence([])), 7, 3, 5, 5)
        assert (hard.level, hard.code) == (GuidanceLevel.EXAMPLE, "start")
        assert (
            growth.recommend(growth.fit(evidence([])), 7, 3, 5, 5, "coaching").level == GuidanceLevel.QUESTION
        )
        assert growth.start_level("mentoring") == GuidanceLevel.EXAMPLE

    def test_gives_less_help_in_an_easier_situation(self) -> None:
        model = growth.fit(evidence([(2, 0.0)]))
        assert growth.recommend(model, 7, 3, 1, 1).level < growth.recommend(model, 7, 3, 5, 5).level

    def test_leaves_the_decision_to_who_is_surely_able(self) -> None:
        able = level_after([(0, 1.0)] * 14)
        assert (able.level, able.code) == (GuidanceLevel.INDEPENDENT, "independent")
        assert able.params["low"] >= 0.6

    def test_wants_to_see_it_alone_before_it_leaves_the_decision(self) -> None:
        able = level_after([(2, 1.0)] * 12)
        assert able.params["low"] >= 0.6
        assert (able.level, able.code) == (GuidanceLevel.DEBRIEF, "probe")

    def test_unpacks_into_level_and_reason(self) -> None:
        level, reason = level_after([(2, 1.0)])
        assert level in GuidanceLevel
        assert reason.endswith(".")

    def test_tries_one_alone_after_three_guided_ones(self) -> None:
        assert level_after([(2, 1.0)] * 2).code != "probe"
        probe = level_after([(2, 1.0)] * 3)
        assert (probe.level, probe.code) == (GuidanceLevel.DEBRIEF, "probe")

    def test_goes_a_step_back_after_two_failures(self) -> None:
        back = level_after([(2, 0.25), (2, 0.5)])
        assert back.level == GuidanceLevel.EXAMPLE
        assert back.code == "step_back"
        assert back.text().startswith("The last 2 situations")

    def test_asks_on_where_success_with_a_question_is_open(self) -> None:
        tried = level_after([(2, 0.0)])
        assert (tried.level, tried.code) == (GuidanceLevel.QUESTION, "open")
        assert 25 <= tried.params["chance"] < 50

    def test_goes_up_one_level_at_a_time(self) -> None:
        lost = level_after([(0, 0.0)] * 4 + [(0, 1.0)])
        assert (lost.level, lost.code) == (GuidanceLevel.DEBRIEF, "one_step")

    def test_answers_at_most_twice_in_a_row(self) -> None:
        third = level_after([(4, 0.0)] * 8)
        assert (third.level, third.code) == (GuidanceLevel.EXAMPLE, "enough_answers")

    def test_never_exceeds_the_ceiling_of_coaching(self) -> None:
        stuck = level_after([(2, 0.0)] * 10, "coaching")
        assert (stuck.level, stuck.code) == (GuidanceLevel.QUESTION, "at_ceiling")

    @given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from([0.0, 0.5, 0.75, 1.0])), max_size=8))
    @settings(deadline=None, max_examples=40)
    def test_takes_help_back_one_level_at_a_time_and_always_says_why(
        self, rows: list[tuple[int, float]]
    ) -> None:
        for kind, top in (("mentoring", 4), ("coaching", 2)):
            found = level_after(rows, kind)
            assert found.level <= top
            assert "%(" not in found.text()
            if rows and found.code not in ("independent", "probe"):
                assert found.level >= min(rows[-1][0], top) - 1


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
