"""Role-plays of a person: spoken, taken back, removed, and nobody else's."""

from __future__ import annotations

import pytest

from telemachy.apps.practice.actions import role_plays as actions
from telemachy.apps.practice.models import RolePlay
from telemachy.apps.practice.queries import role_plays as queries
from telemachy.core.practice import Scenario, TurnKind, TurnReading, scenarios
from telemachy.core.shared.errors import BadInput, NotAllowed
from tests.cast import NOW, Cast


def begin(cast: Cast, scenario: str = "resistance") -> RolePlay:
    return actions.begin(scenario=scenario, language="en", by=cast.athena, now=NOW)


def say(cast: Cast, role_play: RolePlay, text: str, **given):
    turn = actions.speak(role_play=role_play, text=text, by=cast.athena, now=NOW, **given)
    role_play.refresh_from_db()
    return turn


def play(cast: Cast, text: str) -> RolePlay:
    role_play = begin(cast)
    while role_play.ended_at is None:
        say(cast, role_play, text)
    return role_play


def test_what_is_said_decides_what_is_answered(cast: Cast) -> None:
    role_play = begin(cast)
    turn = say(cast, role_play, "You did not choose to come here.")
    assert (turn.kind, role_play.line) == (TurnKind.REFLECTION, "b2")
    say(cast, role_play, "You should talk to your boss.")
    assert role_play.line == "c0"


def test_a_role_play_ends_and_is_then_only_to_be_read(cast: Cast) -> None:
    role_play = play(cast, "You should talk to your boss.")
    assert role_play.ending == "closed"
    with pytest.raises(NotAllowed):
        say(cast, role_play, "What else?")
    looked = queries.debrief_of(role_play, scenarios()["resistance"])
    assert looked.counts[TurnKind.ADVICE] == len(looked.exchanges) == role_play.turns.count()


def test_the_last_turn_can_be_taken_back_even_after_the_end(cast: Cast) -> None:
    role_play = play(cast, "You should talk to your boss.")
    n_turns = role_play.turns.count()
    assert actions.take_back(role_play=role_play, by=cast.athena, now=NOW).startswith("You should")
    role_play.refresh_from_db()
    assert (role_play.ended_at, role_play.ending) == (None, "")
    assert role_play.turns.count() == n_turns - 1
    say(cast, role_play, "What would you want?")
    assert role_play.ending == "halfway"


def test_nothing_said_cannot_be_taken_back(cast: Cast) -> None:
    with pytest.raises(BadInput):
        actions.take_back(role_play=begin(cast), by=cast.athena, now=NOW)


def test_a_role_play_belongs_to_whoever_plays_it(cast: Cast) -> None:
    role_play = begin(cast)
    for other in (cast.telemachus, cast.eurycleia, cast.penelope, cast.antinous):
        assert not queries.of_person(other).exists()
        for verb in (
            lambda by: actions.speak(role_play=role_play, text="What?", by=by, now=NOW),
            lambda by: actions.take_back(role_play=role_play, by=by, now=NOW),
            lambda by: actions.remove(role_play=role_play, by=by, now=NOW),
        ):
            with pytest.raises(NotAllowed):
                verb(other)
    assert role_play.turns.count() == 0


def test_removing_it_removes_what_was_said(cast: Cast) -> None:
    role_play = play(cast, "What would you want?")
    actions.remove(role_play=role_play, by=cast.athena, now=NOW)
    assert not RolePlay.objects.exists()


def test_somebody_else_can_play_the_client(cast: Cast) -> None:
    class Shut:
        """A client whom nothing moves."""

        def answer(self, scenario: Scenario, at: str, turn: TurnReading):
            return scenario.lines["end_closed"]

    role_play = begin(cast)
    say(cast, role_play, "What would you want?", client=Shut())
    assert role_play.ending == "closed"


def test_an_unknown_scenario_is_refused(cast: Cast) -> None:
    with pytest.raises(BadInput):
        begin(cast, "nothing")


def test_words_that_come_after_their_turn_was_taken_back_are_let_go(cast: Cast) -> None:
    role_play = begin(cast)
    turn = say(cast, role_play, "You did not choose to come here.")
    actions.take_back(role_play=role_play, by=cast.athena, now=NOW)
    actions.word(turn=turn, answer="Too late.", by=cast.athena, now=NOW)
    assert not role_play.turns.exists()
