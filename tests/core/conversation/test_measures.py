"""A coded conversation is measured with evidence, thresholds and what cannot be known."""

from __future__ import annotations

import math

import pytest

from telemachy.core.conversation import measure
from telemachy.core.conversation.measure_words import WORDINGS


def turn(speaker, text, start=None, end=None):
    return {"speaker": speaker, "text": text, "start": start, "end": end}


def code(**changes):
    plain = {
        "behaviour": "other", "has_question": False, "has_reflection": False, "has_input": False,
        "advice": False, "question_type": "open", "reflection_type": "simple", "unsure": False,
        "p": {"has_question": 0.1, "has_reflection": 0.1, "has_input": 0.1, "closed": 0.2, "complex": 0.3},
    }  # fmt: skip
    return plain | changes


ASKED = code(has_question=True)
CLOSED = code(has_question=True, question_type="closed")
REFLECTED = code(has_reflection=True)
ADVISED = code(has_input=True, advice=True)
TALK = [
    (turn("coach", "you should call them today", 0, 2), ADVISED),
    (turn("client", "one two three four", 1, 3), {}),
    (turn("coach", "what would you like instead", 7, 9), ASKED),
    (turn("client", "one two three four", 9, 12), {}),
    (turn("coach", "so you want to lead", 11, 13), REFLECTED),
    (turn("coach", "and you want to rest", 13, 14), REFLECTED),
    (turn("client", "mm hm", 14, 15), {}),
    (turn("coach", "did you tell her yet", 15, 16), CLOSED),
    (turn("coach", "mm hm", 16, 17), code(has_reflection=True)),
]


def measured(talk=TALK):
    return measure([one for one, _code in talk], [one for _turn, one in talk])


@pytest.mark.parametrize(
    ("name", "value", "evidence"),
    [
        ("talk_share", 27 / 37, [0, 2, 4, 5, 7, 8]),
        ("question_share", 2 / 5, [2, 7]),
        ("reflection_share", 2 / 5, [4, 5]),
        ("input_share", 1 / 5, [0]),
        ("open_questions", 1 / 2, [2]),
        ("reflections_to_questions", 1.0, [2, 4, 5, 7]),
        ("advice", 1, [0]),
        ("advice_without_permission", 1, [0]),
        ("advice_before_exploring", 1, [0]),
        ("interruptions", 1, [4]),
        ("pauses", 1, [2]),
        ("longest_monologue", 17, [4, 5, 7, 8]),
    ],
)
def test_each_measure_counts_what_it_says_and_shows_the_turns(name, value, evidence):
    found = measured()[name]
    assert found["value"] == pytest.approx(value)
    assert found["evidence"] == evidence


def test_every_measure_has_its_source_and_its_limit_and_thresholds_only_where_somebody_set_them():
    found = measured()
    assert list(found) == list(WORDINGS)
    assert all(one["source"] and one["caveat"] for one in found.values())
    assert {name for name, one in found.items() if one["threshold"]} == {
        "reflections_to_questions",
        "open_questions",
        "complex_reflections",
    }
    assert found["reflections_to_questions"]["threshold"] == {"fair": 1.0, "good": 2.0}


def test_ranges_hold_the_value_and_vanish_when_people_coded():
    found = measured()
    for name in ("question_share", "reflections_to_questions"):
        assert found[name]["low"] < found[name]["value"] < found[name]["high"]
    by_people = [(one, {k: v for k, v in c.items() if k != "p"}) for one, c in TALK]
    share = measured(by_people)["question_share"]
    assert share["low"] == share["value"] == share["high"]


def test_a_long_conversation_does_not_make_a_range_narrow():
    """A model that misreads one statement said as a question misreads the next ones, too."""
    short, long = (measured(TALK * n)["reflection_share"] for n in (3, 300))
    width = [one["high"] - one["low"] for one in (short, long)]
    assert 0.5 * width[0] < width[1] < width[0]
    # All turns have p = .1: the deviation of a share tends to sqrt(alike * p * (1 - p)).
    assert width[1] / 2 == pytest.approx(1.645 * math.sqrt(0.13 * 0.09), rel=0.02)


def test_what_a_person_coded_takes_doubt_away():
    by_person = {k: v for k, v in REFLECTED.items() if k != "p"}
    half = [(one, by_person if one["speaker"] == "coach" and n % 2 else c) for n, (one, c) in enumerate(TALK)]
    corrected, before = (measured(talk * 10)["reflection_share"] for talk in (half, TALK))
    assert corrected["high"] - corrected["low"] < before["high"] - before["low"]


def test_few_turns_are_said_to_be_few():
    assert "Fewer than ten" in measured()["question_share"]["caveat"]
    assert "Fewer than ten" not in measured(TALK * 3)["question_share"]["caveat"]


def test_what_cannot_be_known_is_none():
    nothing = measure([], [])
    assert nothing["talk_share"]["value"] is None
    assert nothing["reflections_to_questions"]["value"] is None
    without_times = [({"speaker": one["speaker"], "text": one["text"], "start": None}, c) for one, c in TALK]
    found = measured(without_times)
    assert found["interruptions"]["value"] is None
    assert "no end times" in found["pauses"]["caveat"]


def test_grow_gives_every_moment_to_the_phase_named_last():
    talk = [
        (turn("coach", "What is your goal for today?", 0, 10), ASKED),
        (turn("client", "To decide about the offer.", 10, 30), {}),
        (turn("coach", "What else could you do?", 30, 40), ASKED),
    ]
    found = measured(talk)["grow_phases"]
    assert found["value"] == pytest.approx({"goal": 0.75, "reality": 0, "options": 0.25, "will": 0})
    assert found["evidence"] == [0, 2]


def test_codes_must_be_as_many_as_turns():
    with pytest.raises(ValueError, match="1 utterances but 0 codes"):
        measure([turn("coach", "Why?")], [])
