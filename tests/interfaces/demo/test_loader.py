"""The demo organisation, loaded through the product's own actions: once, and the same every time."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from datetime import UTC, date, datetime, time

import pytest
from django.db import transaction

from telemachy.apps.audit.models import Event, OutboxMessage
from telemachy.apps.people.models import Organisation, Person
from telemachy.apps.practice.queries import commitments, drills, path, role_plays
from telemachy.apps.programmes.models import Programme
from telemachy.apps.relationships.models import (
    ActionItem,
    Guidance,
    Intervention,
    Lesson,
    Party,
    Relationship,
    Session,
    SessionNote,
    Situation,
)
from telemachy.apps.relationships.queries import failure_modes, health, learners, own_lessons, reviews
from telemachy.apps.supervision.queries import assessments, letters
from telemachy.apps.supervision.queries import cases as supervision_cases
from telemachy.core.memory import Why
from telemachy.core.shared.lifecycles import RELATIONSHIP
from telemachy.core.shared.scales import GuidanceLevel, ProgrammeKind, ceiling
from telemachy.interfaces.demo import links, loader
from telemachy.interfaces.demo.content import organisation as norrvane
from telemachy.interfaces.demo.plan import people as cast
from telemachy.interfaces.demo.plan.plan import draw
from tests.interfaces.demo.conftest import TODAY

PLAN = draw(1)
KEYS = {planned.name: key for key, planned in PLAN.people.items()}
MIDNIGHT = datetime.combine(TODAY, time(), UTC)
#: What the programme manager must be told of a pair, by its course.
SIGNALS = {
    "graduating": "graduating",
    "stalled": "stalled",
    "dependent": "dependency_consulting",
    "drifting": "drifting_cadence",
    "over_helped": "over_helping",
    "undirected": "undirected_goals",
    "unanswered": "unanswered",
    "unmet": "no_first_meeting",
}
TOLD = ("story", "stakes", "own_view", "options", "own_questions", "intended_decision", "decision")
ACCOUNTED = ("criteria", "risks", "alternatives", "outcome", "debrief")


def rows() -> list[int]:
    return [
        model.objects.count() for model in (Organisation, Person, Programme, Relationship, Situation, Event)
    ]


def test_a_second_loading_changes_nothing(loaded):
    before = rows()

    again = loader.load(seed=1, today=TODAY)

    assert loaded.loaded
    assert not again.loaded
    assert rows() == before


def test_the_organisation_is_as_large_and_as_wide_as_promised(loaded):
    people = Person.objects.filter(organisation__slug="norrvane")
    assert people.count() == 120
    assert people.filter(kind="agent", owner__isnull=False).count() == 2
    assert people.values("time_zone").distinct().count() == 6
    assert (
        len({language for spoken in people.values_list("languages", flat=True) for language in spoken}) == 4
    )
    assert Programme.objects.filter(organisation__slug="norrvane", state="open").count() == 3
    assert not people.filter(about="").exists()


def test_every_debriefed_situation_is_told_to_the_end_and_no_placeholder_is_left(loaded):
    debriefed = Situation.objects.filter(state="debriefed")
    assert debriefed.count() > 250
    for situation in Situation.objects.all():
        texts = [getattr(situation, name) for name in (*TOLD, *ACCOUNTED)]
        assert not any("{" in text for text in texts), situation.title
    # What programs log, with tags, is told in a line.
    for situation in debriefed.filter(reasoned_at__isnull=False, tags=[]):
        missing = [name for name in (*TOLD, *ACCOUNTED) if len(getattr(situation, name)) < 12]
        assert missing == [], situation.title


def test_the_coachs_agent_gives_its_trainer_something_of_each_kind(loaded):
    coach = Person.objects.get(email__startswith=cast.COACH)
    queue = reviews.by_worth(reviews.to_review(coach).filter(learner__kind="agent"), MIDNIGHT)
    assert {one.wanted for one in queue} == {"guidance", "debrief", "lesson"}
    assert queue[0].reasons[0].why in {Why.RECURRING, Why.WRONG_WITHOUT_ASKING}
    seat = learners.agents_of(coach).get()
    modes = failure_modes.report(seat.relationship, seat.person)
    assert sum(mode.n_failed for mode in modes) >= 5
    assert failure_modes.ask_quality(seat.relationship, seat.person).f1 is not None
    assert own_lessons.text_of(seat.person)
    assert {"active", "quarantined"} <= set(Lesson.objects.values_list("state", flat=True))


def test_everything_happened_in_its_order_and_before_today(loaded):
    late = Event.objects.filter(at__gte=MIDNIGHT)
    # The match run is real work of the moment of loading; everything else belongs to the story.
    assert not late.exclude(verb__startswith="match_run.").exists()
    steps = ("logged_at", "reasoned_at", "asked_at", "decided_at", "accounted_at", "debriefed_at")
    for situation in Situation.objects.all():
        moments = [moment for step in steps if (moment := getattr(situation, step)) is not None]
        assert moments == sorted(moments), situation.title


def test_no_learner_meets_the_same_story_twice_and_no_mentor_where_that_can_be(loaded):
    for learner in Person.objects.filter(situations__isnull=False).distinct():
        for relationship in learner.seats.filter(seat="learner").values_list("relationship", flat=True):
            titles = list(Situation.objects.filter(relationship=relationship).values_list("title", flat=True))
            assert len(titles) == len(set(titles))


def test_a_coach_who_tells_has_said_why(loaded):
    told = Guidance.objects.filter(
        situation__relationship__kind="coaching", level__gt=int(ceiling(ProgrammeKind.COACHING))
    )
    assert told.exists()
    assert not told.filter(mode_shift_reason="").exists()


def test_the_guidance_of_the_lead_pair_fades(loaded):
    learner = Person.objects.get(email__startswith=cast.LEAD_LEARNER)
    levels = list(
        Situation.objects.filter(learner=learner).order_by("logged_at").values_list("guided_level", flat=True)
    )
    assert levels[0] == GuidanceLevel.ANSWER
    assert set(levels[-4:]) == {GuidanceLevel.INDEPENDENT}
    assert sum(levels[:8]) > 2 * sum(levels[8:])
    waiting = Situation.objects.get(learner=learner, awaiting="mentor")
    assert waiting.asked_at is None
    assert waiting.difficulty >= 4
    assert waiting.novelty >= 4


def test_pairs_stand_in_many_states_and_nobody_is_refused(loaded):
    states = set(Relationship.objects.values_list("state", flat=True))
    assert {"proposed", "contracting", "active"} <= states
    assert states <= set(RELATIONSHIP.states)


def test_the_health_page_says_of_each_pair_what_its_course_is_named_after(loaded):
    courses = {pair.match.key: pair.match.course for pair in PLAN.pairs}
    found = defaultdict(list)
    for programme in Programme.objects.filter(organisation__slug="norrvane"):
        for pair in health.compute(programme, MIDNIGHT).pairs:
            seats = dict(Party.objects.filter(relationship=pair.id).values_list("seat", "person"))
            keys = [KEYS[Person.objects.get(pk=seats[seat]).name] for seat in ("learner", "mentor")]
            text = next(one.key for one in norrvane.PROGRAMMES if one.name == programme.name)
            found[courses[":".join([text, *keys])]].append({signal.code for signal in pair.signals})
    for course, signal in SIGNALS.items():
        assert all(signal in codes for codes in found[course]), (course, found[course])
    for course in ("healthy", "new", "contracting", "waiting"):
        assert not any(codes - {"graduating"} for codes in found[course]), (course, found[course])


def test_the_manager_took_signals_up_and_the_mentor_of_one_habit_is_named(loaded):
    states = set(Intervention.objects.filter(taken_at__isnull=False).values_list("state", flat=True))
    assert states & {"accepted", "over"}
    assert Intervention.objects.filter(state="open").exists()
    named = Intervention.objects.filter(code="one_size").values_list("person__email", flat=True)
    assert [email.split("@")[0] for email in named] == [cast.ALIKE_MENTOR]


def test_nobody_meets_on_a_weekend(loaded):
    assert {starts.weekday() for starts in Session.objects.values_list("starts_at", flat=True)} == {
        0,
        1,
        2,
        3,
        4,
    }


def test_pairs_met_and_wrote_down_what_they_need(loaded):
    assert Session.objects.filter(state="held").count() > 400
    assert Session.objects.filter(state="missed").exists()
    assert Session.objects.filter(state="scheduled", starts_at__gt=MIDNIGHT).exists()
    assert SessionNote.objects.filter(shared=True).exists()
    assert SessionNote.objects.filter(shared=False).exists()
    assert ActionItem.objects.filter(done_at__isnull=False).exists()
    assert ActionItem.objects.filter(done_at__isnull=True).exists()
    lead = Relationship.objects.get(parties__person__email__startswith=cast.LEAD_LEARNER)
    assert lead.charters.count() == 3
    assert lead.goals.filter(gaps=[]).count() == 2
    assert lead.goals.first().readings.count() == 4
    assert lead.activities.exists()


def test_nothing_is_mailed_and_old_news_has_been_read(loaded):
    assert not OutboxMessage.objects.exists()
    learner = Person.objects.get(email__startswith=cast.LEAD_LEARNER)
    unread = learner.notifications.filter(read_at__isnull=True)
    assert unread.count() < 12
    assert learner.notifications.count() > unread.count()


def test_each_programme_has_a_match_run_to_look_at(loaded):
    for programme in Programme.objects.filter(organisation__slug="norrvane"):
        assert programme.match_runs.get().state == "ready"


def test_everybody_who_can_be_entered_as_has_a_link(loaded, settings):
    settings.DEMO = True
    found = links.links()
    assert [link.role for link in found] == [role for role, _key in links.ROLES]
    assert len({link.url for link in found}) == len(found)


@pytest.mark.django_db
def test_the_same_seed_and_day_give_the_same_history():
    plan = dataclasses.replace(PLAN, pairs=PLAN.pairs[3:5])

    assert history(plan, TODAY) == history(plan, TODAY)


def history(plan, today: date) -> list[tuple[object, ...]]:
    """Carry the plan out, read what came of it, and take it back."""
    with transaction.atomic():
        loader.carry_out(plan, today)
        read = list(
            Situation.objects.order_by("logged_at", "title").values_list(
                "title", "learner__name", "state", "logged_at", "decided_at", "debriefed_at", "rating"
            )
        )
        transaction.set_rollback(True)
    assert read
    return read


def test_the_lead_mentor_has_practised_for_some_weeks_and_means_to_go_on(loaded):
    mentor = Person.objects.get(email=PLAN.people[cast.LEAD_MENTOR].email)
    steps = path.progress(mentor)
    assert 0 < sum(step.is_done for step in steps) < len(steps)
    played = role_plays.of_person(mentor)
    assert {play.ending for play in played} == {"moved"}
    assert commitments.settled_of(mentor).count() == 3
    assert commitments.open_of(mentor).get().due_on > TODAY
    assert any(standing.n_due for standing in drills.standings(mentor, MIDNIGHT))


def test_what_a_letter_recommends_is_a_goal_and_another_point_can_become_one(loaded):
    coach = Person.objects.get(email__startswith=cast.COACH)
    points = assessments.points_of(coach)
    became = points.exclude(goal=None).get()
    assert became.goal.relationship.parties.filter(person=coach, seat="learner").exists()
    waits = points.get(goal=None, state="open")
    assert letters.home_of_goals(coach, waits.review.writer) == became.goal.relationship
    rate = Person.objects.filter(assessments__review__coach=coach).distinct()
    assert {person.email.split("@")[0] for person in rate} <= {key for _role, key in links.ROLES}


def test_supervision_shows_one_pattern_that_repeats_and_a_case_that_waits(loaded):
    coach = Person.objects.get(email__startswith=cast.COACH)
    supervisor = Person.objects.get(email__startswith=cast.LEAD_MENTOR)
    repeats = supervision_cases.own_matrix(coach).repeats
    assert [(one.pattern, one.n_clients) for one in repeats] == [("advising", 3)]
    assert [case.owner for case in supervision_cases.unanswered(supervisor)] == [coach]
    assert supervision_cases.of_owner(coach).filter(state="draft").count() == 1
