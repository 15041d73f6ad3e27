"""Make and end tokens; note their use."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.integrations import policies
from telemachy.apps.integrations.models import Token
from telemachy.apps.integrations.queries import tokens as queries
from telemachy.core.shared.errors import BadInput

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.programmes.models import Programme

LONGEST_DAYS = 366


@action
def make(
    *,
    kind: str,
    person: Person,
    name: str,
    scopes: Sequence[str],
    days: int,
    by: Person,
    now: datetime,
    programme: Programme | None = None,
) -> tuple[Token, str]:
    """Make a token and return it with its secret, which cannot be read again. Raises NotAllowed, BadInput."""
    wanted = sorted(set(scopes))
    policies.make_token(by, person, kind, wanted, programme).require()
    if not name.strip():
        raise BadInput(_("Give the token a name that says who uses it."), field="name")
    if not wanted:
        raise BadInput(_("Say what the token may do."), field="scopes")
    if not 1 <= days <= LONGEST_DAYS:
        raise BadInput(_("A token lives for 1 to %(n)d days.") % {"n": LONGEST_DAYS}, field="days")
    secret = queries.MARK + secrets.token_urlsafe(32)
    token = Token.objects.create(
        kind=kind,
        person=person,
        name=name.strip(),
        prefix=secret[: queries.PREFIX],
        digest=queries.digest(secret),
        scopes=wanted,
        programme=programme,
        made_by=by,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    events.record("token.made", by=by, now=now, on=token, kind=kind, scopes=wanted, person=str(person.pk))
    return token, secret


@action
def revoke(*, token: Token, by: Person, now: datetime) -> None:
    """End a token at once; a second time changes nothing. Raises NotAllowed."""
    policies.revoke_token(by, token).require()
    if Token.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=now):
        events.record("token.revoked", by=by, now=now, on=token, kind=token.kind)
    else:
        events.unchanged()


@action
def note_use(*, token: Token, by: Person, now: datetime) -> None:
    """Note when the token was last used; its use is in the trail by what was done with it."""
    events.unchanged()
    if queries.is_use_due(token, now):
        Token.objects.filter(pk=token.pk).update(last_used_at=now)
