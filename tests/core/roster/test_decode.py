from __future__ import annotations

import io

import pytest

from telemachy.core.roster import decode
from telemachy.core.roster.files import Limits, RosterFileError
from tests.core.roster.files import HEADER, PEOPLE, delimited

ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]


def refused(data: bytes, filename: str = "people.csv", **limits: int) -> RosterFileError:
    with pytest.raises(RosterFileError) as caught:
        list(decode.open_table(data, filename, Limits(**limits)).rows)
    assert caught.value.mend
    return caught.value


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_delimiter_and_line_end_gives_the_same_cells(encoding, delimiter, line_end):
    table = decode.open_table(delimited(delimiter, line_end).encode(encoding))
    assert table.header == tuple(HEADER)
    assert [cells for _, cells in table.rows] == PEOPLE
    assert table.delimiter == delimiter
    assert [line for line, _ in decode.open_table(delimited(delimiter).encode(encoding)).rows] == [2, 3, 4]


def test_commas_in_lists_do_not_pass_for_the_delimiter():
    text = "Name;Skills\nAnn;law, finance, sales\nBob;law, finance, sales\nCy;law, finance, sales\n"
    table = decode.open_table(text.encode())
    assert (table.delimiter, table.header) == (";", ("Name", "Skills"))


def test_excels_separator_line_is_obeyed_and_counted():
    table = decode.open_table(b"sep=;\nName;Mail\nAnn;a@example.org\n")
    assert table.header == ("Name", "Mail")
    assert list(table.rows) == [(3, ["Ann", "a@example.org"])]


def test_a_title_and_blank_rows_above_the_header_are_looked_past():
    table = decode.open_table(
        b"Mentoring 2026,,\n\nName,Mail,Role\nAnn,a@example.org,mentor\n\n,,\nBob,b@example.org\n"
    )
    assert table.header == ("Name", "Mail", "Role")
    assert list(table.rows) == [(4, ["Ann", "a@example.org", "mentor"]), (7, ["Bob", "b@example.org", ""])]


@pytest.mark.parametrize(
    "particulars", ["Report;Mentors 2026\nExported by;HR\n\n", "Programme:;Mentoring;\nAs of:;12.03.2026;\n"]
)
def test_particulars_above_the_table_do_not_pass_for_its_header(particulars: str) -> None:
    people = "Name;E-mail;Role\nAnn;ann@example.org;mentor\n"
    table = decode.open_table((particulars + people).encode())
    assert table.header == ("Name", "E-mail", "Role")
    assert [cells for _line, cells in table.rows] == [["Ann", "ann@example.org", "mentor"]]


def test_a_header_in_unknown_words_stays_the_header() -> None:
    text = "Navn;Sete;Adresse\nAnn;Name;\nBo;Role;E-mail\n"
    assert decode.open_table(text.encode()).header == ("Navn", "Sete", "Adresse")


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("People;;Skills;\nName;E-Mail;Can;Skills sought\nAnn;a@x.org;;\n", "Name;E-Mail;Can;Skills sought"),
        (
            "Name;Email;Skills;\n;;Skills offered;Skills sought\nAnn;a@x.org;;\n",
            "Name;Email;Skills offered;Skills sought",
        ),
        ("Wer;Mail;Was\nRole;mentor;Berlin\nAnn;a@x.org;\n", "Wer;Mail;Was"),
    ],
)
def test_names_below_merged_cells_are_the_header(text: str, header: str) -> None:
    table = decode.open_table(text.encode())
    assert ";".join(table.header) == header
    assert "a@x.org" in [cells for _line, cells in table.rows][-1]


def test_columns_without_a_name_are_called_by_their_letter():
    assert decode.open_table(b"Name,,Mail,,\nAnn,x,a@example.org,,\n").header == ("Name", "Column B", "Mail")


def test_the_stream_stays_open_and_the_sample_comes_again_in_the_rows():
    stream = io.BytesIO(delimited().encode())
    table = decode.open_table(stream)
    assert [list(cells) for cells in table.sample] == [cells for _, cells in table.rows]
    assert table.progress() == 1.0
    del table
    assert not stream.closed


@pytest.mark.parametrize(
    ("data", "filename", "code"),
    [
        (b"", "people.csv", "empty"),
        (b" \n\n", "people.csv", "empty"),
        (b"\xef\xbb\xbf", "people.csv", "empty"),
        (b"Name,Mail\n", "people.csv", "no_rows"),
        (b"Ann,ann@example.org\nBob,bob@example.org\n", "people.csv", "no_header"),
        (b"%PDF-1.7 ...", "people.csv", "pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "people.xls", "old_excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "people.xlsx", "password"),
        (b"<html><body><table><tr><td>Name</td></tr></table>", "people.xls", "html"),
        (b'<?xml version="1.0"?><Workbook/>', "people.xls", "xml"),
        (b"Name,Mail\nAnn\x81,a@example.org\n", "people.csv", "encoding_unknown"),
        ("Name\nMüller\nGarcía\nJos".encode() + b"\xe9\n", "people.csv", "encoding_mixed"),
        (bytes(range(256)) * 20, "people.csv", "binary"),
        (b'Name,Mail\nAnn,"a@example.org\nBob,b@example.org\n', "people.csv", "quote_not_closed"),
    ],
)
def test_what_is_no_table_is_refused_by_name(data, filename, code):
    assert refused(data, filename).code == code


def test_a_damaged_character_is_found_in_its_line():
    assert refused("Name\nMüller\nGarcía\nJos".encode() + b"\xe9\n").params == {"line": "4"}


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        ({"max_bytes": 100}, "too_large"),
        ({"max_rows": 2}, "too_many_rows"),
        ({"max_columns": 6}, "too_many_columns"),
        ({"max_cell": 15}, "cell_too_long"),
    ],
)
def test_each_limit_is_kept(limits, code):
    assert refused(delimited().encode(), **limits).code == code


def test_a_cell_and_a_line_beyond_all_bounds_are_refused():
    assert refused(b'Name,Mail\nAnn,"' + b"x\n" * 200_000 + b'"\n').code == "cell_too_long"
    assert refused(b"Name,Mail\n" + b"x" * 1_000_000).code == "cell_too_long"


def test_the_error_can_be_shown_as_it_is():
    error = refused(delimited().encode(), max_rows=2)
    assert str(error) == "The file has more than 2 rows. Split it into several files."
