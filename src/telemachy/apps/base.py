"""What the models of every app share."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any, Generic, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

T = TypeVar("T")
M = TypeVar("M", bound=models.Model)


class Record(models.Model):
    """A row with an unguessable key, so that an address never tells how many rows there are."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


#: Fields whose values a database driver takes as they are.
_PLAIN = (models.CharField, models.TextField, models.IntegerField, models.BooleanField)


def insert_many(model: type[models.Model], rows: Iterable[Mapping[str, Any]], **same: Any) -> None:
    """Insert rows given as column attributes; `same` holds for all, and what is left out gets its default.

    For rows by the ten thousands: `bulk_create` makes a model of each row and on SQLite a new statement for
    every 30 of them, which costs several times what the database needs. Keys must be given unless the
    database counts them. Raises IntegrityError, and KeyError for an unknown attribute.
    """
    database = connections[DEFAULT_DB_ALIAS]
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    prepare = {field.attname: _preparation(field, database) for field in fields}
    given = {field.attname: field.get_default() for field in fields} | same
    usual = {name: prepare[name](value) for name, value in given.items()}
    values = []
    for row in rows:
        prepared = usual | {name: prepare[name](value) for name, value in row.items()}
        values.append(list(prepared.values()))
    columns = ", ".join(database.ops.quote_name(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    table = database.ops.quote_name(model._meta.db_table)
    with database.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)  # noqa: S608 - own names


def _preparation(field: models.Field[Any, Any], database: BaseDatabaseWrapper) -> Callable[[Any], Any]:
    if isinstance(field, _PLAIN):
        return _as_it_is
    return lambda value: field.get_db_prep_save(value, database)


def _as_it_is(value: Any) -> Any:
    return value


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield the items in lists of at most `size`."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def row_of(model: type[M], field: str, value: object) -> M | None:
    """Return the row whose field, which is unique, holds the value; the statement is built only once.

    For what is asked at every call: building the statement takes longer than asking it.
    """
    of_field = cast("models.Field[Any, Any]", model._meta.get_field(field))
    asked = of_field.get_db_prep_value(value, connections[DEFAULT_DB_ALIAS])
    return next(iter(model._default_manager.raw(_statement(model, field), [asked])), None)


@cache
def _statement(model: type[models.Model], field: str) -> str:
    rows = model._default_manager.filter(**{field: uuid.UUID(int=0)}).order_by()
    statement: str = rows.query.sql_with_params()[0]
    return statement


class Known(Generic[M]):
    """A question about some keys whose statement is built only once, as in `row_of`.

    `ask` builds it from keys, each of which the statement has to hold as a value. Its answers are rows
    without what `select_related` or `prefetch_related` would have brought along.
    """

    def __init__(self, ask: Callable[..., models.QuerySet[M]]) -> None:
        self._ask = ask
        self._built: tuple[type[M], str, list[Any]] | None = None

    def rows(self, *keys: uuid.UUID) -> list[M]:
        """Return the rows for these keys, given in the order in which `ask` takes them."""
        self._built = self._built or self._build(len(keys))
        model, statement, values = self._built
        given = [_prepared(keys[value.nth]) if isinstance(value, _Nth) else value for value in values]
        return list(model._default_manager.raw(statement, given))

    def _build(self, n_keys: int) -> tuple[type[M], str, list[Any]]:
        stand_ins = [uuid.uuid4() for _ in range(n_keys)]
        asked = self._ask(*stand_ins)
        statement, values = asked.query.sql_with_params()
        nth = {_prepared(key): _Nth(place) for place, key in enumerate(stand_ins)}
        return asked.model, statement, [nth.get(value, value) for value in values]


@dataclass(frozen=True, slots=True)
class _Nth:
    """The place of a value that is one of the keys."""

    nth: int


def _prepared(key: uuid.UUID) -> Any:
    return _KEY.get_db_prep_value(key, connections[DEFAULT_DB_ALIAS])


_KEY: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField()
