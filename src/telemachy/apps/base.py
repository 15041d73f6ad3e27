"""What the models of every app share."""

from __future__ import annotations

import uuid
from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, Generic, TypeAlias, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression
from django.db.models.query import get_related_populators

T = TypeVar("T")
M = TypeVar("M", bound=models.Model)
Key: TypeAlias = uuid.UUID | str | datetime


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


class Known(Generic[M]):
    """A question asked at every call: its statement, and how its rows are read, are worked out only once.

    Mostly, building the statement takes Django several times as long as asking it. `ask` makes the queryset
    from places for its keys; for each set of names that is given, it is asked once. Whatever `select_related`
    names comes along, other than with `QuerySet.raw`; of `values_list`, rows are named tuples. Nothing is
    prefetched: see `hold`. With `shared`, others may hold the rows that `ask` holds in the same way, and only
    who would change them waits (Django has no word for it; on SQLite there is nothing to hold).
    """

    def __init__(self, ask: Callable[..., models.QuerySet[M]], *, shared: bool = False) -> None:
        self._ask, self._shared = ask, shared
        self._built: dict[tuple[int | str, ...], _Built[M]] = {}

    def rows(self, *keys: Key, at_most: int | None = None, **named: Key) -> list[M]:
        """Return the rows for these keys, given as `ask` takes them."""
        given: tuple[int | str, ...] = (len(keys), *named)
        if given not in self._built:
            places = map(_Place, range(len(keys) + len(named)))
            ordered = [next(places) for _key in keys]
            asked = self._ask(*ordered, **dict(zip(named, places, strict=True)))
            self._built[given] = _Built(asked, shared=self._shared)
        return self._built[given].rows([*keys, *named.values()], at_most)

    def row(self, *keys: Key) -> M | None:
        """Return the first row for these keys, or None."""
        return next(iter(self.rows(*keys)), None)


def hold(instance: models.Model, name: str, rows: list[Any]) -> None:
    """Have `instance.<name>.all()` answer rows that are read already, as `prefetch_related` leaves them."""
    found = getattr(instance, name).all()
    found._result_cache = rows
    instance._prefetched_objects_cache = {name: found}  # type: ignore[attr-defined]


class _Place(Expression):
    """Stands in a queryset where a key will be."""

    def __init__(self, nth: int) -> None:
        super().__init__()
        self.nth = nth

    def as_sql(self, *_compiler_and_connection: object) -> tuple[str, list[_Place]]:  # type: ignore[override]
        return "%s", [self]


class _Built(Generic[M]):
    """A statement with places, and what Django's own `ModelIterable` works out anew for each queryset."""

    def __init__(self, asked: models.QuerySet[M], *, shared: bool) -> None:
        compiler = asked.query.get_compiler(DEFAULT_DB_ALIAS)
        self._statement, self._values = compiler.as_sql()
        if shared:
            self._statement = self._statement.replace(" FOR NO KEY UPDATE", " FOR SHARE")
        columns = compiler.select
        self._converters = compiler.get_converters([expression for expression, _sql, _alias in columns])
        own = compiler.klass_info["select_fields"]
        self._names = [columns[nth][0].target.attname for nth in own]
        self._model, self._tuple = asked.model, namedtuple("_Row", self._names)
        self._make = self._tuple_of if asked.query.values_select else self._model_of
        self._related = get_related_populators(  # type: ignore[call-arg]  # the stubs are of a later Django
            compiler.klass_info, columns, DEFAULT_DB_ALIAS
        )

    def rows(self, keys: Sequence[Key], at_most: int | None) -> list[M]:
        """Ask, and make models or tuples of the answer."""
        database = connections[DEFAULT_DB_ALIAS]
        values = [
            _prepared(keys[value.nth], database) if isinstance(value, _Place) else value
            for value in self._values
        ]
        with database.cursor() as cursor:
            cursor.execute(self._statement, values)
            found = cursor.fetchall() if at_most is None else cursor.fetchmany(at_most)
            return [self._read(list(row), database) for row in found]

    def _read(self, row: list[Any], database: BaseDatabaseWrapper) -> Any:
        for nth, (converters, expression) in self._converters.items():
            for convert in converters:
                row[nth] = convert(row[nth], expression, database)
        return self._make(row)

    def _model_of(self, row: list[Any]) -> Any:
        made = self._model.from_db(DEFAULT_DB_ALIAS, self._names, row[: len(self._names)])
        for related in self._related:
            related.populate(row, made)
        return made

    def _tuple_of(self, row: list[Any]) -> Any:
        return self._tuple(*row)


def _prepared(key: Key, database: BaseDatabaseWrapper) -> Any:
    if isinstance(key, datetime):
        return database.ops.adapt_datetimefield_value(key)
    return _KEY.get_db_prep_value(key, database) if isinstance(key, uuid.UUID) else key


_KEY: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField()
