"""Programme health: facts without content, signals, waits, groups of five, nudges, snapshots."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from telemachy.apps.audit.models import Event
from telemachy.apps.people.models import Notification
from telemachy.apps.relationships.actions import health as health_actions
from telemachy.apps.relationships.actions import nudges as actions
from telemachy.apps.relationships.actions import sessions as session_actions
from telemachy.apps.relationships.jobs import health as jobs
from telemachy.apps.relationships.models import HealthSnapshot, Nudge, Pulse
from telemachy.apps.relationships.queries import health, overviews, pulses
from telemachy.core.shared.errors import NotAllowed
from tests import cast as cast_module
from tests.apps.relationships import story
from tests.cast import NOW, Cast


def judged(cast: Cast) -> health.PairHealth:
    (pair,) = health.compute(cast.programme, NOW).pairs
    return pair


def codes(pair: health.PairHealth) -> set[str]:
    return {signal.code for signal in pair.signals}


def since(cast: Cast, days: int) -> None:
    cast.relationship.active_at = cast.relationship.state_since = NOW - timedelta(days=days)
    cast.relationship.created_at = NOW - timedelta(days=days)
    cast.relationship.save()


def test_equally_quiet_pairs_stand_in_different_corners(cast: Cast) -> None:
    """One learner decides alone by now, the other does not: both have met nobody for weeks."""
    since(cast, 200)
    graduating = cast.relationship
    for days in (100, 95, 90, 85, 80, 75, 70, 65):
        story.situation(
            graduating, cast.telemachus, NOW - timedelta(days=days), rating=4, difficulty=5, novelty=5
        )
    story.situation(graduating, cast.telemachus, NOW - timedelta(days=50), rating=4)
    stalled = cast_module.pair(cast.programme, cast.athena, cast.nestor)
    stalled.active_at = NOW - timedelta(days=200)
    stalled.save()
    for days in (100, 90, 80, 70, 50):
        story.situation(stalled, cast.nestor, NOW - timedelta(days=days), rating=1)
    found = {pair.id: pair for pair in health.compute(cast.programme, NOW).pairs}
    one, other = found[str(graduating.pk)], found[str(stalled.pk)]
    assert one.activity == other.activity
    assert (one.quadrant, other.quadrant) == ("graduating", "stalled")
    assert "graduating" in codes(one)
    assert one.cadence == "easing"
    assert "stalled" in codes(other)


def test_wait_names_the_seat_and_the_day(cast: Cast) -> None:
    since(cast, 60)
    story.situation(cast.relationship, cast.telemachus, NOW - timedelta(days=12), rating=None)
    pair = judged(cast)
    (wait,) = pair.waits
    assert (wait.seat, wait.about, wait.since, wait.n) == (
        "mentor",
        "situation",
        (NOW - timedelta(days=10)).date(),
        1,
    )
    assert "unanswered" in codes(pair)


def test_invitation_waits_for_whoever_has_not_answered(cast: Cast) -> None:
    cast.relationship.state = "proposed"
    cast.relationship.save()
    cast.relationship.parties.filter(seat="learner").update(accepted_at=None)
    (wait,) = judged(cast).waits
    assert (wait.seat, wait.about) == ("learner", "invitation")


def test_cadence_is_read_from_sessions(cast: Cast) -> None:
    since(cast, 100)
    story.sessions(cast.relationship, 60, 46, 32)
    pair = judged(cast)
    assert (pair.cadence, pair.n_days_late) == ("drifting", 18)
    story.sessions(cast.relationship, 1)
    assert judged(cast).cadence == "on_track"


def test_a_session_counts_for_the_day_it_was_held_on_not_the_day_it_was_noted(cast: Cast) -> None:
    since(cast, 100)
    past = {"relationship": cast.relationship, "by": cast.athena, "now": NOW}
    session_actions.record_held(starts_at=NOW - timedelta(days=32), **past)
    pair = judged(cast)
    assert (pair.cadence, pair.n_days_late) == ("drifting", 18)
    assert overviews.signals(cast.relationship, NOW).last_held_at == NOW - timedelta(days=32)


def test_only_what_happened_in_the_programme_counts(cast: Cast) -> None:
    other = cast_module.pair(cast.programme, cast.nestor, cast.telemachus)
    story.fading(cast, other)
    found = {pair.id: pair for pair in health.compute(cast.programme, NOW).pairs}
    assert found[str(other.pk)].independence is not None
    assert found[str(cast.relationship.pk)].independence is None


def test_a_circle_counts_with_each_of_its_learners(cast: Cast) -> None:
    for learner in (cast.nestor, cast.penelope):
        cast.relationship.parties.create(person=learner, seat="learner", accepted_at=NOW)
    (mentor,) = health.compute(cast.programme, NOW).mentors
    assert mentor.signals[0].code == "overload"
    assert mentor.signals[0].params["n_learners"] == 3


def test_overloaded_mentor_is_noticed(cast: Cast) -> None:
    for name in ("Peisistratus", "Megapenthes"):
        cast_module.pair(cast.programme, cast.athena, cast_module.person(cast.ithaca, name))
    (mentor,) = health.compute(cast.programme, NOW).mentors
    assert mentor.person_id == str(cast.athena.pk)
    assert mentor.signals[0].code == "overload"


def answer(cast: Cast, n: int, grade: int) -> None:
    for number in range(n):
        person = cast_module.person(cast.ithaca, f"Oarsman {number}", sign_in=False)
        for days, old in ((20, 5), (3, grade)):
            Pulse.objects.create(
                relationship=cast.relationship,
                person=person,
                question="safety",
                answer=old,
                answered_at=NOW - timedelta(days=days),
            )


def test_pulse_of_four_people_is_kept_back(cast: Cast) -> None:
    answer(cast, 4, 2)
    safety = pulses.of_programme(cast.programme.pk, NOW)[0]
    assert (safety.mean, safety.n) == (None, None)


def test_pulse_of_five_people_is_the_mean_of_their_latest_answers(cast: Cast) -> None:
    answer(cast, 5, 2)
    safety = pulses.of_programme(cast.programme.pk, NOW)[0]
    assert (safety.mean, safety.n) == (2.0, 5)
    assert safety.signals[0].code == "low_pulse"


def test_old_pulses_say_nothing_about_now(cast: Cast) -> None:
    answer(cast, 5, 2)
    assert pulses.of_programme(cast.programme.pk, NOW + timedelta(days=100))[0].n is None


def test_number_of_queries_does_not_grow_with_pairs(cast: Cast) -> None:
    def n_queries() -> int:
        with CaptureQueriesContext(connection) as queries:
            health.compute(cast.programme, NOW)
        return len(queries)

    story.fading(cast)
    story.goal(cast)
    before = n_queries()
    for number in range(5):
        learner = cast_module.person(cast.ithaca, f"Oarsman {number}", sign_in=False)
        story.fading(cast, cast_module.pair(cast.programme, cast.athena, learner), learner)
    assert n_queries() == before


# --- large programmes -----------------------------------------------------------------------------


def test_snapshot_reads_back_as_it_was_written(cast: Cast) -> None:
    story.fading(cast)
    story.goal(cast)
    story.situation(cast.relationship, cast.telemachus, NOW - timedelta(days=12), rating=None)
    answer(cast, 5, 2)
    found = health.compute(cast.programme, NOW)
    assert found.pairs[0].signals
    assert health.read(json.loads(json.dumps(health.write(found))), NOW) == found


def test_large_programme_is_read_from_the_latest_snapshot(cast: Cast, monkeypatch) -> None:
    monkeypatch.setattr(health, "LIVE_PAIRS", 0)
    assert health.health_of(cast.programme, NOW) is None
    health_actions.refresh(programme=cast.programme, by=None, now=NOW)
    health_actions.refresh(programme=cast.programme, by=None, now=NOW + timedelta(hours=1))
    assert HealthSnapshot.objects.count() == 1
    found = health.health_of(cast.programme, NOW + timedelta(hours=2))
    assert found is not None
    assert found.computed_at == NOW + timedelta(hours=1)
    assert [pair.id for pair in found.pairs] == [str(cast.relationship.pk)]


def test_job_computes_large_programmes_only(cast: Cast, monkeypatch) -> None:
    assert health.large_programmes() == []
    monkeypatch.setattr(health, "LIVE_PAIRS", 0)
    assert health.large_programmes() == [cast.programme.pk]
    jobs.refresh_programme.func(programme_id=str(cast.programme.pk))
    jobs.refresh_programme.func(programme_id=str(cast.programme.pk))
    assert HealthSnapshot.objects.get().programme == cast.programme


def test_snapshot_holds_no_content(cast: Cast) -> None:
    story.goal(cast, statement="xyzzy")
    story.situation(
        cast.relationship, cast.telemachus, NOW - timedelta(days=9), title="xyzzy", own_view="xyzzy"
    )
    kept = health_actions.refresh(programme=cast.programme, by=None, now=NOW)
    assert "xyzzy" not in json.dumps(kept.report)


# --- nudges ---------------------------------------------------------------------------------------


def nudge(cast: Cast, by, now=NOW) -> Nudge:
    return actions.nudge(relationship=cast.relationship, by=by, now=now)


def test_nudge_tells_whoever_s_turn_it_is(cast: Cast) -> None:
    waiting = story.situation(cast.relationship, cast.telemachus, NOW - timedelta(days=9), rating=None)
    assert nudge(cast, cast.eurycleia).seat == "mentor"
    news = Notification.objects.get()
    assert (news.person, news.kind) == (cast.athena, "nudge.situation")
    assert str(waiting.pk) in news.path
    assert waiting.title not in json.dumps(news.params)
    event = Event.objects.get(verb="relationship.nudged")
    assert event.actor_id == cast.eurycleia.pk


def test_nudge_of_a_quiet_pair_tells_both(cast: Cast) -> None:
    nudge(cast, cast.eurycleia)
    told = set(Notification.objects.values_list("person__name", "kind"))
    assert told == {("Athena", "nudge.session"), ("Telemachus", "nudge.session")}


def test_nudge_rests_for_three_days(cast: Cast) -> None:
    nudge(cast, cast.eurycleia)
    with pytest.raises(NotAllowed, match="less than three days ago"):
        nudge(cast, cast.penelope, NOW + timedelta(days=2, hours=23))
    assert Notification.objects.count() == 2
    nudge(cast, cast.penelope, NOW + timedelta(days=3))
    assert Nudge.objects.count() == 2


def test_nobody_is_said_to_be_reminded_whom_no_news_reaches(cast: Cast) -> None:
    story.situation(cast.relationship, cast.telemachus, NOW - timedelta(days=9), rating=None)
    cast.athena.left_at = NOW
    cast.athena.save()
    with pytest.raises(NotAllowed, match="nobody to remind"):
        nudge(cast, cast.eurycleia)
    assert not Nudge.objects.exists()


def test_only_those_who_run_the_programme_nudge(cast: Cast) -> None:
    for person in (cast.athena, cast.telemachus, cast.nestor, cast.antinous):
        with pytest.raises(NotAllowed):
            nudge(cast, person)
    assert not Nudge.objects.exists()


def test_ended_pair_is_left_in_peace(cast: Cast) -> None:
    cast.relationship.state = "graduated"
    cast.relationship.save()
    with pytest.raises(NotAllowed, match="has ended"):
        nudge(cast, cast.eurycleia)
