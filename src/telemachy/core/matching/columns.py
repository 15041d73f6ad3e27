"""People read once into flat columns, so that a pool of a million takes arrays and not a million objects."""

from __future__ import annotations

import unicodedata
from array import array
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from telemachy.core.matching import weeks, words
from telemachy.core.matching.problem import Profile

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]

#: The code of whatever is not known.
UNKNOWN = 0


def plain(term: str) -> str:
    """Return a term as it is compared: case, accents, hyphens and the plural s of a word do not count."""
    letters = unicodedata.normalize("NFKD", term.casefold())
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    for mark in "-_/":
        kept = kept.replace(mark, " ")
    return " ".join(map(_singular, kept.split()))


def _singular(word: str) -> str:
    # Short words and the endings of "process", "analysis" and "focus" keep their s.
    return word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] not in "siu" else word


def plain_set(terms: Iterable[str]) -> frozenset[str]:
    """Return the terms as they are compared, blank ones left out."""
    return frozenset(filter(None, map(plain, terms)))


class Terms:
    """Numbers from 1 for terms in the order they are met; terms that are alike share one, blank has 0."""

    def __init__(self) -> None:
        self._code_of: dict[str, int] = {"": UNKNOWN}
        self._met: dict[str, int] = {}

    def __len__(self) -> int:
        """Return how many codes there are, the one for blank included."""
        return len(self._code_of)

    def code(self, term: str) -> int:
        """Return the number of one term."""
        found = self._met.get(term)
        if found is None:
            found = self._met[term] = self._code_of.setdefault(plain(term), len(self._code_of))
        return found

    def codes(self, terms: Iterable[str]) -> tuple[int, ...]:
        """Return the numbers of several, each once, blank ones left out."""
        return tuple(filter(None, dict.fromkeys(map(self.code, terms))))


@dataclass(frozen=True, slots=True, eq=False)
class Lists:
    """Codes of every person: person i's are `[indptr[i]:indptr[i + 1]]`; `count` says how often each."""

    indptr: Ints
    code: Codes
    count: Codes

    def n_each(self) -> Ints:
        """Return how many codes each person has, shape (n,)."""
        return np.diff(self.indptr)


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One side of a pool: the keys, and one entry a person in each column, 0 for what is not known.

    Attributes
    ----------
    seniority, function, style : int32 (n,) levels and codes
    week, languages : int32 (n,) numbers of the kinds that `Reader` keeps
    capacity : int64 (n,)
    skills, words : codes sought by learners or offered by mentors; words of the goals
    preferred, managers : (position, key) of those whom a person asks for, and of line managers
    """

    keys: list[str]
    seniority: Codes
    function: Codes
    style: Codes
    week: Codes
    languages: Codes
    capacity: Ints
    skills: Lists
    words: Lists
    preferred: list[tuple[int, str]]
    managers: list[tuple[int, str]]

    def __len__(self) -> int:
        """Return the number of people."""
        return len(self.keys)


class Reader:
    """Reads both sides with the same codes."""

    def __init__(self, reference_date: date) -> None:
        self.skills, self.functions, self.styles, self.spoken = Terms(), Terms(), Terms(), Terms()
        self.word_code_of: dict[str, int] = {}
        self.weeks = weeks.Kinds(reference_date)
        #: Language codes of each kind, the one spoken best first; the first kind is "not known".
        self.language_kinds: list[tuple[int, ...]] = [()]
        self._language_kind_of: dict[tuple[int, ...], int] = {(): UNKNOWN}

    def read(self, profiles: Iterable[Profile], skills_of: Callable[[Profile], Iterable[str]]) -> Side:
        """Read the people of one side, one at a time.

        Raises
        ------
        ImpossibleProfile
            For a time zone that does not exist.
        """
        keys: list[str] = []
        columns = {name: array("i") for name in ("seniority", "function", "style", "week", "languages")}
        capacity = array("q")
        skills, counted = _Growing(), _Growing()
        preferred: list[tuple[int, str]] = []
        managers: list[tuple[int, str]] = []
        for at, person in enumerate(profiles):
            keys.append(person.key)
            columns["seniority"].append(person.seniority or UNKNOWN)
            columns["function"].append(self.functions.code(person.function))
            columns["style"].append(self.styles.code(person.style))
            columns["week"].append(self.weeks.number(person))
            columns["languages"].append(self._languages(person.languages))
            capacity.append(person.capacity)
            skills.add(dict.fromkeys(self.skills.codes(skills_of(person)), 1))
            counted.add(self._words(person.goals_text))
            preferred.extend((at, key) for key in person.preferred)
            if person.manager_key:
                managers.append((at, person.manager_key))
        flat = {name: np.array(column, dtype=np.int32) for name, column in columns.items()}
        return Side(
            keys=keys,
            capacity=np.array(capacity, dtype=np.int64),
            skills=skills.lists(),
            words=counted.lists(),
            preferred=preferred,
            managers=managers,
            **flat,
        )

    def _languages(self, languages: tuple[str, ...]) -> int:
        codes = self.spoken.codes(languages)
        if codes not in self._language_kind_of:
            self._language_kind_of[codes] = len(self.language_kinds)
            self.language_kinds.append(codes)
        return self._language_kind_of[codes]

    def _words(self, text: str) -> Counter[int]:
        code_of = self.word_code_of
        return Counter([code_of.setdefault(word, len(code_of)) for word in words.tokens(text)])


class _Growing:
    def __init__(self) -> None:
        self._ends, self._codes, self._counts = array("q", [0]), array("i"), array("i")

    def add(self, counts: dict[int, int]) -> None:
        self._codes.extend(counts)
        self._counts.extend(counts.values())
        self._ends.append(len(self._codes))

    def lists(self) -> Lists:
        return Lists(
            np.array(self._ends, dtype=np.int64),
            np.array(self._codes, dtype=np.int32),
            np.array(self._counts, dtype=np.int32),
        )
