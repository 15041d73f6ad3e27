"""Who may say how a case turned out, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.relationships.policies import situations
from telemachy.core.shared.verdict import ALLOWED, Verdict, not_now, refused

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Situation


def report(actor: Person, situation: Situation) -> Verdict:
    """Report the outcome: the learner whose case it is, once it is decided."""
    if situation.learner_id != actor.pk:
        return refused(_("This step belongs to the learner whose case it is."))
    return situations.under_way(actor, situation) and _decided(situation)


def check(actor: Person, situation: Situation) -> Verdict:
    """Report an automatic check: anyone but the learner whose case it is, once it is decided.

    Which situations a verifier's key reaches at all is the key's own bound.
    """
    if situation.learner_id == actor.pk:
        return refused(_("Nobody checks their own case."))
    return _decided(situation)


def _decided(situation: Situation) -> Verdict:
    if situation.decided_at is None:
        return not_now(_("The decision comes before the outcome."))
    return ALLOWED
