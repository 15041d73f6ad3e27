"""Names, addresses and numbers are found as people write them, and everyday words are not taken for names."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telemachy.core.supervision import Kind, find

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
    "text",
    [
        "I will wait, and the marsh is wide.",
        "Willow, Marshall and Annabel are others.",
        "It cost 100 000 in 2025, on 2025-11-03 or 03.11.2025, from 9 to 10.30.",
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
