"""What of a model's answer is let in: plain text, bounded, with the names put back."""

from __future__ import annotations

import re
import unicodedata

from telemachy.core.assist.port import Kind, Prompt

#: Longest answer of each kind, in characters; guidance of agents is bounded to 600 everywhere.
MAX_CHARS = {Kind.QUESTIONS: 1_500, Kind.SUMMARY: 1_500, Kind.GOAL: 500, Kind.CLIENT: 600, Kind.DRAFT: 600}
#: Most questions that are offered, and the longest that is one.
MAX_QUESTIONS, MAX_QUESTION = 5, 300

_BULLET = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+")
#: Characters that turn the direction of writing and so can make a text look like another.
_TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_BLANK_LINES = re.compile(r"\n{3,}")


def tidy(text: str, prompt: Prompt) -> str:
    """Return the answer as it may be shown: no control characters, cut to its kind's length, names back in.

    Examples
    --------
    >>> tidy("Ask [learner]\\x00 first.", Prompt(Kind.SUMMARY, "", "", (("[learner]", "Ann"),)))
    'Ask Ann first.'
    """
    told = "".join(one for one in text.translate(_TURNS) if one == "\n" or unicodedata.category(one) != "Cc")
    told = _BLANK_LINES.sub("\n\n", told).strip()
    for mark, name in prompt.seats:
        told = told.replace(mark, name)
    longest = MAX_CHARS[prompt.kind]
    return told if len(told) <= longest else f"{told[: longest - 1].rstrip()}…"


def lines_of(text: str) -> list[str]:
    """Return the questions of an answer, one from each line; lines that ask nothing are left out.

    Examples
    --------
    >>> lines_of("1. What else?\\nHere you are.\\n- Who decides?")
    ['What else?', 'Who decides?']
    """
    lines = [_BULLET.sub("", line).strip() for line in text.splitlines()]
    return [line for line in lines if line.endswith("?") and len(line) <= MAX_QUESTION][:MAX_QUESTIONS]
