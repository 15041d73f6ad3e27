"""Turns of a coach are coded, with probabilities that add up, with and without punctuation."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from importlib import resources

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telemachy.core import conversation
from telemachy.core.conversation import model

BEHAVIOURS = {"question", "reflection", "input", "other"}

CLEAR = [
    ("What would you like to talk about today?", "question"),
    ("How did you feel when she said that?", "question"),
    ("Did you call the client?", "question"),
    ("It sounds like you are worried about losing your team.", "reflection"),
    ("So you feel that nobody listens to you.", "reflection"),
    ("You should talk to your manager about it.", "input"),
    ("There are three programmes, and the first one starts in March and takes six weeks.", "input"),
    ("Mm-hmm.", "other"),
    ("Thank you.", "other"),
]


def turn(speaker: str, text: str, start: float | None = None) -> dict[str, object]:
    return {"speaker": speaker, "text": text, "start": start}


def bare(text: str) -> str:
    return "".join(c for c in text.lower().replace("-", " ") if c.isalnum() or c == " ")


def talk(texts: list[str]) -> list[dict[str, object]]:
    """Return coach turns with a client's answer after each."""
    return [one for text in texts for one in (turn("coach", text), turn("client", "Well, let me think."))]


def coded(texts: list[str]) -> list[str]:
    return [code["behaviour"] for code in conversation.code_utterances(talk(texts)) if code]


def test_clear_turns_have_the_code_that_anybody_would_give():
    assert coded([text for text, _code in CLEAR]) == [code for _text, code in CLEAR]


def test_most_clear_turns_keep_their_code_without_marks():
    found = coded([bare(text) for text, _code in CLEAR])
    assert sum(one == code for one, (_text, code) in zip(found, CLEAR, strict=True)) >= len(CLEAR) - 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("What have you tried so far?", "open"),
        ("How would you like it to be?", "open"),
        ("Tell me more about that?", "open"),
        ("Did you tell her?", "closed"),
        ("Is it on Monday?", "closed"),
        ("Have you finished the report?", "closed"),
    ],
)
def test_questions_are_open_or_closed(text, kind):
    code = conversation.code_utterances(talk([text]))[0]
    assert code["has_question"]
    assert code["question_type"] == kind


def test_client_turns_have_no_code_and_the_list_stays_as_long():
    assert conversation.code_utterances([]) == []
    assert conversation.code_utterances([turn("client", "What now?")]) == [{}]
    assert [bool(c) for c in conversation.code_utterances([*talk(["Why?"]), turn("coach", "")])] == [
        True,
        False,
        True,
    ]


def test_advice_is_told_with_and_without_permission():
    advice = "You should talk to your manager about it."
    texts = [advice, f"If it's okay with you: {advice}"]
    plain, asked = conversation.code_utterances(talk(texts))[::2]
    assert plain["advice"]
    assert asked["advice"]
    assert not plain["permission"]
    assert asked["permission"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("What happened, and where were you? Who else was there?", "stacked"),
        ("Don't you think that you should apologise?", "leading"),
        ("That is impressive, you worked so hard.", "affirmation"),
    ],
)
def test_rules_mark_what_has_no_probability(text, key):
    marked, plain = conversation.code_utterances(talk([text, "What happened then?"]))[::2]
    assert marked[key]
    assert not plain[key]


@pytest.mark.parametrize(
    ("text", "is_stacked"),
    [("Who was there? What came next?", True), ("Really? What came next?", False)],
    ids=["two questions", "one and an exclamation"],
)
def test_a_question_of_its_own_has_three_words(text, is_stacked):
    assert conversation.code_utterances(talk([text]))[0]["stacked"] is is_stacked


@pytest.mark.parametrize("text", ["…?", "Well… ?", "Okay. ? Why?"])
def test_a_question_without_words_is_coded_like_any_turn(text):
    assert conversation.code_utterances(talk([text, "What happened then?"]))[0]["behaviour"] in BEHAVIOURS


LISTENING = ["It sounds like that was hard for you.", "What matters most to you in this?"]
TELLING = ["You need to stop that at once.", "The rules say that it has to be done by Friday."]


