"""Who may write, share and remove reflections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.relationships.queries import relationships as queries
from telemachy.core.shared.verdict import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Reflection, Relationship


def write(actor: Person, relationship: Relationship | None) -> Verdict:
    """Write one: for oneself, or in a relationship one has a seat in."""
    if relationship is None or queries.party_of(relationship, actor) is not None:
        return ALLOWED
    return refused(_("You can only reflect on a relationship of your own."))


def change(actor: Person, reflection: Reflection) -> Verdict:
    """Share it, take it back, or remove it: whoever wrote it."""
    if reflection.person_id == actor.pk:
        return ALLOWED
    return refused(_("A reflection belongs to whoever wrote it."))
