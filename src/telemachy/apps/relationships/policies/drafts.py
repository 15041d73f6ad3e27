"""Who may keep a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.relationships.models import Draft
from telemachy.core.shared.verdict import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

#: More forms than anybody has half-written at once.
MAX_DRAFTS = 200


def keep(actor: Person, key: str) -> Verdict:
    """Keep a draft: everybody their own, up to a bound."""
    others = Draft.objects.filter(person=actor).exclude(key=key)
    if others.count() >= MAX_DRAFTS:
        return refused(_("You have very many drafts; send or discard some of them first."))
    return ALLOWED
