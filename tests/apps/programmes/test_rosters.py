"""What a roster does to people and places: the check, the preview, the commit."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.urls import reverse

from telemachy.apps.audit.models import Event
from telemachy.apps.people.actions import persons
from telemachy.apps.people.models import Person
from telemachy.apps.programmes import jobs, snapshots
from telemachy.apps.programmes.actions import roster_checks, rosters
from telemachy.apps.programmes.models import Enrolment, RosterImport
from telemachy.apps.programmes.queries import rosters as queries
from telemachy.core.roster.fields import Field
from telemachy.core.roster.files import RosterFileError
from telemachy.core.shared.errors import BadInput, NotAllowed, WrongState
from tests.apps.audit.lost import give_up
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db

CREW = """Name,E-mail,Role,Line manager,Capacity,Skills offered,Time zone
Mentes,mentes@ithaca.example,Mentor,,3,trade; ships,Europe/Athens
Halitherses,halitherses@ithaca.example,Mentee,mentes@ithaca.example,,birds,Europe/Athens
"""


def given(cast: Cast, *texts: str, roles: tuple[str, ...] = ()) -> RosterImport:
    """Upload one or two rosters as Eurycleia."""
    uploads = [
        rosters.Upload(f"file{n}.csv", ContentFile(text.encode()), roles[n] if roles else "")
        for n, text in enumerate(texts)
    ]
    return rosters.upload(programme=cast.programme, uploads=uploads, by=cast.eurycleia, now=NOW)


def as_guessed(roster: RosterImport, role: str = "") -> list[rosters.Mapped]:
    """Return what was guessed of each file."""
    return [
        rosters.Mapped({i: Field(c["field"]) for i, c in enumerate(file["columns"])}, file["role"] or role)
        for file in roster.files
    ]


def checked(cast: Cast, *texts: str, roles: tuple[str, ...] = (), role: str = "") -> RosterImport:
    """Upload, map as guessed, and check."""
    roster = given(cast, *texts, roles=roles)
    rosters.map_columns(roster_import=roster, mapped=as_guessed(roster, role), by=cast.eurycleia, now=NOW)
    jobs.check_roster.call(roster_import_id=str(roster.pk))
    roster.refresh_from_db()
    return roster


def committed(cast: Cast, *texts: str, roles: tuple[str, ...] = (), role: str = "") -> RosterImport:
    """Upload, map as guessed, check and commit."""
    roster = checked(cast, *texts, roles=roles, role=role)
    assert roster.state == "previewed", roster.problem
    rosters.commit(roster_import=roster, by=cast.eurycleia, now=NOW)
    jobs.commit_roster.call(roster_import_id=str(roster.pk))
    roster.refresh_from_db()
    return roster


def codes(roster: RosterImport) -> dict[int, list[str]]:
    """Return the codes found in each row that has any."""
    return {
        row.line: [p["code"] for p in row.problems] for row in roster.rows.order_by("line") if row.problems
    }


def changes(roster: RosterImport) -> dict[str, tuple[object, object]]:
    """Return the changes of the only row that has any."""
    row = roster.rows.get(effect="update")
    return {change["field"]: (change["old"], change["new"]) for change in row.changes}


def test_a_roster_creates_people_with_their_places_and_line_managers(cast):
    roster = committed(cast, CREW)
    assert roster.state == "committed"
    assert roster.counts == {"create": 2, "update": 0, "same": 0, "rejected": 0, "warnings": 0}
    mentes = Person.objects.get(email="mentes@ithaca.example")
    assert mentes.skills_offered == ["trade", "ships"]
    assert mentes.organisation == cast.ithaca
    assert Person.objects.get(name="Halitherses").line_manager == mentes
    places = Enrolment.objects.filter(programme=cast.programme, source="roster")
    assert set(places.values_list("person__name", "role", "capacity")) == {
        ("Mentes", "mentor", 3),
        ("Halitherses", "learner", 1),
    }


def test_nothing_is_written_before_the_commit(cast):
    n_before = Person.objects.count(), Enrolment.objects.count()
    assert checked(cast, CREW).state == "previewed"
    assert (Person.objects.count(), Enrolment.objects.count()) == n_before


def test_the_same_file_again_changes_nothing_and_cannot_be_committed(cast):
    committed(cast, CREW)
    again = checked(cast, CREW)
    assert again.counts == {"create": 0, "update": 0, "same": 2, "rejected": 0, "warnings": 0}
    with pytest.raises(BadInput, match="nothing to take in"):
        rosters.commit(roster_import=again, by=cast.eurycleia, now=NOW)


def test_an_update_shows_old_and_new_and_leaves_alone_what_the_file_does_not_say(cast):
    header = "Name,E-mail,Role,Time zone,Skills sought,Job title"
    text = f"{header}\nTelemachus,telemachus@ithaca.example,Mentee,,,Prince\n"
    roster = checked(cast, text)
    assert changes(roster) == {"job_title": ("", "Prince")}
    committed(cast, text)
    cast.telemachus.refresh_from_db()
    assert cast.telemachus.job_title == "Prince"
    assert cast.telemachus.time_zone == "Europe/Lisbon"
    assert cast.telemachus.skills_sought == ["strategy"]
    assert Enrolment.objects.filter(person=cast.telemachus, programme=cast.programme).count() == 1


def test_a_known_person_gets_a_second_place_and_another_capacity(cast):
    roster = committed(cast, "Name,E-mail,Role,Capacity\nAthena,ATHENA@ithaca.example,both,5\n")
    assert changes(roster) == {"capacity": (2, 5), "seat": ("", "learner")}
    places = Enrolment.objects.filter(person=cast.athena, programme=cast.programme)
    assert set(places.values_list("role", "capacity")) == {("mentor", 5), ("learner", 1)}


def test_the_personnel_number_identifies_when_the_address_changed(cast):
    committed(cast, "Name,E-mail,Personnel number,Role\nMentes,old@ithaca.example,P1,Mentor\n")
    roster = committed(cast, "Name,E-mail,Personnel number,Role\nMentes,new@ithaca.example,P1,Mentor\n")
    assert changes(roster) == {"email": ("old@ithaca.example", "new@ithaca.example")}
    assert Person.objects.get(external_id="P1").email == "new@ithaca.example"


def test_conflicts_of_identity_are_named(cast):
    Person.objects.filter(pk=cast.athena.pk).update(external_id="P1")
    Person.objects.filter(pk=cast.nestor.pk).update(external_id="P2", left_at=NOW)
    rows = [
        "Athena,athena@ithaca.example,P9,Mentor",  # her address with another number
        "Athena,telemachus@ithaca.example,P1,Mentor",  # his address with her number
        "Athena,pallas@ithaca.example,P1,Mentor",  # another address than she signs in with
        "Nestor,nestor@ithaca.example,,Mentor",  # has left
    ]
    found = [codes(checked(cast, f"Name,E-mail,Personnel number,Role\n{row}\n"))[2] for row in rows]
    assert found == [["known_other_id"], ["known_two_people"], ["known_other_email"], ["has_left"]]


def test_every_code_has_words_for_the_message_and_the_mend():
    params = dict.fromkeys(("name", "other", "number", "email", "file"), "x")
    for code in (*queries.ERRORS, *queries.WARNINGS):
        problem = {"column": "A", "value": "", "code": code, "params": params}
        told = queries.told(problem)
        assert told.message
        assert told.mend
        assert told.is_error == (code in queries.ERRORS)


def test_two_files_make_one_person_with_both_places(cast):
    roster = committed(
        cast,
        "Name,E-mail,Skills offered\nMentes,mentes@ithaca.example,trade\n",
        "Name,E-mail,Skills sought\nMentes,mentes@ithaca.example,patience\n",
        roles=("mentor", "learner"),
    )
    assert roster.counts["create"] == 1
    assert roster.counts["update"] == 1
    mentes = Person.objects.get(email="mentes@ithaca.example")
    assert (mentes.skills_offered, mentes.skills_sought) == (["trade"], ["patience"])
    assert set(mentes.enrolments.values_list("role", flat=True)) == {"mentor", "learner"}


def test_two_files_that_disagree_on_who_somebody_is_are_a_named_conflict(cast):
    roster = checked(
        cast,
        "Name,E-mail,Personnel number\nMentes,mentes@ithaca.example,P1\n",
        "Name,E-mail,Personnel number\nMedon,mentes@ithaca.example,P1\nMentes,mentes@ithaca.example,P2\n",
        roles=("mentor", "learner"),
    )
    found = {row.line: row.problems[0]["code"] for row in roster.rows.filter(file=1)}
    assert found[2] == "file_other_name"
    assert found[3] in {"file_other_id", "conflict_id"}
    assert roster.problem == {}


def test_several_files_and_batches_make_the_same_plan(cast, monkeypatch):
    monkeypatch.setattr(jobs, "BATCH", 1)
    monkeypatch.setattr(persons, "BATCH", 4)
    test_two_files_make_one_person_with_both_places(cast)
    test_line_managers_are_found_wherever_their_row_stands(cast)


def test_line_managers_are_found_wherever_their_row_stands(cast):
    text = (
        "Name,E-mail,Personnel number,Role,Line manager\n"
        "Phemius,phemius@ithaca.example,,Mentee,Medon\n"  # by name, further down
        "Leodes,leodes@ithaca.example,,Mentee,Z7\n"  # by number, further down
        "Eumaeus,eumaeus@ithaca.example,,Mentee,Nestor\n"  # by name, in the organisation
        "Philoetius,philoetius@ithaca.example,,Mentee,athena@ithaca.example\n"
        "Medon,medon@ithaca.example,Z7,Mentor,\n"
    )
    committed(cast, text)
    manager = dict(Person.objects.values_list("name", "line_manager__name"))
    assert manager["Phemius"] == "Medon"
    assert manager["Leodes"] == "Medon"
    assert manager["Eumaeus"] == "Nestor"
    assert manager["Philoetius"] == "Athena"


def test_line_managers_that_cannot_be_told_are_warnings(cast):
    text = (
        "Name,E-mail,Role,Line manager,Capacity\n"
        "A One,one@ithaca.example,Mentee,Nobody Known,\n"
        "B Two,two@ithaca.example,Mentee,Same Name,\n"
        "C Three,three@ithaca.example,Mentee,three@ithaca.example,\n"
        "D Four,four@ithaca.example,Mentee,bad@ithaca.example,\n"
        "Same Name,s1@ithaca.example,Mentee,,\n"
        "Same Name,s2@ithaca.example,Mentee,,\n"
        "Bad Row,bad@ithaca.example,Mentor,,99\n"
    )
    roster = committed(cast, text)
    assert codes(roster) == {
        2: ["manager_unknown"],
        3: ["manager_ambiguous"],
        4: ["manager_self"],
        5: ["manager_not_taken"],
        8: ["capacity_invalid"],
    }
    assert roster.counts["warnings"] == 4
    assert not Person.objects.filter(name__in=["A One", "B Two", "C Three", "D Four"]).exclude(
        line_manager=None
    )


def test_whoever_has_withdrawn_stays_out(cast):
    Enrolment.objects.filter(person=cast.telemachus).update(state="withdrawn")
    roster = checked(cast, "Name,E-mail,Role\nTelemachus,telemachus@ithaca.example,Mentee\n")
    assert codes(roster) == {2: ["withdrawn"]}
    assert roster.counts["same"] == 1


def test_people_of_another_organisation_are_never_matched(cast):
    roster = committed(cast, "Name,E-mail,Role\nAntinous,antinous@suitors.example,Mentee\n")
    assert roster.counts["create"] == 1
    assert Person.objects.filter(email="antinous@suitors.example").count() == 2
    cast.antinous.refresh_from_db()
    assert not cast.antinous.enrolments.exists()


def test_rejected_rows_stay_out_and_the_others_go_in(cast):
    roster = committed(cast, CREW + "Liodes,not an address,Mentee,,,,\n")
    assert roster.counts["rejected"] == 1
    assert Person.objects.filter(name__in=["Mentes", "Halitherses", "Liodes"]).count() == 2
    assert next(queries.rejected(roster))[:2] == ["Liodes", "not an address"]


def test_a_mapping_is_remembered_for_the_same_columns(cast):
    text = "Wer,Adresse (Mail),Was\nMentes,mentes@ithaca.example,x\n"
    roster = given(cast, text)
    fields = {0: Field.NAME, 1: Field.EMAIL, 2: Field.ABOUT}
    mapped = [rosters.Mapped(fields, "mentor")]
    rosters.map_columns(roster_import=roster, mapped=mapped, by=cast.eurycleia, now=NOW)
    again = given(cast, text)
    assert [(c["field"], c["reason"]) for c in again.files[0]["columns"]] == [
        ("name", "remembered"),
        ("email", "remembered"),
        ("about", "remembered"),
    ]


@pytest.mark.parametrize(
    ("fields", "role"),
    [
        ({0: Field.NAME}, "mentor"),  # nothing identifies
        ({1: Field.EMAIL}, "mentor"),  # no name
        ({0: Field.NAME, 1: Field.EMAIL}, ""),  # no role
        ({0: Field.NAME, 1: Field.EMAIL, 9: Field.ABOUT}, "mentor"),  # no such column
    ],
)
def test_a_mapping_that_cannot_work_is_refused(cast, fields, role):
    roster = given(cast, "Name,E-mail\nMentes,mentes@ithaca.example\n")
    with pytest.raises(BadInput) as refusal:
        rosters.map_columns(
            roster_import=roster, mapped=[rosters.Mapped(fields, role)], by=cast.eurycleia, now=NOW
        )
    assert refusal.value.field == "0"
    roster.refresh_from_db()
    assert roster.state == "uploaded"


def test_a_file_that_is_no_table_leaves_nothing_behind(cast, settings):
    with pytest.raises(RosterFileError) as refusal:
        given(cast, CREW, "%PDF-1.7 not a table")
    assert refusal.value.field == "1"
    assert not RosterImport.objects.exists()
    folder = Path(settings.MEDIA_ROOT)
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_a_file_that_breaks_off_while_it_is_read_fails_with_its_reason(cast):
    rows = "".join(f"Person {n},p{n}@ithaca.example,Mentee\n" for n in range(40))
    roster = checked(cast, f'Name,E-mail,Role\n{rows}"never closed,x@ithaca.example,Mentee\n')
    assert roster.state == "failed"
    message, mend = queries.failure(roster)
    assert "never closed" in message
    assert mend


def test_only_who_runs_the_programme_may_import(cast):
    upload = rosters.Upload("a.csv", ContentFile(CREW.encode()))
    for stranger in (cast.athena, cast.telemachus, cast.antinous):
        with pytest.raises(NotAllowed):
            rosters.upload(programme=cast.programme, uploads=[upload], by=stranger, now=NOW)
    roster = checked(cast, CREW)
    with pytest.raises(NotAllowed):
        rosters.commit(roster_import=roster, by=cast.athena, now=NOW)
    with pytest.raises(NotAllowed):
        rosters.discard(roster_import=roster, by=cast.antinous, now=NOW)


def test_a_job_that_runs_twice_does_nothing_the_second_time(cast):
    roster = committed(cast, CREW)
    counts = Person.objects.count(), Enrolment.objects.count(), Event.objects.count()
    jobs.commit_roster.call(roster_import_id=str(roster.pk))
    jobs.check_roster.call(roster_import_id=str(roster.pk))
    assert (Person.objects.count(), Enrolment.objects.count(), Event.objects.count()) == counts


def test_a_second_run_of_a_check_takes_over_and_the_first_one_stops(cast):
    roster = given(cast, CREW)
    rosters.map_columns(roster_import=roster, mapped=as_guessed(roster), by=cast.eurycleia, now=NOW)
    first = roster_checks.begin(roster_import=roster, by=None, now=NOW)
    jobs.check_roster.call(roster_import_id=str(roster.pk))
    with pytest.raises(roster_checks.Superseded):
        roster_checks.stage(
            roster_import=roster, attempt=first, rows=[], n_done=0, n_total=1, by=None, now=NOW
        )
    assert roster.rows.count() == 2


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda cast: Person.objects.filter(pk=cast.telemachus.pk).update(job_title="King"),
        lambda cast: Person.objects.filter(pk=cast.telemachus.pk).update(left_at=NOW),
        lambda cast: persons.add(
            organisation_id=cast.ithaca.pk, name="M", email="mentes@ithaca.example", by=cast.penelope, now=NOW
        ),
        lambda cast: Enrolment.objects.filter(person=cast.athena).update(capacity=4),
    ],
    ids=["a field changed", "somebody left", "somebody came", "a capacity changed"],
)
def test_a_stale_preview_takes_nothing_in_and_says_so(cast, meanwhile):
    text = (
        "Name,E-mail,Role,Job title,Capacity\n"
        "Mentes,mentes@ithaca.example,Mentor,,\n"
        "Telemachus,telemachus@ithaca.example,Mentee,Prince,\n"
        "Athena,athena@ithaca.example,Mentor,,7\n"
        "Medon,medon@ithaca.example,Mentor,,\n"
    )
    roster = checked(cast, text)
    rosters.commit(roster_import=roster, by=cast.eurycleia, now=NOW)
    meanwhile(cast)
    jobs.commit_roster.call(roster_import_id=str(roster.pk))
    roster.refresh_from_db()
    assert roster.state == "failed"
    assert "changed since the preview" in queries.failure(roster)[0]
    assert not Person.objects.filter(email="medon@ithaca.example").exists()
    assert not Enrolment.objects.filter(source="roster").exists()

    rosters.map_columns(roster_import=roster, mapped=as_guessed(roster), by=cast.eurycleia, now=NOW)
    jobs.check_roster.call(roster_import_id=str(roster.pk))
    roster.refresh_from_db()
    assert roster.state == "previewed"


def test_a_manager_who_lost_the_programme_takes_nothing_in(cast):
    roster = checked(cast, CREW)
    rosters.commit(roster_import=roster, by=cast.eurycleia, now=NOW)
    cast.programme.managers.all().delete()
    jobs.commit_roster.call(roster_import_id=str(roster.pk))
    roster.refresh_from_db()
    assert (roster.state, roster.problem["code"]) == ("failed", "not_allowed")


def test_an_unforeseen_error_leaves_a_word_and_no_rows(cast, monkeypatch):
    monkeypatch.setattr(jobs.roster_commits.persons, "add_many", lambda **_: 1 / 0)
    roster = checked(cast, CREW)
    rosters.commit(roster_import=roster, by=cast.eurycleia, now=NOW)
    jobs.commit_roster.call(roster_import_id=str(roster.pk))
    roster.refresh_from_db()
    assert (roster.state, roster.problem["code"]) == ("failed", "broken")


@pytest.mark.parametrize("step", ["check_roster", "commit_roster"])
def test_an_import_whose_worker_is_lost_each_time_says_so_and_is_begun_anew(cast, step):
    roster = checked(cast, CREW)
    roster.state = {"check_roster": "checking", "commit_roster": "committing"}[step]
    roster.save()
    give_up(f"telemachy.apps.programmes.jobs.{step}", roster_import_id=str(roster.pk))
    roster.refresh_from_db()
    assert (roster.state, roster.problem["code"]) == ("failed", "broken")
    rosters.map_columns(roster_import=roster, mapped=as_guessed(roster), by=cast.eurycleia, now=NOW)
    jobs.check_roster.call(roster_import_id=str(roster.pk))
    roster.refresh_from_db()
    assert roster.state == "previewed"


def test_files_go_with_the_commit_and_the_rows_stay(cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        roster = given(cast, CREW)
    path = roster.files[0]["path"]
    assert default_storage.exists(path)
    with django_capture_on_commit_callbacks(execute=True):
        rosters.map_columns(roster_import=roster, mapped=as_guessed(roster), by=cast.eurycleia, now=NOW)
        jobs.check_roster.call(roster_import_id=str(roster.pk))
        rosters.commit(roster_import=roster, by=cast.eurycleia, now=NOW)
        jobs.commit_roster.call(roster_import_id=str(roster.pk))
    assert not default_storage.exists(path)
    assert roster.rows.count() == 2


def test_a_check_can_be_stopped_while_it_waits_and_while_it_runs(cast, sign_in, monkeypatch):
    def upload() -> RosterImport:
        roster = given(cast, CREW)
        rosters.map_columns(roster_import=roster, mapped=as_guessed(roster), by=cast.eurycleia, now=NOW)
        return roster

    manager = sign_in(cast.eurycleia)

    def stop(roster: RosterImport) -> None:
        page = manager.get(reverse("roster", args=[roster.pk])).content.decode()
        assert reverse("roster-discard", args=[roster.pk]) in page
        manager.post(reverse("roster-discard", args=[roster.pk]))

    waiting, running = upload(), upload()
    stop(waiting)
    finish = roster_checks.finish
    monkeypatch.setattr(roster_checks, "finish", lambda **rest: (stop(running), finish(**rest)))
    for roster in (waiting, running):
        jobs.check_roster.call(roster_import_id=str(roster.pk))
        roster.refresh_from_db()
        assert (roster.state, roster.rows.count()) == ("discarded", 0)


def test_a_roster_whose_taking_in_broke_off_goes_back_to_its_checked_rows(cast, sign_in):
    roster, manager = checked(cast, CREW), sign_in(cast.eurycleia)
    rosters.commit(roster_import=roster, by=cast.eurycleia, now=NOW)
    page = manager.get(reverse("roster", args=[roster.pk])).content.decode()
    assert reverse("roster-take-back", args=[roster.pk]) in page
    manager.post(reverse("roster-take-back", args=[roster.pk]))
    jobs.commit_roster.call(roster_import_id=str(roster.pk))  # the lost job comes after all
    roster.refresh_from_db()
    assert roster.state == "previewed"
    rosters.commit(roster_import=roster, by=cast.eurycleia, now=NOW)
    jobs.commit_roster.call(roster_import_id=str(roster.pk))
    roster.refresh_from_db()
    assert roster.state == "committed"
    with pytest.raises(WrongState, match="moved on"):
        rosters.take_back(roster_import=roster, by=cast.eurycleia, now=NOW)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_a_roster_that_is_just_being_taken_in_is_not_taken_back(cast):
    roster = checked(cast, CREW)
    rosters.commit(roster_import=roster, by=cast.eurycleia, now=NOW)
    refused = []

    def take_back() -> None:
        try:
            rosters.take_back(roster_import=roster, by=cast.eurycleia, now=NOW)
        except WrongState as error:
            refused.append(str(error))
        finally:
            connection.close()

    with transaction.atomic():
        queries.locked(roster)
        elsewhere = Thread(target=take_back)
        elsewhere.start()
        elsewhere.join()
    assert refused == ["The people are being taken in right now: all of them at once, or none."]


def test_a_discarded_import_forgets_files_and_rows(cast, django_capture_on_commit_callbacks):
    roster = checked(cast, CREW)
    path = roster.files[0]["path"]
    with django_capture_on_commit_callbacks(execute=True):
        rosters.discard(roster_import=roster, by=cast.eurycleia, now=NOW)
    roster.refresh_from_db()
    assert (roster.state, roster.rows.count()) == ("discarded", 0)
    assert not default_storage.exists(path)
    with pytest.raises(WrongState):
        rosters.commit(roster_import=roster, by=cast.eurycleia, now=NOW)


def test_an_import_nobody_decides_on_is_forgotten_after_a_month(cast, monkeypatch):
    undecided, decided = checked(cast, CREW), committed(cast, CREW)
    monkeypatch.setattr(jobs.timezone, "now", lambda: NOW + timedelta(days=29))
    jobs.forget_abandoned_rosters.call()
    undecided.refresh_from_db()
    assert undecided.state == "previewed"
    monkeypatch.setattr(jobs.timezone, "now", lambda: NOW + timedelta(days=31))
    jobs.forget_abandoned_rosters.call()
    undecided.refresh_from_db()
    decided.refresh_from_db()
    assert (undecided.state, undecided.rows.count()) == ("discarded", 0)
    assert (decided.state, decided.rows.count()) == ("committed", 2)


def test_the_trail_tells_who_took_how_many_in(cast):
    committed(cast, CREW)
    event = Event.objects.get(verb="roster.committed")
    assert event.actor_id == cast.eurycleia.pk
    assert event.data["create"] == 2
    assert Event.objects.get(verb="person.added_many").data == {"n": 2}


KILLED = """
import os, signal, sys
from pathlib import Path
from threading import Thread
sys.path.insert(0, {benchmarks!r})
import imports
imports.start_django(Path({folder!r}))
from django.utils import timezone
from django.core.files.base import ContentFile
from telemachy.apps.people.actions import persons
from telemachy.apps.people.models import Organisation, Person
from telemachy.apps.programmes import jobs
from telemachy.apps.programmes.actions import roster_commits, rosters
from telemachy.apps.programmes.models import Programme, RosterImport
from telemachy.core.roster.fields import Field

