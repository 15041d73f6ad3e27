"""Let one's words be sent to the language model, and take that back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from telemachy.apps.assist import policies
from telemachy.apps.assist.models import Agreement
from telemachy.apps.assist.queries import agreements as queries
from telemachy.apps.assist.queries import budgets
from telemachy.apps.audit.actions import action, events

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person


@action
def agree(*, by: Person, now: datetime) -> None:
    """Agree to the model as it is set now, in the words of the notice. Raises NotAllowed."""
    policies.agree(by).require()
    place = budgets.place()
    if place is None or queries.of_person(by) is not None:
        events.unchanged()
        return
    wording = "\n".join(queries.notice(place))
    Agreement.objects.create(person=by, host=place.host, model=place.model, wording=wording, agreed_at=now)
    events.record("assist.agreed", by=by, now=now, host=place.host, model=place.model)


@action
def withdraw(*, by: Person, now: datetime) -> None:
    """Take it back: none of the person's words are sent from now on. Raises nothing."""
    if Agreement.objects.filter(person=by, withdrawn_at__isnull=True).update(withdrawn_at=now):
        events.record("assist.withdrawn", by=by, now=now)
    else:
        events.unchanged()
