"""The scripted client is moved by what is said to them, not by a phrase that fits anybody."""

from __future__ import annotations

import pytest

from telemachy.core.practice import (
    Ending,
    Reason,
    Scenario,
    ScriptedClient,
    TurnKind,
    as_heard,
    read_turn,
    scenarios,
)

ALL = [*scenarios("en").values(), *(one for one in scenarios("de").values() if one.language == "de")]
PHRASES = {
    "en": ["That sounds hard.", "What is that like for you?"],
    "de": ["Das klingt nach viel.", "Was ist dir wichtig?"],
}


def heard(
    text: str, *said: str, before: tuple[str, ...] = (), language: str = "en"
) -> tuple[TurnKind, Reason]:
    found = as_heard(read_turn(text, said[-1], language), text, said, before, language)
    return found.kind, found.reason


def ending(scenario: Scenario, phrases: list[str]) -> Ending | None:
    line = scenario.lines[scenario.start]
    said, before = [line.says], []
    while line.ending is None:
        text = phrases[len(before) % len(phrases)]
        reading = read_turn(text, line.says, scenario.language)
        turn = as_heard(reading, text, said, before, scenario.language)
        line = ScriptedClient().answer(scenario, line.key, turn)
        said.append(line.says)
        before.append(text)
    return line.ending


@pytest.mark.parametrize("scenario", ALL, ids=lambda one: f"{one.id}-{one.language}")
def test_two_phrases_over_and_over_reach_no_good_ending(scenario: Scenario) -> None:
    assert ending(scenario, PHRASES[scenario.language]) != Ending.MOVED


def test_giving_back_takes_a_word_of_the_client_or_names_how_it_is_for_them() -> None:
    said = "Right now things are decided and I read about it afterwards."
    assert heard("You read about it when it is over.", said)[0] == TurnKind.REFLECTION
    assert heard("That sounds lonely.", said)[0] == TurnKind.REFLECTION
    assert heard("You did not choose to come here.", said)[0] == TurnKind.REFLECTION
    assert heard("It sounds like a lot.", said) == (TurnKind.OTHER, Reason.FITS_ANYBODY)
    assert heard("Das klingt nach viel.", "Ich lese es erst danach.", language="de")[1] == Reason.FITS_ANYBODY
    assert (
        heard("Du liest es erst danach.", "Ich lese es erst danach.", language="de")[0] == TurnKind.REFLECTION
    )


def test_a_word_of_the_client_may_come_from_before() -> None:
    assert heard("You want to be asked.", "Nobody asks me.", "So it is.")[0] == TurnKind.REFLECTION


def test_what_was_said_before_is_not_heard_again_but_giving_time_is() -> None:
    said = "I do not know."
    assert heard("What matters to you in it?", said)[0] == TurnKind.OPEN
    again = heard("And what matters to you in it?", said, before=("What matters to you in it?",))
    assert again == (TurnKind.OTHER, Reason.SAID_BEFORE)
    assert heard("Take your time.", said, before=("Take your time.",))[0] == TurnKind.ROOM


def test_advice_and_closed_questions_stay_what_they_are() -> None:
    assert (
        heard("You should talk to him.", "Well.", before=("You should talk to him.",))[0] == TurnKind.ADVICE
    )
    assert heard("Did you ask him?", "Well.", before=("Did you ask him?",))[0] == TurnKind.CLOSED
