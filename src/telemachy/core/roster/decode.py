"""Open a roster file of any kind that is accepted: delimited text or an XLSX workbook."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, islice, zip_longest

from telemachy.core.roster.files import DEFAULT_LIMITS, ByteStream, Limits, refuse
from telemachy.core.roster.headers import is_name
from telemachy.core.roster.textfile import TextRecords
from telemachy.core.roster.workbook import WorkbookRecords

Record = tuple[int, list[str]]

#: Rows above the column names (a title, blank rows) that are looked past.
_MAX_PREAMBLE = 10
_N_SAMPLE = 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(slots=True)
class Table:
    """A table of text cells under a header.

    Attributes
    ----------
    header : the column names, trimmed; a column without one is named by its letter, such as "Column C"
    rows : (row number, cells) below the header, blank rows left out, to be read once. Every row has exactly
        as many cells as the header, or more if the row is too wide. Raises RosterFileError at a limit.
    sample : the cells of up to 20 first rows; they come again in `rows`
    encoding, delimiter : how text was read; "" for a workbook
    kind : "csv" or "xlsx"
    sheet : name of the workbook's sheet, "" for text
    sheets : names of all sheets
    progress : gives the share read so far, in [0, 1]
    """

    header: tuple[str, ...]
    rows: Iterator[Record]
    sample: tuple[tuple[str, ...], ...]
    encoding: str
    delimiter: str
    kind: str
    sheet: str
    sheets: tuple[str, ...]
    progress: Callable[[], float]


def open_table(
    source: ByteStream | bytes, filename: str = "", limits: Limits = DEFAULT_LIMITS, *, sheet: str = ""
) -> Table:
    """Open a roster and find its header.

    Parameters
    ----------
    source : an open binary file that can seek, which stays open and belongs to the caller; or the bytes
    filename : only used to tell kinds apart that look alike
    limits : bounds; nothing beyond them is expanded
    sheet : name of the workbook's sheet; by default the first one with known column names, else the first
        that holds anything

    Raises
    ------
    RosterFileError
        Naming what is wrong with the file and how to mend it.
    """
    stream: ByteStream = io.BytesIO(source) if isinstance(source, bytes) else source
    n_bytes = stream.seek(0, io.SEEK_END)
    if n_bytes > limits.max_bytes:
        raise refuse("too_large", limit=limits.max_bytes // (1024 * 1024))
    stream.seek(0)
    start = stream.read(2048)
    if not start.strip():
        raise refuse("empty")
    _refuse_foreign(start, filename)
    if start.startswith(b"PK"):
        book = WorkbookRecords(stream, limits, sheet)
        return _table(iter(book), limits, book.progress, sheet=book.sheet, sheets=book.sheets)
    text = TextRecords(stream, n_bytes, limits)
    return _table(iter(text), limits, text.progress, encoding=text.encoding, delimiter=text.delimiter)


def _refuse_foreign(start: bytes, filename: str) -> None:
    """Raise for the kinds of file that people take for a table."""
    if start.startswith(_OLE):
        # Excel wraps an encrypted XLSX in the container of the old format.
        raise refuse("password" if filename.lower().endswith(".xlsx") else "old_excel")
    if start.startswith(b"%PDF"):
        raise refuse("pdf")
    text = start.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if text.startswith((b"<!doctype html", b"<html", b"<table", b"<meta", b"<head")):
        raise refuse("html")
    if text.startswith(b"<?xml"):
        raise refuse("html" if b"<html" in text else "xml")


def _table(
    records: Iterator[Record],
    limits: Limits,
    progress: Callable[[], float],
    *,
    encoding: str = "",
    delimiter: str = "",
    sheet: str = "",
    sheets: tuple[str, ...] = (),
) -> Table:
    filled = _filled(records, limits)
    header_cells, first = _header(filled)
    if any(_looks_like_address(cell) for cell in header_cells):
        raise refuse(
            "no_header", value=next(cell for cell in header_cells if _looks_like_address(cell))[:100]
        )
    header = _named(header_cells)
    rows = _padded(chain(first, filled), len(header), limits)
    ahead = list(islice(rows, _N_SAMPLE))
    if not ahead:
        raise refuse("no_rows")
    return Table(
        header=header,
        rows=chain(ahead, rows),
        sample=tuple(tuple(cells) for _, cells in ahead),
        encoding=encoding,
        delimiter=delimiter,
        kind="xlsx" if sheet else "csv",
        sheet=sheet,
        sheets=sheets,
        progress=progress,
    )


def _filled(records: Iterator[Record], limits: Limits) -> Iterator[Record]:
    """Pass on the records that hold anything, within the limits."""
    for line, cells in records:
        if len(cells) > limits.max_columns:
            raise refuse("too_many_columns", line=line, limit=limits.max_columns)
        if any(cells) and any(cell.strip() for cell in cells):
            if max(map(len, cells)) > limits.max_cell:
                raise refuse("cell_too_long", line=line, limit=limits.max_cell)
            yield line, cells


def _header(records: Iterator[Record]) -> tuple[list[str], list[Record]]:
    """Return the column names and the records already read that follow them.

    The header is the first record with two filled cells; a file of one column has its header on top. Where
    that only groups columns under merged cells, the names below it count, and its own where none is below.
    Particulars above the table, such as "Exported by" and a name, are looked past.
    """
    ahead = list(islice(records, _MAX_PREAMBLE))
    if not ahead:
        raise refuse("empty")
    at = next((i for i, (_, cells) in enumerate(ahead) if _n_filled(cells) > 1), 0)
    at = _below_particulars(ahead, at)
    names, below = ahead[at][1], ahead[at + 1 :]
    if below and _goes_on(names, below[0][1]):
        return [low.strip() or high for high, low in zip_longest(names, below[0][1], fillvalue="")], below[1:]
    return names, below


def _below_particulars(ahead: list[Record], at: int) -> int:
    """Return where a wider record with known names stands below narrower ones without a person; else `at`."""
    narrow = _n_filled(ahead[at][1])
    if ahead[at + 1 :] and _goes_on(ahead[at][1], ahead[at + 1][1]):
        return at
    for i, (_, cells) in enumerate(ahead[at:], start=at):
        if any(map(_looks_like_address, cells)):
            return at
        if _n_filled(cells) > narrow:
            return i if sum(is_name(cell) for cell in cells if cell.strip()) > 1 else at
    return at


def _n_filled(cells: list[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def _goes_on(names: list[str], below: list[str]) -> bool:
    """Tell whether a header goes on in the record below, which names more columns and holds little else."""
    filled = [cell for cell in below if cell.strip()]
    n_known = sum(map(is_name, filled))
    n_above = sum(is_name(cell) for cell in names if cell.strip())
    both = [low if low.strip() else high for high, low in zip_longest(names, below, fillvalue="")]
    more = sum(is_name(cell) for cell in both if cell.strip()) > n_above
    return more and n_known >= 2 and 2 * n_known >= len(filled) and not any(map(_looks_like_address, filled))


def _named(cells: list[str]) -> tuple[str, ...]:
    names = [" ".join(cell.split())[:300] for cell in cells]
    while len(names) > 1 and not names[-1]:
        names.pop()
    return tuple(name or f"Column {column_letter(i)}" for i, name in enumerate(names))


def column_letter(index: int) -> str:
    """Return the letters a spreadsheet gives to the column at `index` (0 is A)."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _looks_like_address(cell: str) -> bool:
    local, at, domain = cell.strip().partition("@")
    return bool(local and at) and "." in domain and " " not in cell.strip()


def _padded(records: Iterator[Record], width: int, limits: Limits) -> Iterator[Record]:
    for n_rows, (line, cells) in enumerate(records, start=1):
        if n_rows > limits.max_rows:
            raise refuse("too_many_rows", limit=limits.max_rows)
        if len(cells) < width:
            cells.extend([""] * (width - len(cells)))
        yield line, cells
