"""The way of a call: straight from the log's middleware to its operation, past what only pages need.

Sessions, forgery tokens, messages and languages of pages have no meaning for a bearer token, and their
refusals are pages. So the API is answered here, before them, from addresses of its own.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from http import HTTPMethod
from typing import cast

import structlog
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import translation

from telemachy.apps.integrations.actions import calls
from telemachy.apps.integrations.queries import calls as call_queries
from telemachy.apps.integrations.queries.tokens import Caller
from telemachy.interfaces.api import door, files, problems
from telemachy.interfaces.api.problems import Problem
from telemachy.interfaces.common import clock

Handler = Callable[[HttpRequest], HttpResponse]

PREFIX = "/api/"
URLS = "telemachy.interfaces.api.urls"
#: What can be read without a token.
OPEN = frozenset({"/api/v1/openapi.json"})
MAX_BODY = 1024 * 1024
#: What a trainer may write a minute, program or agent.
GUIDANCE_A_MINUTE = 20
WRITES = frozenset({HTTPMethod.POST, HTTPMethod.PUT, HTTPMethod.PATCH, HTTPMethod.DELETE})
_GUIDES = re.compile(r"/api/v1/situations/[^/]+/(guidance|ratings)")
_KEY = re.compile(r"[\x21-\x7e]{8,200}")


class ApiMiddleware:
    """Answer every call below /api/; let everything else pass."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        with translation.override(translation.get_language_from_request(request)):
            try:
                response = answer(request)
            except Exception as error:  # also at the door a caller gets a problem, not a page
                response = problems.answer(problems.of_error(error), request)
        response["Cache-Control"] = "no-store"
        response["X-Content-Type-Options"] = "nosniff"
        return response


def answer(request: HttpRequest) -> HttpResponse:
    """Answer one call: who asks, how often, then the operation."""
    now = clock.now()
    if request.path_info in OPEN:
        return _view(request)(request)
    try:
        caller = door.caller_of(request, now)
    except Problem as problem:
        return problems.answer(problem, request)
    return answer_to(caller, request, now)


def answer_to(caller: Caller, request: HttpRequest, now: datetime) -> HttpResponse:
    """Answer one call of somebody whom the door has let in."""
    with structlog.contextvars.bound_contextvars(token=str(caller.token.pk)):
        response = _of_caller(request, caller, now)
        if 400 <= response.status_code < 500 and not getattr(response, "is_noted", False):
            code = getattr(response, "problem_code", "invalid")
            door.note(code, response.status_code, request, caller, now)
    return response


def _of_caller(request: HttpRequest, caller: Caller, now: datetime) -> HttpResponse:
    try:
        headers = door.count(caller, "calls", door.limit_of(caller), now)
        if request.method == "POST" and _GUIDES.fullmatch(request.path_info):
            door.count(caller, "guidance", GUIDANCE_A_MINUTE, now)
        _check_body(request)
        # Django has made it; here it is told what operations ask of it.
        call = cast(door.CallRequest, request)
        call.caller, call.now = caller, now
        view = _view(request)
        with files.receiving(call):
            if request.method not in WRITES:
                response = view(request)
            else:
                with _turn():
                    response = _written(request, caller, now, view)
    except Problem as problem:
        return problems.answer(problem, request)
    for name, value in headers.items():
        response.headers.setdefault(name, value)
    return response


def _view(request: HttpRequest) -> Handler:
    try:
        match = resolve(request.path_info, urlconf=URLS)
    except Resolver404:
        return lambda _request: problems.answer(Problem("not-found"), request)
    request.resolver_match = match

    def view(request: HttpRequest) -> HttpResponse:
        response: HttpResponse = match.func(request, *match.args, **match.kwargs)
        if response.status_code != 405:
            return response
        return problems.answer(Problem("method-not-allowed", headers={"Allow": response["Allow"]}), request)

    return view


def _check_body(request: HttpRequest) -> None:
    length = request.META.get("CONTENT_LENGTH") or "0"
    is_file = request.content_type == files.MEDIA_TYPE
    file_bytes = files.most_bytes(request.path_info) if is_file else None
    most = file_bytes or MAX_BODY
    if not length.isdecimal() or int(length) > most:
        raise Problem("too-large", f"At most {most} bytes can be sent at once.")
    if length != "0" and file_bytes is None and request.content_type != "application/json":
        raise Problem("not-json", "Send a header Content-Type: application/json.")


# --- writes -----------------------------------------------------------------------------------

_turns = threading.Lock()


def _turn() -> AbstractContextManager[object]:
    """Wait until no other call of this process writes, where the database takes one writer at a time.

    SQLite has whoever waits look again at growing intervals, in no order: the slowest waited for many turns.
    """
    return _turns if connection.vendor == "sqlite" else nullcontext()


# --- the same call again ------------------------------------------------------------------------


def _written(request: HttpRequest, caller: Caller, now: datetime, view: Handler) -> HttpResponse:
    """Run a write whole or not at all; with an idempotency key, once."""
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return _whole(request, view)
    if not _KEY.fullmatch(key):
        raise Problem("bad-idempotency-key", "8 to 200 printable ASCII characters without spaces.")
    digest = _digest(request)
    try:
        with transaction.atomic():
            kept = calls.keep(key=key, call_digest=digest, by=caller.person, now=now)
            response = _whole(request, view)
            if response.status_code >= 400:
                # A refusal changes nothing, so the key stays free for the mended call.
                transaction.set_rollback(True)
            else:
                body = "" if getattr(request, "holds_secret", False) else response.content.decode()
                calls.fill(answer=kept, status=response.status_code, body=body, by=caller.person, now=now)
    except IntegrityError:
        return _again(caller, key, digest)
    return response


def _whole(request: HttpRequest, view: Handler) -> HttpResponse:
    with transaction.atomic():
        response = view(request)
        if response.status_code >= 400:
            transaction.set_rollback(True)
    return response


def _again(caller: Caller, key: str, digest: str) -> HttpResponse:
    kept = call_queries.kept_answer(caller.person, key)
    if kept is None or kept.call_digest != digest:
        raise Problem("key-used-otherwise", "Another call was made with this key. Use a new one.")
    if not kept.body and kept.status != 204:
        raise Problem("shown-once", "The first answer held a secret, which is kept nowhere.")
    headers = {"Idempotent-Replayed": "true"}
    return HttpResponse(kept.body, "application/json", kept.status, headers=headers)


def _digest(request: HttpRequest) -> str:
    sent = getattr(request, "sent_digest", "").encode() or request.body
    call = f"{request.method} {request.get_full_path()}\n".encode() + sent
    return hashlib.sha256(call).hexdigest()
