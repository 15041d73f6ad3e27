"""A supervision room: the coach asked for it, a colleague joined, and the latest case waits for a word."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from telemachy.apps.supervision.actions import cases, rooms
from telemachy.apps.supervision.queries import cases as case_queries
from telemachy.apps.supervision.queries import rooms as queries
from telemachy.interfaces.demo.build.recordings import pair_of
from telemachy.interfaces.demo.content import supervision as content
from telemachy.interfaces.demo.content.supervision import CaseText, NoteText
from telemachy.interfaces.demo.plan import people as cast

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.supervision.models import SupervisionCase, SupervisionRoom
    from telemachy.interfaces.demo.build.house import House
    from telemachy.interfaces.demo.build.moments import Moments, Script

#: Nobody of the three guides another or reports to one.
SEATS = {"supervisor": cast.LEAD_MENTOR, "coach": cast.COACH, "colleague": "tessa.vollmer"}


def schedule(house: House, moments: Moments, script: Script) -> None:
    """Put the room, its cases and what was said about them into the script, if there is the coach's pair."""
    if pair_of(house) is None:
        return
    for days, step in (
        (content.ASKED, _ask),
        (content.ACCEPTED, partial(_accept, "supervisor")),
        (content.INVITED, _invite),
        (content.JOINED, partial(_accept, "colleague")),
    ):
        script.add(moments.at(days, 9), partial(step, house, moments.at(days, 9)))
    for text in content.CASES:
        script.add(moments.at(text.written, 18), partial(_write, house, text, moments.at(text.written, 18)))
        if text.shared is not None:
            script.add(moments.at(text.shared, 8), partial(_share, house, text, moments.at(text.shared, 8)))
        for note in text.notes:
            now = moments.at(note.days, 16)
            script.add(now, partial(_say, house, text, note, now))
        if text.closed is not None:
            script.add(moments.at(text.closed, 17), partial(_close, house, text, moments.at(text.closed, 17)))


def _person(house: House, seat: str) -> Person:
    return house.people[SEATS[seat]]


def _room(house: House) -> SupervisionRoom:
    return queries.visible_to(_person(house, "supervisor")).get()


def _case(house: House, text: CaseText) -> SupervisionCase:
    return case_queries.of_owner(_person(house, text.by)).get(title=text.title)


def _ask(house: House, now: datetime) -> None:
    rooms.ask(supervisor=_person(house, "supervisor"), by=_person(house, "coach"), now=now)


def _accept(seat: str, house: House, now: datetime) -> None:
    rooms.accept(room=_room(house), by=_person(house, seat), now=now)


def _invite(house: House, now: datetime) -> None:
    colleague = _person(house, "colleague")
    rooms.invite(room=_room(house), person=colleague, by=_person(house, "supervisor"), now=now)


def _write(house: House, text: CaseText, now: datetime) -> None:
    words = cases.Words(text.alias, text.title, text.happened, text.question, text.lens, text.patterns)
    cases.write(words=words, by=_person(house, text.by), now=now)


def _share(house: House, text: CaseText, now: datetime) -> None:
    cases.share(case=_case(house, text), room=_room(house), by=_person(house, text.by), now=now)


def _say(house: House, text: CaseText, note: NoteText, now: datetime) -> None:
    cases.note(case=_case(house, text), text=note.text, lens=note.lens, by=_person(house, note.by), now=now)


def _close(house: House, text: CaseText, now: datetime) -> None:
    cases.close(case=_case(house, text), takeaway=text.takeaway, by=_person(house, text.by), now=now)
