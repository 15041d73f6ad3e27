"""What a person agrees to, in the words they saw."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.people import policies
from telemachy.apps.people.models import Consent, Person
from telemachy.apps.people.queries.privacy import PURPOSES
from telemachy.core.shared.errors import BadInput


@action
def give(*, person: Person, purpose: str, by: Person, now: datetime) -> None:
    """Agree to a purpose. Raises NotAllowed, BadInput for a purpose that nobody asks for."""
    policies.change(by, person).require()
    _check(purpose)
    if person.consents.filter(purpose=purpose, withdrawn_at__isnull=True).exists():
        events.unchanged()
        return
    Consent.objects.create(person=person, purpose=purpose, wording=str(PURPOSES[purpose]), given_at=now)
    events.record("consent.given", by=by, now=now, on=person, purpose=purpose)


@action
def withdraw(*, person: Person, purpose: str, by: Person, now: datetime) -> None:
    """Take a consent back; without the one for matching no new pair is proposed. Raises as `give`."""
    policies.change(by, person).require()
    _check(purpose)
    n_ended = person.consents.filter(purpose=purpose, withdrawn_at__isnull=True).update(withdrawn_at=now)
    if not n_ended:
        events.unchanged()
        return
    events.record("consent.withdrawn", by=by, now=now, on=person, purpose=purpose)


def _check(purpose: str) -> None:
    if purpose not in PURPOSES:
        raise BadInput(_("Choose one of the purposes on the list."), field="purpose")
