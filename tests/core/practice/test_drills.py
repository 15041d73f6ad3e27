"""Exercises: what ships, and how answers are checked."""

from __future__ import annotations

import unicodedata
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telemachy.core.practice import Item, Note, Outcome, Reason, Skill, TurnKind, check, items, items_of
from telemachy.core.practice.debrief import PHASES

ITEMS = [*items("en").values(), *(item for item in items("de").values() if item.language == "de")]
ASK, REFLECT, DEEPEN = (items_of(skill)[0] for skill in (Skill.ASK, Skill.REFLECT, Skill.DEEPEN))


def test_every_skill_has_a_dozen_exercises() -> None:
    counted = Counter(item.skill for item in items().values())
    assert min(counted[skill] for skill in Skill) >= 12


def test_another_language_has_the_same_exercises() -> None:
    assert items("de").keys() == items("en").keys()
    assert items("fr") == items("en")


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: f"{item.id}-{item.language}")
def test_an_exercise_is_whole_and_its_own_answers_pass(item: Item) -> None:
    assert item.situation
    assert item.said
    assert item.models
    if item.skill == Skill.PHASE:
        assert item.phase in PHASES
        return
    assert all(check(item, answer).outcome == Outcome.MET for answer in item.models)
    assert (len(item.points) >= 3) == (item.skill == Skill.SUMMARISE)


@pytest.mark.parametrize(
    "item", [one for one in ITEMS if one.skill in {Skill.ASK, Skill.UNSTACK}], ids=lambda item: item.id
)
def test_what_is_to_be_turned_round_does_not_pass_itself(item: Item) -> None:
    assert check(item, item.said).outcome != Outcome.MET


def notes(item: Item, answer: str) -> set[Note]:
    return {remark.note for remark in check(item, answer).remarks}


def test_a_closed_question_does_not_pass_and_says_why() -> None:
    found = check(ASK, "Have you talked to them?")
    assert found.outcome == Outcome.NOT_MET
    assert found.reading is not None
    assert (found.reading.kind, found.reading.quote) == (TurnKind.CLOSED, "Have you")


def test_two_open_questions_are_one_too_many() -> None:
    answer = "What would you like? What stops you?"
    assert check(ASK, answer).outcome == Outcome.NOT_MET
    assert Note.STACKED in notes(ASK, answer)


def test_why_is_open_with_a_remark() -> None:
    assert check(ASK, "Why is that hard for you?").outcome == Outcome.MET
    assert Note.WHY in notes(ASK, "Why is that hard for you?")


def test_a_reflection_that_asks_is_not_one() -> None:
    assert Note.ASKS_TOO in notes(REFLECT, "So they all nod?")


def test_repeating_is_enough_for_a_simple_reflection_and_not_for_a_deeper_one() -> None:
    answer = "You say what you agreed, and everybody nods."
    assert check(REFLECT, answer).outcome == Outcome.MET
    assert check(DEEPEN, answer).outcome == Outcome.NOT_MET


BESIDE = {
    "en": "You are glad that the garden blooms after the rain.",
    "de": "Du bist froh, dass der Garten nach dem Regen blüht.",
}


@pytest.mark.parametrize(
    "item", [one for one in ITEMS if one.skill == Skill.REFLECT], ids=lambda one: f"{one.id}-{one.language}"
)
def test_a_reflection_of_something_else_is_left_open_and_says_why(item: Item) -> None:
    found = check(item, BESIDE[item.language])
    assert found.outcome == Outcome.UNSURE
    assert Note.NONE_OF_THEIRS in {remark.note for remark in found.remarks}


@pytest.mark.parametrize(
    ("language", "key", "answer"),
    [
        ("en", "reflect-08", "So you wrote those mails and then threw them away."),
        ("en", "reflect-01", "They nod and do their own thing."),
        ("de", "reflect-02", "Dir fehlt das Essen mit deinem Kind."),
        ("de", "reflect-13", unicodedata.normalize("NFD", "Du willst bloß keinen Ärger.")),
    ],
)
def test_a_word_is_found_in_another_form(language: str, key: str, answer: str) -> None:
    assert check(items(language)[key], answer).outcome == Outcome.MET


def test_a_word_of_the_situation_is_enough_to_be_about_it() -> None:
    assert "leading" in DEEPEN.situation
    assert Note.NONE_OF_THEIRS in notes(DEEPEN, "It feels lonely to be the only one who holds on to it.")
    assert Note.NONE_OF_THEIRS not in notes(DEEPEN, "It feels lonely to be leading.")


def test_whether_a_reflection_goes_deeper_is_left_open_where_words_do_not_show_it() -> None:
    assert check(DEEPEN, "So there is a gap between the room and the corridor.").outcome == Outcome.UNSURE


def test_a_summary_is_told_how_many_points_it_has() -> None:
    item = items_of(Skill.SUMMARISE)[0]
    found = check(item, "The dates slip.")
    assert found.outcome == Outcome.UNSURE
    assert (found.remarks[0].n, found.remarks[0].of) == (1, 3)


OTHERWISE = {
    "en": (
        "Die Termine rutschen, das Team schweigt, und du willst nicht die Einzige sein, die es ausspricht.",
        "Les délais glissent, l'équipe se tait et tu as peur d'être la seule à le dire.",
        "¿Qué te ayudaría a hablar con tu jefe de los plazos?",
    ),
    "de": ("You promised too much, and now you are afraid to tell them what it costs you.",),
}


@pytest.mark.parametrize(
    "item", [one for one in ITEMS if one.skill == Skill.SUMMARISE], ids=lambda one: one.id
)
def test_a_summary_in_another_language_is_left_open_and_one_beside_the_point_is_not(item: Item) -> None:
    for answer in OTHERWISE[item.language]:
        found = check(item, answer)
        assert found.outcome == Outcome.UNSURE
        if not found.remarks:
            assert found.reading is not None
            assert found.reading.reason == Reason.OTHER_LANGUAGE
    beside = {
        "en": "Today I saw a dog and it was here.",
        "de": "Ich gehe jetzt mit dir zum Zahnarzt.",
    }
    assert check(item, beside[item.language]).outcome == Outcome.NOT_MET


def test_retelling_is_no_summary() -> None:
    item = items_of(Skill.SUMMARISE)[0]
    assert Note.TOO_LONG in notes(item, item.said)
    assert check(item, item.said).outcome == Outcome.NOT_MET


def test_a_phase_is_right_or_another_one() -> None:
    item = items_of(Skill.PHASE)[0]
    assert check(item, item.phase).outcome == Outcome.MET
    wrong = check(item, next(phase for phase in PHASES if phase != item.phase))
    assert (wrong.outcome, wrong.remarks[0].quote) == (Outcome.NOT_MET, item.phase)


@settings(max_examples=60)
@given(st.sampled_from(ITEMS), st.text(max_size=200))
def test_any_answer_is_taken(item: Item, answer: str) -> None:
    assert check(item, answer).outcome in set(Outcome)
