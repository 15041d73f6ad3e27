"""Find what would tell who a client is: names one knows, e-mail addresses, telephone numbers.

It finds what it is told to look for and nothing else: a nickname, a job title or a story that only one person
can have lived goes through.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

#: Names up to so many letters are words as well (Will, Mark, Grace): they count when written with a capital.
SHORT = 5
#: Initials and particles tell nobody.
SHORTEST = 2

_EMAIL = re.compile(r"(?<![\w.+'-])[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
#: Not a letter or digit before, or after: an underscore is none, as it only sets words off or apart.
_BEFORE, _AFTER = r"(?<![^\W_])", r"(?![^\W_])"
_NUMBER = re.compile(rf"{_BEFORE}(?<!\.)\+?\(?\d[\d ()./-]{{5,}}\d{_AFTER}")
_DATE = re.compile(
    r"\d{1,4}([-./])\d{1,2}\1\d{1,4}(?: ?- ?\d{1,4}([-./])\d{1,2}\2\d{1,4})?"
    r"|\d{1,2}\.\d{1,2}\.? ?- ?\d{1,2}\.\d{1,2}(?:\.\d{2,4})?"
)
#: Digits of a number that begins as one to dial does, and of any other.
_DIALLED, _LONG = 7, 9

_APOSTROPHES, _MINUS = "’‘ʼʻ´`′", "\N{MINUS SIGN}"
#: Letters that do not decompose, as they are written without them.
_LETTERS = str.maketrans(
    {"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "TH"}
    | dict(zip("łŁđĐðÐħĦı", "lLdDdDhHi", strict=True))
)
#: Letters that are kept, since they are written in two ways, and how each part of a name is looked for.
_KEPT = frozenset("äöüøåÄÖÜØÅ")
_PAIRS = {"ae": "(?:[aäå]e|ä)", "oe": "(?:[oöø]e|[öø])", "ue": "(?:[uü]e|ü)", "aa": "(?:[aäå]a|å)"}
_SINGLE = {
    **dict.fromkeys("öø", "[oöø]e?"),
    "ä": "[aäå]e?",
    "å": "[aäå]a?",
    "ü": "[uü]e?",
    "a": "[aäå]",
    "o": "[oöø]",
    "u": "[uü]",
    **dict.fromkeys(" -", r"[\s_-]"),
}


class Kind(StrEnum):
    """What was found."""

    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Find:
    """What was found: a name or its part as it is known, anything else as it is written in the text."""

    kind: Kind
    text: str


def find(text: str, names: Iterable[str]) -> Find | None:
    """Return the first thing in the text that would tell who somebody is, or None.

    Parameters
    ----------
    text : what is to be shared
    names : full names. Each is looked for whole and by its parts of two letters and more that begin with a
        capital (in a name without capitals: the first and the last part), a double name also by each half.
        Accents, the kind of apostrophe, hyphen and space, "ß", "ø", "ł" and their like, and "ue" for "ü" make
        no difference, nor does a genitive "s". A part of at most `SHORT` letters counts only when it is
        written with a capital; a part in a script without capitals counts anywhere.

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
    plain = _Plain(text)
    for number in _NUMBER.finditer(plain.text):
        if _is_dialled(number.group()):
            return Find(Kind.PHONE, plain.original(*number.span()).strip())
    for name in names:
        for written in _written(name):
            if any(_spans(written, plain.text)):
                return Find(Kind.NAME, written)
    return None


def redact(text: str, name: str, by: str) -> str:
    """Replace a name and its parts in a text, wherever `find` would find them.

    Parameters
    ----------
    text : any text
    name : a full name
    by : what stands there afterwards; a genitive "s" stays

    Returns
    -------
    The text with the names replaced; the same object where none occurs, composed (NFC) otherwise.

    Examples
    --------
    >>> redact("Will came, and José Alvarez will.", "Will Álvarez", "Someone")
    'Someone came, and José Someone will.'
    """
    plain = _Plain(text)
    spans = sorted({span for written in _written(name) for span in _spans(written, plain.text)})
    if not spans:
        return text
    said, at = [], 0
    for start, end in spans:
        if start >= at:
            said += [plain.original(at, start), by]
        at = max(at, end)
    return "".join([*said, plain.original(at, len(plain.text))])


