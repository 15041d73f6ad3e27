"""The migrations: from an empty database they make the tables that the models describe."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _with_migrations(settings) -> None:
    """Let Django see the migrations, which the other tests do without."""
    settings.MIGRATION_MODULES = {}


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[BaseDatabaseWrapper]:
    """Return a connection to an empty database beside that of the tests: a file, or a schema."""
    beside = connections["empty"] = connection.copy(alias="empty")
    if beside.vendor == "sqlite":
        beside.settings_dict["NAME"] = str(tmp_path / "empty.sqlite3")
        yield beside
    else:
        beside.settings_dict["OPTIONS"] = {
            **beside.settings_dict["OPTIONS"],
            "options": "-c search_path=empty",
        }
        with beside.cursor() as cursor:
            cursor.execute("CREATE SCHEMA empty")
        yield beside
        with beside.cursor() as cursor:
            cursor.execute("DROP SCHEMA empty CASCADE")
    beside.close()
    del connections["empty"]


def test_every_change_of_a_model_has_its_migration() -> None:
    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    except SystemExit:
        pytest.fail("a model changed without its migration: telemachy manage makemigrations")


def test_an_empty_database_becomes_what_the_models_describe(empty: BaseDatabaseWrapper) -> None:
    executor = MigrationExecutor(empty)
    executor.migrate(executor.loader.graph.leaf_nodes())

    described, made = tables(connection), tables(empty)
    assert described
    assert {
        name: (described[name], made.get(name)) for name in described if described[name] != made.get(name)
    } == {}


def tables(of: BaseDatabaseWrapper) -> dict[str, tuple[Counter, Counter]]:
    """Return the columns and the constraints of each table of ours, without the names that are drawn."""
    models = [model for model in apps.get_models(include_auto_created=True) if _is_ours(model)]
    with of.cursor() as cursor:
        present = of.introspection.table_names(cursor)
        names = [model._meta.db_table for model in models if model._meta.db_table in present]
        return {name: (_columns(of, cursor, name), _constraints(of, cursor, name)) for name in names}


def _is_ours(model: type[Model]) -> bool:
    return model._meta.app_config.name.startswith("telemachy.")


def _columns(of: BaseDatabaseWrapper, cursor, name: str) -> Counter:
    found = of.introspection.get_table_description(cursor, name)
    return Counter((column.name, column.type_code, column.null_ok, column.default) for column in found)


def _constraints(of: BaseDatabaseWrapper, cursor, name: str) -> Counter:
    found = of.introspection.get_constraints(cursor, name).values()
    return Counter(
        tuple((key, repr(value)) for key, value in sorted(rule.items()) if key != "definition")
        for rule in found
    )
