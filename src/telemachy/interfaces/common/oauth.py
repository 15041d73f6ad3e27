"""What pages and endpoints both know of OAuth: who this server is, what an application is."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings

from telemachy.apps.integrations.queries.scopes import OF_KIND, SCOPES
from telemachy.core.shared.addresses import OWN_MACHINE

if TYPE_CHECKING:
    from mcp.shared.auth import OAuthClientInformationFull
    from pydantic import AnyUrl

    from telemachy.apps.integrations.models import Application

MCP_PATH = "/mcp"
#: Where clients look that have not read, or have forgotten, where to look.
AUTHORISE, TOKEN, REGISTER, REVOKE = "/authorize", "/token", "/register", "/revoke"
#: What an application asks for that does not say: what agents do.
USUAL_SCOPES = tuple(scope for scope in SCOPES if scope in OF_KIND["agent"])
#: What people can allow at all.
ALL_SCOPES = tuple(scope for scope in SCOPES if scope in OF_KIND["personal"])


def audience() -> str:
    """Return the one resource that tokens of applications open: the server of the agents' protocol."""
    return f"{settings.BASE_URL}{MCP_PATH}"


def is_audience(resource: str) -> bool:
    """Tell whether a resource indicator (RFC 8707) means this server."""
    return resource.rstrip("/") == audience()


def challenge_header() -> str:
    """Return what a refused call of the agents' protocol is told: where a token is to be had (RFC 9728)."""
    known = f"{settings.BASE_URL}/.well-known/oauth-protected-resource{MCP_PATH}"
    return f'Bearer realm="telemachy", resource_metadata="{known}", scope="{" ".join(USUAL_SCOPES)}"'


def client_of(application: Application) -> OAuthClientInformationFull:
    """Return an application as the protocol's library takes it: public, proved by its code challenge."""
    from mcp.shared.auth import InvalidRedirectUriError, OAuthClientInformationFull

    class Client(OAuthClientInformationFull):
        def validate_redirect_uri(self, redirect_uri: AnyUrl | None) -> AnyUrl:
            """Let a program on one's own machine listen at any port (RFC 8252), all else as registered."""
            try:
                return super().validate_redirect_uri(redirect_uri)
            except InvalidRedirectUriError:
                known = {_portless(str(uri)) for uri in self.redirect_uris or ()}
                if redirect_uri is None or _portless(str(redirect_uri)) not in known - {""}:
                    raise
                return redirect_uri

    return Client(
        client_id=str(application.pk),
        client_name=application.name,
        redirect_uris=application.redirect_uris,
        token_endpoint_auth_method="none",  # noqa: S106 - the protocol's word for a public client
        grant_types=["authorization_code", "refresh_token"],
        scope=" ".join(ALL_SCOPES),
    )


def _portless(uri: str) -> str:
    """Return an address on one's own machine without its port; "" for any other."""
    parts = urlsplit(uri)
    if parts.scheme != "http" or parts.hostname not in OWN_MACHINE:
        return ""
    return parts._replace(netloc=parts.hostname or "").geturl()
