"""How a question is put, told by the order of its words: "what do you", "have you", "tell me"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from telemachy.core.conversation.words import AUXILIARIES, QUESTION_WORDS, SUBJECTS

Form = Literal["what", "why", "where", "quantity", "verb", "tell", "none"]

_OPEN_WORDS = frozenset({"what", "whats", "how", "hows", "whatre", "howd"})
_CONTRACTED = frozenset({"whats", "hows", "wheres"})
_QUANTITIES = frozenset({"many", "much", "often", "long", "old", "far", "likely"})
_AFTER_QUESTION_WORD = AUXILIARIES | frozenset(
    {"about", "else", "kind", "sort", "many", "much", "often", "long", "made", "makes", "other"}
)
#: A verb after one of these is no question: "what you do", "people have you".
_BEFORE_STATEMENT = frozenset(
    {
        "i",
        "you",
        "they",
        "we",
        "he",
        "she",
        "it",
        "that",
        "what",
        "how",
        "which",
        "who",
        "where",
        "why",
        "people",
    }
)
_TELLING = frozenset({"tell", "describe", "share"})
_TOLD = frozenset({"me", "us", "to"})


def asked(said: Sequence[str]) -> list[tuple[int, Form]]:
    """Return where questions begin in `words`, and how they are put; needs no marks."""
    found: list[tuple[int, Form]] = []
    before = ""
    for i, (word, after) in enumerate(zip(said, [*said[1:], ""], strict=False)):
        if word in QUESTION_WORDS:
            if after in _AFTER_QUESTION_WORD or word in _CONTRACTED:
                found.append((i, _by_question_word(word, after)))
        elif word in AUXILIARIES:
            if after in SUBJECTS and before not in _BEFORE_STATEMENT:
                found.append((i, "verb"))
        elif word in _TELLING and after in _TOLD:
            found.append((i, "tell"))
        before = word
    return found


def form(said: Sequence[str]) -> Form:
    """Return how a sentence that is known to ask is put; "none" if it is put like a statement."""
    if said and said[0] in QUESTION_WORDS:
        return _by_question_word(said[0], said[1] if len(said) > 1 else "")
    found = asked(said)
    return found[0][1] if found else "none"


def _by_question_word(word: str, after: str) -> Form:
    if word in _OPEN_WORDS:
        return "quantity" if after in _QUANTITIES else "what"
    return "why" if word == "why" else "where"
