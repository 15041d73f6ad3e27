"""Add persons to an organisation and change them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.people.models import Organisation, Person
from telemachy.core.shared.errors import BadInput

if TYPE_CHECKING:
    from uuid import UUID


@action
def add(
    *, organisation_id: UUID, name: str, email: str, by: Person | None, now: datetime, **fields: Any
) -> Person:
    """Add a person to the organisation. Raises BadInput when somebody there has the e-mail address."""
    email = email.strip().lower()
    if email and Person.objects.filter(organisation_id=organisation_id, email=email).exists():
        raise BadInput(_("Somebody with this e-mail address is here already."), field="email")
    organisation = Organisation.objects.get(pk=organisation_id)
    fields.setdefault("time_zone", organisation.time_zone)
    person = Person.objects.create(organisation=organisation, name=name, email=email, created_at=now, **fields)
    events.record("person.added", by=by, now=now, on=person, organisation_id=organisation_id)
    return person