now = timezone.now()
if RosterImport.objects.exists():
    roster = RosterImport.objects.get()
else:
    ithaca = Organisation.objects.create(name="Ithaca", slug="ithaca", created_at=now)
    manager = Person.objects.create(organisation=ithaca, name="E", is_administrator=True, created_at=now)
    programme = Programme.objects.create(organisation=ithaca, name="V", kind="mentoring", created_at=now)
    crew = "".join(f"Crew {{n}},crew{{n}}@ithaca.example,Mentee\\n" for n in range(40))
    text = "Name,E-mail,Role\\n" + crew
    upload = rosters.Upload("crew.csv", ContentFile(text.encode()))
    roster = rosters.upload(programme=programme, uploads=[upload], by=manager, now=now)
    columns = {{0: Field.NAME, 1: Field.EMAIL, 2: Field.ROLE}}
    rosters.map_columns(roster_import=roster, mapped=[rosters.Mapped(columns)], by=manager, now=now)
    jobs.check_roster.call(roster_import_id=str(roster.pk))
    rosters.commit(roster_import=roster, by=manager, now=now)

persons.BATCH = roster_commits._BATCH = 10
fatal = {fatal!r}
if fatal:
    module = {{"persons": persons, "places": roster_commits}}[fatal.split()[0]]
    inner, left = module.insert_many, [int(fatal.split()[1])]
    def insert_many(*args, **same):
        inner(*args, **same)
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
    module.insert_many = insert_many
