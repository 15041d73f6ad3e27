"""The pages of a roster import."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from telemachy.apps.people.models import Person
from telemachy.apps.programmes import jobs
from telemachy.apps.programmes.models import Enrolment, RosterImport

pytestmark = pytest.mark.django_db

CREW = """Name,E-mail,Role,Capacity
Mentes,mentes@ithaca.example,Mentor,3
Halitherses,halitherses@ithaca.example,Mentee,
=Evil(),not an address,Captain,99
"""


def upload(client, cast, text: str = CREW, name: str = "people.csv") -> RosterImport:
    """Upload one file and return the import."""
    file = SimpleUploadedFile(name, text.encode())
    response = client.post(reverse("roster-upload", args=[cast.programme.pk]), {"people": file})
    assert response.status_code == 302, response.content.decode()
    return RosterImport.objects.latest("created_at")


def columns(roster: RosterImport, **changed: str) -> dict[str, str]:
    """Return the mapping form as the page fills it."""
    data = {}
    for number, file in enumerate(roster.files):
        data[f"file{number}_role"] = file["role"]
        for index, column in enumerate(file["columns"]):
            data[f"file{number}_column{index}"] = column["field"]
    return data | changed


def preview(client, cast, text: str = CREW, **changed: str) -> RosterImport:
    """Upload, map and check a file."""
    roster = upload(client, cast, text)
    response = client.post(reverse("roster-columns", args=[roster.pk]), columns(roster, **changed))
    assert response.status_code == 302, response.content.decode()
    jobs.check_roster.call(roster_import_id=str(roster.pk))
    roster.refresh_from_db()
    return roster


def test_from_a_spreadsheet_to_people_with_places(cast, sign_in):
    client = sign_in(cast.eurycleia)
    roster = preview(client, cast)
    page = client.get(reverse("roster", args=[roster.pk])).content.decode()
    assert "Take in 2 rows" in page
    assert "Write name@example.org" in page or "Write it like name@example.org" in page
    assert not Person.objects.filter(email="mentes@ithaca.example").exists()

    client.post(reverse("roster-commit", args=[roster.pk]))
    assert "Taking the people in" in client.get(reverse("roster", args=[roster.pk])).content.decode()
    jobs.commit_roster.call(roster_import_id=str(roster.pk))
    page = client.get(reverse("roster", args=[roster.pk])).content.decode()
    assert "The roster is in" in page
    assert reverse("match-run-list", args=[cast.programme.pk]) in page
    assert Enrolment.objects.get(person__email="mentes@ithaca.example").capacity == 3
