"""Roster files as people have them, built in the tests."""

from __future__ import annotations

import io
import zipfile

import openpyxl

from telemachy.core.roster import decode, headers, rows
from telemachy.core.shared.scales import Seat

HEADER = ["Name", "E-mail", "Role", "Time zone", "Languages", "Skills offered", "Goals"]
PEOPLE = [
    [
        "Athena Müller",
        "Athena@Example.org",
        "mentor",
        "Europe/Berlin",
        "German; English",
        "Strategy | Law",
        "Teach",
    ],
    ["Télémaque O’Brien", "tel@example.org", "learner", "UTC+2", "fr", "", 'Lead, "calmly"\nand soon'],
    ["Nestor García", "nestor@example.org", "both", "Madrid", "español", "Ships", "1 € more"],
]


def delimited(delimiter: str = ",", line_end: str = "\r\n", people: list[list[str]] = PEOPLE) -> str:
    """Return the people as delimited text."""

    def cell(text: str) -> str:
        if any(c in text for c in (delimiter, '"', "\n")):
            return '"' + text.replace('"', '""') + '"'
        return text

    return "".join(delimiter.join(map(cell, row)) + line_end for row in [HEADER, *people])


def workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    """Return an XLSX workbook with these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, cells in sheets.items():
        sheet = book.create_sheet(title)
        for row in cells:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """Return the workbook with one of its parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return out.getvalue()


def read(data: bytes, filename: str = "people.csv", role: Seat | None = None) -> list[rows.RosterRow]:
    """Open a file, take the guessed mapping and return its rows."""
    table = decode.open_table(data, filename)
    return list(rows.read_people(table, headers.mapping(headers.guess(table.header, table.sample)), role))


def codes(row: rows.RosterRow) -> set[str]:
    """Return the codes of a row's problems."""
    return {problem.code for problem in row.problems}