jobs.commit_roster.call(roster_import_id=str(roster.pk))
"""


def run_commit(folder: Path, fatal: str) -> int:
    """Commit the roster of an installation in a process that may be killed on the way."""
    benchmarks = Path(__file__).parents[3] / "benchmarks"
    code = KILLED.format(benchmarks=str(benchmarks), folder=str(folder), fatal=fatal)
    environment = {key: value for key, value in os.environ.items() if not key.startswith("TELEMACHY_")}
    environment["PYTHONPATH"] = str(benchmarks.parent / "src")
    return subprocess.run([sys.executable, "-c", code], check=False, env=environment).returncode


def rows_in(folder: Path) -> tuple[int, int, str]:
    """Count people and places and read the import's state, from outside."""
    with sqlite3.connect(folder / "telemachy.sqlite3") as database:
        count = (
            "SELECT (SELECT count(*) FROM people_person), (SELECT count(*) FROM programmes_enrolment), state"
        )
        return database.execute(f"{count} FROM programmes_rosterimport").fetchone()


def test_a_commit_killed_between_batches_leaves_nothing_and_the_next_run_everything(tmp_path):
    for fatal in ("persons 2", "places 3"):
        assert run_commit(tmp_path, fatal) == -signal.SIGKILL
        assert rows_in(tmp_path) == (1, 0, "committing")
    assert run_commit(tmp_path, "") == 0
    assert rows_in(tmp_path) == (41, 40, "committed")


