"""What a file may be at most, and the error that refuses one as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from telemachy.core.shared.errors import BadInput
from telemachy.core.shared.wording import gettext_noop as _


class ByteStream(Protocol):
    """An open binary file that can be read twice."""

    def read(self, size: int = -1, /) -> bytes: ...

    def seek(self, offset: int, whence: int = 0, /) -> int: ...


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on a file, checked before anything is expanded.

    Attributes
    ----------
    max_bytes : size of the file as handed in
    max_rows : rows below the header
    max_columns : columns of the widest row
    max_cell : characters of one cell
    max_cells : rows x columns of an XLSX sheet, which is held in memory
    max_expanded : bytes of an XLSX file once unzipped, and of all its cells' text
    max_ratio : how many times larger an XLSX part may be than its compressed form
    max_entries : files inside an XLSX file
    """

    max_bytes: int = 64 * 1024 * 1024
    max_rows: int = 200_000
    max_columns: int = 200
    max_cell: int = 10_000
    max_cells: int = 4_000_000
    max_expanded: int = 256 * 1024 * 1024
    max_ratio: int = 200
    max_entries: int = 2_000


DEFAULT_LIMITS = Limits()

_SAVE_AGAIN = "Open it in your spreadsheet program, save it as XLSX or as CSV UTF-8, and upload that file."

#: code -> (what is wrong, how to mend it); `%(...)s` are the error's params.
WORDINGS: dict[str, tuple[str, str]] = {
    "empty": (
        _("The file is empty."),
        _("Choose a file with column names in the first row and one person per row."),
    ),
    "no_rows": (_("The file has column names but no people below them."), _("Add one row per person.")),
    "no_header": (
        _("The first row holds a person (%(value)s), not column names."),
        _("Put a row with column names such as Name, E-mail and Role above the people."),
    ),
    "too_large": (
        _("The file is larger than %(limit)s MB."),
        _("Split it into several files, or delete columns that are not needed."),
    ),
    "too_many_rows": (_("The file has more than %(limit)s rows."), _("Split it into several files.")),
    "too_many_columns": (
        _("Row %(line)s has more than %(limit)s columns."),
        _("Delete the columns that are not needed; a stray quotation mark or delimiter can also cause this."),
    ),
    "too_many_cells": (
        _("The sheet spans %(rows)s rows and %(columns)s columns, more than can be read at once."),
        _("Delete empty rows and columns beyond the people, or save the sheet as CSV UTF-8."),
    ),
    "cell_too_long": (
        _("Row %(line)s has a cell of more than %(limit)s characters."),
        _("Shorten the cell; if it is not that long, look for a quotation mark that is never closed."),
    ),
    "quote_not_closed": (
        _("A quotation mark opened in row %(line)s is never closed."),
        _('Close it, or write the quotation mark twice ("") if it belongs to the text.'),
    ),
    "encoding_unknown": (_("The characters of the file cannot be read as text."), _SAVE_AGAIN),
    "encoding_mixed": (
        _("The file is UTF-8 text except for some damaged characters, first in line %(line)s."),
        _("Mend the characters in that line, or save the file again as CSV UTF-8."),
    ),
    "binary": (_("This is not a table: the file holds binary data."), _SAVE_AGAIN),
    "old_excel": (_("This is a workbook of the old Excel format (.xls)."), _SAVE_AGAIN),
    "password": (
        _("The workbook is protected by a password."),
        _("Remove the password in your spreadsheet program, save it as XLSX or CSV, and upload that file."),
    ),
    "ods": (_("This is an OpenDocument spreadsheet (.ods)."), _SAVE_AGAIN),
    "xlsb": (_("This is a binary Excel workbook (.xlsb)."), _SAVE_AGAIN),
    "pdf": (
        _("This is a PDF document."),
        _("Copy the table into a spreadsheet, save it as XLSX or CSV UTF-8, and upload that file."),
    ),
    "html": (_("This is a web page, although its name may end in .xls or .csv."), _SAVE_AGAIN),
    "xml": (_("This is an XML document, not a table."), _SAVE_AGAIN),
    "zip": (
        _("This is a ZIP archive without a workbook in it."),
        _("Unpack it and upload the XLSX or CSV file inside."),
    ),
    "damaged_workbook": (_("The workbook is damaged and cannot be read."), _SAVE_AGAIN),
    "workbook_bomb": (
        _("The workbook would grow to far more data than its size suggests, so it was not opened."),
        _("Copy the people into a new workbook and save that as XLSX, or save the sheet as CSV UTF-8."),
    ),
    "no_sheet": (
        _('The workbook has no sheet named "%(name)s"; it has: %(sheets)s.'),
        _("Choose one of its sheets."),
    ),
    "unmapped_identity": (
        _("No column holds an e-mail address or a personnel number."),
        _("Choose the column that identifies each person."),
    ),
    "unmapped_name": (
        _("No column holds the people's names."),
        _("Choose the column with the full name, or those with first and last name."),
    ),
    "mapped_twice": (
        _('The columns "%(first)s" and "%(second)s" are both set to %(label)s.'),
        _("Keep one of them and leave the other out."),
    ),
    "mapped_nowhere": (
        _("The mapping names column %(number)s, which the file does not have."),
        _("Map the columns again."),
    ),
}


class RosterFileError(BadInput):
    """A file that is refused as a whole; `str(error)` says why and how to mend it.

    `code` and `params` let an interface translate: `WORDINGS[code]` holds message and mend.
    """

    def __init__(self, code: str, params: dict[str, str]) -> None:
        self.code = code
        self.params = params
        self.message, self.mend = (wording % params for wording in WORDINGS[code])
        super().__init__(f"{self.message} {self.mend}")


def refuse(code: str, **params: object) -> RosterFileError:
    """Return the error for `code`; numbers are written with thousands separators."""
    return RosterFileError(code, {k: f"{v:,}" if isinstance(v, int) else str(v) for k, v in params.items()})
