"""Checks what somebody typed in a drill, at once and with the reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from telemachy.core.practice import cues
from telemachy.core.practice.turns import Reason, TurnKind, TurnReading, read_turn, words_of

#: A summary longer than this share of what was said retells instead of summing up.
LONGEST_SUMMARY = 0.6
#: Letters that two words must begin with in common to count as the same: "deadline", "deadlines".
STEM = 5
#: The same where it is only asked whether a reflection is about what was said at all: "Kind", "Kindern".
AKIN = 4
#: Shares of words taken over from what was said: from here on a reflection repeats, below it rephrases.
REPEATS, REPHRASES = 0.5, 0.34
#: From so many words on a text in a language holds at least this share of its commonest words. Answers that
#: ship hold a third or more, in the other language an eighth at most.
ENOUGH_WORDS, COMMON_SHARE = 5, 0.13


class Skill(StrEnum):
    """What a drill trains."""

    ASK = "ask"
    UNSTACK = "unstack"
    REFLECT = "reflect"
    DEEPEN = "deepen"
    SUMMARISE = "summarise"
    PHASE = "phase"


class Outcome(StrEnum):
    """What the check found; a person's own rating decides when the item comes back."""

    MET = "met"
    NOT_MET = "not_met"
    UNSURE = "unsure"


class Note(StrEnum):
    """A remark about a drill besides how the turn is read."""

    STACKED = "stacked"
    WHY = "why"
    OWN_WORDS = "own_words"
    NONE_OF_THEIRS = "none_of_theirs"
    REPEATS = "repeats"
    NAMES_FEELING = "names_feeling"
    ADDS_NOTHING_SEEN = "adds_nothing_seen"
    ASKS_TOO = "asks_too"
    POINTS = "points"
    TOO_LONG = "too_long"
    RIGHT_PHASE = "right_phase"
    OTHER_PHASE = "other_phase"


@dataclass(frozen=True, slots=True)
class Item:
    """One exercise.

    situation : what the reader has to know
    said : the other's words, the advice, or the stacked questions to work on
    models : answers to compare with; for `PHASE` why the phase is the one it is
    points : for `SUMMARISE` what belongs in it, each as the words that would show it
    phase : for `PHASE` the one that is right
    """

    id: str
    skill: Skill
    situation: str
    said: str
    models: tuple[str, ...]
    points: tuple[tuple[str, ...], ...] = ()
    phase: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Remark:
    """A note with the words or numbers it speaks of."""

    note: Note
    quote: str = ""
    n: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class Check:
    """What was found in an answer: the outcome, how the turn is read, and remarks."""

    outcome: Outcome
    reading: TurnReading | None
    remarks: tuple[Remark, ...] = ()


def check(item: Item, answer: str) -> Check:
    """Check an answer to a drill; any text is taken, and what cannot be told is `UNSURE`."""
    if item.skill == Skill.PHASE:
        right = answer.strip() == item.phase
        note = Note.RIGHT_PHASE if right else Note.OTHER_PHASE
        return Check(Outcome.MET if right else Outcome.NOT_MET, None, (Remark(note, item.phase),))
    heard = "" if item.skill in {Skill.ASK, Skill.UNSTACK} else item.said
    reading = read_turn(answer, heard, item.language)
    if reading.reason == Reason.NO_WORDS:
        return Check(Outcome.UNSURE, reading)
    verb = {
        Skill.ASK: _check_question,
        Skill.UNSTACK: _check_question,
        Skill.REFLECT: _check_reflection,
        Skill.DEEPEN: _check_deeper,
        Skill.SUMMARISE: _check_summary,
    }[item.skill]
    return verb(item, answer, reading)


def _check_question(item: Item, answer: str, reading: TurnReading) -> Check:
    remarks = []
    if reading.stacked:
        remarks.append(Remark(Note.STACKED, n=reading.n_questions))
    if reading.reason == Reason.ASKS_WHY:
        remarks.append(Remark(Note.WHY, reading.quote))
    if reading.kind == TurnKind.UNSURE:
        outcome = Outcome.UNSURE
    else:
        outcome = _met(reading.kind == TurnKind.OPEN and not reading.stacked)
    return Check(outcome, reading, tuple(remarks))


def _check_reflection(item: Item, answer: str, reading: TurnReading) -> Check:
    if reading.n_questions:
        return Check(Outcome.NOT_MET, reading, (Remark(Note.ASKS_TOO),))
    if reading.kind != TurnKind.REFLECTION:
        return Check(_met_or_unsure(reading), reading)
    remarks = _wording(item, answer)
    # By form alone a reflection of anything else passes. A simple one keeps a word of what it is about.
    is_about = Note.NONE_OF_THEIRS not in {remark.note for remark in remarks}
    return Check(Outcome.MET if is_about else Outcome.UNSURE, reading, remarks)


