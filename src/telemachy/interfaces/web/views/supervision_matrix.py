"""The pattern matrix as a page shows it: named columns, rows of counts, and what repeats in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from telemachy.core.supervision import Cell, Matrix, Repeat
from telemachy.interfaces.web.forms.supervision_words import PATTERNS


@dataclass(frozen=True, slots=True)
class Column:
    """A pattern, and with how many clients it shows."""

    name: str
    n_clients: int
    repeats: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A client and its cells, in the order of the columns."""

    client: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class MatrixView:
    """Everything that the fragment shows."""

    columns: list[Column]
    rows: list[Row]
    sentences: list[str]


def shown(matrix: Matrix) -> MatrixView:
    """Return the matrix in the reader's words."""
    repeating = {one.pattern for one in matrix.repeats}
    columns = [
        Column(
            name=str(PATTERNS[pattern][0]),
            n_clients=sum(matrix.cell(client, pattern).n > 0 for client in matrix.clients),
            repeats=pattern in repeating,
        )
        for pattern in matrix.patterns
    ]
    rows = [
        Row(client, [matrix.cell(client, pattern) for pattern in matrix.patterns])
        for client in matrix.clients
    ]
    return MatrixView(columns, rows, _sentences(matrix))


def _sentences(matrix: Matrix) -> list[str]:
    if matrix.repeats:
        return [_repeat(one, len(matrix.clients)) for one in matrix.repeats]
    if len(matrix.clients) < 2:
        return [_("What repeats can be told from two clients on.")]
    return [_("Nothing shows with two clients or more so far.")]


def _repeat(one: Repeat, n_clients: int) -> str:
    said = ngettext(
        "“%(pattern)s” shows with %(n)d of %(total)d client, since %(month)s.",
        "“%(pattern)s” shows with %(n)d of %(total)d clients, since %(month)s.",
        n_clients,
    )
    return said % {
        "pattern": PATTERNS[one.pattern][0],
        "n": one.n_clients,
        "total": n_clients,
        "month": date_format(one.since, "YEAR_MONTH_FORMAT"),
    }
