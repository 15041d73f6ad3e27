"""The pages of sessions: times on two clocks, notes that stay private, a feed opened by its secret alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from telemachy.apps.audit.models import OutboxMessage
from telemachy.apps.knowledge.models import Question
from telemachy.apps.people.models import Person
from telemachy.apps.programmes.models import Programme
from telemachy.apps.relationships.actions import (
    action_items,
    agendas,
    calendar_feeds,
    session_notes,
    sessions,
)
from telemachy.apps.relationships.models import (
    ActionItem,
    AgendaItem,
    CalendarFeed,
    Draft,
    Goal,
    Session,
    SessionNote,
    Situation,
)
from telemachy.interfaces.common import clock
from tests.cast import NOW, Cast, pair, person

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def tuesday(monkeypatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def schedule(cast: Cast, **changes: object) -> Session:
    fields = {
        "relationship": cast.relationship,
        "by": cast.athena,
        "now": NOW,
        "starts_at": NOW + timedelta(days=2),
        **changes,
    }
    return sessions.schedule(**fields)


def page(client: Client, name: str, row: object) -> str:
    answer = client.get(reverse(name, args=[row.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


# --- finding a time -----------------------------------------------------------------------------


def test_suggestions_show_both_clocks_and_can_be_proposed(cast, sign_in):
    learner = sign_in(cast.telemachus)
    html = page(learner, "session-add", cast.relationship)
    assert "Find a time with Athena" in html
    assert "for Athena (Athens)" in html
    offered = [
        value
        for value, _label in learner.get(reverse("session-add", args=[cast.relationship.pk]))
        .context["form"]
        .fields["slots"]
        .choices
    ]
    assert len(offered) == 5
    answer = learner.post(
        reverse("session-add", args=[cast.relationship.pk]),
        {
            "duration_minutes": 60,
            "slots": offered[:2],
            "own_1": "2026-03-12T18:30",
            "video_url": "https://meet.example/x",
        },
    )
    session = Session.objects.get()
    assert answer["Location"] == reverse("session", args=[session.pk])
    assert session.slots.count() == 3
    assert session.slots.last().starts_at == datetime(2026, 3, 12, 18, 30, tzinfo=UTC)
    html = page(sign_in(cast.athena), "session", session)
    assert "Take this time" in html
    assert "20:30–21:30" in html
    assert "18:30–19:30 for Telemachus (Lisbon)" in html
    assert "Take this time" not in page(learner, "session", session)


def test_one_ticked_time_is_scheduled_and_several_are_not(cast, sign_in):
    client, address = sign_in(cast.telemachus), reverse("session-add", args=[cast.relationship.pk])
    two = {"duration_minutes": 60, "own_1": "2026-03-12T18:30", "own_2": "2026-03-13T18:30", "schedule": "1"}
    assert client.post(address, two).status_code == 422
    assert not Session.objects.exists()
    assert client.post(address, {**two, "own_2": ""}).status_code == 302
    assert Session.objects.get().state == "scheduled"


def test_another_length_shows_other_times_without_losing_what_was_written(cast, sign_in):
    client, address = sign_in(cast.telemachus), reverse("session-add", args=[cast.relationship.pk])
    data = {"duration_minutes": 120, "own_1": "2026-03-12T18:30", "place": "The harbour", "look": "1"}
    html = client.post(address, data).content.decode()
    assert "The harbour" in html
    assert "2026-03-12T18:30" in html
    part = client.post(address, data, headers=HTMX).content.decode()
    assert "<html" not in part
    assert "2026-03-12T18:30" in part
    assert not Session.objects.exists()


@pytest.mark.parametrize("moment", ["2026-03-29T01:30", "2026-10-25T01:30"])
def test_an_hour_that_is_skipped_or_comes_twice_is_refused_in_words(cast, sign_in, moment):
    client, address = sign_in(cast.telemachus), reverse("session-add", args=[cast.relationship.pk])
    answer = client.post(address, {"duration_minutes": 60, "own_1": moment})
    assert answer.status_code == 422
    assert "clocks" in answer.content.decode() or "time zone" in answer.content.decode()
    assert not Session.objects.exists()


def test_working_hours_that_never_meet_are_said(cast, sign_in):
    cast.athena.working_hours = {"sat": [["09:00", "10:00"]]}
    cast.athena.save()
    assert "No time in the next two weeks suits everybody" in page(
        sign_in(cast.telemachus), "session-add", cast.relationship
    )


def test_a_session_is_confirmed_moved_missed_and_held(cast, sign_in, monkeypatch):
    session = sessions.propose(
        relationship=cast.relationship, by=cast.telemachus, now=NOW, starts=[NOW + timedelta(days=1)]
    )
    mentor = sign_in(cast.athena)

    def press(name: str, **data: object) -> None:
        assert mentor.post(reverse(name, args=[session.pk]), data).status_code == 302
        session.refresh_from_db()

    press("session-confirm", slot=session.slots.get().pk)
    assert session.state == "scheduled"
    press("session-move", starts_at="2026-03-05T14:00", duration_minutes=30, place="Harbour")
    assert session.starts_at == datetime(2026, 3, 5, 12, 0, tzinfo=UTC)
    assert "Did you meet?" not in page(mentor, "session", session)
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=3))
    assert "Did you meet?" in page(mentor, "session", session)
    press("session-miss")
    assert "It did not take place" in page(mentor, "session", session)
    press("session-move", starts_at="2026-03-10T14:00", duration_minutes=30)
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=8))
    press("session-hold", goal="")
    assert session.state == "held"
    assert "Held" in page(mentor, "session", session)


def test_a_stale_click_is_told_and_changes_nothing(cast, sign_in):
    session = sessions.propose(
        relationship=cast.relationship, by=cast.telemachus, now=NOW, starts=[NOW + timedelta(days=1)]
    )
    answer = sign_in(cast.athena).post(
        reverse("session-confirm", args=[session.pk]), {"slot": "gone"}, follow=True
    )
    assert "no longer on offer" in answer.content.decode()
    session.refresh_from_db()
    assert session.state == "proposed"


def test_cancelling_says_what_follows(cast, sign_in):
    session = schedule(cast)
    client = sign_in(cast.telemachus)
    assert "leaves everybody’s calendar" in page(client, "session", session)
    client.post(reverse("session-cancel", args=[session.pk]))
    html = page(client, "session", session)
    assert "Cancelled" in html
    assert "You can still read everything" in html


# --- agenda, guide, notes, actions --------------------------------------------------------------


def test_one_click_takes_what_is_open(cast, sign_in):
    case = Situation.objects.create(
        relationship=cast.relationship,
        learner=cast.telemachus,
        title="The suitors",
        state="reasoned",
        logged_at=NOW,
    )
    Goal.objects.create(
        relationship=cast.relationship,
        learner=cast.telemachus,
        statement="Speak up",
        state="active",
        created_at=NOW,
    )
    session, client = schedule(cast), sign_in(cast.athena)
    html = page(client, "session", session)
    assert "The suitors" in html
    assert "Speak up" in html
    answer = client.post(reverse("agenda-add", args=[session.pk]), {"take": case.pk}, headers=HTMX)
    assert "<html" not in answer.content.decode()
    item = AgendaItem.objects.get()
    assert item.situation == case
    answer = client.post(reverse("agenda-item", args=[item.pk]), {"do": "cover"})
    assert answer["Location"].endswith("#agenda")
    item.refresh_from_db()
    assert item.covered_at == NOW


def test_the_guide_asks_the_organisations_own_questions_first(cast, sign_in):
    Question.objects.create(
        organisation=cast.ithaca, text="What does the sea say?", phase="reality", created_at=NOW
    )
    session, client = schedule(cast), sign_in(cast.telemachus)
    html = page(client, "session", session)
    assert "What does the sea say?" in html
    assert "Will" in html
    client.post(reverse("session-guide", args=[session.pk]), {"guide": "clear"})
    assert "Guide: CLEAR" in page(client, "session", session)
    client.post(reverse("session-guide", args=[session.pk]), {"guide": ""})
    assert "Guide: " not in page(client, "session", session)


def test_the_light_dial_hides_the_guide_and_the_structured_one_opens_it(cast, sign_in):
    client = sign_in(cast.telemachus)
    assert '<details class="guide">' in page(client, "session", schedule(cast))
    for dial, guide in (("structured", '<details class="guide" open>'), ("light", "")):
        Programme.objects.filter(pk=cast.programme.pk).update(structure=dial)
        cast.relationship.refresh_from_db()
        html = page(client, "session", schedule(cast))
        assert guide in html if guide else 'class="guide"' not in html


def test_a_private_note_is_its_authors_alone(cast, sign_in):
    session = schedule(cast)
    learner, mentor = sign_in(cast.telemachus), sign_in(cast.athena)
    secret = "I doubt my mentor understands"
    learner.post(reverse("session-note-private", args=[session.pk]), {"text": secret})
    learner.post(reverse("session-note-draft", args=[session.pk]), {"text": "not shared yet"}, headers=HTMX)
    assert secret in page(learner, "session", session)
    for address in (
        "/sessions/",
        reverse("session", args=[session.pk]),
        reverse("relationship", args=[cast.relationship.pk]),
    ):
        html = mentor.get(address).content.decode()
        assert secret not in html
        assert "not shared yet" not in html
    mentor.post(reverse("session-note-shared", args=[session.pk]), {"text": "Seen by both"})
    assert "Seen by both" in page(learner, "session", session)
    assert SessionNote.objects.get(author=cast.telemachus).text == secret


def test_a_shared_note_stays_a_draft_until_it_is_shared(cast, sign_in):
    session, client = schedule(cast), sign_in(cast.telemachus)
    client.post(reverse("session-note-draft", args=[session.pk]), {"text": "half a thought"}, headers=HTMX)
    html = page(client, "session", session)
    assert "half a thought" in html
    assert "This is a draft" in html
    client.post(reverse("session-note-shared", args=[session.pk]), {"text": "a whole thought"})
    assert not Draft.objects.exists()
    assert "This is a draft" not in page(client, "session", session)


def test_typing_saves_a_private_note_with_a_word_that_says_so(cast, sign_in):
    session, client = schedule(cast), sign_in(cast.telemachus)
    answer = client.post(reverse("session-note-private", args=[session.pk]), {"text": "a"}, headers=HTMX)
    assert "Only you can read it" in answer.content.decode()
    answer = client.post(
        reverse("session-note-private", args=[session.pk]), {"text": "x" * 20_001}, headers=HTMX
    )
    assert "20000" in answer.content.decode()
    assert SessionNote.objects.get().text == "a"


def test_actions_have_owner_and_date_and_are_ticked_from_both_pages(cast, sign_in):
    session, client = schedule(cast), sign_in(cast.telemachus)
    add = reverse("action-item-add", args=[session.pk])
    answer = client.post(
        add, {"text": "Ask her", "owner": cast.telemachus.pk, "due_on": "2026-03-20"}, headers=HTMX
    )
    assert "20 Mar 2026" in answer.content.decode()
    answer = client.post(add, {"text": "", "owner": "nobody", "due_on": "soon"})
    assert answer.status_code == 422
    assert "Give a date such as 2026-03-24." in answer.content.decode()
    item = ActionItem.objects.get()
    assert "Ask her" in client.get("/sessions/").content.decode()
    client.post(reverse("action-item", args=[item.pk]), {"do": "done"})
    item.refresh_from_db()
    assert item.done_at == NOW
    assert "Ask her" not in client.get("/sessions/").content.decode()


# --- who sees what ------------------------------------------------------------------------------


def test_nobody_but_the_parties_finds_anything(cast, sign_in):
    session = schedule(cast)
    item = agendas.add(session=session, by=cast.athena, now=NOW, text="a quiet point")
    todo = action_items.add(session=session, by=cast.athena, now=NOW, owner=cast.athena, text="x")
    session_notes.write(session=session, by=cast.athena, now=NOW, text="shared words", shared=True)
    reads = [("session", session), ("session-move", session), ("session-times", session)]
    reads += [("session-add", cast.relationship), ("session-record", cast.relationship)]
    writes = [
        *(
            (name, session)
            for name in (
                "session-confirm",
                "session-cancel",
                "session-hold",
                "session-miss",
                "session-goal",
                "session-guide",
                "agenda-add",
                "session-note-private",
                "session-note-shared",
                "session-note-draft",
                "action-item-add",
            )
        ),
        ("agenda-item", item),
        ("action-item", todo),
    ]
    for who in (cast.eurycleia, cast.penelope, cast.nestor, cast.antinous):
        client = sign_in(who)
        for name, row in reads:
            assert client.get(reverse(name, args=[row.pk])).status_code == 404, (who, name)
        for name, row in writes:
            assert client.post(reverse(name, args=[row.pk]), {"text": "x", "do": "cover"}).status_code == 404
        assert client.get(f"/sessions/?relationship={cast.relationship.pk}").status_code == 404
        assert "shared words" not in client.get("/sessions/").content.decode()


def test_whoever_left_a_circle_reads_no_more(cast, sign_in):
    session = schedule(cast)
    cast.relationship.parties.filter(person=cast.telemachus).update(left_at=NOW)
    assert sign_in(cast.telemachus).get(reverse("session", args=[session.pk])).status_code == 404


# --- lists --------------------------------------------------------------------------------------


def test_the_list_teaches_the_next_step(cast, sign_in):
    assert "No sessions yet" in sign_in(cast.nestor).get("/sessions/").content.decode()
    html = sign_in(cast.telemachus).get("/sessions/").content.decode()
    assert "Nothing is agreed on" in html
    assert reverse("session-add", args=[cast.relationship.pk]) in html
    assert "You meet as agreed." in html


def test_the_list_tells_whose_turn_it_is_and_when_a_session_is_due(cast, sign_in, monkeypatch):
    sessions.propose(
        relationship=cast.relationship, by=cast.telemachus, now=NOW, starts=[NOW + timedelta(days=30)]
    )
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=17))
    assert "your turn for" in sign_in(cast.athena).get("/sessions/").content.decode()
    html = sign_in(cast.telemachus).get("/sessions/").content.decode()
    assert "awaiting Athena" in html
    assert "The next session is due." in html
    assert "One was expected by 17 Mar." in html


def test_the_list_asks_as_much_of_the_database_however_long_it_is(cast, sign_in, count_queries):
    client = sign_in(cast.athena)

    def more(n: int) -> None:
        for number in range(n):
            friend = person(cast.ithaca, f"Friend {number} {n}")
            other = pair(cast.programme, cast.athena, friend)
            schedule(cast, relationship=other, starts_at=NOW + timedelta(days=1, minutes=number))
            sessions.propose(relationship=other, by=friend, now=NOW, starts=[NOW + timedelta(days=3)])
            sessions.record_held(
                relationship=other, by=friend, now=NOW, starts_at=NOW - timedelta(days=number + 1)
            )

    more(1)
    few = count_queries(client, "/sessions/")
    more(4)
    assert count_queries(client, "/sessions/") == few


def test_a_session_page_asks_as_much_however_much_is_on_it(cast, sign_in, count_queries):
    client, session = sign_in(cast.athena), schedule(cast)
    address = reverse("session", args=[session.pk])

    def more(n: int) -> None:
        for number in range(n):
            agendas.add(session=session, by=cast.athena, now=NOW, text=f"point {number}")
            action_items.add(session=session, by=cast.athena, now=NOW, owner=cast.athena, text=f"do {number}")

    more(1)
    few = count_queries(client, address)
    more(5)
    assert count_queries(client, address) == few


# --- the feed -----------------------------------------------------------------------------------


def test_the_address_is_shown_once_and_works_without_signing_in(cast, sign_in):
    client = sign_in(cast.athena)
    answer = client.post(reverse("calendar-feed"))
    assert answer["Cache-Control"] == "no-store"
    address = answer.context["address"]
    assert address.endswith(".ics")
    assert address not in client.get(reverse("calendar-feed")).content.decode()
    session = schedule(cast, video_url="https://meet.example/x")
    agendas.add(session=session, by=cast.athena, now=NOW, text="a quiet point")
    session_notes.write(session=session, by=cast.athena, now=NOW, text="shared words", shared=True)
    elsewhere = pair(cast.programme, cast.nestor, cast.telemachus)
    schedule(cast, relationship=elsewhere, by=cast.nestor)
    feed = Client().get(address)
    text = feed.content.decode()
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert event["UID"] == f"{session.pk}@telemachy"
    assert "Telemachus" in event["SUMMARY"]
    assert "quiet" not in text
    assert "words" not in text
    assert "Nestor" not in text
    assert CalendarFeed.objects.get().last_read_at == NOW


def test_mail_entry_and_feed_lead_to_the_organisation_of_the_session(cast):
    other = Person.objects.create(
        organisation=cast.antinous.organisation, name="Athena", user=cast.athena.user, created_at=NOW
    )
    session = schedule(cast)
    mail = OutboxMessage.objects.get(to=cast.athena.email)
    token = calendar_feeds.create(by=cast.athena, now=NOW)
    subscribed = Client().get(reverse("feed", args=[token])).content.decode()
    address = f"{settings.BASE_URL}{reverse('session', args=[session.pk])}?for={cast.athena.pk}"
    for text in (mail.text, mail.html, mail.attachments[0]["text"], subscribed):
        assert address in text.replace("\r\n ", "")  # calendars fold long lines
    client = Client()
    client.force_login(cast.athena.user)
    client.get(reverse("home"), {"for": str(other.pk)})
    assert client.get(reverse("session", args=[session.pk])).status_code == 404
    assert client.get(address.removeprefix(settings.BASE_URL)).status_code == 200
    assert "?for=" not in OutboxMessage.objects.get(to=cast.telemachus.email).text


def test_a_feed_that_has_not_changed_is_not_sent_again(cast):
    token = calendar_feeds.create(by=cast.athena, now=NOW)
    session = schedule(cast)
    address = reverse("feed", args=[token])
    first = Client().get(address)
    assert first["Content-Type"].startswith("text/calendar")
    again = Client().get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    sessions.cancel(session=session, by=cast.athena, now=NOW)
    changed = Client().get(address, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert b"VEVENT" not in changed.content


def test_a_revoked_or_invented_address_is_404_and_a_new_one_ends_the_old(cast, sign_in):
    token = calendar_feeds.create(by=cast.athena, now=NOW)
    newer = calendar_feeds.create(by=cast.athena, now=NOW)
    assert Client().get(reverse("feed", args=[token])).status_code == 404
    assert Client().get(reverse("feed", args=[newer])).status_code == 200
    sign_in(cast.athena).post(reverse("calendar-feed-revoke"))
    assert Client().get(reverse("feed", args=[newer])).status_code == 404
    assert Client().get(reverse("feed", args=["x"])).status_code == 404


def test_a_calendar_that_asks_all_the_time_is_told_to_wait(cast):
    address = reverse("feed", args=[calendar_feeds.create(by=cast.athena, now=NOW)])
    other = reverse("feed", args=[calendar_feeds.create(by=cast.telemachus, now=NOW)])
    client = Client()
    answers = [client.get(address) for _read in range(22)]
    assert answers[-1].status_code == 429
    assert answers[-1]["Retry-After"] == "60"
    assert client.get(other).status_code == 200


def test_no_video_link_is_ever_fetched_and_only_https_is_taken(cast, sign_in):
    client, address = sign_in(cast.telemachus), reverse("session-add", args=[cast.relationship.pk])
    for link in ("http://meet.example/x", "javascript:alert(1)", "ftp://meet.example", "https://"):
        answer = client.post(
            address, {"duration_minutes": 60, "own_1": "2026-03-12T18:30", "video_url": link}
        )
        assert answer.status_code == 422, link
    assert not Session.objects.exists()
    assert not OutboxMessage.objects.exists()
