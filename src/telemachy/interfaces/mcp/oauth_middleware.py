"""The addresses at which programs, not people, speak OAuth: who serves whom, registering, tokens.

Answered before sessions and forgery tokens, as the API is: what is sent here proves itself.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from asgiref.sync import async_to_sync
from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import override
from django_ratelimit.core import is_ratelimited

from telemachy.interfaces.common import health, oauth
from telemachy.interfaces.mcp.asgi import scope_of

if TYPE_CHECKING:
    from starlette.requests import Request

Handler = Callable[[HttpRequest], HttpResponse]

logger = logging.getLogger("telemachy.oauth")

SERVER = "/.well-known/oauth-authorization-server"
RESOURCE = "/.well-known/oauth-protected-resource"
MAX_BODY = 32 * 1024
FORM = "application/x-www-form-urlencoded"
#: How often one address may do it: registering leaves a row behind.
RATES = {oauth.REGISTER: "20/h", oauth.TOKEN: "120/m", oauth.REVOKE: "120/m"}


class OAuthMiddleware:
    """Answer programs that ask for tokens; let everything else pass."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if path == SERVER:
            return _read(request, _server())
        if path in {RESOURCE, RESOURCE + oauth.MCP_PATH}:
            return _read(request, _resource())
        if path not in RATES:
            return self.get_response(request)
        try:
            with override("en"):  # it is read by programs and those who build them
                response = _written(request)
        except OperationalError as error:
            if not health.database_is_away(error):
                raise
            logger.error("call failed", exc_info=error)
            response = _refused("temporarily_unavailable", "The database is away for a moment.", 503)
            response["Retry-After"] = health.RETRY_AFTER
        response["Cache-Control"] = "no-store"
        return response


def _server() -> dict[str, Any]:
    """Tell who hands out tokens (RFC 8414)."""
    base = settings.BASE_URL
    return {
        "issuer": base,
        "authorization_endpoint": base + oauth.AUTHORISE,
        "token_endpoint": base + oauth.TOKEN,
        "registration_endpoint": base + oauth.REGISTER,
        "revocation_endpoint": base + oauth.REVOKE,
        "scopes_supported": list(oauth.ALL_SCOPES),
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "token_endpoint_auth_methods_supported": ["none"],
        "revocation_endpoint_auth_methods_supported": ["none"],
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": True,
    }


def _resource() -> dict[str, Any]:
    """Tell what a token is for, and who hands it out (RFC 9728)."""
    return {
        "resource": oauth.audience(),
        "resource_name": "Telemachy",
        "authorization_servers": [settings.BASE_URL],
        "scopes_supported": list(oauth.USUAL_SCOPES),
        "bearer_methods_supported": ["header"],
    }


def _read(request: HttpRequest, told: dict[str, Any]) -> HttpResponse:
    if request.method not in {"GET", "HEAD"}:
        return HttpResponse(status=405, headers={"Allow": "GET"})
    # Nothing in it is secret, and clients that live in a browser read it from there.
    return JsonResponse(told, headers={"Cache-Control": "max-age=300", "Access-Control-Allow-Origin": "*"})


def _written(request: HttpRequest) -> HttpResponse:
    path = request.path_info
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "POST"})
    if is_ratelimited(request, group=path, key="ip", rate=RATES[path], increment=True):
        return _refused("temporarily_unavailable", "Too many calls from your address.", 429)
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > MAX_BODY:
        return _refused("invalid_request", f"At most {MAX_BODY} bytes can be sent.", 413)
    if b"\0" in request.body or b"%00" in request.body or b"\\u0000" in request.body:
        return _refused("invalid_request", "No text holds a NUL character.")
    if path != oauth.REGISTER:
        if request.content_type != FORM:
            return _refused("invalid_request", f"Send a header Content-Type: {FORM}.")
        if not all(oauth.is_audience(one) for one in request.POST.getlist("resource")):
            return _refused("invalid_target", f"Tokens are for {oauth.audience()} alone.")
    return async_to_sync(_handled)(request)


def _refused(error: str, text: str, status: int = 400) -> HttpResponse:
    return JsonResponse({"error": error, "error_description": text}, status=status)


async def _handled(request: HttpRequest) -> HttpResponse:
    from starlette.requests import Request

    waiting = [{"type": "http.request", "body": request.body, "more_body": False}]

    async def receive() -> dict[str, Any]:
        return waiting.pop() if waiting else {"type": "http.disconnect"}

    answer = await _handlers()[request.path_info](Request(scope_of(request), receive))
    return HttpResponse(
        bytes(answer.body),
        status=answer.status_code,
        headers={k: v for k, v in answer.headers.items() if k != "content-length"},
    )


@cache
def _handlers() -> dict[str, Callable[[Request], Any]]:
    # Importing the protocol takes seconds: only whoever is asked for it pays, once.
    from mcp.server.auth.handlers.register import RegistrationHandler
    from mcp.server.auth.handlers.revoke import RevocationHandler
    from mcp.server.auth.handlers.token import TokenHandler
    from mcp.server.auth.middleware.client_auth import ClientAuthenticator
    from mcp.server.auth.settings import ClientRegistrationOptions

    from telemachy.interfaces.mcp.oauth import Provider

    provider = Provider()
    authenticator = ClientAuthenticator(provider)
    options = ClientRegistrationOptions(enabled=True, valid_scopes=[*oauth.ALL_SCOPES, "offline_access"])
    return {
        oauth.TOKEN: TokenHandler(provider, authenticator).handle,
        oauth.REGISTER: RegistrationHandler(provider, options).handle,
        oauth.REVOKE: RevocationHandler(provider, authenticator).handle,
    }
