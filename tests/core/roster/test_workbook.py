from __future__ import annotations

import datetime as dt
import io
import struct
import zipfile

import pytest

from telemachy.core.roster import decode
from telemachy.core.roster.files import Limits, RosterFileError
from tests.core.roster.files import HEADER, PEOPLE, with_part, workbook

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def refused(data: bytes, **limits: int) -> str:
    with pytest.raises(RosterFileError) as caught:
        list(decode.open_table(data, "people.xlsx", Limits(**limits)).rows)
    assert caught.value.mend
    return caught.value.code


@pytest.fixture(scope="module")
def people() -> bytes:
    return workbook({"People": [HEADER, *PEOPLE]})


def test_a_workbook_gives_the_same_cells_as_text(people):
    table = decode.open_table(people, "people.xlsx")
    assert (table.header, table.kind, table.sheet) == (tuple(HEADER), "xlsx", "People")
    assert [cells for _, cells in table.rows] == PEOPLE
    assert table.progress() == 1.0


def test_the_first_sheet_that_holds_anything_is_read_unless_one_is_named():
    data = workbook(
        {
            "Empty": [],
            "Mentors": [["Name", "Mail"], ["Ann", "a@b.de"]],
            "Mentees": [["Name", "ID"], ["Bo", 7]],
        }
    )
    assert decode.open_table(data).sheet == "Mentors"
    assert list(decode.open_table(data, sheet="Mentees").rows) == [(2, ["Bo", "7"])]
    with pytest.raises(RosterFileError, match="Mentors, Mentees"):
        decode.open_table(data, sheet="Coaches")


def test_a_page_of_instructions_before_the_people_is_passed_over():
    data = workbook(
        {
            "How to": [["Mentoring 2026", ""], ["1.", "Write one person a row."], ["2.", "Send it to HR."]],
            "Crew": [["As of", "March"], ["Name", "E-mail", "Role"], ["Ann", "ann@x.org", "mentor"]],
            "Old": [["Name", "E-mail", "Role"], ["Bob", "bob@x.org", "mentor"]],
        }
    )
    table = decode.open_table(data, "people.xlsx")
    assert (table.sheet, table.header) == ("Crew", ("Name", "E-mail", "Role"))
    assert [cells[0] for _line, cells in table.rows] == ["Ann"]


def test_numbers_dates_and_truths_become_what_a_person_would_type():
    values = [
        7.0,
        7,
        3.25,
        True,
        dt.datetime(2026, 3, 1),  # noqa: DTZ001 - a sheet knows no zones
        dt.datetime(2026, 3, 1, 9, 30),  # noqa: DTZ001
        dt.time(9, 0),
        12345678901,
    ]
    data = workbook({"S": [[f"c{i}" for i in range(8)], values]})
    [(_, cells)] = decode.open_table(data).rows
    assert cells == ["7", "7", "3.25", "yes", "2026-03-01", "2026-03-01 09:30:00", "09:00", "12345678901"]


def test_row_numbers_are_those_of_the_sheet():
    data = workbook({"S": [[], [], [None, "Name", "Mail"], [], [None, "Ann", "a@b.de"]]})
    table = decode.open_table(data)
    assert table.header == ("Column A", "Name", "Mail")
    assert list(table.rows) == [(5, ["", "Ann", "a@b.de"])]


def test_a_sheet_that_compresses_too_well_is_refused_before_it_is_expanded(people):
    assert refused(with_part(people, SHEET, b" " * 50_000_000)) == "workbook_bomb"
    assert (
        refused(with_part(people, "xl/media/image1.png", bytes(400_000)), max_expanded=300_000)
        == "workbook_bomb"
    )


def test_a_part_larger_than_it_declares_is_refused(people):
    data = bytearray(with_part(people, SHEET, b"<x>" + b"<c/>" * 300_000 + b"</x>"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = archive.getinfo(SHEET).file_size
    lie = data.replace(struct.pack("<I", size), struct.pack("<I", 1000))
    assert lie != data
    assert refused(bytes(lie)) == "workbook_bomb"


def test_many_entries_and_overlapping_entries_are_refused(people):
    out = io.BytesIO(people)
    with zipfile.ZipFile(out, "a") as archive:
        for i in range(50):
            archive.writestr(f"junk{i}", "")
    assert refused(out.getvalue(), max_entries=40) == "workbook_bomb"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ('<c r="XFD1048576"><v>1</v></c>', "too_many_cells"),
        ("<c r='XFD1048576'><v>1</v></c>", "too_many_cells"),
        ('<c s="0" r = "XFD1048576" t="n"><v>1</v></c>', "too_many_cells"),
        ("<c><v>1</v></c>", "damaged_workbook"),
        ('<c r="&#88;FD1048576"><v>1</v></c>', "damaged_workbook"),
        ('<c a="<" r="XFD1048576"><v>1</v></c>', "damaged_workbook"),
        ('<c r="A99999999999"><v>1</v></c>', "damaged_workbook"),
    ],
)
def test_a_cell_far_away_does_not_blow_the_sheet_up(people, cell, code):
    rows = f'<row r="1"><c r="A1"><v>1</v></c></row><row>{cell}</row>'
    sheet = f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>"
    assert refused(with_part(people, SHEET, sheet.encode())) == code
    padded = sheet.replace("<row>", " " * ((1 << 20) - sheet.index("<row>") - 9) + "<row>")
    assert refused(with_part(people, SHEET, padded.encode()), max_ratio=100_000) == code


def test_a_sheet_in_another_encoding_cannot_hide_its_cells(people):
    sheet = f'<?xml version="1.0" encoding="UTF-16"?><worksheet {MAIN}><sheetData/></worksheet>'
    assert refused(with_part(people, SHEET, sheet.encode("utf-16"))) == "damaged_workbook"


def test_one_long_text_shown_in_many_cells_is_refused(people):
    strings = f"<sst {MAIN}><si><t>{'x' * 9000}</t></si></sst>"
    cells = "".join(f'<row r="{r}"><c r="A{r}" t="s"><v>0</v></c></row>' for r in range(1, 3000))
    sheet = f"<worksheet {MAIN}><sheetData>{cells}</sheetData></worksheet>"
    data = with_part(with_part(people, STRINGS, strings.encode()), SHEET, sheet.encode())
    assert refused(data, max_expanded=5_000_000) == "workbook_bomb"


@pytest.mark.parametrize("cut", [10, 100, 1000, 3000])
def test_a_workbook_cut_short_is_refused(people, cut):
    assert refused(people[:-cut]) == "damaged_workbook"


def test_other_archives_are_named():
    def archive(**parts: str) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as new:
            for name, content in parts.items():
                new.writestr(name.replace("__", "/").replace("_dot_", "."), content)
        return out.getvalue()

    assert (
        refused(archive(mimetype="application/vnd.oasis.opendocument.spreadsheet", content_dot_xml=""))
        == "ods"
    )
    assert refused(archive(xl__workbook_dot_bin="")) == "xlsb"
    assert refused(archive(people_dot_csv="Name")) == "zip"
