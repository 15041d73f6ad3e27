"""How a relationship is named and described, the same on every page of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from telemachy.apps.relationships.queries import relationships
from telemachy.interfaces.web.forms.relationship_words import SEATS, STATES

if TYPE_CHECKING:
    from telemachy.apps.relationships.models import Party, Relationship

register = template.Library()

#: Names written out in a title; a larger circle is counted.
MAX_NAMED = 3


@register.filter
def seats(relationship: Relationship) -> list[Party]:
    """Return the seats that are still held, the mentor's first."""
    return relationships.seated(relationship)


@register.filter
def title(held: list[Party]) -> str:
    """Return "Athena and Telemachus", or "Athena and a circle of 5"."""
    names = [party.person.name for party in held]
    if len(names) > MAX_NAMED:
        return _("%(mentor)s and a circle of %(n)d") % {"mentor": names[0], "n": len(names) - 1}
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


@register.filter
def seat_word(party: Party, relationship: Relationship) -> str | Promise:
    """Return what the party's seat is called in this kind of programme."""
    return SEATS[(relationship.kind if relationship.kind == "coaching" else "mentoring", party.seat)]


@register.filter
def state_word(state: str) -> str | Promise:
    """Return the state of a relationship in words."""
    return STATES[state][0]


@register.filter
def state_tone(state: str) -> str:
    """Return the tone of a state's badge."""
    return STATES[state][1]
