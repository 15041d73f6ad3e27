"""Guess which field each column holds, and name a header so that a confirmed mapping can be remembered."""

from __future__ import annotations

import difflib
import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from telemachy.core.roster import timezones, values
from telemachy.core.roster.fields import MANY_COLUMNS, Field
from telemachy.core.roster.header_words import QUESTIONS, SYNONYMS
from telemachy.core.shared.wording import gettext_noop as _

#: reason code -> English, for the mapping page; `%(...)s` are the guess's params.
REASONS: dict[str, str] = {
    "word": _("The column is called that."),
    "question": _("The question asks for it."),
    "similar": _("The name is much like “%(like)s”."),
    "content": _("The cells look like it."),
    "taken": _("Column “%(other)s” fits better."),
    "unknown": _("Nothing in the name or the cells says what it is."),
    "left_out": _("Columns like this are not needed."),
}

_SURE, _ASKED, _SEEN = 1.0, 0.8, 0.7
_CLOSE_ENOUGH = 0.8


@dataclass(frozen=True, slots=True)
class Guess:
    """What one column is taken for.

    Attributes
    ----------
    index : the column, 0 is the first
    header : its name in the file
    field : the guessed field, `IGNORE` if none
    confidence : in [0, 1]; ask a person about anything below 0.75
    reason : key of `REASONS`
    params : what the reason's placeholders stand for
    """

    index: int
    header: str
    field: Field
    confidence: float
    reason: str
    params: tuple[tuple[str, str], ...] = ()

    def text(self) -> str:
        """Return the reason in English."""
        return REASONS[self.reason] % dict(self.params)


def guess(header: Sequence[str], sample: Sequence[Sequence[str]] = ()) -> list[Guess]:
    """Return a guess for every column, in order; a field that takes one column is given to the surest.

    Parameters
    ----------
    header : column names
    sample : cells of some first rows, used where a name says nothing
    """
    guesses = [
        _guess_one(i, name, [row[i] for row in sample if i < len(row)]) for i, name in enumerate(header)
    ]
    best: dict[Field, Guess] = {}
    for each in guesses:
        if each.field not in best or each.confidence > best[each.field].confidence:
            best[each.field] = each
    return [_once(each, best) for each in _name_parts(guesses, best)]


def mapping(guesses: Sequence[Guess]) -> dict[int, Field]:
    """Return the guesses as the mapping that `rows.read_people` takes."""
    return {each.index: each.field for each in guesses if each.field != Field.IGNORE}


def signature(header: Sequence[str]) -> str:
    """Return a key of 16 hex digits that is the same whenever the same columns come in the same order.

    Case, accents, punctuation and spacing do not matter.
    """
    text = "\x1f".join(normal(name) for name in header)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def normal(name: str) -> str:
    """Return a header in lower case without accents and punctuation, words parted by one space."""
    name = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", " ", name)  # "LineManager"
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", bare))


@lru_cache(maxsize=1)
def _words() -> dict[str, Field]:
    return {normal(word): field for field, words in SYNONYMS.items() for word in words.split(",")}


def is_name(cell: str) -> bool:
    """Tell whether a cell holds the name of a column that is known."""
    return normal(cell) in _words()


@lru_cache(maxsize=1)
def _questions() -> tuple[tuple[Field, tuple[re.Pattern[str], ...]], ...]:
    return tuple((field, tuple(re.compile(group) for group in groups)) for field, groups in QUESTIONS)


def _guess_one(index: int, header: str, cells: Sequence[str]) -> Guess:
    name = normal(header)
    without_brackets = normal(re.sub(r"\(.*?\)|\[.*?\]", " ", header))
    for said in (name, without_brackets):
        if field := _words().get(said):
            return Guess(index, header, field, _SURE, "left_out" if field == Field.IGNORE else "word")
    if len(name) > 300:
        name = name[:300]
    for field, groups in _questions():
        if all(group.search(name) for group in groups):
            return Guess(index, header, field, _ASKED, "left_out" if field == Field.IGNORE else "question")
    if len(name) <= 40 and (
        close := difflib.get_close_matches(without_brackets, _words(), n=1, cutoff=_CLOSE_ENOUGH)
    ):
        ratio = difflib.SequenceMatcher(None, without_brackets, close[0]).ratio()
        return Guess(
            index, header, _words()[close[0]], round(ratio * 0.9, 2), "similar", (("like", close[0]),)
        )
    if field := _by_content(cells):
        return Guess(index, header, field, _SEEN, "content")
    return Guess(index, header, Field.IGNORE, 0.0, "unknown")


def _by_content(cells: Sequence[str]) -> Field | None:
    filled = [text for cell in cells if (text := values.tidy(cell)[0])]
    if not filled:
        return None

    def most(test: int) -> bool:
        return test >= 0.8 * len(filled)

    if most(sum(1 for text in filled if values.parse_email(text)[0])):
        return Field.EMAIL
    if most(sum(1 for text in filled if values.parse_role(text)[0] and len(text) < 20)):
        return Field.ROLE
    if most(sum(1 for text in filled if "/" in text and timezones.parse_time_zone(text)[0])):
        return Field.TIME_ZONE
    return None


def _name_parts(guesses: list[Guess], best: dict[Field, Guess]) -> list[Guess]:
    """Read "Name" beside "Vorname" as the last name, and "Nombre" or "Nom" alone as the full name."""
    found = best.keys()
    swap: dict[Field, Field] = {}
    if Field.FIRST_NAME in found and Field.LAST_NAME not in found:
        swap = {Field.NAME: Field.LAST_NAME} if Field.NAME in found else {Field.FIRST_NAME: Field.NAME}
    elif Field.LAST_NAME in found and not found & {Field.FIRST_NAME, Field.NAME}:
        swap = {Field.LAST_NAME: Field.NAME}
    moved = []
    for each in guesses:
        target = swap.get(each.field)
        changed = (
            Guess(each.index, each.header, target, each.confidence, each.reason, each.params)
            if target
            else each
        )
        if target and best[each.field] is each:
            best[target] = changed
        moved.append(changed)
    return moved


def _once(each: Guess, best: dict[Field, Guess]) -> Guess:
    winner = best.get(each.field, each)
    if winner is each or each.field in MANY_COLUMNS or each.field == Field.IGNORE:
        return each
    return Guess(each.index, each.header, Field.IGNORE, 0.5, "taken", (("other", winner.header),))
