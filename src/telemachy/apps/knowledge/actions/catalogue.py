"""Add competencies and questions to the organisation's catalogue."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.knowledge import policies
from telemachy.apps.knowledge.models import Competency, Question
from telemachy.apps.people import queries as people
from telemachy.core.shared.errors import BadInput

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person


@action
def add_competency(
    *, name: str, by: Person, now: datetime, description: str = "", proficient: str = ""
) -> Competency:
    """Add a competency. Raises NotAllowed, and BadInput when the name is taken."""
    policies.change(by).require()
    people.hold_organisation(by.organisation_id)
    if Competency.objects.filter(organisation_id=by.organisation_id, name=name).exists():
        raise BadInput(_("There is a competency of this name already."), field="name")
    competency = Competency.objects.create(
        organisation_id=by.organisation_id,
        name=name,
        description=description,
        proficient=proficient,
        created_at=now,
    )
    events.record("competency.added", by=by, now=now, on=competency)
    return competency


@action
def add_question(
    *,
    text: str,
    by: Person,
    now: datetime,
    moment: str = "question",
    phase: str = "",
    competency: Competency | None = None,
) -> Question:
    """Add a question to the bank. Raises NotAllowed, and BadInput for another organisation's competency."""
    policies.change(by).require()
    if competency is not None and competency.organisation_id != by.organisation_id:
        raise BadInput(_("Choose a competency of your organisation."), field="competency")
    question = Question.objects.create(
        organisation_id=by.organisation_id,
        competency=competency,
        moment=moment,
        phase=phase,
        text=text,
        created_at=now,
    )
    events.record("question.added", by=by, now=now, on=question)
    return question
