"""The learner's own questions beside the trainer's: what they look at, and whether that has grown."""

from __future__ import annotations

import numpy as np
import pytest

from telemachy.core import growth
from telemachy.core.growth.questions import ALPHA, Look, looks_of

TRAINER = ("Who else would hear of it?", "What is the worst that could happen to them?")


def course(*own: str) -> list[growth.Asked]:
    """The trainer asks in the first four situations; the learner's questions are given."""
    return [
        growth.Asked(growth.questions_in(text), TRAINER[number % 2 : number % 2 + 1] if number < 4 else ())
        for number, text in enumerate(own)
    ]


def test_a_learner_who_comes_to_ask_the_same_is_told_so() -> None:
    found = growth.own_questions(
        course(
            "How do I put it?",
            "Shall I write?",
            "Is it enough?",
            "Do I call?",
            "Who must hear it?",
            "What is the worst for them?",
            "Who loses, and what else is there?",
            "Who hears of it, and what if it goes wrong?",
        )
    )
    assert found is not None
    assert found.has_grown
    assert found.early == 0
    assert found.late > 0.5
    assert {Look.OTHERS, Look.RISKS} <= found.taken_up
    assert "worst" in {echo.own: echo.trainer for echo in found.echoes}["What is the worst for them?"]


def test_asking_the_same_from_the_start_is_no_growth() -> None:
    found = growth.own_questions(course(*["Who else hears of the worst?"] * 8))
    assert found is not None
    assert not found.has_grown
    assert found.early == found.late


@pytest.mark.parametrize(
    "situations",
    [[], course("Who?"), [growth.Asked(("Who?",), ()) for _ in range(9)], [growth.Asked((), ("Hm?",))] * 9],
)
def test_too_little_says_nothing(situations: list[growth.Asked]) -> None:
    assert growth.own_questions(situations) is None


def test_growth_is_hardly_ever_claimed_where_there_is_none() -> None:
    rng = np.random.default_rng(3)
    n_claims = 0
    for seed in range(200):
        own = [("Who hears of it?" if rng.random() < 0.5 else "How do I put it?") for _ in range(12)]
        found = growth.own_questions(course(*own), seed=seed)
        n_claims += found is not None and found.has_grown
    assert n_claims <= 2 * ALPHA * 200


def test_questions_are_the_sentences_with_a_question_mark() -> None:
    assert growth.questions_in("I waited. Who knew?\nNobody. What then? ?") == ("Who knew?", "What then?")


def test_a_long_line_without_a_mark_holds_nobody_up() -> None:
    assert growth.questions_in("a" * 19_000 + "\nWho knew?") == ("Who knew?",)


def test_looks_are_read_in_german_too() -> None:
    assert looks_of("Was hätten andere davon, und was ginge sonst?") >= {
        Look.OTHERS,
        Look.OPTIONS,
    }
