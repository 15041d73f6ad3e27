"""Codes what a coach does in each turn: asks, reflects, gives input, or something else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypedDict

from telemachy.core.conversation import rules

Behaviour = Literal["question", "reflection", "input", "other"]

#: Below this probability of its behaviour a code is marked as unsure.
SURE = 0.5


class Code(TypedDict, total=False):
    """What a coach's turn does; a client's turn has an empty one.

    behaviour : what it mainly does
    has_question, has_reflection, has_input : all that it does
    advice : it tells what to do
    question_type, reflection_type : of the question or reflection, should there be one
    p : calibrated probabilities of the four behaviours, which add up to 1, and of has_question,
        has_reflection, has_input, advice, closed, complex
    unsure : the behaviour does not reach `SURE`, be it because another one, less often right, is likelier
    stacked, leading, permission, affirmation : by rules, without a probability
    """

    behaviour: Behaviour
    has_question: bool
    has_reflection: bool
    has_input: bool
    advice: bool
    question_type: Literal["open", "closed"]
    reflection_type: Literal["simple", "complex"]
    p: dict[str, float]
    unsure: bool
    stacked: bool
    leading: bool
    permission: bool
    affirmation: bool


def code_utterances(utterances: Sequence[Mapping[str, Any]]) -> list[Code]:
    """Code every coach turn of a conversation.

    Parameters
    ----------
    utterances : sequence of mappings
        Turns in their order: `speaker` "coach" or "client", `text`, and `start` in seconds or None. Hand in
        the whole conversation: the turns around a turn help to read it.

    Returns
    -------
    list of Code
        As long as `utterances`; {} for client turns.

    Notes
    -----
    A linear model of words, word pairs, sentence forms and the turns around: one for text with marks, one for
    speech-to-text without (the marks of the conversation choose), trained on AnnoMI (Wu et al.,
    Future Internet 2023, 15, 110). English only. Trained on counselling: elsewhere questions carry over,
    reflections and input much less. Simple or complex is a hint: people hardly agree on it either.
    """
    from telemachy.core.conversation import model
    from telemachy.core.conversation.features import is_punctuated, session_features

    codes: list[Code] = [{} for _utterance in utterances]
    punctuated = is_punctuated(utterances)
    found = session_features(utterances, punctuated=punctuated)
    at = [i for i, features in enumerate(found) if features is not None]
    if not at:
        return codes
    answer = model.answer(
        [features for features in found if features is not None], model.head(punctuated=punctuated)
    )
    for row, i in enumerate(at):
        before = utterances[i - 1]["text"] if i else ""
        p = dict(zip(model.COLUMNS, answer.p[row].tolist(), strict=True))
        behaviour = model.BEHAVIOURS[answer.chosen[row]]
        codes[i] = _code(behaviour, answer.yes[row].tolist(), p, utterances[i]["text"], before)
    return codes


def plain_code(behaviour: Behaviour, yes: Sequence[bool]) -> Code:
    """Return a code without doubt, and without what rules add.

    Parameters
    ----------
    behaviour : str
        What the turn mainly does.
    yes : (6,)
        Whether it has a question, a reflection, input; advises; would ask closed, reflect complex.
    """
    asks, reflects, informs, advises, closed, is_complex = yes
    return {
        "behaviour": behaviour,
        "has_question": asks,
        "has_reflection": reflects,
        "has_input": informs,
        "advice": advises,
        "question_type": "closed" if closed else "open",
        "reflection_type": "complex" if is_complex else "simple",
    }


def marked_today(code: Code) -> Code:
    """Return a code that was kept with `unsure` as it is marked today; a person's or none stays as it is."""
    p = code.get("p")
    return {**code, "unsure": p[code["behaviour"]] < SURE} if p else code


def _code(behaviour: Behaviour, yes: list[bool], p: dict[str, float], text: str, before: str) -> Code:
    code = plain_code(behaviour, yes)
    code["p"] = p
    code["stacked"] = code["has_question"] and rules.is_stacked(text)
    code["leading"] = code["has_question"] and rules.is_leading(text)
    code["permission"] = code["advice"] and rules.asks_permission(text, before)
    code["affirmation"] = rules.is_affirmation(text)
    return marked_today(code)
