"""Tell the parties of a session what became of it: news on their page, and mail with the calendar entry."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from telemachy.apps.audit.actions import action, events, outbox
from telemachy.apps.people.actions import notifications
from telemachy.apps.people.queries import mail_links
from telemachy.apps.people.queries.clocks import zone_of
from telemachy.apps.people.queries.news import language_of
from telemachy.apps.relationships.queries import calendars, session_times
from telemachy.apps.relationships.queries import sessions as queries

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Session

#: occasion -> subject and first sentence of the mail; the occasions whose mail holds a calendar entry.
WORDS: dict[str, tuple[Promise, Promise]] = {
    "scheduled": (_("Session on %(when)s"), _("Your session is agreed.")),
    "changed": (_("Changed: session on %(when)s"), _("Your session has changed. This holds from now on.")),
    "cancelled": (
        _("Cancelled: session on %(when)s"),
        _("This session was cancelled and leaves your calendar."),
    ),
    "ended": (
        _("Cancelled: session on %(when)s"),
        _("Your relationship has ended, so this session leaves your calendar."),
    ),
    "left": (
        _("Cancelled: session on %(when)s"),
        _("You have left the circle, so this session leaves your calendar."),
    ),
    "reminder": (_("Reminder: session on %(when)s"), _("A reminder of your session.")),
}
ENTRIES = {
    "scheduled": "REQUEST",
    "changed": "REQUEST",
    "cancelled": "CANCEL",
    "ended": "CANCEL",
    "left": "CANCEL",
}


@action
def announce(
    *,
    session: Session,
    occasion: str,
    by: Person | None,
    now: datetime,
    accepted: Iterable[Person] = (),
    only: Person | None = None,
) -> None:
    """Tell everybody of a scheduled session, or one of them only, and mail what their calendars need.

    Whoever acts gets the mail as well, since it carries the calendar entry, but no news. Nothing is mailed
    to those who want no e-mail. `accepted` are the people who agreed on the time.
    """
    people = queries.people_of(session.relationship)
    agreed = {person.pk for person in accepted}
    attendees = [
        calendars.Attendee(person.name, person.email, person.pk in agreed)
        for person in people
        if person.email
    ]
    for person in people:
        if person.is_agent or person.is_gone or only not in (None, person):
            continue
        is_mailed = bool(person.email) and person.mail != person.Mail.OFF
        key = f"session:{session.pk}:{occasion}:{session.sequence}"
        if by is None or person.pk != by.pk:
            _tell(session, occasion, person, by, key, is_mailed, now)
        if is_mailed:
            _mail(session, occasion, person, people, attendees, key, by, now)
    events.unchanged()  # an agent's partner without an address leaves nothing to record


@action
def tell_others(*, session: Session, kind: str, by: Person, now: datetime) -> None:
    """Leave news for everybody but whoever acts; it is mailed as each of them chose."""
    path = reverse("session", args=[session.pk])
    for person in queries.people_of(session.relationship):
        if person.pk != by.pk:
            notifications.tell(person=person, kind=kind, path=path, now=now, other=by.name)
    events.unchanged()


def _tell(
    session: Session, occasion: str, person: Person, by: Person | None, key: str, mailed: bool, now: datetime
) -> None:
    path = reverse("session", args=[session.pk])
    others = [one.name for one in queries.people_of(session.relationship) if one.pk != person.pk]
    other = by.name if by is not None else calendars.listed(others)
    notifications.tell(
        person=person, kind=f"session.{occasion}", path=path, now=now, key=key, mailed=mailed, other=other
    )


def _mail(
    session: Session,
    occasion: str,
    person: Person,
    people: list[Person],
    attendees: list[calendars.Attendee],
    key: str,
    by: Person | None,
    now: datetime,
) -> None:
    subject, sentence = WORDS[occasion]
    with translation.override(language_of(person)), timezone.override(zone_of(person)):
        meeting = calendars.meeting_of(session, people, mail_links.choice_of(person))
        starts_at = timezone.localtime(meeting.starts_at)
        when = date_format(starts_at, "j M Y, H:i")
        context = {
            "person": person,
            "sentence": sentence,
            "meeting": meeting,
            "when": session_times.own_time(meeting.starts_at, session.duration_minutes),
            "zone": session_times.zone_name(zone_of(person)),
            "others_times": session_times.others_times(
                meeting.starts_at, session.duration_minutes, [one for one in people if one.pk != person.pk]
            ),
        }
        outbox.post(
            to=person.email,
            subject=str(subject) % {"when": when},
            text=render_to_string("mail/session_news.txt", context),
            html=render_to_string("mail/session_news.html", context),
            attachments=_entries(occasion, meeting, attendees),
            headers={"Auto-Submitted": "auto-generated"},
            key=f"{key}:{person.pk}",
            by=by,
            now=now,
            organisation_id=person.organisation_id,
        )


def _entries(
    occasion: str, meeting: calendars.Meeting, attendees: list[calendars.Attendee]
) -> list[outbox.Attachment]:
    method = ENTRIES.get(occasion)
    if method is None:
        return []
    build = calendars.cancellation if method == "CANCEL" else calendars.invitation
    return [outbox.Attachment("session.ics", f"text/calendar; method={method}", build(meeting, attendees))]
