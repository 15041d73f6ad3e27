"""News: what is older than a few days has been read by those who can be entered as."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from telemachy.apps.people.actions import notifications
from telemachy.interfaces.demo.build.house import SIGN_INS

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.interfaces.demo.build.house import House
    from telemachy.interfaces.demo.build.moments import Moments, Script

#: Days before today on which everybody last looked.
LAST_LOOK = 3


def schedule(house: House, moments: Moments, script: Script) -> None:
    """Let the people with a sign-in read their news for the last time some days ago."""
    now = moments.at(LAST_LOOK, 7, 30)
    for key in SIGN_INS:
        script.add(now, lambda person=house.people[key]: _read(person, now))


def _read(person: Person, now: datetime) -> None:
    notifications.mark_all_read(person=person, by=person, now=now)
