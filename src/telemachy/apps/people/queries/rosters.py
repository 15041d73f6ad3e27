"""Who a roster's rows are about, and what they would change of a person."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from telemachy.apps.people.models import Organisation, Person
from telemachy.core.roster.hours import Interval
from telemachy.core.roster.rows import PersonRow

#: Fields of a person that a roster can state.
FIELDS = (
    "name",
    "email",
    "external_id",
    "job_title",
    "function",
    "seniority",
    "line_manager_id",
    "location",
    "time_zone",
    "languages",
    "skills_offered",
    "skills_sought",
    "goals_text",
    "style",
    "about",
    "working_hours",
)

#: What a person has who was created without the field.
BLANK: dict[str, Any] = dict.fromkeys(FIELDS, "") | {
    "languages": [],
    "skills_offered": [],
    "skills_sought": [],
    "working_hours": {},
}

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
#: SQLite takes 999 parameters in older builds; one lookup stays below.
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person of the organisation as a roster's row needs to know them."""

    id: UUID
    values: dict[str, Any]
    line_manager_name: str
    has_sign_in: bool
    has_left: bool
    capacity: int

    @property
    def email(self) -> str:
        """Their e-mail address, or ""."""
        return str(self.values["email"])

    @property
    def external_id(self) -> str:
        """Their personnel number, or ""."""
        return str(self.values["external_id"])


@dataclass(slots=True)
class Directory:
    """The persons that a batch of rows may be about, by what identifies them."""

    by_email: dict[str, KnownPerson] = field(default_factory=dict)
    by_external_id: dict[str, KnownPerson] = field(default_factory=dict)
    by_name: dict[str, list[KnownPerson]] = field(default_factory=dict)


def directory(
    organisation_id: UUID,
    *,
    emails: Collection[str],
    external_ids: Collection[str],
    names: Collection[str] = (),
) -> Directory:
    """Return the persons with any of these e-mail addresses, personnel numbers or names."""
    found = Directory()
    own = Person.objects.filter(organisation_id=organisation_id)
    # The conditions repeat those of the partial unique indexes, so that the indexes are used.
    for known in _known(own.exclude(email=""), "email", emails):
        found.by_email[known.email] = known
    for known in _known(own.exclude(external_id=""), "external_id", external_ids):
        found.by_external_id[known.external_id] = known
    for known in _known(own.filter(left_at__isnull=True, erased_at__isnull=True), "name", names):
        found.by_name.setdefault(known.values["name"], []).append(known)
    return found


def _known(rows: QuerySet[Person], key: str, wanted: Collection[str]) -> Iterable[KnownPerson]:
    values = sorted(value for value in wanted if value)
    columns = ("id", "user_id", "left_at", "erased_at", "line_manager__name", "capacity", *FIELDS)
    for start in range(0, len(values), _CHUNK):
        chosen = rows.filter(**{f"{key}__in": values[start : start + _CHUNK]})
        for row in chosen.values_list(*columns):
            yield KnownPerson(
                id=row[0],
                values=dict(zip(FIELDS, map(comparable, row[6:]), strict=True)),
                line_manager_name=row[4] or "",
                has_sign_in=row[1] is not None,
                has_left=row[2] is not None or row[3] is not None,
                capacity=row[5],
            )


def usual_time_zone(organisation_id: UUID) -> str:
    """Return the time zone of people whose row names none."""
    return Organisation.objects.values_list("time_zone", flat=True).get(pk=organisation_id)


def stated(row: PersonRow) -> dict[str, Any]:
    """Return what the row says of the person, without what it leaves open: an empty cell says nothing."""
    values: dict[str, Any] = {
        "name": row.name[:200],  # a first and a last name together may be longer
        "email": row.email,
        "external_id": row.external_id,
        "job_title": row.job_title,
        "function": row.function,
        "seniority": row.seniority,
        "location": row.location,
        "time_zone": row.time_zone,
        "languages": list(row.languages),
        "skills_offered": list(row.skills_offered),
        "skills_sought": list(row.skills_sought),
        "goals_text": row.goals,
        "style": style_of(row.style),
        "about": row.about,
        "working_hours": {} if row.working_hours_assumed else week(row.working_hours),
    }
    return {name: value for name, value in values.items() if value}


def comparable(value: Any) -> Any:
    """Return a field's value as a staged row holds it: nothing is "", keys are text."""
    return str(value) if isinstance(value, UUID) else "" if value is None else value


@lru_cache(maxsize=2_000)
def style_of(text: str) -> str:
    """Return the style that the text names, or "" when it names none or several."""
    said = text.casefold()
    named = {value for value in Person.Style.values if value and value in said}
    return named.pop() if len(named) == 1 else ""


@lru_cache(maxsize=2_000)
def week(intervals: tuple[Interval, ...]) -> dict[str, list[list[str]]]:
    """Return weekly working hours as a person keeps them; the result is shared, never change it."""
    days: dict[str, list[list[str]]] = {}
    for interval in intervals:
        days.setdefault(_DAYS[interval.weekday], []).append(
            [_clock(interval.start_minute), _clock(interval.end_minute)]
        )
    return days


def _clock(minute: int) -> str:
    # The day's last moment has no name of its own among times; a minute less is never noticed.
    return f"{minute // 60:02d}:{minute % 60:02d}" if minute < 1440 else "23:59"
