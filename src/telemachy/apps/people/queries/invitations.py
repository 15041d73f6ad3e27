"""What may be known of an invitation by whoever holds its link."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from telemachy.apps.people.models import Invitation, Person, User

#: Whoever clicks twice, or types an address again at once, means one invitation.
A_MOMENT = timedelta(minutes=5)


def digest(token: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_invitation(token: str, now: datetime, *, held: bool = False) -> Invitation | None:
    """Return the invitation that a link stands for, unless it was used, revoked, or its time is over.

    Whoever signs in already is invited to nothing: a link must never hand their sign-in to somebody else.

    `held` keeps it from being used twice until the transaction ends.
    """
    found = Invitation.objects.select_related("person__organisation").filter(
        token_digest=digest(token),
        accepted_at__isnull=True,
        revoked_at__isnull=True,
        expires_at__gt=now,
        person__user__isnull=True,
    )
    if held:
        found = found.select_for_update(of=("self",))
    return found.first()


def is_open_for(person: Person, now: datetime) -> bool:
    """Tell whether the person has a link that still works."""
    return person.invitations.filter(
        accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=now
    ).exists()


def is_just_sent(person: Person, now: datetime) -> bool:
    """Tell whether a link that still works was sent a moment ago, so that a second one would only end it."""
    waiting = person.invitations.filter(accepted_at__isnull=True, revoked_at__isnull=True)
    return waiting.filter(created_at__gt=now - A_MOMENT).exists()


def has_sign_in(invitation: Invitation) -> bool:
    """Tell whether the invited address signs in already, in another organisation."""
    return User.objects.filter(email=invitation.person.email).exists()
