"""Shared fixtures: settings of a test installation, the cast, signed-in clients."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django_ratelimit import core as ratelimit
from hypothesis import settings as hypothesis_settings

from telemachy.apps.integrations.queries import calls as call_queries
from telemachy.interfaces.common import clock
from tests import cast as cast_module
from tests.cast import Cast
from tests.smtp import mailbox  # noqa: F401 - a fixture of every test

# A deadline would time the clock; derandomised, a run that fails can be run again.
hypothesis_settings.register_profile("telemachy", deadline=None, derandomize=True)
hypothesis_settings.load_profile("telemachy")


def pytest_collection_modifyitems(items) -> None:
    """Begin with the demo, loaded once for its module: in the middle, two workers would share its tests."""
    items.sort(key=lambda item: "tests/interfaces/demo/" not in item.path.as_posix())


@pytest.fixture(autouse=True)
def _test_installation(settings, tmp_path: Path) -> None:
    """Plain static names, mail kept in memory, uploads in the test's own folder, no bound on writes."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.WRITES_PER_MINUTE = 100_000
    settings.DOWNLOADS_PER_MINUTE = 100_000
    settings.API_CALLS_PER_MINUTE = settings.AGENT_CALLS_PER_MINUTE = 100_000


@pytest.fixture
def one_minute(monkeypatch) -> None:
    """Begin a minute that does not end while calls are counted: in two, twice as many are let through."""
    now = clock.now()
    monkeypatch.setattr(call_queries, "window_of", lambda _: now)
    monkeypatch.setattr(ratelimit, "_get_window", lambda value, period: int(now.timestamp()) + period)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Forget the language that a page before was asked for in."""
    with translation.override("en"):
        yield


@pytest.fixture
def cast(db) -> Cast:
    """Athena, Telemachus and the others, with one active pair."""
    return cast_module.assemble()


@pytest.fixture
def sign_in(client: Client) -> Callable[[object], Client]:
    """Return a function that gives a client signed in as a person."""

    def enter(person) -> Client:
        other = Client()
        other.force_login(person.user, backend="django.contrib.auth.backends.ModelBackend")
        return other

    return enter


@pytest.fixture
def count_queries(db) -> Callable[[Client, str], int]:
    """Return a function that counts the queries of a page, seen for the second time."""

    def count(client: Client, address: str) -> int:
        assert client.get(address).status_code == 200
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    return count
