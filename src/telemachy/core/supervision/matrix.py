"""The pattern matrix: a practitioner's clients by patterns, and what repeats across them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

#: A pattern repeats when it shows with at least so many clients: with one, it may be the client's.
REPEATS_FROM = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """A case: what its client is called, the patterns its writer saw in it, its day, whether it is shared."""

    client: str
    patterns: tuple[str, ...]
    on: date
    shared: bool = True


@dataclass(frozen=True, slots=True)
class Cell:
    """How many cases with one client show one pattern."""

    n_shared: int = 0
    n_drafts: int = 0

    @property
    def n(self) -> int:
        """All of them."""
        return self.n_shared + self.n_drafts


@dataclass(frozen=True, slots=True)
class Repeat:
    """A pattern that shows with several clients, and the day of the first case that shows it."""

    pattern: str
    n_clients: int
    since: date


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows: clients by their first case. Columns: patterns that occur, those with most clients first."""

    clients: tuple[str, ...]
    patterns: tuple[str, ...]
    cells: Mapping[tuple[str, str], Cell]
    #: Those with most clients first, then the earliest.
    repeats: tuple[Repeat, ...]

    def cell(self, client: str, pattern: str) -> Cell:
        """Return the cell, empty where no case shows the pattern."""
        return self.cells.get((client, pattern), Cell())


def matrix(entries: Iterable[Entry], order: Iterable[str]) -> Matrix:
    """Return clients by patterns, and what repeats.

    Parameters
    ----------
    entries : iterable of Entry
        Cases in any order. Clients are the same when their names are, whatever case and spaces around them;
        a row bears the name of its earliest case. A pattern counts once in a case.
    order : iterable of str
        All patterns; columns with as many clients stand in this order.

    Returns
    -------
    Matrix
        A client without any pattern has a row as well: it counts among those with whom none shows.

    Raises
    ------
    ValueError
        If a case has a pattern that `order` does not know.
    """
    known = tuple(order)
    names: dict[str, str] = {}
    counts: dict[tuple[str, str], list[int]] = {}
    first: dict[str, date] = {}
    for entry in sorted(entries, key=lambda one: (one.on, one.client, one.patterns)):
        client = names.setdefault(entry.client.strip().casefold(), entry.client.strip())
        for pattern in sorted(set(entry.patterns)):
            if pattern not in known:
                raise ValueError(f"no such pattern: {pattern}")
            counts.setdefault((client, pattern), [0, 0])[0 if entry.shared else 1] += 1
            first.setdefault(pattern, entry.on)
    n_clients = {pattern: sum(column == pattern for _client, column in counts) for pattern in first}
    repeats = [
        Repeat(pattern, n_clients[pattern], first[pattern])
        for pattern in known
        if n_clients.get(pattern, 0) >= REPEATS_FROM
    ]
    return Matrix(
        clients=tuple(names.values()),
        patterns=tuple(sorted(n_clients, key=lambda one: (-n_clients[one], known.index(one)))),
        cells={key: Cell(*pair) for key, pair in counts.items()},
        repeats=tuple(sorted(repeats, key=lambda one: (-one.n_clients, one.since))),
    )
