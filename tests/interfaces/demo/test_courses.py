"""Each course of a pair raises the signals it is named after, judged by dates, counts and levels alone."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

import numpy as np
import pytest

from telemachy.core import growth, insights
from telemachy.core.growth import success_of_rating
from telemachy.core.shared.scales import PROFICIENT, GuidanceLevel
from telemachy.interfaces.demo.content import organisation
from telemachy.interfaces.demo.plan import people
from telemachy.interfaces.demo.plan.pairs import PairPlan, SituationPlan
from telemachy.interfaces.demo.plan.plan import Plan, draw

TODAY = date(2026, 3, 3)
GUIDED = ("guided", "decided", "accounted", "debriefed")

#: The signals a course must raise, and all that it may raise.
EXPECTED: dict[str, set[str]] = {
    "lead": {"graduating"},
    "graduating": {"graduating"},
    "healthy": set(),
    "stalled": {"stalled"},
    "dependent": {"dependency_consulting"},
    "alike_early": set(),
    "alike_middle": set(),
    "alike_late": set(),
    "drifting": {"drifting_cadence"},
    "over_helped": {"over_helping"},
    "undirected": {"undirected_goals", "undirected_drift"},
    "unanswered": {"unanswered"},
    "new": set(),
    "contracting": set(),
    "unmet": {"no_first_meeting"},
    "waiting": set(),
}
ALSO_ALLOWED = {
    "dependent": {"dependency_asking_first", "over_helping"},
    "stalled": {"drifting_cadence", "missing_feedback"},
    "drifting": {"missing_feedback"},
    "lead": {"unanswered"},
}


@pytest.fixture(scope="module", params=[1, 2, 3])
def plan(request) -> Plan:
    return draw(request.param)


def consulted(planned: SituationPlan) -> bool:
    return planned.case.level > GuidanceLevel.INDEPENDENT or planned.case.until == "consulted"


def p_alone(rated: list[SituationPlan]) -> float | None:
    """Pool a learner's situations over competencies, as the pair map does."""
    if not rated:
        return None
    evidence = growth.Evidence(
        learner=np.zeros(len(rated), dtype=np.int64),
        competency=np.zeros(len(rated), dtype=np.int64),
        time=np.array([-s.case.days for s in rated], dtype=np.float64),
        difficulty=np.array([s.story.difficulty for s in rated], dtype=np.float64),
        novelty=np.array([s.story.novelty for s in rated], dtype=np.float64),
        level=np.array([int(s.case.level) for s in rated], dtype=np.int64),
        success=np.array([success_of_rating(s.story.rating) for s in rated]),
        consulted=np.array([consulted(s) for s in rated], dtype=np.bool_),
    )
    return growth.fit(evidence).independence(0, 0).p


def facts_of(pair: PairPlan) -> insights.PairFacts:
    """Return what the rules would see of a planned pair."""
    course = pair.course
    day = {days: TODAY - timedelta(days=days) for days in range(-30, 300)}
    rated = [s for s in pair.situations if s.case.until == "debriefed"]
    kind = pair.programme.kind
    state = {
        "proposed": "proposed",
        "contracting": "contracting",
        "wind_down": "winding_down",
        "graduate": "graduated",
        "complete": "completed",
        "unwind": "unwound",
    }.get(course.ending, "active")
    waiting = [s for s in pair.situations if s.case.until in ("consulted", "accounted")]
    return insights.PairFacts(
        today=TODAY,
        state=state,
        accepted_on=None if state == "proposed" else day[course.accepted],
        active_on=day[course.accepted - 7] if state in ("active", "winding_down") else None,
        cadence_days=pair.programme.cadence_days,
        sessions=tuple(insights.SessionFact(day[d], course.tied) for d in course.sessions),
        next_session_on=None if course.upcoming is None else day[-course.upcoming],
        situations=tuple(
            insights.SituationFact(
                logged_on=day[s.case.days],
                difficulty=s.story.difficulty,
                novelty=s.story.novelty,
                consulted=consulted(s),
                reasoned_first=s.case.reasoned,
                level=int(s.case.level) if s.case.until in GUIDED else None,
                recommended=int(growth.start_level(kind)) if consulted(s) else None,
                handled=s.story.rating >= PROFICIENT if s.case.until == "debriefed" else None,
            )
            for s in pair.situations
        ),
        goals=tuple(
            insights.GoalFact(
                0 if course.specific else 3, day[course.readings[-1][0]] if course.readings else None
            )
            for _ in pair.goals
        ),
        waiting_since=min((day[s.case.days] for s in waiting), default=None),
        n_waiting=len(waiting),
        feedback_on=max((day[d] for d in course.feedback), default=None),
        p_alone=p_alone(rated),
        p_alone_before=p_alone([s for s in rated if s.case.days > 60]),
    )


