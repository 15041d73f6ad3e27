"""The five kinds that a page shows a coach's turn as, and what a person's correction makes of its code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from telemachy.core.conversation.coding import Code

#: In the order of a legend, from drawing out to telling.
KINDS = ("open_question", "closed_question", "reflection", "input", "other")

_BEHAVIOURS = {
    "open_question": "question",
    "closed_question": "question",
    "reflection": "reflection",
    "input": "input",
    "other": "other",
}
_MARKS = {"question": "has_question", "reflection": "has_reflection", "input": "has_input"}


def kind_of(code: Mapping[str, Any]) -> str:
    """Return the kind of a coded turn, one of `KINDS`; "" for a client's turn."""
    if not code:
        return ""
    if code["behaviour"] == "question":
        return "closed_question" if code["question_type"] == "closed" else "open_question"
    return str(code["behaviour"])


def corrected(code: Mapping[str, Any], kind: str) -> Code:
    """Return the code as a person says it is.

    Parameters
    ----------
    code : Code
        The engine's code of a coach's turn.
    kind : str
        One of `KINDS`.

    Returns
    -------
    Code
        Without doubt: `p` is empty and `unsure` false. What the turn mainly did gives way to `kind`; "other"
        takes every mark of a question, reflection and input away. What a turn does beside stays.

    Raises
    ------
    ValueError
        If there is no such kind, or the code is a client's.
    """
    if kind not in KINDS or not code:
        raise ValueError(f"no kind {kind!r} for this turn")
    behaviour, was = _BEHAVIOURS[kind], code["behaviour"]
    marks = {mark: bool(code[mark]) and behaviour != "other" for mark in _MARKS.values()}
    if was in _MARKS:
        marks[_MARKS[was]] = False
    if behaviour in _MARKS:
        marks[_MARKS[behaviour]] = True
    new: dict[str, Any] = {**code, **marks, "behaviour": behaviour, "p": {}, "unsure": False}
    if behaviour == "question":
        new["question_type"] = kind.removesuffix("_question")
    new["advice"] = bool(code["advice"]) and marks["has_input"]
    new["permission"] = bool(code.get("permission")) and new["advice"]
    new["stacked"] = bool(code.get("stacked")) and marks["has_question"]
    new["leading"] = bool(code.get("leading")) and marks["has_question"]
    return cast(Code, new)
