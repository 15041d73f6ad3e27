"""Bounds: so many writes, and so many downloads, a minute for each person, or each address not signed in.

Counted in the shared cache, so that it holds across processes. Sign-in has bounds of its own (allauth).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views import View
from django_ratelimit import ALL, UNSAFE
from django_ratelimit.core import is_ratelimited

Handler = Callable[[HttpRequest], HttpResponse]

WINDOW_SECONDS = 60


class WriteLimitMiddleware:
    """Answer 429 to a write above the bound, before any view runs."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _is_over(request, "writes", settings.WRITES_PER_MINUTE, UNSAFE):
            return _please_wait(request)
        return self.get_response(request)


class DownloadView(View):
    """A view whose answer takes work to make (a PDF, a spreadsheet, a ZIP): comes before PersonView."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer 429 above the bound."""
        if _is_over(request, "downloads", settings.DOWNLOADS_PER_MINUTE, ALL):
            return _please_wait(request)
        return super().dispatch(request, *args, **kwargs)


def _is_over(request: HttpRequest, group: str, per_minute: int, method: Any) -> bool:
    over: bool = is_ratelimited(
        request,
        group=group,
        key="user_or_ip",
        rate=f"{per_minute}/{WINDOW_SECONDS}s",
        method=method,
        increment=True,
    )
    return over


def _please_wait(request: HttpRequest) -> HttpResponse:
    response = render(request, "429.html", status=429)
    response["Retry-After"] = str(WINDOW_SECONDS)
    return response


def client_address(request: HttpRequest) -> str:
    """Return the address the request came from; behind our proxy, the one that the proxy saw."""
    if settings.BEHIND_PROXY:
        forwarded: str = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        if forwarded:
            return forwarded
    return str(request.META.get("REMOTE_ADDR") or "127.0.0.1")
