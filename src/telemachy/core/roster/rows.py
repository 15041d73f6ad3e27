"""Read the people of a table: one normalised person per row, with the problems of each cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from telemachy.core.roster import hours, languages, timezones, values
from telemachy.core.roster.decode import Table
from telemachy.core.roster.fields import LABELS, MANY_COLUMNS, MAX_LENGTH, Field
from telemachy.core.roster.files import refuse
from telemachy.core.roster.hours import USUAL_HOURS, Interval
from telemachy.core.roster.problems import WORDINGS, CellProblem, Finding, Severity
from telemachy.core.shared.scales import Seat


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person as a roster describes them; what the file does not say is "", (), or None.

    Attributes
    ----------
    email : in lower case; at least one of `email` and `external_id` is there
    seats : the seats the person takes, mentor first; never empty
    seniority : 1 (intern) to 7 (executive)
    line_manager : as written, in lower case if it is an e-mail address
    time_zone : a name that `zoneinfo.ZoneInfo` loads
    languages : ISO 639 codes
    working_hours : weekly intervals in the person's own time zone; Monday to Friday 9 to 17 if not said
    working_hours_assumed : whether they were not said, or could not be read
    capacity : how many pairs at most, 1 to 20
    preferred, avoided : whom the person would like, and rather not, to be matched with: each an e-mail
        address in lower case, a personnel number or a name, as written
    """

    external_id: str
    email: str
    name: str
    seats: tuple[Seat, ...]
    job_title: str = ""
    function: str = ""
    seniority: int | None = None
    line_manager: str = ""
    time_zone: str = ""
    languages: tuple[str, ...] = ()
    location: str = ""
    skills_offered: tuple[str, ...] = ()
    skills_sought: tuple[str, ...] = ()
    goals: str = ""
    style: str = ""
    working_hours: tuple[Interval, ...] = USUAL_HOURS
    working_hours_assumed: bool = True
    capacity: int | None = None
    preferred: tuple[str, ...] = ()
    avoided: tuple[str, ...] = ()
    group: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One row of the file: the person unless an error or an equal row before it keeps it out."""

    line: int
    person: PersonRow | None
    problems: tuple[CellProblem, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is remembered of an accepted row, to recognise the same person again."""

    line: int
    email: str
    external_id: str
    name: str
    fingerprints: dict[Seat, tuple[int, int]]  # seat -> (line, hash of the person)


def check_mapping(header: tuple[str, ...], mapping: Mapping[int, Field]) -> None:
    """Raise RosterFileError unless the mapping gives every person a name and an identity.

    Parameters
    ----------
    header : the table's column names
    mapping : column index (0 is the first) -> field; columns left out are ignored
    """
    taken: dict[Field, int] = {}
    for index, field in sorted(mapping.items()):
        if not 0 <= index < len(header):
            raise refuse("mapped_nowhere", number=index + 1)
        if field in taken and field not in MANY_COLUMNS and field != Field.IGNORE:
            raise refuse(
                "mapped_twice", first=header[taken[field]], second=header[index], label=LABELS[field]
            )
        taken.setdefault(field, index)
    if not taken.keys() & {Field.EMAIL, Field.EXTERNAL_ID}:
        raise refuse("unmapped_identity")
    if Field.NAME not in taken and not {Field.FIRST_NAME, Field.LAST_NAME} <= taken.keys():
        raise refuse("unmapped_name")


def read_people(table: Table, mapping: Mapping[int, Field], role: Seat | None = None) -> Iterator[RosterRow]:
    """Yield one RosterRow for each row of the table, in order.

    Parameters
    ----------
    table : an opened roster; its rows are used up
    mapping : column index -> field
    role : the seat of everybody whose role cell is blank or missing, as in a file of mentors only

    Raises
    ------
    RosterFileError
        At once if the mapping cannot work; while reading if the file passes a limit or breaks off.
    """
    check_mapping(table.header, mapping)
    columns = [
        _Column(index, field, table.header[index], MAX_LENGTH.get(field, _MAX_LENGTH), field in _LITERAL)
        for index, field in sorted(mapping.items())
        if field != Field.IGNORE
    ]
    return _read(table, columns, role)


