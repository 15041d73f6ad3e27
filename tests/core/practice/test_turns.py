"""How one typed turn is read."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telemachy.core.practice import Reason, TurnKind, read_turn
from telemachy.core.practice.turns import MAX_CHARS

HEARD = "My boss keeps changing the priorities and I never finish anything. I am tired of it."
GEHOERT = "Mein Chef ändert ständig die Prioritäten, ich bringe nichts zu Ende."


@pytest.mark.parametrize(
    ("text", "kind", "quote"),
    [
        ("What would finishing one thing change for you?", "open", "What would finishing"),
        ("When you picture Friday, what do you see?", "open", "what do you"),
        ("Tell me more about that.", "open", "Tell me more"),
        ("Could you say a bit more about that?", "open", "say a bit more"),
        ("Have you talked to your boss?", "closed", "Have you"),
        ("How often does that happen?", "closed", "How often"),
        ("When did this start?", "closed", "When did"),
        ("You should talk to your boss.", "advice", "You should"),
        ("Have you tried writing it down?", "advice", "Have you tried"),
        ("How about a list?", "advice", "How about"),
        ("Don't you think he is busy?", "advice", "Don't you"),
        ("It sounds like you want one thing to stay put.", "reflection", "It sounds like"),
        ("You feel worn out because the ground keeps moving.", "reflection", "You feel"),
        ("What you promised and what you have do not fit.", "reflection", "What you promised"),
        ("So they nod and go their own way.", "reflection", "So they nod"),
        ("Take your time.", "room", "Take your time"),
        ("I had the same thing once with my manager.", "other", "I had"),
    ],
)
def test_a_turn_is_read_with_the_words_that_show_it(text: str, kind: str, quote: str) -> None:
    reading = read_turn(text, HEARD)
    assert (reading.kind, reading.quote) == (kind, quote)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Was würde es für dich ändern, eine Sache fertig zu bekommen?", "open"),
        ("Wenn du an Freitag denkst, was siehst du dann?", "open"),
        ("Erzähl mir mehr davon.", "open"),
        ("Hast du mit ihm gesprochen?", "closed"),
        ("Wie oft passiert das?", "closed"),
        ("Du solltest mit ihm reden.", "advice"),
        ("Warum sprichst du nicht mit ihm?", "advice"),
        ("Das klingt zermürbend.", "reflection"),
        ("Nimm dir Zeit.", "room"),
    ],
)
def test_german_is_read_by_rules(text: str, kind: str) -> None:
    assert read_turn(text, GEHOERT, "de").kind == kind


@pytest.mark.parametrize("text", ["", "   ", "???", "12 %", "…"])
def test_a_turn_without_words_is_not_guessed_at(text: str) -> None:
    reading = read_turn(text, HEARD)
    assert (reading.kind, reading.reason) == (TurnKind.UNSURE, Reason.NO_WORDS)


def test_what_words_do_not_show_is_said_to_be_unclear() -> None:
    reading = read_turn("Stay calm and let him talk first.")
    assert (reading.kind, reading.reason) == (TurnKind.UNSURE, Reason.UNCLEAR)


def test_the_last_of_several_questions_decides_and_they_are_counted() -> None:
    reading = read_turn("What have you tried? And who helped?", HEARD)
    assert reading.kind == TurnKind.CLOSED
    assert (reading.n_questions, reading.stacked) == (2, True)


def test_advice_outweighs_what_is_asked_besides() -> None:
    reading = read_turn("You need rest. You should stop. What do you think?", HEARD)
    assert reading.kind == TurnKind.ADVICE


def test_a_reflection_before_a_question_is_noticed() -> None:
    reading = read_turn("You are tired of it. What would help?", HEARD)
    assert (reading.kind, reading.reflects) == (TurnKind.OPEN, True)


@settings(max_examples=60)
@given(st.text(max_size=300), st.text(max_size=200), st.sampled_from(["en", "de", "fr"]))
def test_any_text_is_read(text: str, said: str, language: str) -> None:
    reading = read_turn(text, said, language)
    assert reading.kind in set(TurnKind)
    assert reading.n_questions >= 0


@pytest.mark.parametrize(
    "text",
    [
        "so " * 100_000,
        "you " * 100_000 + "?",
        "and but so then maybe " * 30_000,
        "?" * 200_000,
        ", " * 100_000,
        "a" * 200_000,
        "so and but well okay right now then " * 200 + "what",
    ],
    ids=["so", "you", "fillers", "marks", "commas", "one-word", "openers"],
)
def test_a_hostile_text_takes_no_longer_than_an_honest_one_of_the_same_length(text: str) -> None:
    read_turn("What now?", HEARD)  # loads the model
    began = time.process_time()
    read_turn(text, text)
    assert time.process_time() - began < 2, f"only {MAX_CHARS} characters are looked at"
