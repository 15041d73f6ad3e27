"""Spreadsheets of people and a policy file, read into a matching problem."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from telemachy.core.matching import Problem, Profile, Rules, Weights, Wishes
from telemachy.core.roster import decode, headers, rows
from telemachy.core.roster.problems import CellProblem, Severity
from telemachy.core.roster.rows import PersonRow
from telemachy.core.shared.errors import BadInput
from telemachy.core.shared.scales import Seat

#: Problems of a file shown on the terminal before the rest is only counted.
MOST_SHOWN = 20

_POLICY_NAMES = (
    "weights",
    "rules",
    "wishes",
    "groups",
    "peers",
    "locked",
    "forbidden",
    "seed",
    "reference_date",
)
_WISHES = ("fairness_loss", "spread")
#: Sizes that a shape is asked for by; one of the shapes at most.
_SHAPES = {"groups": ("least", "most"), "peers": ("circle",)}


@dataclass(frozen=True, slots=True)
class Person:
    """A person of a file with the seats taken."""

    row: PersonRow
    file: str

    @property
    def key(self) -> str:
        """What identifies the person: the e-mail address, or else the personnel number."""
        return self.row.email or self.row.external_id


def read_people(path: Path, role: Seat | None) -> list[Person]:
    """Read a CSV or XLSX file; warnings go to stderr.

    Raises BadInput naming rows, columns and mends if any row is wrong: a match that silently leaves people
    out is worse than none.
    """
    try:
        with path.open("rb") as stream:
            table = decode.open_table(stream, path.name)
            mapping = headers.mapping(headers.guess(table.header, table.sample))
            found = list(rows.read_people(table, mapping, role))
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror or error}.") from None
    except BadInput as error:
        raise BadInput(f"{path}: {error}") from None
    problems = [problem for row in found for problem in row.problems]
    wrong = [problem for problem in problems if problem.severity is Severity.ERROR]
    if wrong:
        raise BadInput(f"{path} has rows that cannot be used:\n{_listed(wrong)}")
    if problems:
        print(f"{path}:\n{_listed(problems)}", file=sys.stderr)
    return [Person(row.person, str(path)) for row in found if row.person]


def _listed(problems: list[CellProblem]) -> str:
    lines = [f"  {problem.text()}" for problem in problems[:MOST_SHOWN]]
    if len(problems) > MOST_SHOWN:
        lines.append(f"  and {len(problems) - MOST_SHOWN} more.")
    return "\n".join(lines)


def read_policy(path: Path | None) -> dict[str, Any]:
    """Read the TOML policy; raise BadInput for what is no TOML or has names that mean nothing."""
    if path is None:
        return {}
    try:
        policy = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror or error}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} is no TOML file: {error}.") from None
    for name in policy:
        if name not in _POLICY_NAMES:
            raise BadInput(
                f"{path} has {name!r}, which means nothing here; there are: {', '.join(_POLICY_NAMES)}."
            )
    return policy


def problem(people: Iterable[Person], policy: Mapping[str, Any], today: date) -> Problem:
    """Return the matching problem of people under a policy.

    Raises
    ------
    BadInput
        For weights, rules, pairs, a seed or a date that cannot be worked with.
    """
    people = list(people)
    book = AddressBook(people)
    locked = _pairs(policy, "locked", book)
    unwished = tuple(pair for pair in _unwished(people, book) if pair not in locked)
    learners = tuple(_profile(p, book, Seat.LEARNER) for p in people if Seat.LEARNER in p.row.seats)
    mentors = tuple(_profile(p, book, Seat.MENTOR) for p in people if Seat.MENTOR in p.row.seats)
    if "peers" in policy:  # equals: everybody on both sides, whatever the role
        learners = mentors = tuple(replace(_profile(p, book, Seat.LEARNER), capacity=1) for p in people)
        avoided = {pair for one, other in _named_apart(people, book) for pair in ((one, other), (other, one))}
        unwished = tuple(sorted(avoided - {*locked, *((b, a) for a, b in locked)}))
    return Problem(
        learners=learners,
        mentors=mentors,
        reference_date=_date(policy.get("reference_date", today)),
        weights=Weights.read(_table(policy, "weights")),
        rules=Rules.read(_table(policy, "rules")),
        locked=locked,
        forbidden=_pairs(policy, "forbidden", book) + unwished,
        seed=_seed(policy.get("seed", 0)),
    )


def wishes(policy: Mapping[str, Any]) -> Wishes | None:
    """Return what the policy wants beside the highest total; raise BadInput for other names and values."""
    table = _table(policy, "wishes")
    for name in table:
        if name not in _WISHES:
            raise BadInput(f"There is no wish called {name!r}; there are: {', '.join(_WISHES)}.", field=name)
    return Wishes(**table) if table else None


def shape(policy: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return "groups", "peers" or "" for pairs of a learner and a mentor, and the sizes asked for.

    Raises BadInput for two shapes at once, other names, values that are no whole numbers, and wishes that
    hold for pairs alone.
    """
    asked = [name for name in _SHAPES if name in policy]
    if len(asked) > 1:
        raise BadInput("The policy asks for groups and for peers; keep one of them.", field="peers")
    if not asked:
        return "", {}
    table = _table(policy, asked[0])
    for name, value in table.items():
        if name not in _SHAPES[asked[0]]:
            raise BadInput(
                f"[{asked[0]}] has no size called {name!r}; there is: {', '.join(_SHAPES[asked[0]])}.",
                field=name,
            )
        if isinstance(value, bool) or not isinstance(value, int):
            raise BadInput(f"In [{asked[0]}], {name} is {value!r}; write a whole number.", field=name)
    if policy.get("wishes"):
        raise BadInput(f"[wishes] are for pairs of learner and mentor, not for {asked[0]}.", field="wishes")
    return asked[0], dict(table)


