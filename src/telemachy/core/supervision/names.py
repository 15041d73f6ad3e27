"""Find what would tell who a client is: names one knows, e-mail addresses, telephone numbers.

It finds what it is told to look for and nothing else: a nickname, a job title or a story that only one person
can have lived goes through.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

#: Names up to so many letters are words as well (Will, Mark, Grace): they count when written with a capital.
SHORT = 5
#: Initials and particles tell nobody.
SHORTEST = 2

_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_NUMBER = re.compile(r"(?<![\w.])\+?\(?\d[\d ()./-]{5,}\d(?!\w)")
_DATE = re.compile(r"\d{1,4}([-./])\d{1,2}\1\d{1,4}")
#: Digits of a number that begins as one to dial does, and of any other.
_DIALLED, _LONG = 7, 9


class Kind(StrEnum):
    """What was found."""

    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Find:
    """What was found, as it is written in the text."""

    kind: Kind
    text: str


def find(text: str, names: Iterable[str]) -> Find | None:
    """Return the first thing in the text that would tell who somebody is, or None.

    Parameters
    ----------
    text : what is to be shared
    names : full names. Each is looked for whole and by its parts of two letters and more that begin with a
        capital, with or without accents, also with a genitive "s". A part of at most `SHORT` letters
        counts only when it is written with a capital; a part in a script without capitals counts anywhere.

    Returns
    -------
    An address before a number before a name; names in the order given.

    Examples
    --------
    >>> find("Then Josés manager came in.", ["José Álvarez"])
    Find(kind=<Kind.NAME: 'name'>, text='José')
    >>> find("I will wait.", ["Will Marsh"]) is None
    True
    """
    if address := _EMAIL.search(text):
        return Find(Kind.EMAIL, address.group())
    for number in _NUMBER.finditer(text):
        if _is_dialled(number.group()):
            return Find(Kind.PHONE, number.group().strip())
    plain = _plain(text)
    for name in names:
        for written in _written(name):
            if _pattern(_plain(written)).search(plain):
                return Find(Kind.NAME, written)
    return None


def _is_dialled(number: str) -> bool:
    if _DATE.fullmatch(number.strip()):
        return False
    n_digits = sum(char.isdigit() for char in number)
    return n_digits >= (_DIALLED if number.lstrip("(")[0] in "+0" else _LONG)


def _written(name: str) -> list[str]:
    """The whole name, and the parts by which somebody is called."""
    parts = [part for part in re.split(r"[\s,]+", name.strip()) if len(part.strip(".")) >= SHORTEST]
    called = [part for part in parts if part[0].isupper() or not _has_case(part)]
    return [name.strip(), *called] if len(name.strip()) >= SHORTEST else []


def _plain(text: str) -> str:
    """Without accents, and with one kind of space."""
    decomposed = unicodedata.normalize("NFKD", text)
    return re.sub(r"\s+", " ", "".join(char for char in decomposed if not unicodedata.combining(char)))


def _has_case(word: str) -> bool:
    return word.lower() != word.upper()


def _pattern(word: str) -> re.Pattern[str]:
    if not _has_case(word):
        return re.compile(re.escape(word))
    if " " in word or len(word) > SHORT:
        return re.compile(rf"(?<!\w){re.escape(word)}s?(?!\w)", re.IGNORECASE)
    rest = re.escape(word[1:])
    return re.compile(rf"(?<!\w){re.escape(word[0].upper())}(?i:{rest})s?(?!\w)")
