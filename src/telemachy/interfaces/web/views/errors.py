"""Pages for what went wrong; none tells more than the reader needs."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from telemachy.interfaces.common import health


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that made no sense."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that is not allowed."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request for something that is not there, or not there for the reader."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when the product itself failed, or its database is away."""
    if health.database_is_away(sys.exc_info()[1]):  # Django answers while it handles the error
        response = render(request, "503.html", status=503)
        response["Retry-After"] = health.RETRY_AFTER
        return response
    return render(request, "500.html", status=500)