def _read(table: Table, columns: list[_Column], role: Seat | None) -> Iterator[RosterRow]:
    known = _Known()
    headers = {column.field: column.header for column in reversed(columns)}
    width = len(table.header)
    for line, cells in table.rows:
        reader = _RowReader(line, cells, columns, headers)
        person = reader.person(role)
        if len(cells) > width and (n_extra := sum(1 for cell in cells[width:] if cell)):
            reader.add(Finding("extra_cells", (("count", str(n_extra)),)))
        if person and (finding := known.recognise(line, person)):
            reader.add(finding)
            person = None
        yield RosterRow(line, person, tuple(reader.problems), tuple(cells))


#: Here "None", "Na" and "-" may be what is meant, or must be told as wrong.
_LITERAL = frozenset({Field.NAME, Field.FIRST_NAME, Field.LAST_NAME})
#: Longest cell of the fields without a bound of their own, such as lists.
_MAX_LENGTH = 2000


class _Column(NamedTuple):
    position: int
    field: Field
    header: str
    max_length: int
    literal: bool


@lru_cache(maxsize=50_000)
def _text_of(cell: str, max_length: int, literal: bool) -> tuple[str, values.Findings]:
    """Return the cell's tidied text, "" if it says nothing or cannot be used, and what was found."""
    text, changed = values.tidy(cell)
    hidden = (Finding("hidden_characters"),) if changed else ()
    if values.is_spreadsheet_error(text):
        return "", (*hidden, Finding("spreadsheet_error", (("value", text),)))
    if len(text) > max_length:
        return "", (*hidden, Finding("too_long", (("limit", str(max_length)),)))
    return ("" if not literal and values.is_blank(text) else text), hidden


class _RowReader:
    """Turns the cells of one row into a person and collects what is wrong on the way."""

    def __init__(
        self, line: int, cells: list[str], columns: list[_Column], headers: dict[Field, str]
    ) -> None:
        self.line = line
        self.problems: list[CellProblem] = []
        self._failed = False
        self._headers = headers
        self._texts: dict[Field, str] = {}
        self._refused: set[Field] = set()  # said, but not usable: not to be called missing as well
        for position, field, header, max_length, literal in columns:
            cell = cells[position]
            if not cell:
                continue
            text, findings = _text_of(cell, max_length, literal)
            if text:
                before = self._texts.get(field)
                self._texts[field] = f"{before}\n{text}" if before else text
            for finding in findings:
                self.add(finding, field, cell, header)
                if WORDINGS[finding.code].severity is Severity.ERROR:
                    self._refused.add(field)

    def _said(self, *fields: Field) -> bool:
        return any(field in self._texts or field in self._refused for field in fields)

    def add(self, finding: Finding, field: Field | None = None, value: str = "", column: str = "") -> None:
        """Note a problem of the row, or of its cell for `field`."""
        if field and not column:
            column = self._headers.get(field, "")
        self.problems.append(CellProblem(self.line, column, field, value[:100], finding.code, finding.params))
        self._failed = self._failed or WORDINGS[finding.code].severity is Severity.ERROR

    def _parsed(self, field: Field, parse: Callable[[str], tuple[Any, values.Findings]], default: Any) -> Any:
        text = self._texts.get(field)
        if not text:
            return default
        value, findings = parse(text)
        for finding in findings:
            self.add(finding, field, text)
        return value

    def _line(self, field: Field) -> str:
        return values.one_line(self._texts.get(field, ""))

    def person(self, role: Seat | None) -> PersonRow | None:
        """Return the person, or None after an error."""
        email = self._parsed(Field.EMAIL, values.parse_email, "")
        external_id = self._line(Field.EXTERNAL_ID)
        if not (email or external_id) and not self._said(Field.EMAIL, Field.EXTERNAL_ID):
            self.add(Finding("missing_identity"))
        stated_hours = Field.WORKING_HOURS in self._texts
        n_before = len(self.problems)
        working_hours = self._parsed(Field.WORKING_HOURS, hours.parse_working_hours, USUAL_HOURS)
        location = self._line(Field.LOCATION)
        person = PersonRow(
            external_id=external_id,
            email=email,
            name=self._name(),
            seats=self._seats(role),
            job_title=self._line(Field.JOB_TITLE),
            function=self._line(Field.FUNCTION),
            seniority=self._parsed(Field.SENIORITY, values.parse_seniority, None),
            line_manager=self._line_manager(),
            time_zone=self._time_zone(location),
            languages=self._parsed(Field.LANGUAGES, languages.parse_languages, ()),
            location=location,
            skills_offered=values.split_many(self._texts.get(Field.SKILLS_OFFERED, "")),
            skills_sought=values.split_many(self._texts.get(Field.SKILLS_SOUGHT, "")),
            goals=self._texts.get(Field.GOALS, ""),
            style=self._line(Field.STYLE),
            working_hours=working_hours,
            working_hours_assumed=not stated_hours or len(self.problems) > n_before,
            capacity=self._parsed(Field.CAPACITY, values.parse_capacity, None),
            preferred=self._references(Field.PREFERRED),
            avoided=self._references(Field.AVOIDED),
            group=self._line(Field.GROUP),
            about=self._texts.get(Field.ABOUT, ""),
        )
        return None if self._failed else person

    def _name(self) -> str:
        name = str(self._parsed(Field.NAME, values.parse_name, ""))
        if not name and not self._said(Field.NAME):
            parts = (
                self._parsed(Field.FIRST_NAME, values.parse_name, ""),
                self._parsed(Field.LAST_NAME, values.parse_name, ""),
            )
            name = " ".join(part for part in parts if part)
            if not name and not self._said(Field.FIRST_NAME, Field.LAST_NAME):
                self.add(Finding("missing_name"))
        return name

    def _seats(self, role: Seat | None) -> tuple[Seat, ...]:
        if Field.ROLE in self._texts:
            seats: tuple[Seat, ...] = self._parsed(Field.ROLE, values.parse_role, ())
            return seats
        if self._said(Field.ROLE):
            return ()
        if role is None:
            self.add(Finding("missing_role"), Field.ROLE)
            return ()
        return (role,)

    def _line_manager(self) -> str:
        return _reference(self._line(Field.LINE_MANAGER))

    def _references(self, field: Field) -> tuple[str, ...]:
        named = map(_reference, values.split_many(self._texts.get(field, "")))
        return tuple(dict.fromkeys(named))

    def _time_zone(self, location: str) -> str:
        if Field.TIME_ZONE in self._texts:
            return str(self._parsed(Field.TIME_ZONE, timezones.parse_time_zone, ""))
        zone = timezones.place_zone(location) if location else ""
        if zone:
            self.add(Finding("time_zone_from_location", (("zone", zone),)), Field.LOCATION, location)
        return zone


