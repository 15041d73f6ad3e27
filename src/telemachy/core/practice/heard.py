"""How the scripted client hears a turn: what fits anybody, and what was said before, moves nobody."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from telemachy.core.practice import cues
from telemachy.core.practice.turns import Reason, TurnKind, TurnReading, words_of

#: Two words are taken for the same if they begin alike for so many letters ("decide", "decided").
STEM_LETTERS = 5
#: Turns that share at least so much of their words are the same turn again.
SAME = 0.75
#: So many words that belong to no phrase say something of one's own.
OWN_WORDS = 2
_OPENING = frozenset({TurnKind.OPEN, TurnKind.REFLECTION, TurnKind.ROOM})


def as_heard(
    reading: TurnReading, text: str, said: Sequence[str], before: Collection[str], language: str
) -> TurnReading:
    """Return the reading as the client takes it.

    Parameters
    ----------
    reading : TurnReading
        How the turn is read by its form.
    text : str
        The turn.
    said : sequence of str
        What the client has said so far, the last of it at the end.
    before : collection of str
        The person's earlier turns in this conversation.
    language : str
        As in `read_turn`.

    Returns
    -------
    TurnReading
        Of kind OTHER, with the reason, for a turn that opens nobody: one said before, or one that gives back
        in a phrase, without a word of what the client said ("That sounds hard."). Else the reading as it was.

    Notes
    -----
    It compares words, so that a fixed phrase does not reach a good ending; whether what is given back is true
    to the client it cannot tell.
    """
    if reading.kind not in _OPENING:
        return reading
    mine = frozenset(words_of(text))
    if reading.kind is not TurnKind.ROOM and any(_alike(mine, frozenset(words_of(one))) for one in before):
        return replace(reading, kind=TurnKind.OTHER, reason=Reason.SAID_BEFORE, quote="")
    if reading.kind is TurnKind.REFLECTION and not _is_about(text, said, cues.of(language)):
        return replace(reading, kind=TurnKind.OTHER, reason=Reason.FITS_ANYBODY, quote="")
    return reading


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= SAME * len(one | other)


def _is_about(text: str, said: Sequence[str], words: cues.Cues) -> bool:
    mine = {word for word in words_of(text) if word not in words.common}
    theirs = {word[:STEM_LETTERS] for line in said for word in words_of(line) if word not in words.common}
    if any(word[:STEM_LETTERS] in theirs for word in mine):
        return True
    # "That sounds lonely" and "You did not choose to come" take none of their words and are about them.
    return any(words.feeling.fullmatch(word) for word in mine) or len(mine - words.phrase) >= OWN_WORDS
