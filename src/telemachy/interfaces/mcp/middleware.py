"""The protocol over HTTP at /mcp, next to the pages: one message in, one answer out, nothing kept between."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from functools import cache
from typing import TYPE_CHECKING, Any

from asgiref.sync import async_to_sync
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from telemachy.interfaces.common import oauth
from telemachy.interfaces.mcp.asgi import scope_of

if TYPE_CHECKING:
    from mcp.server import MCPServer
    from starlette.applications import Starlette

    from telemachy.interfaces.mcp.inside import Sender

Handler = Callable[[HttpRequest], HttpResponse]
Message = MutableMapping[str, Any]

PATH = oauth.MCP_PATH
MAX_BODY = 1024 * 1024


class McpMiddleware:
    """Answer messages to /mcp; let everything else pass."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info != PATH:
            return self.get_response(request)
        from telemachy.interfaces.mcp import inside

        sender = inside.admit(request)
        if isinstance(sender, HttpResponse):
            return sender
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > MAX_BODY:
            return HttpResponse("At most 1 MiB can be sent at once.", status=413, content_type="text/plain")
        response = async_to_sync(_serve)(request, sender)
        response = inside.count(sender, request) or response
        response["Cache-Control"] = "no-store"
        return response


def _application(host: str) -> Starlette:
    """Return an application for one message: it keeps nothing, and starts and stops with the message.

    `host` is one that Django has found among those allowed; pages of other origins get nothing.
    """
    # Importing the protocol takes seconds: only whoever is asked for it pays, once.
    from mcp.server.transport_security import TransportSecuritySettings

    security = TransportSecuritySettings(allowed_hosts=[host], allowed_origins=[settings.BASE_URL])
    return _server().streamable_http_app(
        streamable_http_path=PATH, stateless_http=True, json_response=True, transport_security=security
    )


@cache
def _server() -> MCPServer:
    from telemachy.interfaces.mcp import inside, server

    return server.build(inside.ask)


async def _serve(request: HttpRequest, sender: Sender) -> HttpResponse:
    from telemachy.interfaces.mcp import inside

    inside.SENDER.set(sender)
    app = _application(request.get_host())
    sent: list[Message] = []
    waiting = [{"type": "http.request", "body": request.body, "more_body": False}]

    async def receive() -> Message:
        return waiting.pop() if waiting else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    async with app.router.lifespan_context(app):
        await app(scope_of(request), receive, send)
    return _response(sent)


def _response(sent: list[Message]) -> HttpResponse:
    start = next(message for message in sent if message["type"] == "http.response.start")
    body = b"".join(message.get("body", b"") for message in sent if message["type"] == "http.response.body")
    response = HttpResponse(body, status=start["status"])
    for name, value in start["headers"]:
        response[name.decode("latin-1")] = value.decode("latin-1")
    return response