class _Plain:
    """A text in plain letters, with one kind of space, hyphen and apostrophe, and where each stood."""

    def __init__(self, text: str) -> None:
        self._composed = unicodedata.normalize("NFC", text)
        letters: list[str] = []
        #: Where each plain letter begins in the composed text.
        self._starts: list[int] = []
        for at, char in enumerate(self._composed):
            for letter in _plain_letters(char):
                if letter.isspace() and letters and letters[-1].isspace():
                    letters[-1] = max(letter, letters[-1], key="\n".__eq__)
                    continue
                letters.append(letter)
                self._starts.append(at)
        self.text = "".join(letters)
        self._starts.append(len(self._composed))

    def original(self, start: int, end: int) -> str:
        """Return what stands in the composed text from one plain letter up to another."""
        first = self._starts[start] if start else 0
        return self._composed[first : self._starts[end]]


def _plain_letters(char: str) -> str:
    if char in _KEPT:
        return char
    if char in _APOSTROPHES:
        return "'"
    found = ""
    for letter in unicodedata.normalize("NFKD", char):
        category = unicodedata.category(letter)
        if letter.isspace():
            found += " " if category == "Zs" else "\n"
        elif category == "Pd" or letter == _MINUS:
            found += "-"
        elif category != "Cf" and not unicodedata.combining(letter):
            found += letter
    return found.translate(_LETTERS)


def _is_dialled(number: str) -> bool:
    if _DATE.fullmatch(number.strip()):
        return False
    n_digits = sum(char.isdigit() for char in number)
    return n_digits >= (_DIALLED if number.lstrip("(")[0] in "+0" else _LONG)


def _written(name: str) -> list[str]:
    """The whole name, and the parts by which somebody is called, double names before their halves."""
    name = name.strip()
    if len(name) < SHORTEST:
        return []
    parts = [part for part in re.split(r"[\s,]+", name) if part]
    if name == name.lower() and _has_case(name):
        called = [parts[0], parts[-1]]
        halves = [half for part in called for half in _halves(part)]
    else:
        called = [part for part in parts if _is_called(part)]
        halves = [half for part in parts for half in _halves(part) if _is_called(half)]
    return [name, *(one for one in dict.fromkeys([*called, *halves]) if len(one.strip(".")) >= SHORTEST)]


def _halves(part: str) -> list[str]:
    return [half for half in re.split(r"[-‐‑–]", part) if half]


def _is_called(part: str) -> bool:
    return part[0].isupper() or not _has_case(part)


def _has_case(word: str) -> bool:
    return word.lower() != word.upper()


def _spans(written: str, plain: str) -> Iterator[tuple[int, int]]:
    """Where a name or a part of one stands in a plain text."""
    word = _Plain(written).text
    if not word.strip():
        return
    is_cased = _has_case(word)
    needs_capital = is_cased and len(word) <= SHORT and " " not in word
    for match in _pattern(word, is_cased=is_cased).finditer(plain):
        if not needs_capital or match.group()[0].isupper():
            yield match.span()


def _pattern(word: str, *, is_cased: bool) -> re.Pattern[str]:
    if not is_cased:
        return re.compile(re.escape(word))
    spelled = re.sub(
        "ae|oe|ue|aa|.",
        lambda unit: _PAIRS.get(unit.group()) or _SINGLE.get(unit.group()) or re.escape(unit.group()),
        word.lower(),
        flags=re.DOTALL,
    )
    return re.compile(rf"{_BEFORE}{spelled}(?=s?{_AFTER})", re.IGNORECASE)
