"""The first thing on a new installation: an organisation, and somebody who can sign in to it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from telemachy.apps.audit.models import OutboxMessage
from telemachy.apps.people.models import Organisation, Person
from telemachy.interfaces.cli import main

pytestmark = pytest.mark.django_db

FOUND = [
    "organisation",
    "Pylos of the Sands",
    "--administrator",
    "Peisistratus",
    "--email",
    "Peisi@pylos.example",
]


def test_an_organisation_is_founded_and_its_administrator_comes_in_by_the_link_that_is_printed(
    client, capsys
):
    assert main.main([*FOUND, "--time-zone", "Europe/Athens"]) == 0
    told = capsys.readouterr().out
    pylos = Organisation.objects.get(slug="pylos-of-the-sands")
    assert (pylos.name, pylos.time_zone) == ("Pylos of the Sands", "Europe/Athens")
    link = told.split()[-1]
    assert link in OutboxMessage.objects.get(to="peisi@pylos.example").text
    page = link[link.index("/invitation/") :]
    client.post(page, {"password": "sandy Pylos at dawn", "language": "en", "time_zone": "UTC"})
    assert client.get(reverse("organisation")).status_code == 200
    assert Person.objects.get(organisation=pylos).is_administrator


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["--email", "nobody"], "no e-mail address"),
        (["--time-zone", "Pylos"], "No time zone"),
        (["--short-name", "!!"], "--short-name"),
        (["--short-name", "taken"], "exists already"),
        (["--administrator", " "], "A name has"),
    ],
)
def test_what_cannot_be_worked_with_is_told_in_one_line_and_founds_nothing(more, told, capsys):
    main.main([*FOUND, "--short-name", "taken"])
    assert main.main([*FOUND, *more]) == 2
    assert told in capsys.readouterr().err
    assert Organisation.objects.count() == 1
