from __future__ import annotations

import pytest

from telemachy.core.roster import headers
from telemachy.core.roster.fields import LABELS, Field
from telemachy.core.roster.header_words import SYNONYMS


def fields(*names: str, sample: list[list[str]] | None = None) -> list[str]:
    return [guess.field.value for guess in headers.guess(names, sample or [])]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (
            ["Employee ID", "First Name", "Last Name", "Work e-mail", "Role"],
            ["external_id", "first_name", "last_name", "email", "role"],
        ),
        (
            ["Personalnr.", "Vorname", "Name", "E-Mail-Adresse", "Rolle"],
            ["external_id", "first_name", "last_name", "email", "role"],
        ),
        (
            ["Matricule", "Prénom", "Nom", "Courriel", "Fuseau horaire"],
            ["external_id", "first_name", "last_name", "email", "time_zone"],
        ),
        (
            ["Nombre", "Apellidos", "Correo electrónico", "Zona horaria"],
            ["first_name", "last_name", "email", "time_zone"],
        ),
        (["Name", "E-mail", "Role", "Manager's e-mail"], ["name", "email", "role", "line_manager"]),
        (["Nombre", "Correo", "Puesto", "Jefe"], ["name", "email", "job_title", "line_manager"]),
        (["Nom", "Mail", "Service", "Langues"], ["name", "email", "function", "languages"]),
        (
            ["full_name", "eMail", "JobTitle", "LineManager", "max mentees"],
            ["name", "email", "job_title", "line_manager", "capacity"],
        ),
        (
            ["Name", "E-Mail", "Abteilung", "Führungskraft", "Sprachen"],
            ["name", "email", "function", "line_manager", "languages"],
        ),
        (
            ["Name", "E-Mail", "Kann", "Lernt", "Stunden"],
            ["name", "email", "skills_offered", "skills_sought", "working_hours"],
        ),
        (["Name", "Emial adress", "Departmant", "Senority"], ["name", "email", "function", "seniority"]),
    ],
)
def test_headers_in_four_languages_and_misspelt(header, expected):
    assert fields(*header) == expected


def test_a_google_forms_export_is_understood():
    header = {
        "Timestamp": "ignore",
        "Email Address": "email",
        "What is your full name?": "name",
        "Do you want to take part as a mentor or as a mentee?": "role",
        "What is your current job title?": "job_title",
        "Which department do you work in?": "function",
        "Who is your line manager?": "line_manager",
        "Which time zone are you in?": "time_zone",
        "Which languages do you speak?": "languages",
        "What skills would you like to develop?": "skills_sought",
        "What skills can you offer as a mentor? (choose all that apply)": "skills_offered",
        "What do you hope to achieve in this programme?": "goals",
        "How many mentees could you take on?": "capacity",
        "When are you usually available?": "working_hours",
        "Tell us a bit about yourself": "about",
        "I agree that my data may be used for matching": "ignore",
    }
    assert dict(zip(header, fields(*header), strict=True)) == header


def test_a_german_form_is_understood():
    header = {
        "Zeitstempel": "ignore",
        "E-Mail-Adresse": "email",
        "Vor- und Nachname": "name",
        "Möchten Sie als Mentor oder Mentee teilnehmen?": "role",
        "Welche Kompetenzen möchten Sie entwickeln?": "skills_sought",
        "Welche Themen können Sie weitergeben?": "skills_offered",
        "Wie viele Mentees können Sie begleiten?": "capacity",
        "Welche Sprachen sprechen Sie?": "languages",
        "Ich willige in die Datenschutzerklärung ein": "ignore",
    }
    assert dict(zip(header, fields(*header), strict=True)) == header


def test_cells_decide_where_the_name_says_nothing():
    sample = [
        ["ann@example.org", "mentor", "Europe/Berlin", "blue"],
        ["bo@example.org", "mentee", "Asia/Tokyo", "red"],
    ]
    assert fields("A", "B", "C", "D", sample=sample) == ["email", "role", "time_zone", "ignore"]


def test_a_field_goes_to_the_surest_column_and_the_other_says_why():
    first, second = headers.guess(["Emial", "E-mail"])
    assert (first.field, first.reason) == (Field.IGNORE, "taken")
    assert first.text() == "Column “E-mail” fits better."
    assert second.field == Field.EMAIL


def test_skills_may_come_from_several_columns():
    assert fields("Name", "Email", "Skills", "Expertise")[2:] == ["skills_offered", "skills_offered"]


def test_every_guess_says_why_and_how_sure():
    guesses = headers.guess(["Name", "Emial", "Which languages do you speak here?", "Qwertz"])
    assert [guess.reason for guess in guesses] == ["word", "similar", "question", "unknown"]
    sure, close, asked, unknown = (guess.confidence for guess in guesses)
    assert sure > asked > close > unknown == 0
    assert all(guess.text() for guess in guesses)


def test_the_mapping_leaves_ignored_columns_out():
    assert headers.mapping(headers.guess(["Timestamp", "Name", "Email"])) == {1: Field.NAME, 2: Field.EMAIL}


def test_the_signature_is_that_of_the_words_not_of_their_look():
    assert headers.signature(["Full name", "E-Mail"]) == headers.signature(["FULL  NAME ", "e mail"])
    assert headers.signature(["Name", "Mail"]) != headers.signature(["Mail", "Name"])
    assert headers.signature(["a b", "c"]) != headers.signature(["a", "b c"])


def test_no_word_stands_for_two_fields():
    seen: dict[str, Field] = {}
    for field, words in SYNONYMS.items():
        for word in words.split(","):
            assert seen.setdefault(headers.normal(word), field) == field, word
    assert set(SYNONYMS) == set(LABELS) == set(Field)
