"""How allauth works here: nobody signs up without an invitation, and mail goes through the outbox."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import filter_users_by_email
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string

from telemachy.apps.audit.actions import outbox
from telemachy.apps.people import queries as people
from telemachy.apps.people.actions import sign_ins
from telemachy.interfaces.common import clock

if TYPE_CHECKING:
    from telemachy.apps.people.models import User

#: What the trail keeps of what allauth tells a person: the name of its letter -> verb.
NOTED = {
    "account/email/password_changed": "password.changed",
    "account/email/password_set": "password.changed",
    "account/email/password_reset": "password.reset",
    "mfa/email/totp_activated": "second_factor.added",
    "mfa/email/totp_deactivated": "second_factor.removed",
    "mfa/email/webauthn_added": "second_factor.added",
    "mfa/email/webauthn_removed": "second_factor.removed",
    "mfa/email/recovery_codes_generated": "recovery_codes.made",
}


class SecondFactor(AuthenticateStage):  # type: ignore[misc]  # allauth ships no types
    """Asks for the second factor, which an operator may remove while a browser waits for it."""

    def is_resumable(self, request: HttpRequest) -> bool:
        """Return whether there still is one; without, whoever waited signs in anew."""
        return bool(is_mfa_enabled(self.login.user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]))


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Closes the open sign-up; the accept-invitation page creates the sign-in instead."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: see AcceptInvitation."""
        return False

    def get_login_stages(self) -> list[str]:
        """Return what a sign-in goes through, with `SecondFactor` in the place of allauth's."""
        own = {"allauth.mfa.stages.AuthenticateStage": f"{__name__}.{SecondFactor.__name__}"}
        return [own.get(path, path) for path in super().get_login_stages()]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Post the mail, so that it is tried again when the mail server is away."""
        context = {"email": email, "site_url": settings.BASE_URL, **context}
        subject = render_to_string(f"{template_prefix}_subject.txt", context)
        text = render_to_string(f"{template_prefix}_message.txt", context).strip()
        outbox.post(
            to=email,
            subject=subject,
            text=text,
            html=render_to_string("mail/letter.html", {"text": text, "subject": subject}),
            key=f"account:{uuid.uuid4()}",
            headers={"Auto-Submitted": "auto-generated"},
            by=None,
            now=clock.now(),
            organisation_id=_organisation_of(context.get("user")),
        )

    def send_notification_mail(self, template_prefix: str, user: Any, *args: Any, **kwargs: Any) -> None:
        """Keep in the trail that a password or a second factor was changed."""
        if template_prefix in NOTED:
            sign_ins.note(user=user, verb=NOTED[template_prefix], by=user, now=clock.now())
        super().send_notification_mail(template_prefix, user, *args, **kwargs)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Keep in the trail that somebody failed to sign in as a person; what was typed is kept nowhere."""
        for user in filter_users_by_email(credentials.get("email", "")):
            note_failure(user)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the link of a reset letter: at our own address, whatever host the request named."""
        path: str = urlsplit(super().get_reset_password_from_key_url(key)).path
        return settings.BASE_URL + path


def note_failure(user: Any) -> None:
    """Keep that somebody did not get in as this user: by password, or by a code that was wrong."""
    sign_ins.note(user=user, verb="sign_in.failed", by=None, now=clock.now())


def _organisation_of(user: User | None) -> uuid.UUID | None:
    """Return whose administrators see it when the mail does not arrive."""
    person = people.person_of(user) if user is not None else None
    return person.organisation_id if person is not None else None
