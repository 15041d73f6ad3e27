"""Sessions as calendars understand them: invitations, updates, cancellations (RFC 5545, 5546) and the feed.

Times are written in UTC: a session is a single moment, so no calendar needs to know the rules of a zone,
and each shows it in the zone of its owner. The organiser is the installation's own address, the one that
sends every update: calendars accept changes of an event from its organiser alone.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vDuration, vText, vUri

from telemachy.apps.people.queries import mail_links

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Session

PRODUCT = "-//Telemachy//Sessions//EN"
#: How often a calendar is asked to read a feed again.
REFRESH = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody invited; `accepted` once they agreed on the time in Telemachy."""

    name: str
    email: str
    accepted: bool


@dataclass(frozen=True, slots=True)
class Meeting:
    """What a calendar learns of a session: names, times and links, never what it is about."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime
    created_at: datetime
    summary: str
    page_url: str
    video_url: str
    place: str


def meeting_of(session: Session, people: Sequence[Person], choice: str) -> Meeting:
    """Return a scheduled session as a meeting of the people, named in the active language.

    `choice` is `mail_links.choice_of` the reader, whose link leads to the organisation of the session.
    """
    if session.starts_at is None:
        raise ValueError("A session without a time is in no calendar.")
    return Meeting(
        uid=f"{session.pk}@telemachy",
        sequence=session.sequence,
        starts_at=session.starts_at,
        ends_at=session.starts_at + timedelta(minutes=session.duration_minutes),
        changed_at=session.changed_at or session.created_at,
        created_at=session.created_at,
        summary=_("Session: %(names)s") % {"names": listed([person.name for person in people])},
        page_url=mail_links.page_url(reverse("session", args=[session.pk]), choice),
        video_url=session.video_url,
        place=session.place,
    )


def invitation(meeting: Meeting, attendees: Iterable[Attendee]) -> str:
    """Return the text of an invitation, or of an update when the meeting's sequence was raised."""
    return _message(meeting, attendees, method="REQUEST", status="CONFIRMED")


def cancellation(meeting: Meeting, attendees: Iterable[Attendee]) -> str:
    """Return the text that takes a meeting out of the calendars."""
    return _message(meeting, attendees, method="CANCEL", status="CANCELLED")


def feed(meetings: Iterable[Meeting]) -> str:
    """Return one person's sessions as a calendar to subscribe to."""
    calendar = _calendar()
    calendar.add("name", "Telemachy")
    calendar.add("x-wr-calname", "Telemachy")
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    for meeting in meetings:
        calendar.add_component(_event(meeting, "CONFIRMED"))
    return _text(calendar)


def _message(meeting: Meeting, attendees: Iterable[Attendee], *, method: str, status: str) -> str:
    calendar = _calendar()
    calendar.add("method", method)
    event = _event(meeting, status)
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    event.add("organizer", _address(address, {"CN": _plain(name) or "Telemachy"}))
    for attendee in attendees:
        agreed = "ACCEPTED" if attendee.accepted else "NEEDS-ACTION"
        params = {"CN": _plain(attendee.name), "ROLE": "REQ-PARTICIPANT", "PARTSTAT": agreed, "RSVP": "FALSE"}
        event.add("attendee", _address(attendee.email, params))
    calendar.add_component(event)
    return _text(calendar)


def _text(calendar: Calendar) -> str:
    text: bytes = calendar.to_ical()
    return text.decode()


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    return calendar


def _event(meeting: Meeting, status: str) -> Event:
    event = Event()
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.changed_at.astimezone(UTC))
    event.add("created", meeting.created_at.astimezone(UTC))
    event.add("last-modified", meeting.changed_at.astimezone(UTC))
    event.add("dtstart", meeting.starts_at.astimezone(UTC))
    event.add("dtend", meeting.ends_at.astimezone(UTC))
    event.add("summary", vText(meeting.summary))
    event.add("status", status)
    event.add("url", vUri(meeting.page_url))
    if where := meeting.place or meeting.video_url:
        event.add("location", vText(where))
    event.add("description", vText(_description(meeting)))
    return event


def _description(meeting: Meeting) -> str:
    lines = [_("Video: %(url)s") % {"url": meeting.video_url}] if meeting.video_url else []
    return "\n".join([*lines, _("Agenda and notes: %(url)s") % {"url": meeting.page_url}])


def _address(email: str, params: dict[str, str]) -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    address.params.update(params)
    return address


def _plain(name: str) -> str:
    """Return a name that a parameter can hold: without control characters and double quotes."""
    shown = "".join(letter for letter in name if unicodedata.category(letter) != "Cc")
    return shown.replace('"', "'")


def listed(names: Sequence[str]) -> str:
    """Return "Athena", "Athena and Telemachus" or "Athena, Telemachus and Nestor"."""
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}
