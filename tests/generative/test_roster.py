"""Whatever the bytes: people or a named error, the same people in every encoding, and never a formula out."""

from __future__ import annotations

import csv
import io
import zoneinfo

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from tests.core.roster.files import HEADER, PEOPLE, delimited, workbook

from telemachy.core.roster import decode, export, headers, hours, languages, rows, timezones, values
from telemachy.core.roster.files import Limits, RosterFileError
from telemachy.core.shared.scales import Seat

LIMITS = Limits(
    max_bytes=100_000, max_rows=200, max_columns=50, max_cell=500, max_cells=5_000, max_expanded=2_000_000
)
WORKBOOK = workbook({"People": [HEADER, *PEOPLE]})
#: What cp1252 can write too.
LETTERS = st.characters(codec="cp1252", exclude_categories=("Cc", "Cf"))
CELLS = st.text(st.one_of(LETTERS, st.sampled_from(' ,;|"\t=+-@')), max_size=30).map(str.strip)


def people(data: bytes, filename: str = "people.csv") -> list[rows.RosterRow]:
    table = decode.open_table(data, filename, LIMITS)
    mapping = headers.mapping(headers.guess(table.header, table.sample))
    return list(rows.read_people(table, mapping, Seat.LEARNER))


def named_error_or_people(data: bytes) -> None:
    try:
        found = people(data)
    except RosterFileError as error:
        found, refusal = [], error
    else:
        refusal = None
    assert refusal is None or str(refusal) == f"{refusal.message} {refusal.mend}"
    for row in found:
        assert row.person is not None or row.problems
        assert all(problem.text() for problem in row.problems)


@given(st.binary(max_size=3000))
@example(b"Name,Mail\n\x00,\x00")
@example(b"sep=\n\n")
@example(b"\xff\xfe\x00\xd8")
def test_any_bytes_give_people_or_a_named_error(data):
    named_error_or_people(data)


@given(st.lists(st.lists(st.text(max_size=20), max_size=8), max_size=8), st.sampled_from(",;\t"))
def test_any_cells_under_a_good_header_give_people_or_a_named_error(cells, delimiter):
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows([HEADER, *cells])
    named_error_or_people(stream.getvalue().encode("utf-8", "surrogatepass"))


@given(
    st.lists(st.tuples(st.integers(0, len(WORKBOOK) - 1), st.integers(0, 255)), max_size=20),
    st.integers(0, 200),
)
@settings(max_examples=200, deadline=None)
def test_any_damage_to_a_workbook_gives_people_or_a_named_error(changes, cut):
    data = bytearray(WORKBOOK)
    for at, byte in changes:
        data[at] = byte
    named_error_or_people(bytes(data[: len(data) - cut]))


@given(
    st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=6),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_the_same_text_gives_the_same_people_in_every_dress(free, delimiter, encoding, line_end):
    table = [
        [f"Ann {name}", f"p{i}@example.org", "mentor", "Berlin", "de", skills, goals]
        for i, (name, skills, goals) in enumerate(free)
    ]
    dressed = delimited(delimiter, line_end, table).encode(encoding)
    # cp1252 that happens to be UTF-8 as well says something else, and nobody can tell.
    assume(encoding != "cp1252" or not is_utf8(dressed) or dressed.isascii())
    plain = delimited(",", "\n", table).encode()
    assert [row.person for row in people(dressed)] == [row.person for row in people(plain)]


def is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


@given(st.text())
def test_neutralised_cells_are_never_formulas_and_stay_as_they_are(text):
    once = export.neutralise(text)
    assert export.neutralise(once) == once
    assert once in (text, "'" + text)
    lead = once.lstrip(" \u00a0\u3000\ufeff\u200b")[:1]
    if lead and lead in "=+-@\t\r\n＝＋－＠":
        assert (
            float(
                once.replace(",", "").replace("%", "").replace("-.", "-0.") if once.count(".") < 2 else "-1"
            )
            <= 0
        )


@given(st.text(max_size=60))
def test_parsers_never_fail_and_answer_in_range(text):
    said, _ = values.tidy(text)
    assert all(c not in said for c in "\x00\x1b\x7f")
    zone, findings = timezones.parse_time_zone(said)
    assert zone or findings
    assert not zone or zoneinfo.ZoneInfo(zone)
    for span in hours.parse_working_hours(said)[0]:
        assert 0 <= span.start_minute < span.end_minute <= 1440
    assert values.parse_seniority(said)[0] in (None, *range(1, 8))
    assert values.parse_capacity(said)[0] in (None, *range(1, 21))
    assert all(len(code) in (2, 3) for code in languages.parse_languages(said)[0])
    address, findings = values.parse_email(said)
    assert bool(address) != bool(findings)
    assert not set(address) & set("\r\n <>,;")


@given(st.integers(-2000, 2000))
def test_offsets_keep_their_size(minutes):
    sign, size = ("-" if minutes < 0 else "+"), abs(minutes)
    zone, _ = timezones.parse_time_zone(f"UTC{sign}{size // 60:02d}:{size % 60:02d}")
    if zone.startswith("Etc/"):
        assert -int(zone.removeprefix("Etc/GMT")) * 60 == minutes
    if not -720 <= minutes <= 840:
        assert zone == ""
