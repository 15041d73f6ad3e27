"""From an own spreadsheet to people with places, by keyboard, with the work going on in the background."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from telemachy.apps.people.models import Person
from telemachy.apps.programmes import jobs
from telemachy.apps.programmes.models import Enrolment, RosterImport
from tests import cast as cast_module

#: As a German office saves it: semicolons, cp1252, own words, and a few mistakes.
CREW = """Vorname;Nachname;E-Mail-Adresse;Rolle;Kapazität;Zeitzone;Kompetenzen
Jörg;Mentes;mentes@ithaca.example;Mentor;3;Athen;Handel, Schiffe
Ruth;Halitherses;halitherses@ithaca.example;Mentee;;Europe/Athens;
Peiraios;Klytides;peiraios-at-ithaca;Mentee;;Atlantis;
"""


def test_a_manager_brings_a_spreadsheet_by_keyboard(walk, check_accessible, tmp_path, live_server) -> None:
    cast = cast_module.assemble()
    roster_file = tmp_path / "mannschaft.csv"
    roster_file.write_bytes(CREW.encode("cp1252"))
    page = walk(cast.eurycleia)
    page.goto(f"{live_server.url}/programmes/{cast.programme.pk}/rosters/upload/")
    check_accessible(page)

    page.get_by_label("Spreadsheet", exact=True).set_input_files(roster_file)
    page.get_by_role("button", name="Go on to the columns").press("Enter")

    expect(page.get_by_role("heading", name="What the columns mean")).to_be_visible()
    check_accessible(page)
    expect(page.get_by_label("Nachname", exact=True)).to_have_value("last_name")
    page.get_by_label("Kompetenzen", exact=True).select_option("skills_offered")
    page.get_by_role("button", name="Check the rows").press("Enter")

    expect(page.get_by_role("heading", name="Checking the rows")).to_be_visible()
    check_accessible(page)
    roster = RosterImport.objects.get()
    jobs.check_roster.call(roster_import_id=str(roster.pk))  # what the worker does meanwhile

    expect(page.get_by_role("heading", name="What would happen")).to_be_visible()
    expect(page.get_by_text('"Atlantis" is not a time zone.')).to_be_visible()
    check_accessible(page)
    filters = page.get_by_role("navigation", name="Show rows that")
    filters.get_by_role("link", name="will be created").press("Enter")
    expect(page.get_by_role("cell", name="Jörg Mentes")).to_be_visible()
    check_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").press("Enter")
    assert "Atlantis" in Path(download.value.path()).read_text(encoding="utf-8-sig")

    page.get_by_role("button", name="Take in 2 rows").press("Enter")
    expect(page.get_by_role("heading", name="Taking people in")).to_be_visible()
    jobs.commit_roster.call(roster_import_id=str(roster.pk))
    expect(page.get_by_role("heading", name="The roster is in")).to_be_visible()
    check_accessible(page)
    assert Enrolment.objects.get(person__name="Jörg Mentes").capacity == 3
    assert Person.objects.get(name="Jörg Mentes").time_zone == "Europe/Athens"

    page.goto(f"{live_server.url}/programmes/{cast.programme.pk}/rosters/upload/")
    page.get_by_label("Spreadsheet", exact=True).set_input_files(roster_file)
    page.get_by_role("button", name="Go on to the columns").press("Enter")
    expect(page.get_by_text("Chosen for a file with the same columns before.").first).to_be_visible()
    page.get_by_role("link", name="Another file").press("Enter")
    page.get_by_role("link", name="2 earlier imports").press("Enter")
    expect(page.get_by_role("heading", name="Imports")).to_be_visible()
    check_accessible(page)
