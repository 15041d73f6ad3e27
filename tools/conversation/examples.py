"""The turns written for this project, in the codes of AnnoMI."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from telemachy.core.conversation.features import Features, session_features
from telemachy.core.conversation.model import BEHAVIOURS

FILE = Path(__file__).with_name("coaching_examples.txt")

#: code -> behaviour, has question, has reflection, has input, advice, closed, complex (-1: does not apply).
_CODES = {
    "open": ("question", 1, 0, 0, 0, 0, -1),
    "closed": ("question", 1, 0, 0, 0, 1, -1),
    "simple": ("reflection", 0, 1, 0, 0, -1, 0),
    "complex": ("reflection", 0, 1, 0, 0, -1, 1),
    "information": ("input", 0, 0, 1, 0, -1, -1),
    "advice": ("input", 0, 0, 1, 1, -1, -1),
    "other": ("other", 0, 0, 0, 0, -1, -1),
}


def read() -> tuple[list[str], NDArray[np.int8]]:
    """Return the turns and their codes (turns, 7)."""
    lines = [line for line in FILE.read_text().splitlines() if line and not line.startswith("#")]
    parted = [line.split(" | ", 1) for line in lines]
    codes = [(BEHAVIOURS.index(_CODES[code][0]), *_CODES[code][1:]) for code, _text in parted]
    return [text for _code, text in parted], np.array(codes, dtype=np.int8)


def features_of(texts: list[str], *, punctuated: bool) -> list[Features]:
    """Return the features of turns without any others around them, which says nothing about those."""
    found = []
    for text in texts:
        turn = session_features([{"speaker": "coach", "text": text}], punctuated=punctuated)[0]
        assert turn is not None
        found.append(Features([n for n in turn.names if n not in ("p:start", "n:end")], turn.degrees))
    return found
