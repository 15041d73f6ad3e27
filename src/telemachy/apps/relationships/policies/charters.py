"""Who may write and agree to a charter, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.relationships.policies import relationships
from telemachy.apps.relationships.queries import charters as queries
from telemachy.core.shared.verdict import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Relationship


def draft(actor: Person, relationship: Relationship) -> Verdict:
    """Begin from the programme's draft: the first party who opens it."""
    verdict = relationships.write(actor, relationship)
    if verdict and queries.standing(relationship).latest is not None:
        return refused(_("The charter is begun already."))
    return verdict


def propose(actor: Person, relationship: Relationship) -> Verdict:
    """Propose a new version: every party, at any time while the relationship is under way."""
    verdict = relationships.write(actor, relationship)
    if verdict and queries.standing(relationship).latest is None:
        return refused(_("Begin the charter first."))
    return verdict


def agree(actor: Person, relationship: Relationship) -> Verdict:
    """Agree to the version that waits: every party who has not yet."""
    verdict = relationships.write(actor, relationship)
    if not verdict:
        return verdict
    now = queries.standing(relationship)
    if now.pending is None:
        return refused(_("No version of the charter waits for agreement."))
    if any(party.person_id == actor.pk for party in now.agreed):
        return refused(_("You have agreed to this version already."))
    if not now.pending.success.strip():
        return refused(_("The charter does not yet say what success looks like. Write that first."))
    return ALLOWED
