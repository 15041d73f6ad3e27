"""Invite people to sign in, and take up an invitation."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events, outbox
from telemachy.apps.people import policies
from telemachy.apps.people.actions import consents
from telemachy.apps.people.models import Invitation, Person, User
from telemachy.apps.people.queries import invitations as queries
from telemachy.core.shared.errors import BadInput

LIFETIME = timedelta(days=14)


@action
def invite(*, person: Person, by: Person | None, now: datetime) -> str:
    """Mail a person a link to sign in with, and return it; earlier links end.

    Whoever holds the link becomes that person: it is for an operator's eyes, and for no page. Raises BadInput
    without an e-mail address.
    """
    if not person.email or person.is_agent:
        raise BadInput(_("An invitation needs an e-mail address."), field="email")
    person.invitations.filter(accepted_at__isnull=True, revoked_at__isnull=True).update(revoked_at=now)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        person=person, token_digest=queries.digest(token), created_at=now, expires_at=now + LIFETIME
    )
    url = settings.BASE_URL + reverse("invitation-accept", args=[token])
    context = {"person": person, "organisation": person.organisation, "url": url, "invitation": invitation}
    with translation.override(person.organisation.language):
        outbox.post(
            to=person.email,
            subject=_("Your invitation to %(name)s") % {"name": person.organisation.name},
            text=render_to_string("mail/invitation.txt", context),
            html=render_to_string("mail/invitation.html", context),
            key=f"invitation:{invitation.pk}",
            by=by,
            now=now,
            organisation_id=person.organisation_id,
        )
    events.record("person.invited", by=by, now=now, on=person, organisation_id=person.organisation_id)
    return url


@action
def invite_many(*, persons: Iterable[Person], by: Person, now: datetime) -> int:
    """Invite all who can be invited and return how many; the others are left out. Raises nothing."""
    n_invited = 0
    for person in persons:
        if policies.invite(by, person):
            invite(person=person, by=by, now=now)
            n_invited += 1
    if not n_invited:
        events.unchanged()
    return n_invited


@action
def accept(
    *,
    token: str,
    password: str,
    language: str = "",
    time_zone: str = "",
    signed_in: User | None = None,
    by: None = None,
    now: datetime,
) -> User:
    """Make the sign-in that an invitation promises, or join the person to the one with that address.

    The link alone does not act for somebody who signs in already: they do it themselves, `signed_in`.
    Raises BadInput when the invitation has ended, the password is too weak, or they are not signed in.
    """
    invitation = queries.open_invitation(token, now, held=True)
    if invitation is None:
        raise BadInput(
            _("This invitation has ended. Ask for a new one, or sign in if you have done so before.")
        )
    person = invitation.person
    user = User.objects.filter(email=person.email).first()
    if user is None:
        try:
            password_validation.validate_password(password, User(email=person.email))
        except ValidationError as error:
            raise BadInput(" ".join(error.messages), field="password") from error
        user = User.objects.create_user(person.email, password, language=language)
    elif signed_in is None or signed_in.pk != user.pk:
        raise BadInput(_("Sign in as %(email)s first, then open the link again.") % {"email": person.email})
    person.user = user
    person.time_zone = time_zone or person.time_zone
    person.save(update_fields=["user", "time_zone"])
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    consents.give(person=person, purpose="matching", by=person, now=now)
    events.record("invitation.accepted", by=person, now=now, on=person)
    return user
