"""Register applications, allow them a token, hand it out, renew it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.integrations import policies
from telemachy.apps.integrations.actions.tokens import LONGEST_DAYS
from telemachy.apps.integrations.models import Application, AuthorisationCode, Renewal, Token
from telemachy.apps.integrations.queries import oauth as queries
from telemachy.apps.integrations.queries import tokens
from telemachy.core.shared.errors import BadInput, WrongState

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person


@dataclass(frozen=True, slots=True)
class Secrets:
    """What an application is handed, once: the token's secret, and the one that renews it."""

    token: Token
    access: str
    refresh: str


@action
def register(*, name: str, redirect_uris: Sequence[str], by: None, now: datetime) -> Application:
    """Take down what an application says of itself. Raises BadInput, WrongState when too many wait."""
    events.unchanged()
    if not 1 <= len(redirect_uris) <= queries.MOST_URIS:
        raise BadInput(f"Name 1 to {queries.MOST_URIS} addresses.", field="redirect_uris")
    for uri in redirect_uris:
        queries.check_uri(uri)
    shown = " ".join(name.split())[:100]
    if not shown.isprintable():
        raise BadInput("A name has printable characters only.", field="client_name")
    if queries.is_full():
        raise WrongState("Too many applications wait for their first token. Try again tomorrow.")
    return Application.objects.create(name=shown, redirect_uris=list(redirect_uris), created_at=now)


@action
def allow(
    *,
    application: Application,
    kind: str,
    person: Person,
    scopes: Sequence[str],
    days: int,
    challenge: str,
    redirect_uri: str,
    names_uri: bool,
    audience: str,
    by: Person,
    now: datetime,
) -> str:
    """Allow an application a token, and return the code it fetches it with. Raises NotAllowed, BadInput."""
    wanted = sorted(set(scopes))
    policies.make_token(by, person, kind, wanted, None).require()
    if not wanted:
        raise BadInput(_("Say what the application may do."), field="scopes")
    if not 1 <= days <= LONGEST_DAYS:
        raise BadInput(_("A token lives for 1 to %(n)d days.") % {"n": LONGEST_DAYS}, field="days")
    secret = queries.CODE_MARK + secrets.token_urlsafe(32)
    code = AuthorisationCode.objects.create(
        application=application,
        digest=tokens.digest(secret),
        person=person,
        granted_by=by,
        scopes=wanted,
        days=days,
        challenge=challenge,
        redirect_uri=redirect_uri,
        names_uri=names_uri,
        audience=audience,
        created_at=now,
    )
    events.record(
        "application.allowed",
        by=by,
        now=now,
        on=code,
        application=str(application.pk),
        scopes=wanted,
        person=str(person.pk),
    )
    return secret


@action
def exchange(*, code: AuthorisationCode, by: Person, now: datetime) -> Secrets:
    """Make the token that was allowed. Raises NotAllowed, and WrongState when the code was used."""
    kind = "agent" if code.person.is_agent else "personal"
    policies.make_token(by, code.person, kind, code.scopes, None).require()
    if not AuthorisationCode.objects.filter(pk=code.pk, used_at=None).update(used_at=now):
        raise WrongState(_("This code was used."))
    access = tokens.MARK + secrets.token_urlsafe(32)
    token = Token.objects.create(
        kind=kind,
        person=code.person,
        name=code.application.name or _("An application without a name"),
        prefix=access[: tokens.PREFIX],
        digest=tokens.digest(access),
        scopes=code.scopes,
        application=code.application,
        audience=code.audience,
        made_by=by,
        created_at=now,
        secret_ends_at=now + queries.SECRET_LIVES,
        expires_at=now + timedelta(days=code.days),
    )
    AuthorisationCode.objects.filter(pk=code.pk).update(token=token)
    events.record(
        "token.made", by=by, now=now, on=token, kind=kind, scopes=token.scopes, person=str(token.person_id)
    )
    return Secrets(token, access, _renewal(token, now))


@action
def renew(*, renewal: Renewal, by: Person, now: datetime) -> Secrets:
    """Give the token a new secret; the one before ends.

    Raises NotAllowed when whoever allowed it could not do so today, and WrongState when this was used before.
    """
    token = renewal.token
    policies.make_token(by, token.person, token.kind, token.scopes, None).require()
    if not Renewal.objects.filter(pk=renewal.pk, used_at=None).update(used_at=now):
        raise WrongState(_("This refresh token was used."))
    access = tokens.MARK + secrets.token_urlsafe(32)
    token.digest, token.prefix = tokens.digest(access), access[: tokens.PREFIX]
    token.secret_ends_at = now + queries.SECRET_LIVES
    token.save(update_fields=["digest", "prefix", "secret_ends_at"])
    events.record("token.renewed", by=by, now=now, on=token, kind=token.kind)
    return Secrets(token, access, _renewal(token, now))


@action
def end(*, token: Token, because: str, by: Person, now: datetime) -> None:
    """End a token: its application gave it back, or a secret was shown twice and may be in other hands."""
    if Token.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=now):
        events.record("token.revoked", by=by, now=now, on=token, kind=token.kind, because=because)
    else:
        events.unchanged()


@action
def forget(*, by: None, now: datetime) -> int:
    """Delete what nobody can use any more: old codes and renewals, applications never allowed anything."""
    events.unchanged()
    long_ago = now - queries.UNUSED_KEPT_FOR
    n_codes, _rows = AuthorisationCode.objects.filter(created_at__lt=long_ago).delete()
    n_used, _rows = Renewal.objects.filter(used_at__lt=now - queries.USED_KEPT_FOR).delete()
    unused = Application.objects.filter(created_at__lt=long_ago, codes=None, tokens=None)
    return n_codes + n_used + unused.delete()[0]


def _renewal(token: Token, now: datetime) -> str:
    secret = queries.RENEWAL_MARK + secrets.token_urlsafe(32)
    Renewal.objects.create(token=token, digest=tokens.digest(secret), created_at=now)
    return secret
