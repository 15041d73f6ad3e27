"""Who may change the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.core.shared.verdict import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person


def change(actor: Person) -> Verdict:
    """Add to the organisation's competencies and questions: its administrators."""
    if actor.is_administrator:
        return ALLOWED
    return refused(_("Only administrators change the catalogue."))
