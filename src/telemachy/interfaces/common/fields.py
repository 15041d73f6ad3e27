"""Fields of what programs send: bounded, and such that both databases store the same.

SQLite keeps a NUL byte and PostgreSQL refuses it, half a surrogate pair fits into neither, and numbers have
no bound in JSON. What is refused here is refused with the name of its field.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

MAX_LINE, MAX_TEXT, MAX_TAGS = 200, 10_000, 20
_YEARS = range(1900, 2200)


class Given(BaseModel):
    """What a program sends. A field that nobody knows is refused: who wrote it, at which tier of evidence,
    for which organisation comes from the token, and must not seem to be taken from the record."""

    model_config = ConfigDict(extra="forbid")


class Told(BaseModel):
    """What a program is told; a row may be given for one."""

    model_config = ConfigDict(from_attributes=True)


def clean(value: str) -> str:
    """Return the text unless it holds what only one of the databases takes. Raises ValueError."""
    if "\x00" in value:
        raise ValueError("must not contain the NUL character")
    return value


def said(value: str) -> str:
    """Return the text unless it is blank. Raises ValueError."""
    if not value.strip():
        raise ValueError("must not be blank")
    return value


def _written(value: Any) -> Any:
    # pydantic would take 1 for the first second of 1970.
    if not isinstance(value, str | date):
        raise ValueError("must be written in ISO 8601")
    return value


def _moment(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("needs an offset from UTC, such as Z or +02:00")
    if value.year not in _YEARS:
        raise ValueError("must lie between the years 1900 and 2199")
    return value.astimezone(UTC)


def _day(value: date) -> date:
    if value.year not in _YEARS:
        raise ValueError("must lie between the years 1900 and 2199")
    return value


def _cue(value: str) -> str:
    return said(value).strip().lower()


Line = Annotated[str, StringConstraints(max_length=MAX_LINE), AfterValidator(clean)]
Text = Annotated[str, StringConstraints(max_length=MAX_TEXT), AfterValidator(clean)]
Reference = Annotated[str, StringConstraints(max_length=200), AfterValidator(clean)]
Address = Annotated[str, StringConstraints(max_length=500), AfterValidator(clean)]
Tags = Annotated[
    list[
        Annotated[
            str, StringConstraints(min_length=1, max_length=60), AfterValidator(clean), AfterValidator(_cue)
        ]
    ],
    Field(max_length=MAX_TAGS),
]
Grade = Annotated[int, Field(ge=1, le=5)]
Score = Annotated[int, Field(ge=0, le=4)]
Level = Annotated[int, Field(ge=0, le=4)]
Attainment = Annotated[int, Field(ge=-2, le=2)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Moment = Annotated[datetime, BeforeValidator(_written), AfterValidator(_moment)]
Day = Annotated[date, BeforeValidator(_written), AfterValidator(_day)]
Key = UUID
