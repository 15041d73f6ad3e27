"""Who may remind a pair, and how often."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.programmes import policies as programmes
from telemachy.apps.relationships.queries import nudges as queries
from telemachy.core.shared.lifecycles import RELATIONSHIP_OPEN
from telemachy.core.shared.verdict import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Relationship


def nudge(actor: Person, relationship: Relationship, now: datetime) -> Verdict:
    """Remind a pair: whoever runs the programme, at most once in three days."""
    verdict = programmes.manage(actor, relationship.programme)
    if not verdict:
        return verdict
    if relationship.state not in RELATIONSHIP_OPEN:
        return refused(_("This relationship has ended; there is nobody to remind."))
    last_at = queries.last_nudge_at(relationship)
    if last_at is not None and now - last_at < queries.REST:
        return refused(_("This pair was reminded less than three days ago. Give them time."))
    if all(person.is_gone or person.is_agent for person in queries.turn_of(relationship).persons):
        return refused(_("Whoever's turn it is has left, or is an agent: there is nobody to remind."))
    return ALLOWED
