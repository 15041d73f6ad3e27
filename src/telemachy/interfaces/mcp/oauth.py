"""Applications register, fetch, renew and give back tokens here; the protocol itself is the library's.

Whom a token stands for and what it may do is decided on a page (`web/views/oauth.py`), not here.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from asgiref.sync import sync_to_async
from mcp.server.auth.provider import (
    AccessToken,
    AuthorizationCode,
    AuthorizationParams,
    OAuthAuthorizationServerProvider,
    RefreshToken,
    RegistrationError,
    RegistrationErrorCode,
    TokenError,
)
from mcp.shared.auth import OAuthClientInformationFull, OAuthToken
from pydantic import AnyUrl

from telemachy.apps.integrations.actions import oauth as actions
from telemachy.apps.integrations.queries import oauth as queries
from telemachy.apps.integrations.queries import tokens
from telemachy.core.shared.errors import BadInput, TelemachyError
from telemachy.interfaces.common import clock, oauth

if TYPE_CHECKING:
    from telemachy.apps.integrations.models import AuthorisationCode, Renewal, Token

#: Expiry is asked of the product's clock in `queries`; the library's own look at it finds nothing.
NEVER = float("inf")


class Code(AuthorizationCode):
    """A code with its row, which the library hands back."""

    row: Any


class Refresh(RefreshToken):
    """A refresh token with its row."""

    row: Any


class Access(AccessToken):
    """A token with its row."""

    row: Any


class Provider(OAuthAuthorizationServerProvider[Code, Refresh, Access]):
    """What the library asks of whoever keeps applications and tokens."""

    async def get_client(self, client_id: str) -> OAuthClientInformationFull | None:
        """Return the application with this id."""
        found = await sync_to_async(queries.application)(client_id)
        return None if found is None else oauth.client_of(found)

    async def register_client(self, client_info: OAuthClientInformationFull) -> None:
        """Take an application down; what it is told is what was taken down, and never a secret."""
        uris = [str(uri) for uri in client_info.redirect_uris or ()]
        try:
            row = await sync_to_async(actions.register)(
                name=client_info.client_name or "", redirect_uris=uris, by=None, now=clock.now()
            )
        except BadInput as error:
            about_uris = error.field == "redirect_uris"
            code: RegistrationErrorCode = "invalid_redirect_uri" if about_uris else "invalid_client_metadata"
            raise RegistrationError(code, str(error)) from None
        except TelemachyError as error:
            raise RegistrationError("invalid_client_metadata", str(error)) from None
        taken = oauth.client_of(row).model_dump() | {"client_id_issued_at": int(row.created_at.timestamp())}
        for name in type(client_info).model_fields:
            setattr(client_info, name, taken[name])

    async def authorize(self, client: OAuthClientInformationFull, params: AuthorizationParams) -> str:
        """Never called: people allow on a page."""
        raise NotImplementedError

    async def load_authorization_code(
        self, client: OAuthClientInformationFull, authorization_code: str
    ) -> Code | None:
        """Return a code that can be used; one that is shown again ends what came of it."""
        row = await sync_to_async(_code)(client.client_id, authorization_code, clock.now())
        if row is None:
            return None
        return Code(
            code=authorization_code,
            scopes=row.scopes,
            expires_at=NEVER,
            client_id=client.client_id,
            code_challenge=row.challenge,
            redirect_uri=AnyUrl(row.redirect_uri),
            redirect_uri_provided_explicitly=row.names_uri,
            row=row,
        )

    async def exchange_authorization_code(
        self, client: OAuthClientInformationFull, authorization_code: Code
    ) -> OAuthToken:
        """Make the token."""
        row = authorization_code.row
        return await _handed(actions.exchange, code=row, by=row.granted_by)

    async def load_refresh_token(
        self, client: OAuthClientInformationFull, refresh_token: str
    ) -> Refresh | None:
        """Return a refresh token that can be used; one that is shown again ends its token."""
        row = await sync_to_async(_renewal)(client.client_id, refresh_token, clock.now())
        if row is None:
            return None
        return Refresh(token=refresh_token, client_id=client.client_id, scopes=row.token.scopes, row=row)

    async def exchange_refresh_token(
        self, client: OAuthClientInformationFull, refresh_token: Refresh, scopes: list[str]
    ) -> OAuthToken:
        """Renew the token with all that was allowed: what it holds is said in the answer."""
        row = refresh_token.row
        return await _handed(actions.renew, renewal=row, by=row.token.made_by)

    async def load_access_token(self, token: str) -> Access | None:
        """Return a token of an application."""
        row = await sync_to_async(tokens.by_secret)(token)
        if row is None or row.application_id is None:
            return None
        return Access(token=token, client_id=str(row.application_id), scopes=row.scopes, row=row)

    async def revoke_token(self, token: Access | Refresh) -> None:
        """End a token, whichever of its secrets was given back."""
        row: Token = token.row if isinstance(token, Access) else token.row.token
        await sync_to_async(actions.end)(token=row, because="given back", by=row.person, now=clock.now())


async def _handed(act: Any, **given: Any) -> OAuthToken:
    now = clock.now()
    try:
        made: actions.Secrets = await sync_to_async(act)(**given, now=now)
    except TelemachyError as error:
        raise TokenError("invalid_grant", str(error)) from None
    ends_at = made.token.secret_ends_at
    assert ends_at is not None
    return OAuthToken(
        access_token=made.access,
        refresh_token=made.refresh,
        expires_in=int((min(ends_at, made.token.expires_at) - now).total_seconds()),
        scope=" ".join(made.token.scopes),
    )


def _code(client_id: str, secret: str, now: datetime) -> AuthorisationCode | None:
    row = queries.code(client_id, secret)
    if row is None:
        return None
    if row.used_at is None:
        return row if now < row.created_at + queries.CODE_LIVES else None
    if row.token is not None:
        actions.end(token=row.token, because="code shown again", by=row.person, now=now)
    return None


def _renewal(client_id: str, secret: str, now: datetime) -> Renewal | None:
    row = queries.renewal(client_id, secret)
    if row is None or not queries.can_renew(row.token, now):
        return None
    if row.used_at is None:
        return row
    actions.end(token=row.token, because="refresh token shown again", by=row.token.person, now=now)
    return None
