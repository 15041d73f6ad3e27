"""A request of Django as the servers of the protocol's library take it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def scope_of(request: HttpRequest) -> dict[str, Any]:
    """Return the scope of ASGI that says the same."""
    headers = {name.lower(): value for name, value in request.headers.items()} | {"host": request.get_host()}
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": request.scheme,
        "path": request.path_info,
        "raw_path": request.path_info.encode(),
        "root_path": "",
        "query_string": request.META.get("QUERY_STRING", "").encode(),
        "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()],
        "client": (request.META.get("REMOTE_ADDR", ""), 0),
        "server": (request.get_host(), None),
    }
