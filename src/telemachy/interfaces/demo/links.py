"""One-click sign-ins of the demo's people."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from telemachy.apps.people import queries as people
from telemachy.apps.people.queries import organisations
from telemachy.interfaces.common import demo_links
from telemachy.interfaces.demo.content import organisation as norrvane
from telemachy.interfaces.demo.plan import people as cast

#: Role and person, in the order in which they are shown.
ROLES = (
    ("Programme manager", cast.MANAGER),
    ("Learner", cast.LEAD_LEARNER),
    ("Mentor", cast.LEAD_MENTOR),
    ("Coach", cast.COACH),
    ("Newcomer", cast.SECOND_LEARNER),
    ("Second assessor", cast.ALIKE_MENTOR),
    ("Administrator", cast.ADMINISTRATOR),
)


@dataclass(frozen=True, slots=True)
class Link:
    """Enter as somebody."""

    role: str
    name: str
    url: str


def links() -> list[Link]:
    """Return the sign-ins; none outside of demo mode or before the demo is loaded."""
    organisation = organisations.by_slug(norrvane.SLUG) if settings.DEMO else None
    if organisation is None:
        return []
    found = []
    for role, key in ROLES:
        person = people.by_address(organisation.pk, f"{key}@{norrvane.DOMAIN}")
        if person is not None and person.user_id is not None:
            path = reverse("demo-enter", args=[demo_links.sign(person.user_id)])
            found.append(Link(role, person.name, settings.BASE_URL + path))
    return found


def text(found: list[Link]) -> str:
    """Return the links as lines for a terminal."""
    if not found:
        return "No demo organisation here yet: run `telemachy demo load`."
    width = max(len(f"{link.role}: {link.name}") for link in found)
    return "\n".join(f"  {f'{link.role}: {link.name}'.ljust(width)}  {link.url}" for link in found)
