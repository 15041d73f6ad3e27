"""Names, addresses and numbers are found as people write them, and everyday words are not taken for names."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telemachy.core.supervision import Kind, find, redact

NAMES = ["Telemachus Arkas", "José Álvarez", "Will Marsh", "Anna-Lena de Vries", "田中 太郎"]
PLAIN = st.text(alphabet=st.sampled_from("abc xyz,."), max_size=20)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Then Telemachus spoke.", "Telemachus"),
        ("then telemachus spoke", "Telemachus"),
        ("TELEMACHUS!", "Telemachus"),
        ("Arkas’s team", "Arkas"),
        ("Joses Team", "José"),
        ("so sagte álvarez", "Álvarez"),
        ("Will came late.", "Will"),
        ("with will marsh", "Will Marsh"),
        ("Anna-Lena wept", "Anna-Lena"),
        ("田中さんは", "田中"),
    ],
)
def test_a_name_is_found_as_people_write_it(text: str, found: str) -> None:
    got = find(text, NAMES)
    assert got is not None
    assert (got.kind, got.text) == (Kind.NAME, found)


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("Pat O'Brien", "then O’Brien left", "O'Brien"),
        ("Pat O’Brien", "then O'Brien’s boss left", "O’Brien"),
        ("Søren Kłos", "Soren and", "Søren"),
        ("Soren Klos", "so KŁOS said", "Klos"),
        ("Vuk Đorđević", "Djordje, no, Dordevic", "Đorđević"),
        ("Eva Preußner", "preussner", "Preußner"),
        ("Ægir Æskil", "Aeskil", "Æskil"),
        ("Ina Müller", "mueller, MUELLER", "Müller"),
        ("Ina Mueller", "Frau Müllers Chef", "Mueller"),
        ("Ina Mueller", "Frau Mu\N{COMBINING DIAERESIS}ller", "Mueller"),
        ("Jörg Änger", "Joerg wartete", "Jörg"),
        ("Joerg Aenger", "Änger wartete", "Aenger"),
        ("Anna-Lena Voss", "Anna wept", "Anna"),
        ("Anna\N{NON-BREAKING HYPHEN}Lena Voss", "Lena wept", "Lena"),
        ("anna schmidt", "Anna wept", "anna"),
        ("vincent van gogh", "gogh", None),
        ("vincent van gogh", "a van came", None),
        ("vincent van gogh", "Vincent", "vincent"),
        ("Telemachus Arkas", "_Telemachus_ spoke", "Telemachus"),
        ("Telemachus Arkas", "telemachus_arkas", "Telemachus Arkas"),
        ("Sue Blunt-Will", "A su, a will so blunt, the Sud.", None),
    ],
)
def test_a_name_is_found_however_its_letters_are_written(name: str, text: str, found: str | None) -> None:
    got = find(text, [name])
    assert (got and got.text) == found


@pytest.mark.parametrize(
    ("text", "name", "left"),
    [
        ("Anna wept; ANNAS boss, too.", "Anna Schmidt", "Someone wept; SomeoneS boss, too."),
        ("æ: Telemachus  Arkas’ team", "Telemachus Arkas", "æ: Someone’ team"),
        ("_Müller_ and mueller – not Mulle.", "Ina Müller", "_Someone_ and Someone – not Mulle."),
        ("Anna Lena, Anna-Lena, anna", "Anna-Lena Voss", "Someone, Someone, anna"),
        ("I will wait, said Will.", "Will Marsh", "I will wait, said Someone."),
        ("Nobody.", "", "Nobody."),
    ],
)
def test_what_is_found_can_be_taken_out(text: str, name: str, left: str) -> None:
    assert redact(text, name, "Someone") == left
    assert find(left, [name] if name else []) is None


@pytest.mark.parametrize(
    "text",
    [
        "I will wait, and the marsh is wide.",
        "Willow, Marshall and Annabel are others.",
        "It cost 100 000 in 2025, on 2025-11-03 or 03.11.2025, from 9 to 10.30.",
        "It ran 2019–2024, from 01.03.2025–05.03.2025 and 03.11.–05.11.2025.",
        "100\n2000\n30000\t400",
        "de facto",
        "",
    ],
)
def test_everyday_words_and_numbers_pass(text: str) -> None:
    assert find(text, NAMES) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("write to t.arkas@ithaca.example now", Kind.EMAIL),
        ("+49 171 2345678", Kind.PHONE),
        ("ring 0171/2345678", Kind.PHONE),
        ("(030) 123 45 67", Kind.PHONE),
        ("it is 1712345678", Kind.PHONE),
        ("0171\N{NO-BREAK SPACE}234\N{NARROW NO-BREAK SPACE}56\N{EN DASH}78", Kind.PHONE),
        ("_+49 171 2345678_", Kind.PHONE),
    ],
)
def test_addresses_and_numbers_are_found(text: str, kind: Kind) -> None:
    found = find(text, [])
    assert found is not None
    assert found.kind is kind


@settings(max_examples=25)
@given(PLAIN, PLAIN, st.sampled_from(["Telemachus", "Arkas", "Anna-Lena", "Telemachus Arkas"]))
def test_a_name_is_found_wherever_it_stands(before: str, after: str, name: str) -> None:
    assert find(f"{before} {name} {after}", NAMES) is not None


@settings(max_examples=25)
@given(PLAIN)
def test_without_names_a_plain_text_passes(text: str) -> None:
    assert find(text, []) is None
