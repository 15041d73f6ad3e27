"""A lesson: what to do about a failure mode, in five short fields, and what in it a human must look at."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, fields
from enum import StrEnum

from telemachy.core.shared.errors import BadInput

#: All fields of a lesson together; what does not fit is no lesson but an essay.
MAX_CHARS = 600
#: Active lessons of one relationship; reminders of one situation.
MAX_ACTIVE, MAX_REMINDERS = 20, 3


@dataclass(frozen=True, slots=True)
class LessonText:
    """The words of a lesson; `contrast` says what separates this case from the lesson that misfired."""

    failure_mode: str
    cue: str
    action: str
    because: str
    contrast: str = ""


@dataclass(frozen=True, slots=True)
class Lesson:
    """An active lesson of one relationship: whose failure mode, in which words, for which goal.

    `mode` and `goal` are keys; "" as goal means every goal of the relationship. `effect` is what showing
    it changed (see `effects`), 0 while nothing is known.
    """

    key: str
    mode: str
    text: LessonText
    tags: frozenset[str] = frozenset()
    goal: str = ""
    effect: float = 0.0


class Mark(StrEnum):
    """What in a lesson only a human may let through."""

    LINK = "link"
    CODE = "code"
    TOOL = "tool"


def checked(text: LessonText) -> LessonText:
    """Return the lesson with each field on one line, or say what to mend.

    Parameters
    ----------
    text : LessonText
        As it came in.

    Raises
    ------
    BadInput
        With `field` set: a blank field, a control character, or more than 600 characters in all.
    """
    clean = {field.name: _one_line(getattr(text, field.name), field.name) for field in fields(text)}
    for name in ("failure_mode", "cue", "action", "because"):
        if not clean[name]:
            raise BadInput(f"A lesson needs its {name.replace('_', ' ')}.", field=name)
    n_chars = sum(map(len, clean.values()))
    if n_chars > MAX_CHARS:
        raise BadInput(
            f"A lesson has at most {MAX_CHARS} characters in all; this one has {n_chars}.", field="action"
        )
    return LessonText(**clean)


def _one_line(value: str, field: str) -> str:
    """Return the text normalised, on one line, without invisible marks that change how it reads."""
    if any(unicodedata.category(char) == "Cc" and not char.isspace() for char in value):
        raise BadInput("Control characters cannot be stored; remove them.", field=field)
    plain = unicodedata.normalize("NFKC", value)
    return " ".join("".join(char for char in plain if not _is_hidden(char)).split())


def _is_hidden(char: str) -> bool:
    """Tell marks of direction, tags and zero width; joiners stay, scripts and emoji need them."""
    return unicodedata.category(char) in {"Cf", "Co", "Cs"} and char not in "\u200c\u200d"


# The patterns err on the side of asking a human: a wrong hit costs one click, a miss may cost a tool call.
_LINK = re.compile(
    r"[a-z][a-z0-9+.-]*://|\bwww\.|\bmailto:|\]\(|\b[\w-]+\.(?:com|org|net|io|dev|ai|app|co|eu|de|uk|me|sh|xyz)\b",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"[`{}<>|\\$]|;\s*$|\(\)|==|=>|&&|#!|--[a-z]|[A-Za-z0-9+/=_-]{40,}"
    r"|\b(?:curl|wget|sudo|bash|powershell|chmod|eval|exec|import|select\s+\*|drop\s+table|rm\s+-)\b",
    re.IGNORECASE,
)
_TOOL = re.compile(
    r"\b[a-z]+(?:_[a-z0-9]+)+\b|\b[a-z]+[A-Z]\w*\b|\b[a-z]\w*\("
    r"|\b(?:call|run|use|invoke|execute|open)\s+(?:the\s+)?[\w.-]+\s+(?:tool|function|command|script|server|plugin)\b"
    r"|\bmcp\b",
)


def marks(text: LessonText, tools: Collection[str] = ()) -> frozenset[Mark]:
    """Return what in the lesson needs a human: links, code, and names of tools.

    Parameters
    ----------
    text : LessonText
        As `checked` returned it.
    tools : collection of str
        Names of tools the learner is known to have, found whatever their case.
    """
    said = " ".join(getattr(text, field.name) for field in fields(text))
    said = said.replace("\u200c", "").replace("\u200d", "")
    named = any(re.search(rf"(?<!\w){re.escape(tool)}(?!\w)", said, re.IGNORECASE) for tool in tools if tool)
    found = {
        Mark.LINK: _LINK.search(said),
        Mark.CODE: _CODE.search(said),
        Mark.TOOL: _TOOL.search(said) or named,
    }
    return frozenset(mark for mark, hit in found.items() if hit)
