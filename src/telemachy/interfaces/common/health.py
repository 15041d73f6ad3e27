"""What a load balancer, a container engine and a monitor ask.

/health/live     the process answers; touches nothing else
/health/ready    this process can serve: the database answers, and tables, style sheets and scripts are those
                 of this version
/health/workers  somebody runs the background jobs

A missing worker is no reason to take the web servers out of service, so /health/ready reports it only.

Answered before all else: whoever probes comes by the address of a machine or the name of a container, which
no page answers to, and every few seconds, which no log needs to tell.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import Error, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.views import View

from telemachy.apps.audit import queries
from telemachy.interfaces.common import clock

Handler = Callable[[HttpRequest], HttpResponseBase]

#: After how many seconds whoever comes while the database is away is asked to come again.
RETRY_AFTER = "10"
#: How the codes of PostgreSQL and SQLite begin for a connection that was not opened, not given back, or lost.
_AWAY = ("08", "57P", "SQLITE_CANTOPEN", "SQLITE_BUSY")


class Live(View):
    """Answer as long as the process does."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Return 200."""
        return JsonResponse({"status": "live"})


class Ready(View):
    """Say whether this process can serve people."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Return 200, or 503 with what is missing."""
        try:
            is_migrated, n_workers = migrations_are_applied(), count_workers()
        except Error:
            return JsonResponse({"status": "not ready", "database": False}, status=503)
        is_collected = static_files_are_collected()
        body = {"database": True, "migrations": is_migrated, "static": is_collected, "workers": n_workers}
        if not (is_migrated and is_collected):
            return JsonResponse({"status": "not ready", **body}, status=503)
        return JsonResponse({"status": "ready", **body})


class Workers(View):
    """Say whether a worker lives."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Return 200 with how many, or 503."""
        try:
            n_workers = count_workers()
        except Error:
            return JsonResponse({"status": "not ready", "database": False}, status=503)
        return JsonResponse({"workers": n_workers}, status=200 if n_workers else 503)


ADDRESSES: dict[str, Handler] = {
    "/health/live": Live.as_view(),
    "/health/ready": Ready.as_view(),
    "/health/workers": Workers.as_view(),
}


class HealthMiddleware:
    """Answer probes; let everything else pass."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return ADDRESSES.get(request.path_info, self.get_response)(request)


def migrations_are_applied() -> bool:
    """Whether the database has every migration of this version."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


@cache
def static_files_are_collected() -> bool:
    """Whether `collectstatic` has run for this version; a process reads its list once."""
    collected = getattr(staticfiles_storage, "hashed_files", None)
    if settings.DEBUG or collected is None:
        return True  # served as they are
    app = apps.get_app_config("staticfiles")
    assert isinstance(app, StaticFilesConfig)
    return all(
        path in collected for finder in get_finders() for path, _storage in finder.list(app.ignore_patterns)
    )


def database_is_away(error: BaseException | None) -> bool:
    """Whether the error says that the database could not be reached, not that it was asked wrongly.

    The driver gives no code where no server answered, and one where a server took its leave.
    """
    cause = getattr(error, "__cause__", None)
    code = getattr(cause, "sqlstate", None) or getattr(cause, "sqlite_errorname", "")
    return isinstance(error, OperationalError) and (not code or code.startswith(_AWAY))


def count_workers() -> int:
    """Return how many workers gave a sign of life in the last minute."""
    return len(queries.living_workers(clock.now()))