WISHES = """Name,E-mail,Personnel number,Role,Preferred,Not with
Mentes,mentes@ithaca.example,7,Mentor,,
Halitherses,halitherses@ithaca.example,8,Mentor,,
Elpenor,elpenor@ithaca.example,9,Learner,halitherses@ithaca.example; athena@ithaca.example,7
Eumelus,eumelus@ithaca.example,10,Learner,nobody@ithaca.example; Eumelus; 8,8
"""


def wished(cast: Cast, of: str) -> set[tuple[str, str]]:
    places = Enrolment.objects.filter(programme=cast.programme, **{f"{of}__isnull": False})
    return set(places.values_list("person__name", f"{of}__name"))


def test_wishes_of_a_roster_are_taken_in_and_what_they_cannot_mean_is_told(cast: Cast) -> None:
    roster = checked(cast, WISHES)
    told = {
        (row.line, problem["code"], problem["value"]) for row in roster.rows.all() for problem in row.problems
    }
    assert told >= {
        (5, "wish_unknown", "nobody@ithaca.example"),
        (5, "wish_self", "Eumelus"),
        (5, "wish_both", "8"),
    }
    assert not any(line == 4 and code.startswith("wish") for line, code, _value in told)
    committed(cast, WISHES)
    assert wished(cast, "preferred") == {("Elpenor", "Athena"), ("Elpenor", "Halitherses")}
    assert wished(cast, "avoided") == {("Elpenor", "Mentes"), ("Eumelus", "Halitherses")}
    pool = snapshots.pool(cast.programme, {}, {}, NOW.date())
    named = {str(one.pk): one.name for one in Person.objects.all()}
    assert {(named[one], named[other]) for one, other in pool.problem.forbidden} == wished(cast, "avoided")
    again = checked(cast, WISHES)
    assert again.counts["update"] == 0


def test_a_wish_for_somebody_whose_row_is_rejected_is_left_out(cast: Cast) -> None:
    row = "Halitherses,halitherses@ithaca.example,8,"
    broken = WISHES.replace(f"{row}Mentor", f"{row}Cook")
    roster = checked(cast, broken)
    row = roster.rows.get(line=4)
    assert "wish_not_taken" in {problem["code"] for problem in row.problems}
    committed(cast, broken)
    assert wished(cast, "preferred") == {("Elpenor", "Athena")}
