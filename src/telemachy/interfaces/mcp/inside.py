"""Calls the JSON API without leaving the process: the same middleware, token, limits and trail."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from urllib.parse import urlsplit

from asgiref.sync import sync_to_async
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse

from telemachy.apps.integrations.queries.tokens import Caller
from telemachy.interfaces.api import door, problems
from telemachy.interfaces.api.middleware import answer, answer_to
from telemachy.interfaces.api.problems import Problem
from telemachy.interfaces.common import clock, oauth
from telemachy.interfaces.mcp.server import Answer

ROOT = "/api/v1"


@dataclass(slots=True)
class Sender:
    """Who sends messages: whom the door let in, or why it did not; or a token to be asked about."""

    caller: Caller | Problem | None = None
    bearer: str = ""
    address: str = ""
    #: Whether the API was called, which counts by itself.
    has_called: bool = False


def admit(request: HttpRequest) -> Sender | HttpResponse:
    """Return who sends a message, by the API's own door; a refusal that asks for another token otherwise.

    One who is known but may call nothing now, a suspended agent, is told so by each tool.
    """
    request.META[door.AUDIENCE] = oauth.audience()
    try:
        caller: Caller | Problem = door.caller_of(request, clock.now())
    except Exception as error:  # a program gets a problem, not a page
        problem = problems.of_error(error)
        if problem.status != HTTPStatus.FORBIDDEN:
            refusal = problems.answer(problem, request)
            if problem.status < HTTPStatus.INTERNAL_SERVER_ERROR:
                refusal["WWW-Authenticate"] = oauth.challenge_header()
            return refusal
        caller = problem
    return Sender(caller, address=request.META.get("REMOTE_ADDR", ""))


def count(sender: Sender, request: HttpRequest) -> HttpResponse | None:
    """Count a message that called nothing of the API as a call; return the refusal above the limit."""
    if sender.has_called or not isinstance(sender.caller, Caller):
        return None
    now = clock.now()
    try:
        door.count(sender.caller, "calls", door.limit_of(sender.caller), now)
    except Exception as error:  # a program gets a problem, not a page
        problem = problems.of_error(error)
        if isinstance(error, Problem) and not problem.is_noted:
            door.note(problem.code, problem.status, request, sender.caller, now)
        return problems.answer(problem, request)
    return None


#: Set for each message; what the tools do in its name reads it.
SENDER: ContextVar[Sender] = ContextVar("sender")


async def ask(method: str, path: str, body: bytes, key: str) -> Answer:
    """Call the API in the name of the message's sender."""
    return await sync_to_async(_answer)(SENDER.get(), method, path, body, key)


def _answer(sender: Sender, method: str, path: str, body: bytes, key: str) -> Answer:
    request = _request(sender, method, path, body, key)
    sender.has_called = True
    try:
        if sender.caller is None:
            response = answer(request)
        elif isinstance(sender.caller, Problem):
            response = problems.answer(sender.caller, request)
        else:
            response = answer_to(sender.caller, request, clock.now())
    except Exception as error:  # whose words are not for a program
        response = problems.answer(problems.of_error(error), request)
    return Answer(response.status_code, response.content.decode())


def _request(sender: Sender, method: str, path: str, body: bytes, key: str) -> WSGIRequest:
    parts = urlsplit(ROOT + path)
    sent = {"CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(body))} if body else {}
    return WSGIRequest(
        {
            "REQUEST_METHOD": method,
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "HTTP_AUTHORIZATION": sender.bearer,
            "REMOTE_ADDR": sender.address,
            "wsgi.input": BytesIO(body),
            **sent,
            **({"HTTP_IDEMPOTENCY_KEY": key} if key else {}),
        }
    )
