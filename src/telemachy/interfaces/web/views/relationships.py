"""A relationship: the invitation, what is next, and its end."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from telemachy.apps.relationships.queries import relationships as queries
from telemachy.interfaces.web.context import NavItem
from telemachy.interfaces.web.views.base import PersonView

if TYPE_CHECKING:
    from telemachy.apps.relationships.models import Relationship


def relationship_tabs(relationship: Relationship, current: str) -> list[NavItem]:
    """Return the navigation of a relationship for its parties; `current` is the name of the page's address.

    Addresses: relationship, charter, goal-list, plan, session-list, relationship-situations.
    """
    pk = relationship.pk
    pages = [
        ("relationship", _("Overview"), _address("relationship", pk)),
        ("charter", _("Charter"), _address("charter", pk)),
        ("goal-list", _("Goals"), _address("goal-list", pk)),
        ("plan", _("Plan"), _address("plan", pk)),
        ("session-list", _("Sessions"), f"{_address('session-list')}?relationship={pk}"),
        ("relationship-situations", _("Situations"), _address("relationship-situations", pk)),
    ]
    return [NavItem(label, url, current=name == current) for name, label, url in pages if url]


def _address(name: str, *args: UUID) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


class ShowRelationship(PersonView):
    """Where the pair stands and what comes next."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the overview to a party, the signals to whoever runs the programme."""
        relationship = self.find(queries.visible_to(self.person).select_related("programme"), pk=pk)
        context = {"relationship": relationship, "tabs": relationship_tabs(relationship, "relationship")}
        return render(request, "relationships/relationship.html", context)
