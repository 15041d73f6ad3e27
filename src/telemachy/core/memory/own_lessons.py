"""What a learner wrote down for itself: short, in its own words, and its own to take along."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from math import ceil

from telemachy.core.shared.errors import BadInput

MAX_TOKENS = 500
#: Letters of a word that a tokenizer takes together, about; the count errs on the high side.
LETTERS_A_TOKEN = 6
#: So many words in the same order are no chance: they were copied.
COPIED_WORDS = 8

_PIECE = re.compile(r"\w+|[^\w\s]")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_WORD = re.compile(r"\w+")


def n_tokens(text: str) -> int:
    """Return about how many tokens a text has, rather too many: each sign one, each word by its length.

    Letters outside the Latin alphabet count as a token each, as most tokenizers take them.
    """
    return sum(
        ceil(len(piece) / LETTERS_A_TOKEN) if piece.isascii() else len(piece)
        for piece in _PIECE.findall(text)
    )


def checked(text: str) -> str:
    """Return the learner's lessons trimmed, at most 500 tokens. Raises BadInput."""
    if "\x00" in text:
        raise BadInput("Control characters cannot be stored; remove them.", field="lessons")
    n = n_tokens(text)
    if n > MAX_TOKENS:
        raise BadInput(
            f"Own lessons have at most {MAX_TOKENS} tokens; these have about {n}. "
            "Keep what still surprises you.",
            field="lessons",
        )
    return text.strip()


def without_recalled(text: str, recalled: Sequence[str]) -> str:
    """Return the text without the sentences that repeat what was recalled to its writer.

    Parameters
    ----------
    text : str
        An account or an own lesson.
    recalled : sequence of str
        The fields shown before.

    Returns
    -------
    str
        Sentences in which eight words follow each other as in something recalled are left out (all of a
        shorter field, of at least four words), so that a lesson never comes back as its own evidence.
    """
    copied = {run for field in recalled for run in _runs(_words(field))}
    if not copied:
        return text
    kept = [sentence for sentence in _SENTENCE.split(text) if not _repeats(sentence, copied)]
    return text if len(kept) == len(_SENTENCE.split(text)) else "\n".join(kept)


def _repeats(sentence: str, copied: set[tuple[str, ...]]) -> bool:
    words = _words(sentence)
    lengths = {len(run) for run in copied}
    return any(tuple(words[i : i + n]) in copied for n in lengths for i in range(len(words) - n + 1))


def _runs(words: Sequence[str]) -> list[tuple[str, ...]]:
    n = min(COPIED_WORDS, len(words))
    if n < COPIED_WORDS // 2:
        return []
    return [tuple(words[i : i + n]) for i in range(len(words) - n + 1)]


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def as_skill(name: str, description: str, lessons: str) -> str:
    """Return the learner's lessons as a SKILL.md file: front matter with name and description, then the text.

    Parameters
    ----------
    name : str
        Made to letters, digits and single hyphens, at most 64 characters.
    description : str
        When the skill applies, at most 1,024 characters; written as a JSON string, which YAML reads.
    lessons : str
        As `checked` returned them.
    """
    slug = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:64].strip("-") or "own-lessons"
    told = json.dumps(" ".join(description.split())[:1024], ensure_ascii=False)
    return f"---\nname: {slug}\ndescription: {told}\n---\n\n{lessons}\n"
