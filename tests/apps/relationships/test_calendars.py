"""Invitations, updates, cancellations and feeds, read back as a calendar program reads them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.message import Message
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event

from telemachy.apps.audit import jobs
from telemachy.apps.audit.models import OutboxMessage
from telemachy.apps.relationships.actions import sessions
from telemachy.apps.relationships.queries import calendars, session_times
from tests.cast import NOW, Cast
from tests.smtp import Mailbox, mailbox  # noqa: F401 - the fixture is used by name

START = datetime(2026, 3, 27, 15, 0, tzinfo=UTC)
MEETING = calendars.Meeting(
    uid="4c7d@telemachy",
    sequence=3,
    starts_at=START,
    ends_at=START + timedelta(minutes=45),
    changed_at=NOW,
    created_at=NOW - timedelta(days=1),
    summary="Session: Athena and Telemachus",
    page_url="https://telemachy.example/sessions/4c7d/",
    video_url="https://meet.example/abc",
    place="",
)
PEOPLE = (
    calendars.Attendee("Athena", "athena@ithaca.example", accepted=True),
    calendars.Attendee("Telemachus", "telemachus@ithaca.example", accepted=False),
)


def read(text: str) -> tuple[Calendar, Event]:
    calendar = Calendar.from_ical(text)
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def test_an_invitation_says_what_calendars_need():
    calendar, event = read(calendars.invitation(MEETING, PEOPLE))
    assert (calendar["METHOD"], calendar["VERSION"]) == ("REQUEST", "2.0")
    assert calendar["PRODID"]
    assert event["UID"] == "4c7d@telemachy"
    assert event["SEQUENCE"] == 3
    assert event["DTSTART"].dt == START
    assert event["DTEND"].dt == START + timedelta(minutes=45)
    assert event["DTSTAMP"].dt == NOW
    assert event["STATUS"] == "CONFIRMED"
    assert event["URL"] == "https://telemachy.example/sessions/4c7d/"
    assert event["LOCATION"] == "https://meet.example/abc"
    assert str(event["ORGANIZER"]).startswith("mailto:telemachy@")
    attendees = {str(one): one.params for one in event["ATTENDEE"]}
    assert attendees["mailto:athena@ithaca.example"]["PARTSTAT"] == "ACCEPTED"
    assert attendees["mailto:telemachus@ithaca.example"]["PARTSTAT"] == "NEEDS-ACTION"
    assert attendees["mailto:telemachus@ithaca.example"]["CN"] == "Telemachus"


def test_a_cancellation_names_the_same_event():
    calendar, event = read(calendars.cancellation(MEETING, PEOPLE))
    assert (calendar["METHOD"], event["STATUS"]) == ("CANCEL", "CANCELLED")
    assert (event["UID"], event["SEQUENCE"]) == ("4c7d@telemachy", 3)


def test_lines_end_and_fold_as_rfc_5545_asks():
    text = calendars.invitation(MEETING, PEOPLE)
    assert text.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")


@pytest.mark.parametrize(
    "name", ['Odysseus "Nobody" of Ithaca', "Eve\r\nATTENDEE:mailto:eve@example.org", "Zoë; Ωμέγα, Co: 1"]
)
def test_no_name_breaks_out_of_its_place(name):
    attendee = calendars.Attendee(name, "x@ithaca.example", accepted=True)
    _calendar, event = read(calendars.invitation(MEETING, [attendee]))
    (only,) = event["ATTENDEE"] if isinstance(event["ATTENDEE"], list) else [event["ATTENDEE"]]
    assert str(only) == "mailto:x@ithaca.example"
    assert "mailto:eve@example.org" not in {str(value) for _name, value in event.property_items()}


def test_a_place_with_line_breaks_stays_one_value():
    import dataclasses

    odd = dataclasses.replace(MEETING, place="Harbour\r\nSUMMARY:Other; room, 2")
    _calendar, event = read(calendars.invitation(odd, PEOPLE))
    assert event["SUMMARY"] == "Session: Athena and Telemachus"
    assert "Harbour" in event["LOCATION"]


@pytest.mark.django_db
def test_a_session_keeps_its_wall_clock_on_both_sides_of_a_change_of_clocks(cast: Cast):
    lisbon = ZoneInfo("Europe/Lisbon")
    for day, utc_hour in ((27, 10), (30, 9)):
        at = datetime(2026, 3, day, 10, 0, tzinfo=lisbon)
        session = sessions.schedule(
            relationship=cast.relationship, by=cast.telemachus, now=NOW, starts_at=at.astimezone(UTC)
        )
        text = OutboxMessage.objects.filter(to=cast.athena.email).order_by("-created_at").first()
        meeting = calendars.meeting_of(session, [cast.athena, cast.telemachus], "")
        _calendar, event = read(calendars.invitation(meeting, PEOPLE))
        assert event["DTSTART"].dt == datetime(2026, 3, day, utc_hour, 0, tzinfo=UTC)
        assert text is not None
        assert session_times.local_time(at, 60, lisbon).hours == "10:00–11:00"
        assert session_times.local_time(at, 60, ZoneInfo("Europe/Athens")).hours == "12:00–13:00"


def part_of(mail: Message, content_type: str) -> Message:
    return next(part for part in mail.walk() if part.get_content_type() == content_type)


@pytest.mark.django_db
def test_an_invitation_arrives_by_mail_in_the_readers_time_without_content(cast: Cast, mailbox: Mailbox):  # noqa: F811
    session = sessions.schedule(
        relationship=cast.relationship,
        by=cast.telemachus,
        now=NOW,
        starts_at=START,
        video_url="https://meet.example/abc",
    )
    for message in OutboxMessage.objects.all():
        message.next_attempt_at = message.created_at
        message.save()
        jobs.deliver_mail.call(message_id=str(message.pk))
    mails = {mail["To"]: mail for mail in mailbox.received}
    assert mails.keys() == {"athena@ithaca.example", "telemachus@ithaca.example"}
    for address, hours in (("athena", "17:00–18:00"), ("telemachus", "15:00–16:00")):
        mail = mails[f"{address}@ithaca.example"]
        words = part_of(mail, "text/plain").get_payload(decode=True).decode()
        assert f"Fri 27 Mar 2026, {hours}" in words
        assert "https://meet.example/abc" in words
        assert "https://meet.example/abc" in part_of(mail, "text/html").get_payload(decode=True).decode()
        entry = part_of(mail, "text/calendar")
        assert entry.get_param("method") == "REQUEST"
        _calendar, event = read(entry.get_payload(decode=True).decode())
        assert event["UID"] == f"{session.pk}@telemachy"
        assert event["DTSTART"].dt == START


def test_a_feed_holds_each_meeting_once_and_names_no_address():
    text = calendars.feed([MEETING])
    calendar, event = read(text)
    assert "METHOD" not in calendar
    assert event["SUMMARY"] == "Session: Athena and Telemachus"
    assert "ATTENDEE" not in event
    assert "@ithaca.example" not in text
    assert calendars.feed([MEETING]) == text
    assert Calendar.from_ical(calendars.feed([])).walk("VEVENT") == []
