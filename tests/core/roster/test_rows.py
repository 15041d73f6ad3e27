from __future__ import annotations

from pathlib import Path

import pytest

from telemachy.core.roster import decode, headers, problems, rows
from telemachy.core.roster.fields import Field
from telemachy.core.roster.files import RosterFileError
from telemachy.core.roster.hours import USUAL_HOURS
from telemachy.core.roster.problems import Severity
from telemachy.core.shared.scales import Seat
from tests.core.roster.files import HEADER, PEOPLE, codes, delimited, read, workbook

MENTOR, LEARNER = Seat.MENTOR, Seat.LEARNER


def test_people_are_read_with_all_their_details():
    header = "ID;First name;Last name;Email;Role;Title;Department;Level;Manager;Zone;Languages;City;Skills"
    header += ";Wants to learn;Goals;Style;Hours;Max mentees;Cohort;Bio"
    cells = "7.0;Athena;Pallas;A@B.de;Mentorin;Head;Law;6;Zeus@B.de;Athen;Griechisch;Athens;Strategy|Law;"
    [row] = read(f"{header}\n{cells};Teach;calm;Mon-Fri 8-16;3;2026;Wise\n".encode())
    assert row.person == rows.PersonRow(
        external_id="7.0",
        email="a@b.de",
        name="Athena Pallas",
        seats=(MENTOR,),
        job_title="Head",
        function="Law",
        seniority=6,
        line_manager="zeus@b.de",
        time_zone="Europe/Athens",
        languages=("el",),
        location="Athens",
        skills_offered=("Strategy", "Law"),
        goals="Teach",
        style="calm",
        working_hours=tuple(span._replace(start_minute=480, end_minute=960) for span in USUAL_HOURS),
        working_hours_assumed=False,
        capacity=3,
        group="2026",
        about="Wise",
    )
    assert row.problems == ()


def test_text_and_workbook_give_the_same_people():
    people = [row.person for row in read(delimited().encode())]
    assert [person.name for person in people if person] == [
        "Athena Müller",
        "Télémaque O’Brien",
        "Nestor García",
    ]
    assert [row.person for row in read(workbook({"S": [HEADER, *PEOPLE]}), "people.xlsx")] == people


def test_each_of_two_files_gives_its_role():
    mentors = read(b"Name,Email\nAnn,ann@example.org\n", "mentors.csv", MENTOR)
    mentees = read(b"Name,Email\nBo,bo@example.org\n", "mentees.csv", LEARNER)
    assert [row.person.seats for row in mentors + mentees if row.person] == [(MENTOR,), (LEARNER,)]
    assert codes(read(b"Name,Email\nAnn,ann@example.org\n")[0]) == {"missing_role"}


def test_a_role_in_the_row_goes_before_that_of_the_file():
    first, second = read(b"Name,Email,Role\nAnn,a@b.de,both\nBo,b@b.de,\n", role=LEARNER)
    assert first.person is not None
    assert second.person is not None
    assert (first.person.seats, second.person.seats) == ((MENTOR, LEARNER), (LEARNER,))


@pytest.mark.parametrize(
    ("row", "code", "field"),
    [
        (",a@b.de,mentor,,,", "missing_name", None),
        ("Ann,,mentor,,,", "missing_identity", None),
        ("Ann,ann(at)b.de,mentor,,,", "email_invalid", Field.EMAIL),
        ("???,a@b.de,mentor,,,", "name_invalid", Field.NAME),
        ("Ann,a@b.de,captain,,,", "role_unknown", Field.ROLE),
        ("Ann,a@b.de,mentor,99,,", "capacity_invalid", Field.CAPACITY),
        ("Ann,a@b.de,mentor,,Atlantis,", "time_zone_unknown", Field.TIME_ZONE),
        ("Ann,a@b.de,mentor,,,12", "seniority_unknown", Field.SENIORITY),
        ("Ann,a@b.de,mentor,#REF!,,", "spreadsheet_error", Field.CAPACITY),
        (f"{'A' * 300},a@b.de,mentor,,,", "too_long", Field.NAME),
    ],
)
def test_an_error_keeps_the_row_out_and_names_cell_and_mend(row, code, field):
    [read_row] = read(f"Name,Email,Role,Capacity,Time zone,Level\n{row}\n".encode())
    assert read_row.person is None
    [problem] = read_row.problems
    assert (problem.code, problem.field, problem.line, problem.severity) == (code, field, 2, Severity.ERROR)
    assert problem.text().startswith("Row 2")
    assert problem.mend in problem.text()
    assert (problem.column == "") == (field is None)


def test_the_english_of_a_problem_reads_like_a_sentence():
    [row] = read(b"Name,Email,Role,How many mentees?\nAnn,a@b.de,mentor,99\n")
    assert row.problems[0].text() == (
        'Row 2, column "How many mentees?": "99" is not a capacity. Write a whole number from 1 to 20.'
    )


def test_a_warning_lets_the_person_in():
    [row] = read(b"Name,Email,Role,Hours,Languages,City\nAnn,a@b.de,mentor,whenever,Klingon,Berlin\n")
    assert row.person is not None
    assert codes(row) == {"working_hours_unknown", "language_unknown", "time_zone_from_location"}
    assert row.person.working_hours_assumed
    assert row.person.time_zone == "Europe/Berlin"