def coded_among(others: list[str], n_others: int, text: str) -> conversation.Code:
    """Return the code of a turn in the middle of others that are its neighbours in neither case."""
    about = ["Okay."]
    among = [others[i % len(others)] for i in range(n_others)]
    return conversation.code_utterances(talk([*among, *about, text, *about, *among]))[2 * n_others + 2]


def test_a_long_conversation_that_tells_makes_a_reflection_less_likely():
    text = "So you feel that nobody listens to you."
    listening, telling = (coded_among(others, 8, text)["p"] for others in (LISTENING, TELLING))
    assert telling["has_reflection"] < listening["has_reflection"] - 0.05
    assert telling["reflection"] < listening["reflection"] - 0.05


def test_a_question_and_advice_are_told_by_their_own_words():
    for text in ("What have you tried so far?", "You should talk to your manager about it."):
        listening, telling = (coded_among(others, 8, text)["p"] for others in (LISTENING, TELLING))
        for name in ("has_question", "advice"):
            assert math.isclose(telling[name], listening[name], abs_tol=1e-6)


def test_a_few_turns_say_nothing_of_a_conversation():
    text = "So you feel that nobody listens to you."
    assert coded_among(LISTENING, 3, text)["p"] == coded_among(TELLING, 3, text)["p"]


texts = st.lists(
    st.tuples(
        st.sampled_from(["coach", "client"]), st.text(max_size=60) | st.sampled_from([t for t, _c in CLEAR])
    ),
    max_size=8,
)


@given(texts)
@settings(max_examples=60, deadline=None)
def test_every_code_is_whole_and_its_probabilities_add_up(pairs):
    utterances = [turn(speaker, text) for speaker, text in pairs]
    codes = conversation.code_utterances(utterances)
    assert len(codes) == len(utterances)
    for utterance, code in zip(utterances, codes, strict=True):
        assert bool(code) == (utterance["speaker"] == "coach")
        if code:
            assert math.isclose(sum(code["p"][b] for b in BEHAVIOURS), 1, abs_tol=1e-4)
            assert all(0 <= p <= 1 for p in code["p"].values())
            assert code["behaviour"] in BEHAVIOURS
            assert code["unsure"] == (code["p"][code["behaviour"]] < 0.5)
    assert codes == conversation.code_utterances(utterances)
    conversation.measure(utterances, codes)


def test_a_code_less_likely_than_another_is_unsure(monkeypatch):
    """Rates of people decide between close ones: what is shown then must not pass for sure."""
    p = np.array([[0.52, 0.4, 0.05, 0.03, 0.6, 0.5, 0.1, 0.1, 0.5, 0.5]])
    answer = model.Answer(p, np.array([1]), np.array([[True, True, False, False, False, False]]))
    monkeypatch.setattr(model, "answer", lambda *_given: answer)
    (code,) = conversation.code_utterances([turn("coach", "So you are tired of it?")])
    assert (code["behaviour"], code["unsure"]) == ("reflection", True)


def test_a_turn_of_any_length_is_coded():
    codes = conversation.code_utterances([turn("coach", "what do you think " * 50_000)])
    assert codes[0]["has_question"]


def test_the_artefact_is_small_names_its_data_and_holds_no_long_runs_of_words():
    data = resources.files("telemachy.core.conversation").joinpath(model.ARTEFACT).read_bytes()
    assert len(data) <= 1_000_000
    assert "AnnoMI" in model.card()["data"]
    for punctuated in (True, False):
        longest = max(model.head(punctuated=punctuated).row_of, key=lambda name: name.count(" "))
        assert longest.count(" ") <= 5, "a skeleton has six places, runs of words at most four"
        assert all(n.startswith("k") or n.count(" ") <= 3 for n in model.head(punctuated=punctuated).row_of)


def test_importing_the_package_loads_neither_numpy_nor_the_model():
    script = "import sys, telemachy.core.conversation; sys.exit('numpy' in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([sys.executable, "-c", script], env=environment, check=False).returncode == 0
