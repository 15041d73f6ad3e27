"""Lists in pages: each page says where the next one begins, whatever is added or removed meanwhile."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import FieldError, ValidationError
from django.db.models import Model, Q, QuerySet
from pydantic import BaseModel, Field

from telemachy.apps.base import Known
from telemachy.interfaces.api.problems import FieldError as Wrong
from telemachy.interfaces.api.problems import Problem

Row = TypeVar("Row", bound=BaseModel)
M = TypeVar("M", bound=Model)
Found = TypeVar("Found")

MAX_ROWS = 100


class PageOf(BaseModel, Generic[Row]):
    """One page of a list; `next` is the cursor of the following page, null on the last."""

    items: list[Row]
    next: Annotated[str | None, Field(examples=[None])]


class Paging(BaseModel):
    """Which page is asked for."""

    cursor: Annotated[str, Field(max_length=500, description="The `next` of the page before.")] = ""
    limit: Annotated[int, Field(ge=1, le=MAX_ROWS)] = 50


def page(
    rows: QuerySet[M, Found], paging: Paging, shape: Callable[[Found], Row], *, by: str = "-created_at"
) -> dict[str, Any]:
    """Return one page of the rows in the order of a field, which is never null, and then of their keys.

    The rows are models, or tuples that name the field and `id`.
    """
    name, descending = by.removeprefix("-"), by.startswith("-")
    ordered = rows.order_by(by, "pk")
    if paging.cursor:
        ordered = _after(ordered, name, descending, _read(paging.cursor))
    try:
        found: list[Any] = list(ordered[: paging.limit + 1])
    except (ValidationError, ValueError, TypeError, FieldError) as error:
        raise _unknown() from error
    return _page(found, paging, shape, name)


class KnownList(Generic[M, Row]):
    """What `page` does, by a moment, for a list that is asked for often: its statements are built once.

    `ask` makes the rows from what narrows them, given by name: there is a statement for each set of names.
    """

    def __init__(self, ask: Callable[..., QuerySet[M]], row: type[Row], *, by: str) -> None:
        self._row, self._name = row, by.removeprefix("-")

        def ordered(*cursor: Any, **narrowed: Any) -> QuerySet[M, Any]:
            rows: QuerySet[M, Any] = ask(**narrowed).values_list(*row.model_fields).order_by(by, "pk")
            if cursor:
                rows = _after(rows, self._name, by.startswith("-"), (cursor[0], cursor[1]))
            return rows[: MAX_ROWS + 1]

        self._known = Known(ordered)

    def page(self, paging: Paging, **narrowed: Any) -> dict[str, Any]:
        """Return a page of the rows that these narrow; a name without a value narrows nothing."""
        given = {name: value for name, value in narrowed.items() if value}
        cursor = _moment(_read(paging.cursor)) if paging.cursor else ()
        found = self._known.rows(*cursor, at_most=paging.limit + 1, **given)
        return _page(found, paging, self._row.model_validate, self._name)


def _page(found: list[Any], paging: Paging, shape: Callable[[Any], BaseModel], name: str) -> dict[str, Any]:
    shown = found[: paging.limit]
    following = _write(getattr(shown[-1], name), shown[-1].id) if len(found) > len(shown) else None
    return {"items": [shape(row) for row in shown], "next": following}


def _moment(place: tuple[str, str]) -> tuple[datetime, UUID]:
    moment, key = place
    try:
        return datetime.fromisoformat(moment).astimezone(UTC), UUID(key)
    except (ValueError, OverflowError) as error:
        raise _unknown() from error


def _after(
    rows: QuerySet[M, Found], name: str, descending: bool, place: tuple[Any, Any]
) -> QuerySet[M, Found]:
    value, key = place
    beyond = f"{name}__lt" if descending else f"{name}__gt"
    try:
        return rows.filter(Q(**{beyond: value}) | Q(**{name: value, "pk__gt": key}))
    except (ValidationError, ValueError, TypeError) as error:
        raise _unknown() from error


def _write(value: Any, key: Any) -> str:
    plain = value.isoformat() if isinstance(value, date | datetime) else str(value)
    return base64.urlsafe_b64encode(json.dumps([plain, str(key)]).encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[str, str]:
    try:
        value, key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        UUID(key)
        if not isinstance(value, str) or "\x00" in value:
            raise _unknown()
        return value, key
    except (binascii.Error, ValueError, TypeError, AttributeError) as error:
        raise _unknown() from error


def _unknown() -> Problem:
    text = "This is not the next of a page of this list."
    return Problem("invalid", text, [Wrong("query.cursor", text)])
