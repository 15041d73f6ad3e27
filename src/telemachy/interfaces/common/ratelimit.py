"""A bound on writes: so many unsafe requests a minute for each person, or each address not signed in.

Counted in the shared cache, so that it holds across processes. Sign-in has bounds of its own (allauth).
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_ratelimit import UNSAFE
from django_ratelimit.core import is_ratelimited

Handler = Callable[[HttpRequest], HttpResponse]

WINDOW_SECONDS = 60


class WriteLimitMiddleware:
    """Answer 429 to a write above the bound, before any view runs."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_over = is_ratelimited(
            request,
            group="writes",
            key="user_or_ip",
            rate=f"{settings.WRITES_PER_MINUTE}/{WINDOW_SECONDS}s",
            method=UNSAFE,
            increment=True,
        )
        if not is_over:
            return self.get_response(request)
        response = render(request, "429.html", status=429)
        response["Retry-After"] = str(WINDOW_SECONDS)
        return response


def client_address(request: HttpRequest) -> str:
    """Return the address the request came from; behind our proxy, the one that the proxy saw."""
    if settings.BEHIND_PROXY:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        if forwarded:
            return forwarded
    return str(request.META.get("REMOTE_ADDR") or "127.0.0.1")
