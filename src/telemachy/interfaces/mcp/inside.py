"""Calls the JSON API without leaving the process: the same middleware, token, limits and trail."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import urlsplit

from asgiref.sync import sync_to_async
from django.core.handlers.wsgi import WSGIRequest

from telemachy.interfaces.api.middleware import answer
from telemachy.interfaces.mcp.server import Answer

ROOT = "/api/v1"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent a message: the header with the token, and from where, by which wrong tokens are counted."""

    bearer: str
    address: str = ""


#: Set for each message; what the tools do in its name reads it.
SENDER: ContextVar[Sender] = ContextVar("sender")


async def ask(method: str, path: str, body: bytes) -> Answer:
    """Call the API in the name of the message's sender."""
    return await sync_to_async(_answer)(SENDER.get(), method, path, body)


def _answer(sender: Sender, method: str, path: str, body: bytes) -> Answer:
    response = answer(_request(sender, method, path, body))
    return Answer(response.status_code, response.content.decode())


def _request(sender: Sender, method: str, path: str, body: bytes) -> WSGIRequest:
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
        }
    )