def _reference(text: str) -> str:
    """Return what names another person: an e-mail address as it is compared, anything else as written."""
    return values.parse_email(text)[0] or text if "@" in text else text


class _Known:
    """The people accepted so far, by e-mail address and by personnel number: some 300 bytes each."""

    def __init__(self) -> None:
        self._by_email: dict[str, _Seen] = {}
        self._by_id: dict[str, _Seen] = {}

    def recognise(self, line: int, person: PersonRow) -> Finding | None:
        """Remember the person; return the finding if an earlier row holds the same one in the same seat."""
        by_email = self._by_email.get(person.email) if person.email else None
        by_id = self._by_id.get(person.external_id) if person.external_id else None
        seen = by_email or by_id
        if seen is None:
            seen = _Seen(line, person.email, person.external_id, person.name.casefold(), {})
            self._remember(seen, person)
            seen.fingerprints.update(dict.fromkeys(person.seats, (line, hash(person))))
            return None
        if by_email and by_id and by_email is not by_id:
            return Finding("conflict", (("other", str(by_id.line)),))
        if clash := self._clash(seen, by_email, by_id, person):
            return clash
        for seat in person.seats:
            if seat in seen.fingerprints:
                other, fingerprint = seen.fingerprints[seat]
                code = "duplicate" if fingerprint == hash(person) else "conflict"
                return Finding(code, (("other", str(other)),))
        self._remember(seen, person)
        seen.fingerprints.update(dict.fromkeys(person.seats, (line, hash(person))))
        return None

    def _remember(self, seen: _Seen, person: PersonRow) -> None:
        if person.email:
            self._by_email[person.email] = seen
        if person.external_id:
            self._by_id[person.external_id] = seen

    @staticmethod
    def _clash(seen: _Seen, by_email: _Seen | None, by_id: _Seen | None, person: PersonRow) -> Finding | None:
        other = (("other", str(seen.line)),)
        if by_email and person.external_id and by_email.external_id not in ("", person.external_id):
            return Finding("conflict_id", other)
        if by_id and person.email and by_id.email not in ("", person.email):
            return Finding("conflict_email", (("other", str(by_id.line)),))
        if seen.name != person.name.casefold():
            return Finding("conflict_name", other)
        return None
