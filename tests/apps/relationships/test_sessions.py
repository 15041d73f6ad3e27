"""Sessions as actions: agreeing on a time, keeping calendars in step, agenda, notes, actions, reminders."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from telemachy.apps.audit import jobs as audit_jobs
from telemachy.apps.audit.models import Event, OutboxMessage
from telemachy.apps.people.models import Notification
from telemachy.apps.programmes.models import Programme
from telemachy.apps.relationships.actions import (
    action_items,
    agendas,
    calendar_feeds,
    relationships,
    session_notes,
    session_reminders,
    sessions,
)
from telemachy.apps.relationships.models import (
    ActionItem,
    AgendaItem,
    CalendarFeed,
    Goal,
    Party,
    Session,
    SessionNote,
    Situation,
)
from telemachy.apps.relationships.queries import agendas as agenda_queries
from telemachy.apps.relationships.queries import calendar_feeds as feed_queries
from telemachy.apps.relationships.queries import session_notes as note_queries
from telemachy.apps.relationships.queries import session_slots
from telemachy.apps.relationships.queries import sessions as queries
from telemachy.core.shared.errors import BadInput, NotAllowed
from tests.cast import NOW, Cast, pair, person

pytestmark = pytest.mark.django_db

SOON = [NOW + timedelta(days=days) for days in (2, 3)]


def propose(cast: Cast, **changes: object) -> Session:
    fields = {"relationship": cast.relationship, "by": cast.telemachus, "now": NOW, "starts": SOON, **changes}
    return sessions.propose(**fields)


def schedule(cast: Cast, **changes: object) -> Session:
    fields = {
        "relationship": cast.relationship,
        "by": cast.athena,
        "now": NOW,
        "starts_at": SOON[0],
        **changes,
    }
    return sessions.schedule(**fields)


def texts(method: str) -> list[str]:
    """Return the calendar entries on the outbox that have this method."""
    return [
        part["text"]
        for message in OutboxMessage.objects.order_by("created_at")
        for part in message.attachments
        if f"method={method}" in part["content_type"]
    ]


def news(who: object) -> list[str]:
    return list(Notification.objects.filter(person=who).order_by("created_at").values_list("kind", flat=True))


# --- agreeing on a time -------------------------------------------------------------------------


def test_the_other_one_chooses_and_both_are_invited(cast):
    session = propose(cast)
    assert news(cast.athena) == ["session.proposed"]
    assert texts("REQUEST") == []
    slot = session.slots.last()
    sessions.confirm(session=session, slot=slot, by=cast.athena, now=NOW)
    session.refresh_from_db()
    assert (session.state, session.starts_at, session.sequence) == ("scheduled", SOON[1], 0)
    assert sorted(OutboxMessage.objects.values_list("to", flat=True)) == [
        "athena@ithaca.example",
        "telemachus@ithaca.example",
    ]
    assert len(texts("REQUEST")) == 2
    assert news(cast.telemachus) == ["session.scheduled"]
    assert not session.slots.exists()


def test_whoever_proposed_cannot_confirm_and_other_times_hand_the_choice_over(cast):
    session = propose(cast)
    with pytest.raises(NotAllowed):
        sessions.confirm(session=session, slot=session.slots.first(), by=cast.telemachus, now=NOW)
    sessions.propose_again(session=session, by=cast.athena, now=NOW, starts=[SOON[1]], duration_minutes=30)
    with pytest.raises(NotAllowed):
        sessions.confirm(session=session, slot=session.slots.first(), by=cast.athena, now=NOW)
    sessions.confirm(session=session, slot=session.slots.get(), by=cast.telemachus, now=NOW)
    session.refresh_from_db()
    assert (session.starts_at, session.duration_minutes) == (SOON[1], 30)


def test_a_time_that_has_passed_cannot_be_taken(cast):
    session = propose(cast)
    with pytest.raises(BadInput):
        sessions.confirm(
            session=session, slot=session.slots.first(), by=cast.athena, now=NOW + timedelta(days=9)
        )
    session.refresh_from_db()
    assert session.state == "proposed"


@pytest.mark.parametrize(
    "change",
    [
        {"starts": []},
        {"starts": [NOW + timedelta(days=n) for n in range(1, 7)]},
        {"starts": [NOW - timedelta(days=1)]},
        {"starts": [NOW + timedelta(days=800)]},
        {"duration_minutes": 0},
        {"duration_minutes": 10_000},
        {"video_url": "http://meet.example/plain"},
        {"video_url": "javascript:alert(1)"},
        {"video_url": "https://"},
    ],
)
def test_what_cannot_be_a_session_is_refused_whole(cast, change):
    with pytest.raises(BadInput):
        propose(cast, **change)
    assert not Session.objects.exists()
    assert not Event.objects.filter(verb__startswith="session").exists()


def test_each_change_raises_the_sequence_and_the_uid_stays(cast):
    session = schedule(cast)
    sessions.reschedule(session=session, by=cast.telemachus, now=NOW, starts_at=SOON[1])
    sessions.reschedule(session=session, by=cast.athena, now=NOW, starts_at=SOON[1], place="The harbour")
    sessions.cancel(session=session, by=cast.athena, now=NOW)
    assert [sum(f"SEQUENCE:{n}\r\n" in text for text in texts("REQUEST")) for n in (0, 1, 2)] == [2, 2, 2]
    assert all("SEQUENCE:3\r\n" in text for text in texts("CANCEL"))
    assert len(texts("CANCEL")) == 2
    assert all(f"UID:{session.pk}@telemachy\r\n" in text for text in texts("REQUEST") + texts("CANCEL"))
    assert set(news(cast.telemachus)) == {"session.scheduled", "session.changed", "session.cancelled"}


def test_keeping_everything_as_it_is_sends_nothing(cast):
    session = schedule(cast)
    before = OutboxMessage.objects.count()
    sessions.reschedule(session=session, by=cast.athena, now=NOW, starts_at=SOON[0])
    session.refresh_from_db()
    assert OutboxMessage.objects.count() == before
    assert session.sequence == 0


def test_held_missed_and_found_again(cast):
    goal = Goal.objects.create(
        relationship=cast.relationship,
        learner=cast.telemachus,
        statement="Sail",
        state="active",
        created_at=NOW,
    )
    session = schedule(cast)
    with pytest.raises(NotAllowed):
        sessions.hold(session=session, by=cast.athena, now=NOW)
    after = SOON[0] + timedelta(hours=2)
    with pytest.raises(NotAllowed):
        sessions.cancel(session=session, by=cast.athena, now=after)
    sessions.miss(session=session, by=cast.athena, now=after)
    assert "session.missed" in news(cast.telemachus)
    sessions.reschedule(session=session, by=cast.telemachus, now=after, starts_at=after + timedelta(days=3))
    session.refresh_from_db()
    assert (session.state, session.sequence) == ("scheduled", 1)
    sessions.hold(session=session, by=cast.telemachus, now=after + timedelta(days=4), goal=goal)
    session.refresh_from_db()
    assert (session.state, session.goal) == ("held", goal)


def test_a_session_serves_no_goal_of_another_pair(cast):
    elsewhere = pair(cast.programme, cast.athena, cast.nestor)
    foreign = Goal.objects.create(
        relationship=elsewhere, learner=cast.nestor, statement="Rest", state="active", created_at=NOW
    )
    session = schedule(cast)
    with pytest.raises(BadInput):
        sessions.hold(session=session, by=cast.athena, now=SOON[1], goal=foreign)
    session.refresh_from_db()
    assert session.state == "scheduled"


def test_in_a_circle_nobody_takes_away_the_goal_of_another_learner(cast):
    Party.objects.create(
        relationship=cast.relationship, person=cast.penelope, seat="learner", accepted_at=NOW
    )
    goal = Goal.objects.create(
        relationship=cast.relationship,
        learner=cast.penelope,
        statement="Weave",
        state="active",
        created_at=NOW,
    )
    session = schedule(cast)
    sessions.serve(session=session, by=cast.athena, now=NOW, goal=goal)
    sessions.hold(session=session, by=cast.telemachus, now=SOON[0] + timedelta(hours=1))
    session.refresh_from_db()
    assert (session.state, session.goal) == ("held", goal)
    sessions.serve(session=session, by=cast.penelope, now=SOON[0] + timedelta(hours=1), goal=None)
    session.refresh_from_db()
    assert session.goal is None


def test_a_session_held_elsewhere_is_noted_without_any_invitation(cast):
    session = sessions.record_held(
        relationship=cast.relationship, by=cast.telemachus, now=NOW, starts_at=NOW - timedelta(days=2)
    )
    assert session.state == "held"
    assert texts("REQUEST") == []
    with pytest.raises(BadInput):
        sessions.record_held(relationship=cast.relationship, by=cast.athena, now=NOW, starts_at=SOON[0])


def test_whoever_wants_no_mail_gets_news_only(cast):
    cast.telemachus.mail = "off"
    cast.telemachus.save()
    schedule(cast)
    assert list(OutboxMessage.objects.values_list("to", flat=True)) == ["athena@ithaca.example"]
    assert news(cast.telemachus) == ["session.scheduled"]


def test_the_invitation_is_the_only_mail_about_it(cast):
    schedule(cast)
    assert not Notification.objects.filter(person=cast.telemachus, mailed_at__isnull=True).exists()
    assert OutboxMessage.objects.filter(to=cast.telemachus.email).count() == 1


def test_no_session_is_agreed_on_in_a_pair_that_has_ended_since_the_page_was_opened(cast):
    as_shown = cast.relationship
    relationships.unwind(relationship=as_shown, by=cast.telemachus, now=NOW)
    with pytest.raises(NotAllowed, match="has ended"):
        sessions.schedule(relationship=as_shown, by=cast.athena, now=NOW, starts_at=NOW + timedelta(days=2))


def test_when_a_relationship_ends_what_is_ahead_leaves_the_calendars(cast):
    ahead, offered = schedule(cast), propose(cast)
    relationships.unwind(relationship=cast.relationship, by=cast.telemachus, now=NOW)
    assert {session.state for session in Session.objects.filter(pk__in=[ahead.pk, offered.pk])} == {
        "cancelled"
    }
    assert len(texts("CANCEL")) == 2
    assert not Notification.objects.filter(kind="session.cancelled").exists()


def test_how_the_last_session_went_can_still_be_said_when_the_pair_has_ended(cast):
    held, missed = schedule(cast), schedule(cast, starts_at=SOON[0] + timedelta(hours=2))
    after = SOON[0] + timedelta(hours=4)
    for verb in ("wind_down", "complete"):
        relationships.step(relationship=cast.relationship, verb=verb, by=cast.athena, now=after)
    sessions.hold(session=held, by=cast.telemachus, now=after)
    sessions.miss(session=missed, by=cast.athena, now=after)
    assert "session.missed" not in news(cast.telemachus)
    assert queries.ahead(cast.athena, [cast.relationship.pk], after).unsettled == []
    missed.refresh_from_db()
    with pytest.raises(NotAllowed):
        sessions.reschedule(session=missed, by=cast.athena, now=after, starts_at=after + timedelta(days=1))


@pytest.mark.parametrize("state", ["closed", "unwound", "graduated", "proposed"])
def test_a_relationship_that_is_not_under_way_is_read_only(cast, state):
    session = schedule(cast)
    cast.relationship.state = state
    cast.relationship.save()
    session.refresh_from_db()
    for refused in (
        lambda: propose(cast),
        lambda: sessions.reschedule(session=session, by=cast.athena, now=NOW, starts_at=SOON[1]),
        lambda: agendas.add(session=session, by=cast.athena, now=NOW, text="x"),
        lambda: session_notes.write(session=session, by=cast.athena, now=NOW, text="x", shared=False),
        lambda: action_items.add(session=session, by=cast.athena, now=NOW, owner=cast.athena, text="x"),
    ):
        with pytest.raises(NotAllowed):
            refused()
    assert queries.of_party(cast.athena).get() == session


def test_a_page_from_before_the_pair_ended_takes_no_more_words(cast):
    held = {"relationship": cast.relationship, "starts_at": NOW - timedelta(hours=2), "now": NOW}
    session = sessions.record_held(by=cast.athena, **held)
    here = {"by": cast.athena, "now": NOW}
    point = agendas.add(session=session, text="The route", **here)
    item = action_items.add(session=session, owner=cast.athena, text="Send the map", **here)
    assert session.relationship.state == "active"
    relationships.unwind(relationship=cast.relationship, by=cast.telemachus, now=NOW)
    for refused in (
        lambda: agendas.add(session=session, text="x", **here),
        lambda: agendas.cover(item=point, covered=True, **here),
        lambda: agendas.remove(item=point, **here),
        lambda: session_notes.write(session=session, text="x", shared=True, **here),
        lambda: action_items.add(session=session, owner=cast.athena, text="x", **here),
        lambda: action_items.tick(item=item, done=True, **here),
        lambda: action_items.drop(item=item, **here),
    ):
        with pytest.raises(NotAllowed):
            refused()
    assert not session.notes.exists()


# --- slots --------------------------------------------------------------------------------------


def test_slots_lie_in_both_working_weeks(cast):
    cast.athena.working_hours = {"wed": [["09:00", "12:00"]], "thu": [["14:00", "24:00"]]}
    people = [cast.athena, cast.telemachus]
    starts = session_slots.suggested(people, reader=cast.telemachus, now=NOW, minutes=60)
    assert starts
    for at in starts:
        lisbon, athens = at.astimezone(ZoneInfo("Europe/Lisbon")), at.astimezone(ZoneInfo("Europe/Athens"))
        assert 9 <= lisbon.hour < 17
        assert athens.weekday() in {2, 3}
        assert 9 <= athens.hour < 12 if athens.weekday() == 2 else athens.hour >= 14


def test_slots_avoid_what_either_has_agreed_on_or_offered(cast):
    people = [cast.athena, cast.telemachus]
    nestor_pair = pair(cast.programme, cast.nestor, cast.athena)
    first = session_slots.suggested(people, reader=cast.athena, now=NOW, minutes=60)
    schedule(cast, relationship=nestor_pair, starts_at=first[0])
    propose(cast, relationship=nestor_pair, by=cast.athena, starts=[first[1]])
    then = session_slots.suggested(people, reader=cast.athena, now=NOW, minutes=60)
    assert not {first[0], first[1]} & set(then)
    assert len(then) == 5


def test_slots_of_a_circle_suit_everybody(cast):
    cast.nestor.time_zone = "America/New_York"
    cast.nestor.save()
    Party.objects.create(relationship=cast.relationship, person=cast.nestor, seat="learner", accepted_at=NOW)
    people = queries.people_of(cast.relationship)
    starts = session_slots.suggested(people, reader=cast.athena, now=NOW, minutes=30)
    assert starts
    for at in starts:
        assert 9 <= at.astimezone(ZoneInfo("America/New_York")).hour < 17
        assert 9 <= at.astimezone(ZoneInfo("Europe/Athens")).hour < 17


def test_slots_keep_to_the_wall_clock_when_the_clocks_change(cast):
    friday = datetime(2026, 3, 27, 9, 0, tzinfo=UTC)  # Lisbon and Athens go to summer time on Sunday
    cast.athena.working_hours = cast.telemachus.working_hours = {
        "fri": [["12:00", "13:00"]],
        "mon": [["12:00", "15:00"]],
    }
    people = [cast.athena, cast.telemachus]
    starts = session_slots.suggested(people, reader=cast.telemachus, now=friday, minutes=60)
    monday = next(at for at in starts if at.weekday() == 0)
    assert monday.astimezone(ZoneInfo("Europe/Lisbon")).hour == 12
    assert monday.astimezone(ZoneInfo("Europe/Athens")).hour == 14
    assert monday.hour == 11


# --- agenda, notes, actions ---------------------------------------------------------------------


def situation(cast: Cast, learner: object, title: str) -> Situation:
    return Situation.objects.create(
        relationship=cast.relationship, learner=learner, title=title, state="reasoned", logged_at=NOW
    )


def test_an_agenda_is_drawn_from_what_is_open(cast):
    case = situation(cast, cast.telemachus, "The suitors")
    Situation.objects.create(
        relationship=cast.relationship,
        learner=cast.telemachus,
        title="Over",
        state="debriefed",
        logged_at=NOW,
    )
    earlier = schedule(cast)
    item = action_items.add(session=earlier, by=cast.athena, now=NOW, owner=cast.athena, text="Send the map")
    session = schedule(cast)
    offered = agenda_queries.suggestions(session, cast.athena)
    assert [one.subject for one in offered] == [case, item]
    agendas.take(session=session, by=cast.athena, now=NOW, subject=case)
    assert [one.subject for one in agenda_queries.suggestions(session, cast.telemachus)] == [item]
    with pytest.raises(BadInput):
        agendas.take(session=session, by=cast.athena, now=NOW, subject=case)


def test_points_are_ordered_covered_and_removed(cast):
    session = schedule(cast)
    first, second, third = (
        agendas.add(session=session, by=cast.athena, now=NOW, text=text) for text in "abc"
    )
    agendas.shift(item=third, by=cast.telemachus, now=NOW, up=True)
    agendas.shift(item=first, by=cast.telemachus, now=NOW, up=True)
    agendas.cover(item=first, by=cast.telemachus, now=NOW, covered=True)
    agendas.remove(item=AgendaItem.objects.get(pk=second.pk), by=cast.athena, now=NOW)
    agendas.shift(item=second, by=cast.telemachus, now=NOW, up=True)  # clicked while it was taken off
    agendas.cover(item=second, by=cast.telemachus, now=NOW, covered=True)
    rows = list(agenda_queries.agenda_of(session))
    assert [row.text for row in rows] == ["a", "c"]
    assert [row.covered_at for row in rows] == [NOW, None]


def test_in_a_circle_nobody_puts_another_learners_case_on_the_agenda(cast):
    Party.objects.create(relationship=cast.relationship, person=cast.nestor, seat="learner", accepted_at=NOW)
    case = situation(cast, cast.telemachus, "Mine alone")
    session = schedule(cast)
    assert agenda_queries.suggestions(session, cast.athena) == []
    assert agenda_queries.suggestions(session, cast.nestor) == []
    with pytest.raises(BadInput):
        agendas.take(session=session, by=cast.athena, now=NOW, subject=case)
    agendas.take(session=session, by=cast.telemachus, now=NOW, subject=case)
    assert AgendaItem.objects.get().text == "Mine alone"


def test_everybody_writes_notes_of_their_own(cast):
    session = schedule(cast)
    for who in (cast.athena, cast.telemachus):
        for shared in (True, False):
            session_notes.write(session=session, by=who, now=NOW, text=f"{who} {shared}", shared=shared)
    assert SessionNote.objects.count() == 4
    session_notes.write(session=session, by=cast.athena, now=NOW, text="again", shared=True)
    assert readable(session, cast.athena) == {
        (cast.athena, False, "Athena False"),
        (cast.athena, True, "again"),
        (cast.telemachus, True, "Telemachus True"),
    }
    session_notes.write(session=session, by=cast.athena, now=NOW, text="  ", shared=True)
    assert (cast.athena, True) not in {
        (author, shared) for author, shared, _text in readable(session, cast.athena)
    }


def readable(session, person):
    """Who wrote which notes that the person can read."""
    return {(note.author, note.shared, note.text) for note in note_queries.readable(session, person)}


def test_notes_leave_no_word_in_the_trail(cast):
    session = schedule(cast)
    session_notes.write(session=session, by=cast.athena, now=NOW, text="a secret doubt", shared=False)
    agendas.add(session=session, by=cast.athena, now=NOW, text="a quiet point")
    trail = str(list(Event.objects.values()))
    assert "doubt" not in trail
    assert "quiet" not in trail


def test_actions_have_an_owner_who_is_told(cast):
    session = schedule(cast)
    item = action_items.add(
        session=session, by=cast.athena, now=NOW, owner=cast.telemachus, text="Ask them", due_on=NOW.date()
    )
    assert "action.agreed" in news(cast.telemachus)
    action_items.tick(item=item, by=cast.telemachus, now=NOW, done=True)
    item.refresh_from_db()
    assert item.done_at == NOW
    with pytest.raises(BadInput):
        action_items.add(session=session, by=cast.athena, now=NOW, owner=cast.nestor, text="x")
    with pytest.raises(NotAllowed):
        action_items.tick(item=item, by=cast.eurycleia, now=NOW, done=False)
    action_items.drop(item=ActionItem.objects.get(pk=item.pk), by=cast.athena, now=NOW)
    action_items.tick(item=item, by=cast.telemachus, now=NOW, done=False)  # clicked while it was removed
    assert not ActionItem.objects.exists()


def test_in_a_circle_an_action_is_told_to_its_owner_alone(cast):
    Party.objects.create(
        relationship=cast.relationship, person=cast.penelope, seat="learner", accepted_at=NOW
    )
    session = schedule(cast)
    action_items.add(session=session, by=cast.athena, now=NOW, owner=cast.penelope, text="Unpick the shroud")
    assert "action.agreed" in news(cast.penelope)
    assert "action.agreed" not in news(cast.telemachus)


def test_actions_with_a_date_come_before_those_without(cast):
    session = schedule(cast)
    told = {"session": session, "by": cast.athena, "now": NOW, "owner": cast.telemachus}
    action_items.add(text="Some day", **told)
    action_items.add(text="Tomorrow", due_on=NOW.date() + timedelta(days=1), **told)
    assert [one.text for one in agenda_queries.open_actions_of(cast.telemachus)] == ["Tomorrow", "Some day"]
    assert [one.text for one in agenda_queries.actions_for(session)] == ["Tomorrow", "Some day"]


def test_the_structure_dial_decides_whether_a_guide_is_there_at_first(cast):
    assert schedule(cast).guide == "grow"
    Programme.objects.filter(pk=cast.programme.pk).update(structure="light")
    cast.relationship.refresh_from_db()
    assert schedule(cast).guide == ""


def test_a_session_whose_guide_was_chosen_keeps_it(cast):
    session = schedule(cast)
    sessions.use_guide(session=session, by=cast.telemachus, now=NOW, guide="oscar")
    session.refresh_from_db()
    assert session.guide == "oscar"
    with pytest.raises(BadInput):
        sessions.use_guide(session=session, by=cast.telemachus, now=NOW, guide="magic")


# --- rhythm, reminders, feeds -------------------------------------------------------------------


def test_the_rhythm_counts_held_sessions_only(cast):
    sessions.record_held(
        relationship=cast.relationship, by=cast.athena, now=NOW, starts_at=NOW - timedelta(days=3)
    )
    missed = schedule(cast)
    sessions.miss(session=missed, by=cast.athena, now=SOON[1])
    rhythm = queries.rhythms([cast.relationship], SOON[1], UTC)[cast.relationship.pk]
    assert rhythm.last_held_on == (NOW - timedelta(days=3)).date()
    assert rhythm.expected_on == (NOW + timedelta(days=11)).date()
    assert rhythm.status == "on_track"


def reminders() -> int:
    return OutboxMessage.objects.filter(subject__startswith="Reminder").count()


def test_everybody_is_reminded_once_a_day_before(cast):
    session = schedule(cast)
    later = SOON[0] - timedelta(hours=23)
    assert list(queries.due_for_reminder(SOON[0] - timedelta(hours=25), timedelta(hours=24))) == []
    for _run in range(2):
        for due in [session, *queries.due_for_reminder(later, timedelta(hours=24))]:
            session_reminders.remind(session=due, by=None, now=later)
    assert reminders() == 2
    assert news(cast.athena).count("session.reminder") == 1
    sessions.reschedule(session=session, by=cast.athena, now=later, starts_at=later + timedelta(days=5))
    assert queries.due_for_reminder(later + timedelta(days=4, hours=2), timedelta(hours=24)).get() == session


def test_nobody_is_reminded_of_what_was_agreed_on_today(cast):
    schedule(cast, starts_at=NOW + timedelta(hours=20))
    assert list(queries.due_for_reminder(NOW, timedelta(hours=24))) == []


def test_the_reminder_job_is_on_the_schedule_and_runs(cast, monkeypatch):
    from telemachy.apps.relationships import jobs

    entry = audit_jobs.JOBS["telemachy.apps.relationships.jobs.sessions.remind_of_sessions"]
    assert entry.cron == "*/15 * * * *"
    schedule(cast)
    monkeypatch.setattr(jobs.sessions.timezone, "now", lambda: SOON[0] - timedelta(hours=2))
    for _run in range(2):
        entry.task.call()
    assert reminders() == 2


def test_only_the_digest_of_a_feed_is_kept_and_a_new_one_ends_the_old(cast):
    token = calendar_feeds.create(by=cast.athena, now=NOW)
    assert len(token) >= 40
    assert token not in str(list(CalendarFeed.objects.values()))
    assert token not in str(list(Event.objects.values()))
    assert feed_queries.by_token(token).person == cast.athena
    newer = calendar_feeds.create(by=cast.athena, now=NOW)
    assert feed_queries.by_token(token) is None
    calendar_feeds.revoke(by=cast.athena, now=NOW)
    assert feed_queries.by_token(newer) is None


def test_a_feed_ends_with_its_person(cast):
    token = calendar_feeds.create(by=cast.athena, now=NOW)
    cast.athena.left_at = NOW
    cast.athena.save()
    assert feed_queries.by_token(token) is None


def test_sessions_are_the_parties_own(cast):
    session = schedule(cast)
    stranger = person(cast.ithaca, "Mentes")
    assert [who for who in (cast.athena, cast.telemachus) if session in queries.of_party(who)] == [
        cast.athena,
        cast.telemachus,
    ]
    for who in (stranger, cast.eurycleia, cast.penelope, cast.antinous):
        assert not queries.of_party(who).exists()