@pytest.mark.parametrize("course", sorted(EXPECTED))
def test_a_course_raises_its_own_signals_and_hardly_any_other(plan: Plan, course: str):
    pairs = [pair for pair in plan.pairs if pair.match.course == course]

    assert pairs
    for pair in pairs:
        codes = {signal.code for signal in insights.pair_signals(facts_of(pair))}
        assert EXPECTED[course] <= codes, pair.match.key
        assert codes <= EXPECTED[course] | ALSO_ALLOWED.get(course, set()), pair.match.key


def test_the_mentor_who_guides_everybody_alike_is_the_only_one_called_so(plan: Plan):
    mixes: dict[str, list[insights.LearnerMix]] = defaultdict(list)
    for pair in plan.pairs:
        levels = [int(s.case.level) for s in pair.situations if s.case.until == "debriefed"]
        stands = insights.place(facts_of(pair)).independence
        if stands is not None and pair.course.closed == 0:
            n0, n1, n2, n3, n4 = (levels.count(level) for level in GuidanceLevel)
            mixes[pair.match.mentor].append(insights.LearnerMix((n0, n1, n2, n3, n4), stands))
    named = {
        mentor
        for mentor, own in mixes.items()
        for signal in insights.mentor_signals(
            insights.MentorFacts(n_learners=len(own), capacity=9, mixes=tuple(own))
        )
        if signal.code == "one_size"
    }
    assert named == {people.ALIKE_MENTOR}


def test_quiet_pairs_that_look_alike_by_activity_stand_in_different_corners(plan: Plan):
    corners = {
        course: {
            insights.place(facts_of(pair)).quadrant for pair in plan.pairs if pair.match.course == course
        }
        for course in ("stalled", "graduating")
    }
    assert corners["stalled"] == {insights.Quadrant.STALLED}
    assert corners["graduating"] == {insights.Quadrant.GRADUATING}


def test_the_lead_pair_passes_the_threshold_with_room_and_not_before(plan: Plan):
    lead = plan.pairs[0]
    rated = [s for s in lead.situations if s.case.until == "debriefed"]
    proof, mark = rated[-1], lead.programme.threshold_mark
    competencies = sorted({s.story.competency for s in rated})

    def lower_bound(known: list[SituationPlan]) -> float:
        evidence = growth.Evidence(
            learner=np.zeros(len(known), dtype=np.int64),
            competency=np.array([competencies.index(s.story.competency) for s in known]),
            time=np.array([-s.case.days for s in known], dtype=np.float64),
            difficulty=np.array([s.story.difficulty for s in known], dtype=np.float64),
            novelty=np.array([s.story.novelty for s in known], dtype=np.float64),
            level=np.array([int(s.case.level) for s in known], dtype=np.int64),
            success=np.array([success_of_rating(s.story.rating) for s in known]),
            consulted=np.array([consulted(s) for s in known], dtype=np.bool_),
        )
        return growth.fit(evidence).independence(0, competencies.index(proof.story.competency)).low

    assert len(lead.situations) >= 12
    assert proof.story.difficulty >= 4
    assert proof.story.novelty >= 4
    assert not consulted(proof)
    assert lower_bound(rated[:-1]) < mark
    assert lower_bound(rated) >= mark + 0.05


def test_the_plan_is_the_same_for_the_same_seed_and_different_for_another():
    assert draw(1) == draw(1)
    assert draw(1) != draw(2)


def test_nobody_is_mentored_by_somebody_of_the_own_line_or_twice_in_a_programme(plan: Plan):
    for pair in plan.pairs:
        above = plan.people[pair.match.learner].manager
        while above:
            assert above != pair.match.mentor, pair.match.key
            above = plan.people[above].manager
    seats = [(pair.match.programme, pair.match.learner) for pair in plan.pairs]
    assert len(seats) == len(set(seats))


def test_every_programme_keeps_learners_without_a_mentor_for_the_next_match_run(plan: Plan):
    for programme in organisation.PROGRAMMES:
        paired = {pair.match.learner for pair in plan.pairs if pair.match.programme == programme.key}
        assert set(plan.pools[programme.key].learners) - paired, programme.key
