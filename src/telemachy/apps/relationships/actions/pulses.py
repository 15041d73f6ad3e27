"""Answer a pulse: one question, 1 to 5."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.relationships.models import Pulse
from telemachy.apps.relationships.policies import pulses as policies
from telemachy.apps.relationships.queries.pulses import QUESTIONS
from telemachy.core.shared.errors import BadInput
from telemachy.core.shared.scales import GRADE_MAX, GRADE_MIN

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Relationship


@action
def answer(*, relationship: Relationship, question: str, answer: int, by: Person, now: datetime) -> Pulse:
    """Say how it feels; the audit trail keeps that it was said, not what. Raises NotAllowed, BadInput.

    A number names nobody and decides nothing, so it waits for nobody who holds the pair.
    """
    policies.answer(by, relationship).require()
    if question not in QUESTIONS:
        raise BadInput(_("There is no such question."), field="question")
    if not GRADE_MIN <= answer <= GRADE_MAX:
        raise BadInput(_("An answer lies between 1 and 5."), field="answer")
    pulse = Pulse.objects.create(
        relationship=relationship, person=by, question=question, answer=answer, answered_at=now
    )
    events.record("pulse.answered", by=by, now=now, on=relationship)
    return pulse