def test_blank_marks_are_blank_and_names_are_literal():
    [row] = read(b"First name,Last name,Email,Role,Title,Capacity\nNa,None,n@b.de,mentor,n/a,-\n")
    assert row.person is not None
    assert (row.person.name, row.person.job_title, row.person.capacity) == ("Na None", "", None)


def test_the_same_row_twice_is_taken_once_and_says_so():
    rows_read = read(b"Name,Email,Role\nAnn,a@b.de,mentor\nANN ,x@b.de,mentor\nAnn,A@B.de,Mentor\n")
    assert [row.person is not None for row in rows_read] == [True, True, False]
    [problem] = rows_read[2].problems
    assert (problem.code, problem.severity, dict(problem.params)) == (
        "duplicate",
        Severity.WARNING,
        {"other": "2"},
    )


@pytest.mark.parametrize(
    ("second", "code"),
    [
        ("1,Ann,a@b.de,mentor,Law", "conflict"),
        ("2,Ann,a@b.de,learner,", "conflict_id"),
        ("1,Ann,other@b.de,learner,", "conflict_email"),
        ("1,Bo,a@b.de,learner,", "conflict_name"),
        ("1,Ann,a@b.de,both,", "conflict"),
    ],
)
def test_rows_that_contradict_each_other_name_the_other(second, code):
    rows_read = read(f"ID,Name,Email,Role,Skills\n1,Ann,a@b.de,mentor,\n{second}\n".encode())
    assert rows_read[1].person is None
    assert [(p.code, dict(p.params)) for p in rows_read[1].problems] == [(code, {"other": "2"})]


def test_a_person_may_be_mentor_in_one_row_and_learner_in_another():
    rows_read = read(
        b"ID,Name,Email,Role,Skills\n1,Ann,a@b.de,mentor,Law\n1,Ann,a@b.de,learner,\n,Ann,a@b.de,learner,\n"
    )
    assert [row.person.seats if row.person else None for row in rows_read] == [(MENTOR,), (LEARNER,), None]


def test_cells_beyond_the_header_are_told():
    [row] = read(b"Name,Email,Role\nAnn,a@b.de,mentor,Law,Sales\n")
    assert row.person is not None
    assert codes(row) == {"extra_cells"}


def test_columns_of_one_list_are_put_together():
    table = decode.open_table(b"Name,Email,Skill 1,Skill 2\nAnn,a@b.de,Law,Sales; law\n")
    mapping = {0: Field.NAME, 1: Field.EMAIL, 2: Field.SKILLS_OFFERED, 3: Field.SKILLS_OFFERED}
    [row] = rows.read_people(table, mapping, MENTOR)
    assert row.person is not None
    assert row.person.skills_offered == ("Law", "Sales")


@pytest.mark.parametrize(
    ("mapping", "code"),
    [
        ({0: Field.NAME}, "unmapped_identity"),
        ({1: Field.EMAIL}, "unmapped_name"),
        ({0: Field.FIRST_NAME, 1: Field.EMAIL}, "unmapped_name"),
        ({0: Field.EMAIL, 1: Field.EMAIL}, "mapped_twice"),
        ({0: Field.NAME, 1: Field.EMAIL, 9: Field.ROLE}, "mapped_nowhere"),
    ],
)
def test_a_mapping_that_cannot_work_is_refused_at_once(mapping, code):
    table = decode.open_table(b"Name,Email\nAnn,a@b.de\n")
    with pytest.raises(RosterFileError) as caught:
        rows.read_people(table, mapping)
    assert caught.value.code == code
    assert caught.value.mend


def test_every_wording_can_be_filled_in_by_the_problems_that_use_it():
    params = dict.fromkeys(("value", "other", "limit", "zone", "count"), "x")
    for wording in problems.WORDINGS.values():
        assert (wording.message % params).endswith(".")
        assert (wording.mend % params).endswith(".")


def test_a_form_export_goes_from_bytes_to_people():
    text = (
        "Zeitstempel,E-Mail-Adresse,Wie ist Ihr Name?,Möchten Sie als Mentor oder Mentee teilnehmen?,"
        "Welche Kompetenzen möchten Sie entwickeln?\n"
        '2026/03/01 9:15:00 AM OEZ,tel@example.org,Telemach,Mentee,"Führung, Verhandeln"\n'
    )
    table = decode.open_table(text.encode())
    [row] = rows.read_people(table, headers.mapping(headers.guess(table.header, table.sample)))
    assert row.person is not None
    assert (row.person.name, row.person.seats) == ("Telemach", (LEARNER,))
    assert row.person.skills_sought == ("Führung", "Verhandeln")


def test_the_example_of_the_guide_is_read_without_a_problem():
    guide = Path(__file__).parents[3] / "docs/guides/roster.md"
    example = guide.read_text(encoding="utf-8").partition("```csv\n")[2].partition("```")[0]
    athena, telemachus = read(example.encode())
    assert athena.problems == telemachus.problems == ()
    assert telemachus.person is not None
    assert telemachus.person.skills_sought == ("Negotiation", "Leading a team")
