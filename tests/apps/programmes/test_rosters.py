"""What a roster does to people and places: the check, the preview, the commit."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile

from telemachy.apps.people.models import Person
from telemachy.apps.programmes import jobs
from telemachy.apps.programmes.actions import rosters
from telemachy.apps.programmes.models import Enrolment, RosterImport
from telemachy.core.roster import decode, headers
from telemachy.core.roster.fields import Field
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


def given(cast: Cast, text: str, *, name: str = "people.csv", role: str = "", **columns: str) -> RosterImport:
    """Upload a roster as Eurycleia and return it."""
    upload = rosters.Upload(name, ContentFile(text.encode()), role)
    return rosters.upload(programme=cast.programme, uploads=[upload], by=cast.eurycleia, now=NOW)


def mapped(roster: RosterImport, role: str = "") -> list[rosters.Mapped]:
    """Return what was guessed of each file."""
    return [
        rosters.Mapped({i: Field(c["field"]) for i, c in enumerate(file["columns"])}, file["role"] or role)
        for file in roster.files
    ]


def checked(cast: Cast, roster: RosterImport, role: str = "") -> RosterImport:
    """Map and check a roster."""
    rosters.map_columns(roster_import=roster, mapped=mapped(roster, role), by=cast.eurycleia, now=NOW)
    jobs.check_roster.call(roster_import_id=str(roster.pk))
    roster.refresh_from_db()
    return roster


def committed(cast: Cast, roster: RosterImport) -> RosterImport:
    """Commit a checked roster."""
    rosters.commit(roster_import=roster, by=cast.eurycleia, now=NOW)
    jobs.commit_roster.call(roster_import_id=str(roster.pk))
    roster.refresh_from_db()
    return roster


CREW = """Name,E-mail,Role,Line manager,Capacity,Skills offered,Time zone
Mentes,mentes@ithaca.example,Mentor,,3,trade; ships,Europe/Athens
Halitherses,halitherses@ithaca.example,Mentee,mentes@ithaca.example,,birds,Europe/Athens
"""


def test_a_roster_creates_people_with_their_places_and_line_managers(cast):
    roster = committed(cast, checked(cast, given(cast, CREW)))
    assert roster.state == "committed"
    assert roster.counts == {"create": 2, "update": 0, "same": 0, "rejected": 0, "warnings": 0}
    mentes = Person.objects.get(email="mentes@ithaca.example")
    assert mentes.skills_offered == ["trade", "ships"]
    assert Person.objects.get(name="Halitherses").line_manager == mentes
    places = Enrolment.objects.filter(programme=cast.programme, source="roster")
    assert set(places.values_list("person__name", "role", "capacity")) == {
        ("Mentes", "mentor", 3),
        ("Halitherses", "learner", 1),
    }
