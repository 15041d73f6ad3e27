"""Who may take in an agent's past cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.relationships.policies import relationships
from telemachy.apps.relationships.queries import relationships as queries
from telemachy.core.shared.lifecycles import TRACE_IMPORT
from telemachy.core.shared.verdict import Verdict, not_now, refused

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Relationship, TraceImport


def bring(actor: Person, relationship: Relationship, learner: Person) -> Verdict:
    """Upload past cases of an agent: a human who mentors it."""
    party = queries.party_of(relationship, actor)
    if party is None or party.seat != party.Seat.MENTOR or actor.is_agent:
        return refused(_("Past cases are brought by a human who mentors the agent."))
    if not learner.is_agent:
        return refused(_("Only an agent's past cases can be taken in; people tell their own."))
    return relationships.write(actor, relationship)


def decide(actor: Person, trace_import: TraceImport, verb: str) -> Verdict:
    """Take its cases in or put the file away: who may bring one, until it is decided."""
    if not TRACE_IMPORT.allows(trace_import.state, verb):
        return not_now(_("This is decided on already."))
    return bring(actor, trace_import.relationship, trace_import.learner)
