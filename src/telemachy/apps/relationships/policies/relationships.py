"""Who may see, read, accept, decline and end a relationship."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.relationships.queries import relationships as queries
from telemachy.core.shared.lifecycles import RELATIONSHIP
from telemachy.core.shared.verdict import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Relationship


def see(actor: Person, relationship: Relationship) -> Verdict:
    """The existence, dates and states: parties, and who runs the programme."""
    if queries.visible_to(actor).filter(pk=relationship.pk).exists():
        return ALLOWED
    return refused(_("This relationship is not yours."))


def read(actor: Person, relationship: Relationship) -> Verdict:
    """The content: parties only, and never a programme manager."""
    if queries.party_of(relationship, actor) is not None:
        return ALLOWED
    return refused(_("What a pair writes belongs to the pair."))


def accept(actor: Person, relationship: Relationship) -> Verdict:
    """Say yes to a proposed pair: a party who has not yet done so."""
    party = queries.party_of(relationship, actor)
    if party is None:
        return refused(_("Only those who are invited can accept."))
    if party.accepted_at is not None:
        return refused(_("You have accepted already."))
    return _possible(relationship, "accept")


def decline(actor: Person, relationship: Relationship) -> Verdict:
    """Say no before the charter is begun; nobody is told why."""
    if queries.party_of(relationship, actor) is None:
        return refused(_("Only those who are invited can decline."))
    return _possible(relationship, "decline")


def unwind(actor: Person, relationship: Relationship) -> Verdict:
    """End it without fault: either side, at any time once accepted."""
    if queries.party_of(relationship, actor) is None:
        return refused(_("Only the two of you can end the relationship."))
    return _possible(relationship, "unwind")


def write(actor: Person, relationship: Relationship) -> Verdict:
    """Add content (goals, sessions, situations): a party of a pair that is under way."""
    if queries.party_of(relationship, actor) is None:
        return refused(_("What a pair writes belongs to the pair."))
    if relationship.state not in {"contracting", "active", "winding_down"}:
        return refused(_("This relationship is not under way."))
    return ALLOWED


def _possible(relationship: Relationship, verb: str) -> Verdict:
    if RELATIONSHIP.allows(relationship.state, verb):
        return ALLOWED
    return refused(_("That step is not possible any more: the relationship has moved on."))
