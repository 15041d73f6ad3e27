"""Role-plays: every script holds, and the client answers to how one speaks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from telemachy.core.practice import (
    Ending,
    Exchange,
    Line,
    Scenario,
    ScriptedClient,
    TurnKind,
    debrief,
    problems,
    read_turn,
    scenarios,
)
from telemachy.core.practice.scenarios import KINDS

ALL = [*scenarios("en").values(), *(one for one in scenarios("de").values() if one.language == "de")]
RESISTANCE = scenarios()["resistance"]

OPEN = ["You did not choose this.", "What is that like for you?", "What matters to you in it?"]
SHUT = ["You should talk to him.", "Make a list and show it to him.", "I would just do it."]


def walk(scenario: Scenario, said: list[str]) -> tuple[Line, list[Exchange]]:
    """Say the turns over and over until the client ends it."""
    line, exchanges = scenario.lines[scenario.start], []
    while line.ending is None:
        text = said[len(exchanges) % len(said)]
        reading = read_turn(text, line.says, scenario.language)
        after = ScriptedClient().answer(scenario, line.key, reading)
        exchanges.append(Exchange(line.says, text, reading, line.trust, after.trust))
        line = after
    return line, exchanges


@pytest.mark.parametrize("scenario", ALL, ids=lambda one: f"{one.id}-{one.language}")
def test_a_script_has_no_dead_end_and_explains_how_it_ends(scenario: Scenario) -> None:
    assert problems(scenario) == []
    assert all((scenario.title, scenario.client, scenario.setting, scenario.task, scenario.lesson))


def test_there_are_a_dozen_of_them_and_each_is_about_something_else() -> None:
    told = scenarios().values()
    assert len(told) >= 12
    assert len({one.theme for one in told}) == len(told)


@pytest.mark.parametrize("scenario", ALL, ids=lambda one: f"{one.id}-{one.language}")
def test_asking_and_giving_back_opens_the_client_and_advising_does_not(scenario: Scenario) -> None:
    said = OPEN if scenario.language == "en" else ["Das klingt schwer.", "Was ist dir wichtig?"]
    told = SHUT if scenario.language == "en" else ["Du solltest mit ihm reden.", "Ich würde es tun."]
    opened, _exchanges = walk(scenario, said)
    shut, exchanges = walk(scenario, told)
    assert opened.ending == Ending.MOVED
    assert shut.ending == Ending.CLOSED
    assert len(exchanges) >= 4


def test_giving_room_moves_the_silent_one_and_a_closed_question_does_not() -> None:
    silence = scenarios()["silence"]
    room = ScriptedClient().answer(silence, "a", read_turn("Take your time."))
    closed = ScriptedClient().answer(silence, "a", read_turn("Are you all right?"))
    assert room.trust > closed.trust


def test_what_cannot_be_told_is_answered_like_anything_else() -> None:
    unsure = read_turn("???")
    assert unsure.kind == TurnKind.UNSURE
    answer = ScriptedClient().answer(RESISTANCE, "a", unsure)
    assert answer.key == RESISTANCE.lines["a"].on[TurnKind.OTHER]


def broken(**lines: Line | None) -> list[str]:
    """Return the problems of a script with some lines replaced or left out."""
    kept = {**RESISTANCE.lines, **lines}
    return problems(replace(RESISTANCE, lines={key: line for key, line in kept.items() if line}))


def test_the_check_of_scripts_finds_what_is_wrong() -> None:
    start, ending = RESISTANCE.lines["a"], RESISTANCE.lines["end_moved"]
    assert problems(replace(RESISTANCE, start="nowhere")) == ["the start 'nowhere' is no line"]
    assert "a: nothing follows advice" in broken(
        a=replace(start, on={kind: to for kind, to in start.on.items() if kind != TurnKind.ADVICE})
    )
    assert "e3: 'end_moved' is no line" in broken(end_moved=None)
    assert "stray: no way leads here" in broken(stray=replace(ending, key="stray"))
    assert "end_moved: the ending is not explained" in broken(end_moved=replace(ending, why=" "))
    assert "a: whatever is said leads to the same line" in broken(
        a=replace(start, on=dict.fromkeys(KINDS, "b1"))
    )
    assert any("circle" in one for one in broken(b1=replace(RESISTANCE.lines["b1"], on=dict(start.on))))
    assert any(
        "can be over" in one for one in broken(a=replace(start, on={**start.on, TurnKind.OPEN: "end_moved"}))
    )


def test_the_debrief_names_what_moved_the_client_and_counts_the_turns() -> None:
    _line, exchanges = walk(
        RESISTANCE,
        ["You should talk to your boss.", "That felt unfair to you.", "What will you do first? And when?"],
    )
    looked = debrief(exchanges)
    assert [one.text for one in looked.closed] != []
    assert all(one.moved > 0 for one in looked.opened)
    assert sum(looked.counts.values()) == len(exchanges)
    assert looked.n_stacked >= 1
    assert "will" in looked.phases
