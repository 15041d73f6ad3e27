"""One line of the own shape -> one past case, or everything that is wrong with the line."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from telemachy.core.memory.lessons import LessonText, checked
from telemachy.core.memory.traces import shape
from telemachy.core.memory.traces.shape import Problem, Trace
from telemachy.core.shared.errors import BadInput
from telemachy.core.shared.scales import GRADE_MAX, GRADE_MIN
from telemachy.core.shared.wording import Param

NEEDED = ("external_ref", "summary", "decision")
TEXT_FIELDS = (*NEEDED, "intended_action", "rationale", "outcome")
FIELDS = frozenset(
    {*TEXT_FIELDS, "confidence", "success", "difficulty", "novelty", "tags", "decided_at", "lesson"}
)
LESSON_FIELDS = ("failure_mode", "cue", "action", "because", "contrast")


class Line:
    """A line while it is read: takes field by field and collects what is wrong."""

    def __init__(self, number: int, values: Mapping[str, Any], now: datetime) -> None:
        self.number, self.values, self.now = number, values, now
        self.problems: list[Problem] = []

    def trace(self) -> Trace | None:
        """Return the case, None where anything is wrong."""
        for name in sorted(self.values.keys() - FIELDS):
            # Kept with the problem, so it must be storable like everything else.
            self._wrong("unknown_field", field="".join(c for c in name[:60] if not is_unstorable(c)))
        texts = {name: self._text(name) for name in TEXT_FIELDS}
        read = Trace(
            line=self.number,
            **texts,
            confidence=self._share("confidence"),
            success=self._truth("success"),
            difficulty=self._grade("difficulty"),
            novelty=self._grade("novelty"),
            tags=self._tags(),
            decided_at=self._moment("decided_at"),
            lesson=self._lesson(),
        )
        return None if self.problems else read

    def _wrong(self, code: str, **params: Param) -> None:
        self.problems.append(Problem(self.number, code, params))

    def _text(self, name: str) -> str:
        value = self.values.get(name)
        if value is None or value == "":
            if name in NEEDED:
                self._wrong("missing", field=name)
            return ""
        limit = shape.MAX_REF if name == "external_ref" else shape.MAX_TEXT
        if not isinstance(value, str):
            self._wrong("no_text", field=name)
        elif len(value) > limit:
            self._wrong("text_too_long", field=name, limit=limit)
        elif is_unstorable(value):
            self._wrong("control", field=name)
        elif name in NEEDED and not value.strip():
            self._wrong("missing", field=name)
        else:
            return value.strip()
        return ""

    def _share(self, name: str) -> float | None:
        value = self.values.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            self._wrong("no_share", field=name)
            return None
        return None if math.isnan(value) else float(value)

    def _grade(self, name: str) -> int:
        value = self.values.get(name, 3)
        if isinstance(value, bool) or not isinstance(value, int) or not GRADE_MIN <= value <= GRADE_MAX:
            self._wrong("no_grade", field=name)
            return 3
        return value

    def _truth(self, name: str) -> bool | None:
        value = self.values.get(name)
        if value is not None and not isinstance(value, bool):
            self._wrong("no_truth", field=name)
            return None
        return value

    def _tags(self) -> tuple[str, ...]:
        value = self.values.get("tags", [])
        fits = isinstance(value, list) and len(value) <= shape.MAX_TAGS
        if not fits or not all(isinstance(tag, str) and 0 < len(tag) <= shape.MAX_TAG for tag in value):
            self._wrong("no_tags")
            return ()
        if any(is_unstorable(tag) for tag in value):
            self._wrong("control", field="tags")
            return ()
        return tuple(value)

    def _moment(self, name: str) -> datetime | None:
        value = self.values.get(name)
        if value is None:
            return None
        try:
            moment = datetime.fromisoformat(value)
            if moment.utcoffset() is None:
                raise ValueError(value)
            is_ahead = moment > self.now
        except (TypeError, ValueError, OverflowError):
            self._wrong("no_moment", field=name)
            return None
        if is_ahead:
            self._wrong("future", field=name)
        return moment

    def _lesson(self) -> LessonText | None:
        value = self.values.get("lesson")
        if value is None:
            return None
        if not isinstance(value, dict) or not value.keys() <= set(LESSON_FIELDS):
            self._wrong("no_lesson", why=", ".join(LESSON_FIELDS))
            return None
        words = {name: value.get(name, "") for name in LESSON_FIELDS}
        if not all(isinstance(word, str) and not is_unstorable(word) for word in words.values()):
            self._wrong("no_lesson", why=", ".join(LESSON_FIELDS))
            return None
        try:
            return checked(LessonText(**words))
        except BadInput as error:
            self._wrong("no_lesson", why=str(error))
            return None


def is_unstorable(text: str) -> bool:
    """Tell whether a text holds control characters, or halves of characters that no database takes."""
    if text.isascii() and text.isprintable():
        return False
    return any(char not in "\n\r\t" and unicodedata.category(char) in {"Cc", "Cs"} for char in text)
