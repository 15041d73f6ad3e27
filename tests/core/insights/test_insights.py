"""Each rule fires on the pair it is about, and keeps silent on the next best one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from statistics import mean

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telemachy.core import insights
from telemachy.core.insights import (
    Confidence,
    GoalFact,
    LearnerMix,
    MentorFacts,
    PairFacts,
    Quadrant,
    SessionFact,
    Severity,
    SituationFact,
    simulation,
)

TODAY = date(2026, 11, 22)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def situations(*days: int, **fields: object) -> tuple[SituationFact, ...]:
    return tuple(SituationFact(logged_on=ago(day), **fields) for day in days)  # type: ignore[arg-type]


#: A pair that gives no signal: meets as agreed, has a specific goal that moves, decides much alone.
HEALTHY = PairFacts(
    today=TODAY,
    state="active",
    accepted_on=ago(200),
    active_on=ago(180),
    cadence_days=14,
    sessions=tuple(SessionFact(ago(day), tied_to_goal=True) for day in range(3, 180, 14)),
    situations=situations(*range(5, 120, 9), consulted=False, level=0, handled=True),
    goals=(GoalFact(0, moved_on=ago(20)),),
    feedback_on=ago(30),
    p_alone=0.55,
    p_alone_before=0.5,
)
QUIET = replace(HEALTHY, sessions=(SessionFact(ago(70), True), SessionFact(ago(84), True)), situations=())


def codes(facts: PairFacts) -> set[str]:
    return {signal.code for signal in insights.pair_signals(facts)}


def test_a_healthy_pair_gives_no_signal() -> None:
    assert codes(HEALTHY) == set()


class TestDependency:
    RECENT, BEFORE = tuple(range(2, 58, 7)), tuple(range(62, 118, 7))

    def pair(self, recent: bool, before: bool, harder: float = 0) -> PairFacts:
        return replace(
            HEALTHY,
            situations=situations(*self.RECENT, consulted=recent, difficulty=3 + harder)
            + situations(*self.BEFORE, consulted=before),
        )

    def test_fires_when_consulting_does_not_fall(self) -> None:
        assert "dependency_consulting" in codes(self.pair(recent=True, before=True))

    def test_is_silent_when_consulting_falls_or_situations_got_harder(self) -> None:
        assert "dependency_consulting" not in codes(self.pair(recent=False, before=True))
        assert "dependency_consulting" not in codes(self.pair(recent=True, before=True, harder=1))

    def test_fires_when_asking_comes_before_reasoning(self) -> None:
        asked = situations(*self.RECENT, consulted=True, reasoned_first=False)
        assert "dependency_asking_first" in codes(replace(HEALTHY, situations=asked))
        reasoned = situations(*self.RECENT, consulted=True, reasoned_first=True)
        assert "dependency_asking_first" not in codes(replace(HEALTHY, situations=reasoned))

    def test_fires_when_success_needs_guidance(self) -> None:
        guided = situations(3, 9, 15, 21, 27, level=3, consulted=True, handled=True)
        failing = situations(4, 10, 16, 22, 28, level=0, handled=False)
        managing = situations(4, 10, 16, 22, 28, level=0, handled=True)
        pair = replace(HEALTHY, situations=guided + failing)
        assert "dependency_guided_only" in codes(pair)
        assert "dependency_guided_only" not in codes(replace(HEALTHY, situations=guided + managing))
        assert "dependency_guided_only" not in codes(replace(HEALTHY, situations=guided[1:] + failing))
        assert "dependency_guided_only" not in codes(replace(pair, active_on=ago(119))), "all begin like this"


class TestUndirected:
    def test_fires_without_a_specific_goal_after_the_days_of_grace(self) -> None:
        vague = replace(HEALTHY, goals=(GoalFact(2, moved_on=ago(5)),))
        assert "undirected_goals" in codes(vague)
        assert "undirected_goals" not in codes(replace(vague, active_on=ago(29)))

    def test_fires_when_sessions_name_no_goal_and_none_moves(self) -> None:
        untied = replace(HEALTHY, sessions=tuple(replace(s, tied_to_goal=False) for s in HEALTHY.sessions))
        assert "undirected_drift" in codes(replace(untied, goals=(GoalFact(0, ago(90)),)))
        assert "undirected_drift" not in codes(replace(untied, goals=(GoalFact(0, ago(89)),)))
        assert "undirected_drift" not in codes(replace(HEALTHY, goals=(GoalFact(0, ago(90)),)))


class TestStalledAndGraduating:
    def test_a_quiet_dependent_pair_is_stalled(self) -> None:
        facts = replace(QUIET, p_alone=0.3, p_alone_before=0.3)
        assert {"stalled", "drifting_cadence"} <= codes(facts)
        assert insights.place(facts).quadrant == Quadrant.STALLED

    def test_the_same_silence_with_independence_is_graduating(self) -> None:
        facts = replace(QUIET, p_alone=0.8, p_alone_before=0.5)
        assert codes(facts) == {"graduating"}
        assert insights.place(facts).quadrant == Quadrant.GRADUATING

    def test_a_scheduled_session_ends_a_stall(self) -> None:
        assert "stalled" not in codes(replace(QUIET, p_alone=0.3, next_session_on=TODAY))

    def test_a_pair_as_busy_as_ever_is_not_graduating(self) -> None:
        assert "graduating" not in codes(replace(HEALTHY, p_alone=0.9))

    @given(
        st.lists(st.integers(0, 200), max_size=30),
        st.lists(st.integers(0, 200), max_size=30),
        st.one_of(st.none(), st.floats(0, 1)),
        st.one_of(st.none(), st.floats(0, 1)),
    )
    @settings(deadline=None)
    def test_no_pair_is_ever_both(
        self, sessions: list[int], days: list[int], p_alone: float | None, before: float | None
    ) -> None:
        facts = replace(
            HEALTHY,
            sessions=tuple(SessionFact(ago(day)) for day in sessions),
            situations=situations(*days),
            p_alone=p_alone,
            p_alone_before=before,
        )
        found = codes(facts)
        assert not {"stalled", "graduating"} <= found
        assert not {"drifting_cadence", "graduating"} <= found
        found_place = insights.place(facts)
        assert 0 <= found_place.activity < 1
        n_rated = sum(situation.handled is not None for situation in facts.situations)
        assert (found_place.quadrant == Quadrant.UNKNOWN) == (p_alone is None and n_rated < 3)

    def test_a_learner_guided_through_everything_stands_at_the_bottom(self) -> None:
        guided = tuple(SituationFact(logged_on=ago(day), level=4, handled=True) for day in (150, 160, 170))
        quiet = replace(HEALTHY, sessions=(), situations=guided, p_alone=None, p_alone_before=None)
        assert insights.place(quiet).quadrant == Quadrant.STALLED
        assert insights.place(replace(quiet, situations=guided[:2])).quadrant == Quadrant.UNKNOWN


class TestOtherPairRules:
    def test_drifting_cadence_needs_more_than_half_a_cadence(self) -> None:
        late = replace(HEALTHY, sessions=(SessionFact(ago(22), True),))
        assert "drifting_cadence" in codes(late)
        assert "drifting_cadence" not in codes(replace(HEALTHY, sessions=(SessionFact(ago(21), True),)))
        assert "drifting_cadence" not in codes(replace(late, next_session_on=TODAY + timedelta(days=2)))

    def test_over_helping_needs_half_of_four(self) -> None:
        direct = situations(3, 9, level=4, recommended=2)
        fitting = situations(12, 20, level=2, recommended=2)
        assert "over_helping" in codes(replace(HEALTHY, situations=direct + fitting))
        assert "over_helping" not in codes(
            replace(HEALTHY, situations=direct + fitting + situations(22, level=1, recommended=2))
        )

    @pytest.mark.parametrize(("days", "severity"), [(2, None), (3, Severity.ACT), (7, Severity.URGENT)])
    def test_an_unanswered_situation_grows_urgent(self, days: int, severity: Severity | None) -> None:
        found = insights.pair_signals(replace(HEALTHY, waiting_since=ago(days), n_waiting=1))
        assert [signal.severity for signal in found] == ([severity] if severity else [])

    def test_feedback_is_missing_after_three_sessions_and_ninety_days(self) -> None:
        assert "missing_feedback" in codes(replace(HEALTHY, feedback_on=ago(90)))
        assert "missing_feedback" in codes(replace(HEALTHY, feedback_on=None))
        assert "missing_feedback" not in codes(replace(HEALTHY, feedback_on=ago(89)))
        assert "missing_feedback" not in codes(replace(QUIET, feedback_on=None)), "hardly any session"

    def test_no_first_meeting_after_two_weeks(self) -> None:
        new = PairFacts(today=TODAY, state="accepted", accepted_on=ago(14))
        assert codes(new) == {"no_first_meeting"}
        assert codes(replace(new, accepted_on=ago(13))) == set()
        assert codes(replace(new, next_session_on=TODAY)) == set()

    def test_of_a_pair_one_side_of_which_has_left_nothing_else_is_said(self) -> None:
        left = replace(QUIET, p_alone=0.3, waiting_since=ago(9), n_waiting=1, deserted_on=ago(12))
        (found,) = insights.pair_signals(left)
        assert (found.code, found.severity, found.params) == ("one_side_left", Severity.ACT, {"days": 12})

    def test_the_most_urgent_comes_first(self) -> None:
        facts = replace(QUIET, p_alone=0.3, waiting_since=ago(9))
        order = [signal.severity for signal in insights.pair_signals(facts)]
        assert order == sorted(order, key=list(Severity).index, reverse=True)
        assert order[0] == Severity.URGENT


class TestMentorAndGroup:
    ALIKE = tuple(LearnerMix((0, 0, 1, 2, 7), p) for p in (0.2, 0.5, 0.8))

    @staticmethod
    def named(mixes: tuple[LearnerMix, ...]) -> list[str]:
        facts = MentorFacts(n_learners=len(mixes), capacity=len(mixes), mixes=mixes)
        return [signal.code for signal in insights.mentor_signals(facts)]

    def test_one_size_fires_only_when_unlike_learners_are_guided_alike(self) -> None:
        assert self.named(self.ALIKE) == ["one_size"]
        assert self.named((*self.ALIKE[:2], LearnerMix((0, 4, 5, 1, 0), 0.8))) == []
        alone = LearnerMix((9, 0, 1, 2, 7), 0.8)
        assert self.named((*self.ALIKE[:2], alone)) == ["one_size"], "what is decided alone is no guidance"
        assert self.named(tuple(replace(mix, p_alone=0.5) for mix in self.ALIKE)) == []
        assert self.named(self.ALIKE[:2]) == []

    def test_who_leaves_able_learners_to_decide_and_debriefs_is_not_one_size(self) -> None:
        faded = (
            LearnerMix((1, 19, 13, 6, 1), 0.63),
            LearnerMix((7, 29, 3, 1, 0), 0.78),
            LearnerMix((18, 20, 1, 1, 0), 0.9),
            LearnerMix((30, 8, 1, 1, 0), 0.94),
        )
        assert self.named(faded) == []

    def test_learners_who_stand_together_are_rightly_guided_alike(self) -> None:
        able = tuple(LearnerMix((0, 8, 5, 2, 1), p) for p in (0.8, 0.82, 0.85))
        assert self.named((LearnerMix((0, 4, 5, 6, 5), 0.3), *able)) == []
        assert self.named((replace(able[0], p_alone=0.3), *able)) == ["one_size"]

    def test_overload_counts_learners_and_waiting(self) -> None:
        assert insights.mentor_signals(MentorFacts(n_learners=3, capacity=3, n_waiting=4)) == ()
        assert insights.mentor_signals(MentorFacts(n_learners=4, capacity=3))[0].code == "overload"
        assert (
            insights.mentor_signals(MentorFacts(n_learners=1, capacity=3, n_waiting=5))[0].code == "overload"
        )

    def test_a_pulse_is_silent_below_five_people(self) -> None:
        assert insights.low_pulse([1, 1, 1, 1]) is None
        assert insights.low_pulse([3, 3, 3, 3, 3]) is None
        signal = insights.low_pulse([2, 2, 3, 2, 3])
        assert signal is not None
        assert signal.text() == "The mean pulse of 5 people is 2.4 of 5."


@pytest.mark.parametrize(
    ("n_asked", "n", "confidence"),
    [(8, 10, None), (9, 10, Confidence.TENTATIVE), (10, 10, Confidence.FIRM)],
)
def test_few_events_are_said_to_be_few(n_asked: int, n: int, confidence: Confidence | None) -> None:
    recent = situations(*range(1, n + 1), consulted=True)[:n_asked]
    recent += situations(*range(n_asked + 1, n + 1), consulted=False)
    facts = replace(HEALTHY, situations=recent + situations(*range(70, 80), consulted=True))
    found = {signal.code: signal.confidence for signal in insights.pair_signals(facts)}
    assert found.get("dependency_consulting") == confidence


class TestSimulatedPairs:
    """A small draw of benchmarks/insights.py, each pair looked at once a month."""

    DAYS = range(45, 270, 30)

    def spoken(self, kind: str, n: int) -> list[set[str]]:
        """Return for each look at each pair the codes that need a hand."""
        lives = (
            simulation.pair(simulation.HABITS[kind], np.random.default_rng([7, number]))
            for number in range(n)
        )
        return [codes(on(day)) for on in lives for day in self.DAYS]

    def test_healthy_pairs_are_left_in_peace(self) -> None:
        looks = self.spoken("healthy", 60)
        for code in insights.TEXTS:
            assert mean(code in found for found in looks) <= 0.05, code
        in_queue = {"dependency_consulting", "dependency_guided_only", "undirected_goals", "stalled"}
        assert mean(bool(found & in_queue) for found in looks) <= 0.06

    @pytest.mark.parametrize(
        ("kind", "code"),
        [
            ("dependent", "dependency_consulting"),
            ("guided_only", "dependency_guided_only"),
            ("stalled", "stalled"),
            ("graduating", "graduating"),
            ("left", "one_side_left"),
        ],
    )
    def test_trouble_is_found(self, kind: str, code: str) -> None:
        looks = self.spoken(kind, 12)
        n_pairs = len(looks) // len(self.DAYS)
        found = [
            any(code in one for one in looks[n * len(self.DAYS) : (n + 1) * len(self.DAYS)])
            for n in range(n_pairs)
        ]
        assert mean(found) >= 0.8
        other = {"stalled": "graduating", "graduating": "stalled"}.get(kind)
        assert not any(other in one for one in looks)

    @pytest.mark.parametrize(("one_size", "low", "high"), [(False, 0, 0.1), (True, 0.85, 1)])
    def test_a_mentor_of_one_habit_is_told_from_one_who_fits(
        self, one_size: bool, low: float, high: float
    ) -> None:
        rng = np.random.default_rng(3)
        mentors = [simulation.mentor(rng, one_size=one_size) for _ in range(60)]
        assert low <= mean(bool(insights.mentor_signals(facts)) for facts in mentors) <= high


def test_every_signal_says_evidence_rule_and_move() -> None:
    dependent = TestDependency().pair(recent=True, before=True)
    signals = insights.pair_signals(replace(dependent, goals=(), waiting_since=ago(8), n_waiting=2))
    assert len(signals) == 3
    for signal in signals:
        assert signal.name
        assert signal.rule.endswith(".")
        assert signal.move.endswith(".")
        assert "%(" not in signal.text()
