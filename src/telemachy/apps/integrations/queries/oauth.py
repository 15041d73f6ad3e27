"""Applications that ask for tokens, and what they bring back for one."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from telemachy.apps.integrations.models import Application, AuthorisationCode, Renewal, Token
from telemachy.apps.integrations.queries import tokens
from telemachy.core.shared.addresses import OWN_MACHINE
from telemachy.core.shared.errors import BadInput

#: What each secret begins with, so that one kind is never taken for another.
CODE_MARK, RENEWAL_MARK = "tmc_", "tmr_"
#: A code is fetched by a program that waits for it.
CODE_LIVES = timedelta(minutes=1)
#: The secret of a token that an application renews.
SECRET_LIVES = timedelta(hours=1)
#: The most that strangers can leave behind: applications that never had a token.
MOST_UNUSED = 2_000
UNUSED_KEPT_FOR = timedelta(days=2)
#: For so long a refresh token that was used is known again when somebody shows it.
USED_KEPT_FOR = timedelta(days=30)

MOST_URIS, LONGEST_URI = 10, 500
#: A host and a port, and nothing that could mean more in a header.
_HOST = re.compile(r"([A-Za-z0-9.-]+|\[::1\])(:\d{1,5})?")
#: Schemes of editors that take answers themselves; any other has to hold a dot, as RFC 8252 asks, which
#: keeps out whatever a browser runs or reads itself (javascript, data, file).
EDITORS = frozenset({"cursor", "vscode", "vscode-insiders", "vscodium", "windsurf", "zed"})


def check_uri(uri: str) -> None:
    """Raise BadInput unless answers may be sent to this address."""
    parts = urlsplit(uri)
    is_web = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in OWN_MACHINE)
    is_native = parts.scheme in EDITORS or "." in parts.scheme
    if len(uri) > LONGEST_URI or not uri.isascii() or not uri.isprintable():
        text = f"An address has at most {LONGEST_URI} printable ASCII characters."
        raise BadInput(text, field="redirect_uris")
    if parts.fragment or parts.username is not None:
        raise BadInput("An address holds no fragment and no user.", field="redirect_uris")
    if not is_native and not (is_web and _HOST.fullmatch(parts.netloc)):
        raise BadInput(
            "Answers go to https, to http on one's own machine, or to an application's own scheme.",
            field="redirect_uris",
        )


def application(client_id: str) -> Application | None:
    """Return the application with this id, or None."""
    try:
        return Application.objects.filter(pk=UUID(client_id)).first()
    except ValueError:
        return None


def is_full() -> bool:
    """Tell whether strangers have left as many applications as are kept."""
    return Application.objects.filter(codes=None, tokens=None).count() >= MOST_UNUSED


def code(client_id: str, secret: str) -> AuthorisationCode | None:
    """Return the application's code with this secret, used or not, or None."""
    found = AuthorisationCode.objects.filter(application_id=client_id, digest=tokens.digest(secret))
    return found.select_related("application", "person__organisation", "granted_by", "token").first()


def renewal(client_id: str, secret: str) -> Renewal | None:
    """Return the application's refresh token with this secret, used or not, or None."""
    found = Renewal.objects.filter(token__application_id=client_id, digest=tokens.digest(secret))
    return found.select_related("token__application", "token__person__organisation", "token__made_by").first()


def can_renew(token: Token, now: datetime) -> bool:
    """Tell whether a token may have a new secret: it lives, and so does whomever it stands for."""
    if token.revoked_at is not None or token.expires_at <= now:
        return False
    return not token.person.is_gone and token.made_by is not None and not token.made_by.is_gone
