"""Who is asked how a relationship feels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.relationships.queries import relationships as queries
from telemachy.core.shared.verdict import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Relationship


def answer(actor: Person, relationship: Relationship) -> Verdict:
    """Answer a pulse: a party of a relationship at work."""
    if queries.party_of(relationship, actor) is None:
        return refused(_("Only the two of you can say how it feels."))
    if relationship.state not in {"active", "winding_down"}:
        return refused(_("This relationship is not under way."))
    return ALLOWED
