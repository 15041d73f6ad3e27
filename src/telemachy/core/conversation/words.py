"""Words of spoken English: the same with punctuation and without, with stutters and fillers taken out."""

from __future__ import annotations

import re
from collections.abc import Sequence

_TOKEN = re.compile(r"[^\W_]+|[?.!,…]|--")
_APOSTROPHE = str.maketrans("", "", "'’‘ʼ`")

MARKS = frozenset("?.!,…") | {"--"}
_SENTENCE_ENDS = frozenset("?.!")
FILLERS = frozenset(["um", "uh", "uhm", "er", "erm", "ah", "hmm", "mm", "mhm", "hm"])
#: Words that open a turn without saying what it does.
OPENERS = frozenset(
    [
        "okay",
        "ok",
        "so",
        "and",
        "but",
        "well",
        "yeah",
        "yes",
        "right",
        "alright",
        "now",
        "oh",
        "sure",
        "good",
        "great",
        "then",
        "mhm",
        "mm",
        "hmm",
        "yep",
        "yup",
        "no",
        "gotcha",
        "um",
        "uh",
    ]
)
QUESTION_WORDS = frozenset(
    [
        "what",
        "whats",
        "how",
        "hows",
        "why",
        "where",
        "wheres",
        "when",
        "who",
        "whos",
        "which",
        "whens",
        "whatre",
        "howd",
    ]
)
AUXILIARIES = frozenset(
    [
        "do",
        "does",
        "did",
        "is",
        "are",
        "was",
        "were",
        "have",
        "has",
        "had",
        "can",
        "could",
        "would",
        "will",
        "should",
        "isnt",
        "arent",
        "dont",
        "didnt",
        "doesnt",
        "havent",
        "wouldnt",
        "couldnt",
        "wasnt",
        "am",
    ]
)
SUBJECTS = frozenset(
    ["you", "it", "that", "there", "he", "she", "they", "we", "i", "this", "your", "the", "any"]
)
YOU = frozenset(["you", "your", "youre", "youve", "youd", "youll", "yourself", "yours"])
ME = frozenset(["i", "im", "ive", "id", "ill", "my", "me", "myself", "mine"])
US = frozenset(["we", "were", "weve", "our", "us", "lets"])
#: The listener's word for the speaker's: a reflection turns "I" into "you".
TURNED = {
    "i": "you", "my": "your", "me": "you", "im": "youre", "ive": "youve", "mine": "yours", "id": "youd",
    "ill": "youll", "myself": "yourself", "am": "are", "was": "were",
}  # fmt: skip
#: Words that two turns share by chance.
COMMON = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "or",
        "but",
        "so",
        "to",
        "of",
        "in",
        "on",
        "at",
        "for",
        "with",
        "that",
        "this",
        "it",
        "its",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "do",
        "does",
        "did",
        "i",
        "you",
        "he",
        "she",
        "they",
        "we",
        "me",
        "my",
        "your",
        "im",
        "youre",
        "its",
        "thats",
        "not",
        "no",
        "yeah",
        "yes",
        "okay",
        "um",
        "uh",
        "like",
        "know",
        "just",
        "really",
        "have",
        "had",
        "has",
        "if",
        "what",
        "how",
        "about",
        "as",
        "then",
        "there",
        "all",
        "would",
        "could",
        "can",
        "will",
        "get",
        "got",
        "going",
        "go",
        "well",
        "think",
        "right",
        "mean",
        "because",
        "cause",
        "from",
        "up",
        "out",
        "or",
    ]
)


def tokens(text: str) -> list[str]:
    """Return words in small letters without apostrophes, and punctuation marks, in order.

    A word that is one half twice ("whatwhat", which stripping makes of "what-what") becomes the half.
    """
    found = _TOKEN.findall(text.lower().translate(_APOSTROPHE))
    return [_undoubled(token) for token in found]


def _undoubled(token: str) -> str:
    half = len(token) // 2
    return token[:half] if half >= 2 and token[:half] * 2 == token else token


def words(found: Sequence[str]) -> list[str]:
    """Return the words of `tokens` without marks, fillers and words said twice in a row."""
    kept: list[str] = []
    before = ""
    for token in found:
        if token != before and token not in MARKS and token not in FILLERS:
            kept.append(token)
            before = token
    return kept


def sentences(found: Sequence[str]) -> list[tuple[list[str], str]]:
    """Return (words, mark at the end or "") for each sentence of `tokens`."""
    parted: list[tuple[list[str], str]] = []
    current: list[str] = []
    for token in found:
        if token in _SENTENCE_ENDS:
            if current:
                parted.append((words(current), token))
                current = []
        else:
            current.append(token)
    if current:
        parted.append((words(current), ""))
    return parted


def opened(said: Sequence[str]) -> int:
    """Return how many words open the turn before it begins to say something."""
    n = 0
    while n < len(said) and said[n] in OPENERS:
        n += 1
    return n
