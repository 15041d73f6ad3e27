"""Write tables that no spreadsheet program takes for formulas; every export goes through here."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from openpyxl import Workbook

#: Signs that make Excel, LibreOffice or Google Sheets evaluate a cell, also in their full-width forms.
_LEADS = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
_BLANK = " \u00a0\u3000\ufeff\u200b"
_NUMBER = re.compile(r"-(?:\d+(?:[.,]\d+)*|[.,]\d+)(?:[eE][+-]?\d+)?%?", re.ASCII)
#: Not allowed in the XML of a workbook.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MAX_XLSX_TEXT = 32_767


def neutralise(cell: str) -> str:
    """Return the cell so that it is shown as text: an apostrophe goes before what could start a formula.

    That is `=`, `+`, `-`, `@`, tab, carriage return and line feed, also after leading blanks, and the
    full-width forms. A plain negative number such as -3.5 is left alone, since it can do no harm and sums
    should still work. A phone number such as +49 30 1234 gets the apostrophe: without it spreadsheets would
    compute with it or drop the plus sign. Neutralising twice changes nothing more, and an import takes the
    apostrophe away again.

    Examples
    --------
    >>> neutralise("=1+1"), neutralise("-3.5"), neutralise("+49 30 1234"), neutralise("Ann")
    ("'=1+1", '-3.5', "'+49 30 1234", 'Ann')
    """
    lead = cell.lstrip(_BLANK)[:1]
    if lead not in _LEADS or not lead or _NUMBER.fullmatch(cell):
        return cell
    return f"'{cell}"


Cell = str | int | float | None


def _safe(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    return neutralise(cell) if isinstance(cell, str) else cell


def write_csv(stream: BinaryIO, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write rows as CSV that Excel reads: UTF-8 with byte order mark, commas, CR LF; every cell neutralised.

    Parameters
    ----------
    stream : open for writing bytes; it stays open
    header : column names
    rows : cells, written as they come
    """
    text = io.TextIOWrapper(stream, encoding="utf-8", errors="replace", newline="", write_through=True)
    text.write("\ufeff")
    writer = csv.writer(text)
    writer.writerow([_safe(name) for name in header])
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    text.flush()
    text.detach()


def write_xlsx(
    stream: BinaryIO, header: Sequence[str], rows: Iterable[Sequence[Cell]], *, title: str = "People"
) -> None:
    """Write rows as an XLSX workbook of one sheet; every text cell neutralised and stored as text.

    Parameters
    ----------
    stream : open for writing bytes; it stays open
    header : column names
    rows : cells, written as they come
    title : name of the sheet, cut to what Excel allows
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\\/*?:\[\]]", " ", title)[:31] or "Sheet")
    sheet.freeze_panes = "A2"
    sheet.append([_xlsx_cell(name) for name in header])
    for row in rows:
        sheet.append([_xlsx_cell(cell) for cell in row])
    book.save(stream)


def _xlsx_cell(cell: Cell) -> str | int | float:
    value = _safe(cell)
    if not isinstance(value, str):
        return value
    return _NOT_IN_XML.sub("\ufffd", value)[:_MAX_XLSX_TEXT]
