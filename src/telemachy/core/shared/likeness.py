"""How alike two short texts are: the share of telling words they have in common."""

from __future__ import annotations

import re

#: Shorter words (the, and, und, der) tell nothing; longer ones are cut so that plurals and cases meet.
MIN_LETTERS, STEM_LETTERS = 4, 7

#: Longest text looked at, in characters.
MAX_CHARS = 10_000

_WORD = re.compile(r"[^\W\d_]+")
#: Words of three letters and more that tell nothing of what a text is about, English and German.
COMMON = frozenset(
    _WORD.findall(
        "all and any are but can did for get had has her him his how its let may new nor not now one our out "
        "own see she the too two use was way who why yet you das dem den der des die ein für hat ich ihr "
        "ist man mir mit nie nur sei sie uns und vom von war was wer wie wir zum zur "
        "about after again also because been before being could does doing from have having here into just "
        "like make made more most much need only other over really said same some such than that their them "
        "then there these they thing things this those very want wants wanted well were what when where "
        "which while will with would your aber alle auch dass dann denn diese dieser doch eine einem einen "
        "einer haben hatte ihre kann mehr mein meine nach nicht noch oder schon sich sind über wenn werden "
        "wird wurde"
    )
)


def telling_stems(text: str) -> list[str]:
    """Return the stems of the words that tell what a text is about, as often as they are said.

    Parameters
    ----------
    text : str
        Any length; only its first 10,000 characters count.
    """
    found = (word.casefold() for word in _WORD.findall(text[:MAX_CHARS]))
    return [word[:STEM_LETTERS] for word in found if len(word) >= MIN_LETTERS and word not in COMMON]


def telling_words(text: str) -> frozenset[str]:
    """Return the stems of the words that tell what a text is about, each once."""
    return frozenset(telling_stems(text))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how much two sets of words overlap, in [0, 1].

    Notes
    -----
    The overlap coefficient: shared words by the words of the shorter text, so that a title finds its story.
    Fewer than three words say too little to compare and count as unlike.
    """
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller >= 3 else 0.0
