"""What can be wrong in a cell: codes, their English, and the mend."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from telemachy.core.roster.fields import Field
from telemachy.core.shared.wording import gettext_noop as _


class Severity(StrEnum):
    """An error keeps the row out; a warning says what was assumed."""

    ERROR = "error"
    WARNING = "warning"


class Wording(NamedTuple):
    """A problem's English; `%(...)s` are the problem's params."""

    severity: Severity
    message: str
    mend: str


class Finding(NamedTuple):
    """A problem found in a value, before it is known where the value stands."""

    code: str
    params: tuple[tuple[str, str], ...] = ()


def _error(message: str, mend: str) -> Wording:
    return Wording(Severity.ERROR, message, mend)


def _warning(message: str, mend: str) -> Wording:
    return Wording(Severity.WARNING, message, mend)


WORDINGS: dict[str, Wording] = {
    # The row as a whole
    "missing_name": _error(_("The name is missing."), _("Write the person's name.")),
    "missing_identity": _error(
        _("There is neither an e-mail address nor a personnel number."),
        _("Write one of them, so that the person is known again."),
    ),
    "missing_role": _error(_("The role is missing."), _("Write mentor, learner or both.")),
    "duplicate": _warning(
        _("This row says the same as row %(other)s."),
        _("Nothing to do: the person is taken once. Delete one of the rows."),
    ),
    "conflict": _error(
        _("Row %(other)s holds the same person with other details."),
        _("Keep the row that is right and delete the other."),
    ),
    "conflict_id": _error(
        _("Row %(other)s has the same e-mail address with another personnel number."),
        _("Correct the one that is wrong."),
    ),
    "conflict_email": _error(
        _("Row %(other)s has the same personnel number with another e-mail address."),
        _("Correct the one that is wrong."),
    ),
    "conflict_name": _error(
        _("Row %(other)s has the same e-mail address or personnel number with another name."),
        _("Correct the one that is wrong."),
    ),
    "extra_cells": _warning(
        _("The row has more cells than there are column names; cells left out at its end: %(count)s."),
        _("Check that no cell holds the delimiter without quotation marks around it."),
    ),
    # Any cell
    "hidden_characters": _warning(
        _("Invisible control characters were taken out."), _("Retype the value if it looks wrong.")
    ),
    "too_long": _error(_("The text is longer than %(limit)s characters."), _("Shorten it.")),
    "spreadsheet_error": _error(
        _("The cell holds a formula's error (%(value)s)."), _("Mend the formula or write the value.")
    ),
    # Fields
    "email_invalid": _error(_("%(value)s is not an e-mail address."), _("Write it like name@example.org.")),
    "email_several": _error(
        _("The cell holds several e-mail addresses."), _("Keep the one that identifies the person.")
    ),
    "name_invalid": _error(_("%(value)s is not a name."), _("Write the person's name in letters.")),
    "role_unknown": _error(_("%(value)s is not a role."), _("Write mentor, learner or both.")),
    "seniority_unknown": _error(
        _("%(value)s is not a seniority."),
        _(
            "Write a number from 1 (intern) to 7 (executive) or a word such as junior, senior, manager or "
            "director."
        ),
    ),
    "capacity_invalid": _error(_("%(value)s is not a capacity."), _("Write a whole number from 1 to 20.")),
    "language_unknown": _warning(
        _("%(value)s is not a language that is known; it was left out."),
        _("Write its English name or its code, such as German or de."),
    ),
    "time_zone_unknown": _error(
        _("%(value)s is not a time zone."),
        _("Write a zone such as Europe/Berlin, a large city, or an offset such as UTC+2."),
    ),
    "time_zone_offset_impossible": _error(
        _("%(value)s is not an offset used on Earth."),
        _("Offsets run from UTC-12 to UTC+14; or write a city."),
    ),
    "time_zone_offset": _warning(
        _("%(value)s was taken as %(zone)s, which knows no summer time."),
        _("Write a city or a zone such as Europe/Berlin if clocks change there."),
    ),
    "time_zone_offset_city": _warning(
        _("%(value)s was taken as %(zone)s."), _("Write the city if it is another one.")
    ),
    "time_zone_abbreviation": _warning(
        _("%(value)s was taken as %(zone)s."),
        _("Write a city or a zone such as Europe/Berlin if that is not meant."),
    ),
    "time_zone_ambiguous": _error(
        _("%(value)s means different time zones in different countries."),
        _("Write a zone such as Asia/Kolkata, or a city."),
    ),
    "time_zone_from_location": _warning(
        _("The time zone %(zone)s was taken from the location."),
        _("Fill in the time zone if it is another one."),
    ),
    "working_hours_unknown": _warning(
        _("%(value)s could not be read as working hours; Monday to Friday 9:00 to 17:00 was assumed."),
        _("Write them like Mon-Fri 9:00-17:30."),
    ),
}


@dataclass(frozen=True, slots=True)
class CellProblem:
    """One problem, where it stands, and how to mend it.

    Attributes
    ----------
    line : row number as a spreadsheet shows it (the first row is 1)
    column : the column's header, or "" when the row as a whole is meant
    field : the field the column was mapped to, or None
    value : what the cell holds, cut to 100 characters
    code : key of `WORDINGS`
    params : what the wording's placeholders stand for
    """

    line: int
    column: str
    field: Field | None
    value: str
    code: str
    params: tuple[tuple[str, str], ...] = ()

    @property
    def severity(self) -> Severity:
        """Whether the row is kept out."""
        return WORDINGS[self.code].severity

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return WORDINGS[self.code].message % dict(self.params)

    @property
    def mend(self) -> str:
        """How to mend it, in English."""
        return WORDINGS[self.code].mend % dict(self.params)

    def text(self) -> str:
        """Return one English line: where, what, and the mend."""
        place = f'Row {self.line}, column "{self.column}"' if self.column else f"Row {self.line}"
        return f"{place}: {self.message} {self.mend}"
