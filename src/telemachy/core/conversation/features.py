"""What the model looks at in a coach's turn: its words, its questions, and the turns around it.

The names of the features are the vocabulary of the artefact. A prefix says where a word stands: none in the
turn; `^` where it begins to say something; `q:` after the last question word; `?:` in a sentence with a
question mark and `r:` in the rest of such a turn; `s^`, `l^`, `?^` at the beginning of a sentence, the last
sentence, a question; `p:` and `n:` in the client's turn before and after.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log1p
from typing import Any

from telemachy.core.conversation import questions
from telemachy.core.conversation.words import (
    COMMANDS,
    COMMON,
    DENYING,
    FEELING,
    FILLERS,
    MARKS,
    ME,
    NEEDING,
    SUGGESTING,
    THINKING,
    TURNED,
    URGING,
    US,
    YOU,
    opened,
    sentences,
    skeleton_of,
    tokens,
    words,
)

#: Most tokens of a turn that are looked at, the first and the last half of them.
MAX_TOKENS = 600
_LENGTHS = (0, 1, 2, 3, 4, 6, 8, 11, 15, 20, 27, 36, 50, 70, 100)
_QUESTION_TAIL = 12
_CLASSES = (("feel", FEELING), ("think", THINKING), ("need", NEEDING), ("deny", DENYING))


@dataclass(frozen=True, slots=True)
class Features:
    """What is true of a turn (`names`, weight 1), and what is so to some degree (`degrees`, about 0..2)."""

    names: list[str]
    degrees: list[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class _Turn:
    is_coach: bool
    tokens: list[str]
    words: list[str]
    content: set[str]


def session_features(utterances: Sequence[Mapping[str, Any]], *, punctuated: bool) -> list[Features | None]:
    """Return the features of every coach turn, None for client turns.

    Parameters
    ----------
    utterances : sequence
        The turns in their order; the ones around a turn are looked at too.
    punctuated : bool
        Whether marks mean anything; without them the same words are told by their order alone.
    """
    turns = []
    for utterance in utterances:
        found = _bounded(tokens(utterance["text"]))
        said = words(found)
        turns.append(_Turn(utterance["speaker"] == "coach", found, said, set(said) - COMMON))
    return [
        _turn_features(turns, at, punctuated=punctuated) if turn.is_coach else None
        for at, turn in enumerate(turns)
    ]


def is_punctuated(utterances: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether a session is written with sentence marks: at least one to thirty words of the coach."""
    n_words = n_marks = 0
    for utterance in utterances:
        if utterance["speaker"] == "coach":
            n_words += utterance["text"].count(" ") + 1
            n_marks += sum(map(utterance["text"].count, ".?!,"))
    return n_marks * 30 >= n_words


def _bounded(found: list[str]) -> list[str]:
    half = MAX_TOKENS // 2
    return found if len(found) <= MAX_TOKENS else found[:half] + found[-half:]


def _turn_features(turns: Sequence[_Turn], at: int, *, punctuated: bool) -> Features:
    turn = turns[at]
    names: list[str] = []
    _add_words(names, turn)
    degrees = _add_persons(names, turn.words)
    _add_question_order(names, turn.words)
    _add_skeleton(names, turn.words)
    if punctuated:
        _add_sentences(names, turn.tokens)
    else:
        _add_urging(names, turn.words[opened(turn.words) :])
    _add_before(names, turns[at - 1] if at else None, punctuated=punctuated)
    _add_after(names, turns[at + 1] if at + 1 < len(turns) else None, punctuated=punctuated)
    degrees += _add_shared(names, turns, at)
    return Features(names, degrees)


def _add_words(names: list[str], turn: _Turn) -> None:
    said = turn.words
    n = len(said)
    begins = opened(said)
    names += said
    names += _pairs(["<", *said, ">"])
    names += _beginnings("^", said[begins:], 4)
    names += (f"lead{min(begins, 3)}", f"len{_length(n)}", f"core{_length(n - begins)}")
    n_fillers = sum(map(FILLERS.__contains__, turn.tokens))
    if n_fillers:
        names.append(f"fill{min(n_fillers, 3)}")
    names += [f"b2:{word}" for word in said[:2]]
    names += [f"e2:{word}" for word in said[-2:]]


def _add_persons(names: list[str], said: Sequence[str]) -> list[tuple[str, float]]:
    n_you, n_me, n_us = (sum(map(members.__contains__, said)) for members in (YOU, ME, US))
    names += (f"you{min(n_you, 4)}", f"me{min(n_me, 3)}", f"us{min(n_us, 2)}")
    n = max(1, len(said))
    return [("#len", log1p(len(said)) / 2), ("#you", 3 * n_you / n), ("#me", 3 * n_me / n)]


def _add_question_order(names: list[str], said: Sequence[str]) -> None:
    """Add questions found by the order of words, which needs no marks."""
    found = questions.asked(said)
    names.append(f"asked{min(len(found), 3)}")
    if not found:
        return
    forms = [form for _at, form in found]
    names += (f"of:{forms[-1]}", f"of1:{forms[0]}", f"ofs:{'+'.join(sorted(set(forms)))}")
    last = found[-1][0]
    tail = said[last : last + _QUESTION_TAIL]
    names.append(f"askpos{_length(len(said) - last)}")
    names += _beginnings("q^", tail, 4)
    names += [f"q:{word}" for word in tail]
    names += [f"q:{pair}" for pair in _pairs(tail)]
    names += [f"inv:{said[at]} {said[at + 1]}" for at, form in found if form == "verb"]


