"""What the frame of every page shows: navigation, unread news, the account menu."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from telemachy import __version__


@dataclass(frozen=True, slots=True)
class NavItem:
    """One link of a navigation or of tabs."""

    label: str
    url: str
    icon: str = ""
    current: bool = False
    badge: int = 0


def _address(*names: str) -> str:
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return ""


def _item(request: HttpRequest, label: str, icon: str, *names: str, badge: int = 0) -> NavItem | None:
    url = _address(*names)
    return NavItem(label, url, icon, request.path.startswith(url), badge) if url else None


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give base.html its navigation, the person signed in and the count of unread news."""
    person = getattr(request, "person", None)
    context: dict[str, Any] = {
        "me": person,
        "version": __version__,
        "languages": [(code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES],
        "language_url": _address("set_language"),
        "sign_in_url": _address("account_login"),
    }
    if person is not None:
        context |= {
            "nav": navigation(request),
            "account_menu": account_menu(request),
            "notifications_url": _address("notification-list", "notifications"),
            "n_unread": 0,
        }
    return context


def navigation(request: HttpRequest) -> list[NavItem]:
    """List the first screens of the roles that the person has."""
    items = [
        _item(request, _("My development"), "situation", "my-development"),
        _item(request, _("My learners"), "people", "learner-list"),
        _item(request, _("Sessions"), "calendar", "session-list"),
        _item(request, _("Programmes"), "programme", "programme-list"),
        _item(request, _("Organisation"), "settings", "organisation"),
    ]
    return [item for item in items if item]


def account_menu(request: HttpRequest) -> list[NavItem]:
    """List what a person does with an account of their own."""
    items = [
        _item(request, _("Profile"), "person", "profile", "profile-edit"),
        _item(request, _("Security"), "shield", "mfa_index"),
        _item(request, _("Privacy and data"), "lock", "privacy", "data-export"),
    ]
    return [item for item in items if item]