def _check_deeper(item: Item, answer: str, reading: TurnReading) -> Check:
    """A complex reflection: it gives back, in other words, and names what was meant or felt.

    People hardly agree on it (macro-F1 .56, see docs/conversation.md): only the clear case is confirmed.
    Good ones seldom keep a word of what was said, so what they are about is left to the reader to judge.
    """
    if reading.n_questions:
        return Check(Outcome.NOT_MET, reading, (Remark(Note.ASKS_TOO),))
    if reading.kind != TurnKind.REFLECTION:
        return Check(_met_or_unsure(reading), reading)
    remarks = _wording(item, answer)
    notes = {remark.note for remark in remarks}
    if Note.REPEATS in notes and Note.NAMES_FEELING not in notes:
        return Check(Outcome.NOT_MET, reading, remarks)
    if {Note.OWN_WORDS, Note.NAMES_FEELING} <= notes:
        return Check(Outcome.MET, reading, remarks)
    return Check(Outcome.UNSURE, reading, (*remarks, Remark(Note.ADDS_NOTHING_SEEN)))


def _check_summary(item: Item, answer: str, reading: TurnReading) -> Check:
    said = words_of(answer)
    found = [point for point in item.points if any(_says(said, word) for word in point)]
    if not found and _is_elsewhere(said, item.language):
        return Check(Outcome.UNSURE, replace(reading, kind=TurnKind.UNSURE, reason=Reason.OTHER_LANGUAGE))
    remarks = [Remark(Note.POINTS, n=len(found), of=len(item.points))]
    too_long = len(said) > LONGEST_SUMMARY * len(words_of(item.said))
    if too_long:
        remarks.append(Remark(Note.TOO_LONG, n=len(said), of=len(words_of(item.said))))
    if reading.kind == TurnKind.ADVICE:
        return Check(Outcome.NOT_MET, reading, tuple(remarks))
    if too_long or len(found) < len(item.points) - 1:
        # Other words can say the same: a missing point is a doubt, an empty summary is not.
        return Check(Outcome.UNSURE if found and not too_long else Outcome.NOT_MET, reading, tuple(remarks))
    return Check(Outcome.MET, reading, tuple(remarks))


def _wording(item: Item, answer: str) -> tuple[Remark, ...]:
    """Return whether a reflection repeats or rephrases, shares no word, and names a feeling or a meaning."""
    words = cues.of(item.language)
    said = words_of(item.said)
    known = [word for word in words_of(f"{item.said} {item.situation}") if word not in words.common]
    own = [word for word in words_of(answer) if word not in words.common]
    taken = [word for word in own if any(_same(word, other) for other in said)]
    share = len(taken) / len(own) if own else 0.0
    remarks = []
    if share >= REPEATS:
        remarks.append(Remark(Note.REPEATS, ", ".join(dict.fromkeys(taken)), len(taken), len(own)))
    elif share <= REPHRASES:
        remarks.append(Remark(Note.OWN_WORDS))
    felt = words.feeling.search(answer)
    if felt and not any(_same(felt.group().strip().casefold(), other) for other in said):
        remarks.append(Remark(Note.NAMES_FEELING, felt.group().strip()))
    if not any(_akin(word, other) for word in own for other in known):
        remarks.append(Remark(Note.NONE_OF_THEIRS))
    return tuple(remarks)


def _is_elsewhere(said: list[str], language: str) -> bool:
    """Tell whether words are of another language: too few are those that hardly a sentence does without."""
    common = cues.of(language).common
    return len(said) >= ENOUGH_WORDS and sum(word in common for word in said) < COMMON_SHARE * len(said)


def _says(said: list[str], wanted: str) -> bool:
    return any(_same(word, wanted) for word in said)


def _same(one: str, other: str) -> bool:
    return one == other or (len(one) >= STEM and len(other) >= STEM and one[:STEM] == other[:STEM])


def _akin(one: str, other: str) -> bool:
    """Tell whether two words may be forms of one, as "nod" and "nods", generously: it finds, not forbids."""
    n = min(len(one), len(other), AKIN)
    near = n == AKIN or abs(len(one) - len(other)) <= AKIN - n
    return one == other or (n >= AKIN - 1 and near and one[:n] == other[:n])


def _met(met: bool) -> Outcome:
    return Outcome.MET if met else Outcome.NOT_MET


def _met_or_unsure(reading: TurnReading) -> Outcome:
    return Outcome.UNSURE if reading.kind == TurnKind.UNSURE else Outcome.NOT_MET
