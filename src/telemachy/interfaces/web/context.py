"""What the frame of every page shows: navigation, unread news, the account menu."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from telemachy import __version__
from telemachy.apps.assist.queries import budgets
from telemachy.apps.people import queries as people
from telemachy.apps.people.queries import news
from telemachy.apps.practice.queries import commitments
from telemachy.apps.programmes import queries as programmes
from telemachy.apps.relationships.queries import relationships
from telemachy.apps.supervision.queries import assessments, cases, recordings

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

#: Where the pages lie that belong to a first screen without lying below it.
_OF_PAIRS = ("relationships", "situations", "goals", "activities", "thresholds", "training", "traces")
_OF_PROGRAMMES = ("match-runs", "matching", "proposals", "enrolments", "rosters")
_OF_REVIEWS = ("readiness", "rubrics", "credentials")
_OF_ORGANISATION = ("agents",)


#: Entries that find room side by side on a phone, "More" among them.
IN_REACH = 5


@dataclass(frozen=True, slots=True)
class NavItem:
    """One link of a navigation or of tabs."""

    label: str
    url: str
    icon: str = ""
    current: bool = False
    badge: int = 0


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give base.html what it shows; what costs a query is asked for only when a whole page is drawn."""
    person = getattr(request, "person", None)
    context: dict[str, Any] = {
        "me": person,
        "telemachy_version": __version__,
        "languages": [(code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES],
        "at_sign_in": request.path == reverse("account_login"),
        "account_menu": _once(account_menu, request),
    }
    if person is not None:
        nav = _once(navigation, request)
        context |= {
            "nav": nav,
            "n_further": lambda: _n_further(nav()),
            "further_badge": lambda: sum(item.badge for item in nav()[-_n_further(nav()) :]),
            "n_unread": _once(news.n_unread, person),
        }
    return context


def navigation(request: HttpRequest) -> list[NavItem]:
    """List the first screens of the seats that the person holds."""
    seats = relationships.seats_of(request.person)
    manages = programmes.managed_by(request.person).exists()
    administers = people.is_administrator(request.person)
    seat = _seat_here(request, seats, manages or administers)
    items = []
    if "learner" in seats or not (seats or manages or administers):
        items.append(
            _item(request, _("My development"), "situation", "my-development", beside=_pairs("learner", seat))
        )
    if "mentor" in seats:
        items.append(
            _item(request, _("My learners"), "people", "learner-list", beside=_pairs("mentor", seat))
        )
    if seats:
        items.append(_item(request, _("Sessions"), "calendar", "session-list"))
    if _coaches(request.person, seats):
        items.append(_item(request, _("Practice"), "pencil", "practice"))
    if "mentor" in seats or recordings.has_any(request.person):
        items.append(_item(request, _("Recordings"), "session", "recording-list"))
    if assessments.takes_part(request.person):
        waiting = assessments.n_waiting(request.person)
        items.append(_item(request, _("Reviews"), "debrief", "review-list", waiting, _OF_REVIEWS))
    if cases.in_supervision(request.person):
        waiting = cases.n_waiting(request.person)
        items.append(_item(request, _("Supervision"), "private", "supervision", waiting))
    if manages or administers:
        beside = (*_OF_PROGRAMMES, *_pairs("programme", seat))
        items.append(_item(request, _("Programmes"), "programme", "programme-list", beside=beside))
    if administers:
        items.append(_item(request, _("Organisation"), "settings", "organisation", beside=_OF_ORGANISATION))
    return items


def _n_further(nav: Sequence[NavItem]) -> int:
    """Return how many of the last screens a phone shows behind "More": none, where all find room."""
    return len(nav) - IN_REACH + 1 if len(nav) > IN_REACH else 0


def account_menu(request: HttpRequest) -> list[NavItem]:
    """List what a person does with an account of their own."""
    items = [
        _item(request, _("Profile"), "person", "profile"),
        _item(request, _("Availability and mail"), "settings", "preferences"),
        _item(request, _("My places and wishes"), "match", "wishes"),
        _item(request, _("E-mail address"), "mail", "account_email"),
        _item(request, _("Password"), "lock", "account_change_password"),
        _item(request, _("Two-factor sign-in"), "shield", "mfa_index"),
        _item(request, _("Where you are signed in"), "screen", "usersessions_list"),
        _item(request, _("Tokens"), "lock", "token-list"),
        _item(request, _("My agents"), "agent", "own-agents"),
        _item(request, _("Practice"), "pencil", "practice"),
        _item(request, _("Supervision"), "private", "supervision"),
        _item(request, _("Privacy and data"), "private", "privacy"),
    ]
    if budgets.place():
        items.append(_item(request, _("Language model"), "upload", "assist"))
    return items


def _seat_here(request: HttpRequest, seats: Collection[str], runs: bool) -> str:
    """Return as what the person sees the page of a pair: a seat, "programme", or "" where that is unknown."""
    if len(seats) + runs == 1:
        return next(iter(seats), "programme")
    found = getattr(request, "found", None)  # by the view
    relationship = getattr(found, "relationship", found)
    if relationship is None or relationship._meta.model_name != "relationship":
        return ""
    party = relationships.party_of(relationship, request.person)
    return party.seat if party is not None else "programme"


def _pairs(of: str, seat: str) -> tuple[str, ...]:
    """Return where the pages of pairs lie, for the screen of the seat from which this one is seen."""
    return _OF_PAIRS if of == seat else ()


def _once(ask: Callable[[Any], Any], subject: Any) -> Callable[[], Any]:
    """Put off a question until a template asks it, and ask it once."""
    return cache(lambda: ask(subject))


def _coaches(person: Person, seats: Collection[str]) -> bool:
    """Tell who has a use for practice: mentors, and leaders who coach beside their work."""
    return "mentor" in seats or programmes.mentors_somewhere(person) or commitments.of_person(person).exists()


def _item(
    request: HttpRequest, label: str, icon: str, name: str, badge: int = 0, beside: Iterable[str] = ()
) -> NavItem:
    """Return the link to a page, current on all below it and below the addresses `beside` it."""
    url, root = reverse(name), reverse("home")
    below = (url, *(f"{root}{first}/" for first in beside))
    return NavItem(label, url, icon, request.path.startswith(below), badge)
