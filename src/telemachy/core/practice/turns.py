"""Reads one typed turn of somebody who coaches: what it does, and on which words that rests.

Rules come first, since they can say why; the model of `core.conversation` decides what rules leave open, and
only where it is sure. What neither can tell is "unsure", never a guess. English, and German by rules alone.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from telemachy.core.conversation import SentenceMark, code_utterances, mark_sentences
from telemachy.core.practice import cues

#: Longest turn looked at, in characters; forms refuse longer ones.
MAX_CHARS = 2_000
#: From here on the model counts as sure; below `DOUBTFUL` it contradicts a rule.
SURE, DOUBTFUL = 0.6, 0.2

_CLAUSE = re.compile(r"[,;:–—]\s+|\s-\s")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


class TurnKind(StrEnum):
    """What a turn mainly does."""

    OPEN = "open"
    CLOSED = "closed"
    REFLECTION = "reflection"
    ADVICE = "advice"
    ROOM = "room"
    OTHER = "other"
    UNSURE = "unsure"


class Reason(StrEnum):
    """Why a turn is read as it is; `TurnReading.quote` holds the words in question."""

    OPENS_WIDE = "opens_wide"
    ASKS_WHY = "asks_why"
    INVITES = "invites"
    YES_OR_NO = "yes_or_no"
    ONE_FACT = "one_fact"
    ASKED_WITHOUT_FORM = "asked_without_form"
    ADVISES = "advises"
    ADVICE_AS_QUESTION = "advice_as_question"
    LEADS = "leads"
    GIVES_BACK = "gives_back"
    MODEL_GIVES_BACK = "model_gives_back"
    GIVES_ROOM = "gives_room"
    ABOUT_ONESELF = "about_oneself"
    MODEL_OTHER = "model_other"
    NO_WORDS = "no_words"
    UNCLEAR = "unclear"
    #: Given by `drills.check` alone.
    OTHER_LANGUAGE = "other_language"
    #: Given by `heard.as_heard` alone.
    SAID_BEFORE = "said_before"
    FITS_ANYBODY = "fits_anybody"


#: Reasons of what asks without being an open or a closed question.
_ASKING = frozenset({Reason.ADVICE_AS_QUESTION, Reason.LEADS, Reason.ASKED_WITHOUT_FORM})


@dataclass(frozen=True, slots=True)
class TurnReading:
    """How one turn is read.

    kind, reason, quote : what it mainly does, why, and the words that show it
    n_questions : questions in it; with two or more it is `stacked`
    reflects : it also gives something back, whatever else it does
    """

    kind: TurnKind
    reason: Reason
    quote: str = ""
    n_questions: int = 0
    reflects: bool = False

    @property
    def stacked(self) -> bool:
        """Whether several questions were asked, so that only one can be answered."""
        return self.n_questions >= 2


@dataclass(frozen=True, slots=True)
class _Finding:
    kind: TurnKind
    reason: Reason
    quote: str


def read_turn(text: str, said: str = "", language: str = "en") -> TurnReading:
    """Read one turn.

    Parameters
    ----------
    text : str
        The turn; at most `MAX_CHARS` characters are looked at.
    said : str
        What the other had said just before, which helps to tell a reflection.
    language : str
        "en" or "de"; any other is read with the rules of English and without the model.

    Notes
    -----
    A turn that advises is advice whatever it asks besides, for that is what the other hears; else its last
    question decides, since that is the one that gets answered; else whether it gives back what was said.
    It reads form: irony, tone and a good question in an unusual form are lost on it.
    """
    text, said = text[:MAX_CHARS], said[:MAX_CHARS]
    if not _WORD.search(text):
        return TurnReading(TurnKind.UNSURE, Reason.NO_WORDS)
    # "Thank you for telling me." is left out of drafts as a salutation, but it is a turn.
    sentences = mark_sentences(text) or (SentenceMark(text.strip(), asks=False, cue=""),)
    p = _chances(text, said) if language == "en" else {}
    words = cues.of(language)
    found = [_read_sentence(one, words, p) for one in sentences]
    n_questions = sum(one.kind in {TurnKind.OPEN, TurnKind.CLOSED} or one.reason in _ASKING for one in found)
    reflects = any(one.kind == TurnKind.REFLECTION for one in found)
    main = _main(found)
    return TurnReading(main.kind, main.reason, main.quote, n_questions, reflects)


def _main(found: list[_Finding]) -> _Finding:
    advice = next((one for one in found if one.kind == TurnKind.ADVICE), None)
    asked = next((one for one in reversed(found) if one.kind in {TurnKind.OPEN, TurnKind.CLOSED}), None)
    given_back = next((one for one in found if one.kind == TurnKind.REFLECTION), None)
    told = next((one for one in found if one.kind in {TurnKind.ROOM, TurnKind.OTHER}), None)
    return advice or asked or given_back or told or found[-1]


def _read_sentence(sentence: SentenceMark, words: cues.Cues, p: dict[str, float]) -> _Finding:
    text = sentence.text
    if match := words.invitation.search(text):
        return _Finding(TurnKind.OPEN, Reason.INVITES, match.group().strip())
    if match := words.room.search(text):
        return _Finding(TurnKind.ROOM, Reason.GIVES_ROOM, match.group().strip())
    given_back = words.reflection.match(text)
    # "What you promised does not fit any more" opens like a question and gives back.
    if sentence.asks and ("?" in text or not given_back):
        return _read_question(sentence, words, given_back)
    if urged := words.urging.match(text):
        return _Finding(TurnKind.ADVICE, Reason.ADVISES, urged.group().strip())
    if sentence.cue and not _gives_leave(sentence, words, p):
        # "You feel you should say no" gives back, though "you should" mostly advises.
        if given_back and p.get("reflection", 0) >= SURE:
            return _Finding(TurnKind.REFLECTION, Reason.GIVES_BACK, given_back.group().strip())
        return _Finding(TurnKind.ADVICE, Reason.ADVISES, sentence.cue)
    return _read_statement(text, words, p, given_back)


def _gives_leave(sentence: SentenceMark, words: cues.Cues, p: dict[str, float]) -> bool:
    """Tell whether "you could" only says what is possible, for the model sees no advice in it."""
    return bool(p) and bool(words.leave.match(sentence.cue)) and p["advice"] < 1 - SURE


def _read_question(sentence: SentenceMark, words: cues.Cues, given_back: re.Match[str] | None) -> _Finding:
    text = sentence.text
    kind, opening = opening_of(text, words)
    # "What do you need to know?" has the words of advice and gives none; "How about a list?" gives some.
    if sentence.cue and (kind is not TurnKind.OPEN or words.disguise.match(sentence.cue)):
        return _Finding(TurnKind.ADVICE, Reason.ADVICE_AS_QUESTION, sentence.cue)
    if match := words.leading.search(text):
        return _Finding(TurnKind.ADVICE, Reason.LEADS, match.group().strip(" ,"))
    if kind is TurnKind.OPEN:
        reason = Reason.ASKS_WHY if words.why.match(opening) else Reason.OPENS_WIDE
        return _Finding(kind, reason, opening)
    if kind is TurnKind.CLOSED:
        reason = Reason.ONE_FACT if words.fact.match(opening) else Reason.YES_OR_NO
        return _Finding(kind, reason, opening)
    if given_back:
        return _Finding(TurnKind.CLOSED, Reason.YES_OR_NO, given_back.group().strip())
    return _Finding(TurnKind.UNSURE, Reason.ASKED_WITHOUT_FORM, "?")


def opening_of(question: str, words: cues.Cues) -> tuple[TurnKind | None, str]:
    """Return whether a question is put openly, and its first words; None where its form does not tell.

    The last clause that asks decides: in "When you think of Monday, what worries you?" it is "what worries".
    """
    clauses = [words.filler.sub("", clause).strip() for clause in _CLAUSE.split(question)]
    for clause in reversed([clause for clause in clauses if clause]):
        for kind, pattern in (
            (TurnKind.CLOSED, words.fact),
            (TurnKind.OPEN, words.wide),
            (TurnKind.CLOSED, words.yes_or_no),
        ):
            if match := pattern.match(clause):
                return kind, match.group().strip()
    return None, ""


def _read_statement(
    text: str, words: cues.Cues, p: dict[str, float], given_back: re.Match[str] | None
) -> _Finding:
    chance = p.get("reflection")
    # Of a turn that also asks the model says mostly that it asks; it may reflect all the same.
    doubted = p and max(p["reflection"], p["has_reflection"]) < DOUBTFUL
    if given_back and not doubted:
        return _Finding(TurnKind.REFLECTION, Reason.GIVES_BACK, given_back.group().strip())
    if own := words.oneself.match(text):
        return _Finding(TurnKind.OTHER, Reason.ABOUT_ONESELF, own.group().strip())
    if chance is not None and chance >= SURE:
        return _Finding(TurnKind.REFLECTION, Reason.MODEL_GIVES_BACK, "")
    if p and p["input"] + p["other"] >= 1 - DOUBTFUL:
        return _Finding(TurnKind.OTHER, Reason.MODEL_OTHER, "")
    return _Finding(TurnKind.UNSURE, Reason.UNCLEAR, "")


def _chances(text: str, said: str) -> dict[str, float]:
    turns = [
        {"speaker": "client", "text": said, "start": None},
        {"speaker": "coach", "text": text, "start": None},
    ]
    return code_utterances(turns if said.strip() else turns[1:])[-1].get("p", {})


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters; an accent typed apart belongs to its letter."""
    return [word.casefold() for word in _WORD.findall(unicodedata.normalize("NFC", text))]