def _add_urging(names: list[str], core: Sequence[str]) -> None:
    """Add how a sentence would urge: "you should", "I would suggest", "try to"."""
    first, second, third = (*core[:3], "", "", "")[:3]
    if first in YOU and second in URGING:
        names += ("urge:you", f"urge:{second}")
    elif first == "id" or (first == "i" and second in ("would", "suggest", "recommend")):
        names.append(f"urge:i{int(second in SUGGESTING or third in SUGGESTING)}")
    elif first in COMMANDS:
        names.append(f"urge:do{int(second in ('me', 'you', 'i'))}")


def _add_skeleton(names: list[str], said: Sequence[str]) -> None:
    """Add how the turn is built, whatever it is about."""
    bones = [skeleton_of(word) for word in said]
    names += _beginnings("k^", bones[opened(said) :], 6)
    names += [f"k:{one} {two} {three}" for one, two, three in zip(bones, bones[1:], bones[2:], strict=False)]
    for key, members in _CLASSES:
        names.append(f"{key}{min(3, sum(map(members.__contains__, said)))}")


def _add_sentences(names: list[str], found: Sequence[str]) -> None:
    parted = sentences(found)
    n_questions = sum(mark == "?" for _said, mark in parted)
    names += (f"Q{min(n_questions, 3)}", f"S{min(len(parted), 6)}")
    names.append(f"end:{found[-1] if found and found[-1] in MARKS else ''}")
    rest: list[str] = []
    asked: list[list[str]] = []
    for said, mark in parted:
        core = said[opened(said) :]
        names += _beginnings("s^", core, 3)
        if mark == "?":
            asked.append(core)
            names.append(f"?len{_length(len(core))}")
            names += _beginnings("?^", core, 3)
            names += [f"?:{word}" for word in core]
            names += [f"?:{pair}" for pair in _pairs(core)]
            names += [f"?${word}" for word in core[-1:]]
        else:
            rest += said
            _add_urging(names, core)
    names.append(f"rest{_length(len(rest))}")
    if parted:
        said, mark = parted[-1]
        core = said[opened(said) :]
        names.append(f"llen{mark}{_length(len(core))}")
        names += _beginnings(f"l^{mark}", core, 3)
    if n_questions:
        _add_forms(names, asked)
        names += [f"r:{word}" for word in rest]
        names += [f"r:{pair}" for pair in _pairs(rest)]


def _add_forms(names: list[str], asked: Sequence[Sequence[str]]) -> None:
    forms = [questions.form(core) for core in asked]
    names += (f"qf1:{forms[0]}", f"qfl:{forms[-1]}", f"qfs:{'+'.join(sorted(set(forms)))}")
    names += [f"qf:{form}" for form in forms]
    names.append(f"qfl:{forms[-1]}:{min(len(asked[-1]) // 4, 4)}")
    names.append(f"qor{int('or' in asked[-1])}")


def _add_before(names: list[str], before: _Turn | None, *, punctuated: bool) -> None:
    if before is None:
        names.append("p:start")
    elif before.is_coach:
        names.append("p:coach")
    else:
        names.append(f"p:len{_length(len(before.words))}")
        names += [f"p:{word}" for word in before.words[-6:]]
        names += [f"p^{word}" for word in before.words[:1]]
        if punctuated and "?" in before.tokens:
            names.append("p:?")


def _add_after(names: list[str], after: _Turn | None, *, punctuated: bool) -> None:
    """Add how the client answers: a question gets an answer, a reflection a "yeah", advice a "but"."""
    if after is None:
        names.append("n:end")
    elif after.is_coach:
        names.append("n:coach")
    else:
        said = after.words
        names.append(f"n:len{_length(len(said))}")
        names += _beginnings("n^", said, 2)
        names += [f"n:{word}" for word in said[:4]]
        if punctuated and after.tokens:
            mark = after.tokens[1] if len(after.tokens) > 1 and after.tokens[1] in MARKS else ""
            names.append(f"n,{after.tokens[0]}{mark}")
            if "?" in after.tokens:
                names.append("n:?")


def _add_shared(names: list[str], turns: Sequence[_Turn], at: int) -> list[tuple[str, float]]:
    """Add how many of the turn's words the client said in the last three turns: reflections give back."""
    mine = {TURNED.get(word, word) for word in turns[at].content}
    if not mine:
        return []
    last: set[str] = set()
    recent: set[str] = set()
    n_seen = 0
    for turn in reversed(turns[max(0, at - 8) : at]):
        if turn.is_coach:
            continue
        last = turn.content if n_seen == 0 else last
        recent |= turn.content
        n_seen += 1
        if n_seen == 3:
            break
    n_last, n_recent = len(mine & last), len(mine & recent)
    names += (f"shared1:{min(n_last, 4)}", f"shared3:{min(n_recent, 5)}")
    return [("#shared1", 1.5 * n_last / len(mine)), ("#shared3", 1.5 * n_recent / len(mine))]


def _pairs(said: Sequence[str]) -> list[str]:
    return [f"{one} {two}" for one, two in pairwise(said)]


def _beginnings(prefix: str, said: Sequence[str], longest: int) -> list[str]:
    return [prefix + " ".join(said[:n]) for n in range(1, min(longest, len(said)) + 1)]


def _length(n: int) -> int:
    return bisect_left(_LENGTHS, n)
