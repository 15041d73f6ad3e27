"""XLSX workbooks: checked by `workbook_guard`, read by calamine, every cell as clean text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from telemachy.core.roster import workbook_guard
from telemachy.core.roster.files import ByteStream, Limits, refuse
from telemachy.core.roster.headers import is_name

#: Rows in which a sheet's column names are looked for.
_TOP = 12

Value = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta


class WorkbookRecords:
    """Records of one sheet as (row number, cells)."""

    def __init__(self, stream: ByteStream, limits: Limits, sheet: str = "") -> None:
        workbook_guard.check(stream, limits)
        stream.seek(0)
        try:
            self._book = CalamineWorkbook.from_filelike(stream)
            self.sheets = tuple(
                meta.name
                for meta in self._book.sheets_metadata
                if meta.typ == SheetTypeEnum.WorkSheet and meta.visible == SheetVisibleEnum.Visible
            )
            self._sheet = self._find(sheet)
        except PasswordError as error:
            raise refuse("password") from error
        except CalamineError as error:
            raise refuse("damaged_workbook") from error
        self.sheet = self._sheet.name
        self._n_done = 0

    def _find(self, name: str) -> CalamineSheet:
        if name:
            if name not in self.sheets:
                raise refuse("no_sheet", name=name[:100], sheets=", ".join(self.sheets)[:300])
            return self._book.get_sheet_by_name(name)
        filled = []
        for each in self.sheets:
            sheet = self._book.get_sheet_by_name(each)
            if sheet.height and _names_columns(sheet):
                return sheet
            filled += [each] if sheet.height else []
        if not filled:
            raise refuse("empty")
        return self._book.get_sheet_by_name(filled[0])

    def progress(self) -> float:
        """Return the share of the sheet read so far, in [0, 1]."""
        return min(1.0, self._n_done / max(1, self._sheet.total_height))

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        # Calamine gives the blank rows above the filled block, but not the blank columns before it.
        blank = [""] * (self._sheet.start or (0, 0))[1]
        for row in self._sheet.iter_rows():
            self._n_done += 1
            yield self._n_done, blank + [v if type(v) is str else as_text(v) for v in row]


def _names_columns(sheet: CalamineSheet) -> bool:
    """Tell whether a row near the top holds two known column names, as no page of instructions does."""
    top = sheet.to_python(nrows=_TOP)
    return any(sum(type(cell) is str and is_name(cell) for cell in row) > 1 for row in top)


def as_text(value: Value) -> str:
    """Return a cell's value as a person would type it: 7.0 is "7", midnight is dropped from a date."""
    match value:
        case str():
            return value
        case bool():
            return "yes" if value else "no"
        case int():
            return str(value)
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        case dt.datetime():
            return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
        case dt.time():
            return value.isoformat("minutes")
        case dt.date():
            return value.isoformat()
        case dt.timedelta():
            minutes = round(value.total_seconds() / 60)
            return f"{minutes // 60:02d}:{minutes % 60:02d}"
