"""Take names out of what was written."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any


def redact(value: Any, words: Sequence[str], by: str) -> Any:
    """Replace whole words, whatever their case, in a text or in every text of a JSON value.

    Parameters
    ----------
    value : text, or lists and dictionaries as JSON has them; keys of dictionaries stay
    words : names, addresses; empty ones are left out. "Ann" is not found in "Annual"
    by : what stands there afterwards

    Returns
    -------
    The value with the words replaced; the same object where none occurs in a text.

    Examples
    --------
    >>> redact({"note": ["Ask ann!", "Annual"]}, ["Ann"], "Someone")
    {'note': ['Ask Someone!', 'Annual']}
    """
    wanted = sorted((word for word in words if word), key=len, reverse=True)
    if not wanted:
        return value
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in wanted), re.IGNORECASE)
    return _redact(value, pattern, by)


def spellings_in_json(word: str) -> frozenset[str]:
    r"""Return how a word may stand in stored JSON: databases differ in whether they escape an umlaut.

    Examples
    --------
    >>> sorted(spellings_in_json("Nestör"))
    ['Nest\\u00f6r', 'Nestör']
    """
    return frozenset(json.dumps(word, ensure_ascii=escaped)[1:-1] for escaped in (True, False))


def _redact(value: Any, pattern: re.Pattern[str], by: str) -> Any:
    if isinstance(value, str):
        return pattern.sub(lambda _match: by, value)
    if isinstance(value, list):
        return [_redact(item, pattern, by) for item in value]
    if isinstance(value, dict):
        return {key: _redact(item, pattern, by) for key, item in value.items()}
    return value