class AddressBook:
    """Finds people by e-mail address, personnel number or name."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._keys: dict[str, set[str]] = {}
        for person in people:
            for called in (person.row.email, person.row.external_id, person.row.name):
                if called:
                    self._keys.setdefault(called.casefold(), set()).add(person.key)

    def find(self, called: str) -> str:
        """Return the key of the one person called so; raise BadInput for nobody or several."""
        keys = self._keys.get(called.strip().casefold(), set())
        if len(keys) == 1:
            return next(iter(keys))
        if keys:
            raise BadInput(
                f"Several people are called {called}: {', '.join(sorted(keys))}; write one of these."
            )
        raise BadInput(
            f"Nobody in the files is called {called}; write an e-mail address, a number or a full name."
        )

    def manager(self, called: str) -> str:
        """Return the key of a line manager, or the words as they stand for people outside the files."""
        keys = self._keys.get(called.casefold(), set())
        return next(iter(keys)) if len(keys) == 1 else called.casefold()


def _profile(person: Person, book: AddressBook, seat: Seat) -> Profile:
    row = person.row
    texts = (row.goals, row.about) if seat is Seat.LEARNER else (row.about, row.goals)
    return Profile(
        key=person.key,
        name=row.name,
        function=row.function,
        seniority=row.seniority,
        skills_offered=row.skills_offered,
        skills_sought=row.skills_sought,
        languages=row.languages,
        time_zone=row.time_zone,
        working_hours=() if row.working_hours_assumed else row.working_hours,
        goals_text=" ".join(filter(None, texts)),
        style=row.style,
        manager_key=book.manager(row.line_manager) if row.line_manager else "",
        capacity=1 if row.capacity is None else row.capacity,
        preferred=tuple(book.manager(named) for named in row.preferred),
    )


def _unwished(people: Sequence[Person], book: AddressBook) -> tuple[tuple[str, str], ...]:
    """Return the pairs in which one would rather not be matched with the other."""
    seats = {seat: {one.key for one in people if seat in one.row.seats} for seat in Seat}
    named = _named_apart(people, book)
    both = {*named, *((other, one) for one, other in named)}
    return tuple(
        sorted((a, b) for a, b in both if a in seats[Seat.LEARNER] and b in seats[Seat.MENTOR] and a != b)
    )


def _named_apart(people: Sequence[Person], book: AddressBook) -> list[tuple[str, str]]:
    """Return who would rather not be matched with whom, of the people in the files."""
    keys = {one.key for one in people}
    named = ((one.key, book.manager(word)) for one in people for word in one.row.avoided)
    return [(one, other) for one, other in named if other in keys and one != other]


def _table(policy: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    table = policy.get(name, {})
    if not isinstance(table, dict):
        raise BadInput(f"In the policy, {name} must be a table: [{name}].", field=name)
    return table


def _pairs(policy: Mapping[str, Any], name: str, book: AddressBook) -> tuple[tuple[str, str], ...]:
    entries = policy.get(name, [])
    for entry in entries if isinstance(entries, list) else [entries]:
        texts = isinstance(entry, dict) and all(isinstance(value, str) for value in entry.values())
        if not texts or set(entry) != {"learner", "mentor"}:
            raise BadInput(
                f'In the policy, each [[{name}]] needs learner = "..." and mentor = "...".', field=name
            )
    return tuple((book.find(entry["learner"]), book.find(entry["mentor"])) for entry in entries)


def _seed(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise BadInput(f"The seed is {value!r}; it must be a whole number of at least 0.", field="seed")
    return value


def _date(value: object) -> date:
    if type(value) is not date:
        raise BadInput(f"reference_date is {value}; write a date such as 2026-03-02.", field="reference_date")
    return value
