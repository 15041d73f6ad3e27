"""How allauth works here: nobody signs up without an invitation, and mail goes through the outbox."""

from __future__ import annotations

import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.template.loader import render_to_string

from telemachy.apps.audit.actions import outbox
from telemachy.apps.people import queries as people
from telemachy.interfaces.common import clock


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Closes the open sign-up; the accept-invitation page creates the sign-in instead."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: see AcceptInvitation."""
        return False

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


def _organisation_of(user: AbstractBaseUser | None) -> uuid.UUID | None:
    """Return whose administrators see it when the mail does not arrive."""
    person = people.person_of(user) if user is not None else None
    return person.organisation_id if person is not None else None
