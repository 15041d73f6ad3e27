"""Who may give feedback to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.relationships.policies import relationships
from telemachy.apps.relationships.queries import feedback as queries
from telemachy.core.shared.verdict import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Relationship


def give(actor: Person, relationship: Relationship, about: Person) -> Verdict:
    """Tell somebody in the other seat of the same relationship what helped."""
    verdict = relationships.tell(actor, relationship)
    if verdict and about.pk not in {person.pk for person in queries.others(relationship, actor)}:
        return refused(_("Feedback goes to whoever sits in the other seat."))
    return verdict and ALLOWED
