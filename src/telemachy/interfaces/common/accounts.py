"""How allauth works here: nobody signs up without an invitation."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Closes the open sign-up; the accept-invitation page creates the sign-in instead."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: see AcceptInvitation."""
        return False
