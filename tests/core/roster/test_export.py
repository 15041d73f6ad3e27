from __future__ import annotations

import csv
import io

import openpyxl
import pytest

from telemachy.core.roster import decode, export, values

ROWS = [["Ann", "=1+1", -3.5, None], ["Bo", "-3", 7, "a\nb"], ["Cy", "+49 30 1234", 0, "\x07bell"]]


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1",
        "-1+cmd|' /C calc'!A0",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "\u00a0=1",
        "＝1+1",
        "-A1",
        "+49 30 1",
        "--1",
    ],
)
def test_what_could_be_a_formula_is_marked_as_text(cell):
    assert export.neutralise(cell) == "'" + cell


@pytest.mark.parametrize(
    "cell", ["", "Ann", "a=b", "-3", "-3.5", "-1,000.25", "-2e5", "-5%", "'=1", "12:30", " ", "–"]
)
def test_plain_text_and_negative_numbers_stay(cell):
    assert export.neutralise(cell) == cell


def test_csv_opens_in_excel_and_holds_no_formula():
    stream = io.BytesIO()
    export.write_csv(stream, ["Name", "=x", "n", "about"], ROWS)
    data = stream.getvalue()
    assert data.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))) == [
        ["Name", "'=x", "n", "about"],
        ["Ann", "'=1+1", "-3.5", ""],
        ["Bo", "-3", "7", "a\nb"],
        ["Cy", "'+49 30 1234", "0", "\x07bell"],
    ]


def test_xlsx_holds_text_and_numbers_but_no_formula():
    stream = io.BytesIO()
    export.write_xlsx(stream, ["Name", "=x", "n", "about"], ROWS, title="Rejected: rows/people")
    sheet = openpyxl.load_workbook(stream).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert [cell.value for cell in sheet["B"]] == ["'=x", "'=1+1", "-3", "'+49 30 1234"]
    assert sheet["C2"].value == -3.5
    assert sheet["D4"].value == "\ufffdbell"


def test_an_export_can_be_imported_again_unchanged():
    stream = io.BytesIO()
    export.write_csv(stream, ["Name", "About"], [["Ann", "- one\n- two"], ["Bo", "=1"]])
    rows = list(decode.open_table(stream).rows)
    assert [values.tidy(cells[1])[0] for _, cells in rows] == ["- one\n- two", "=1"]
