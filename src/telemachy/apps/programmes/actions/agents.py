"""Say in which programmes an agent may take a place."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.people import policies as people
from telemachy.core.shared.errors import BadInput

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.programmes.models import Programme


@action
def allow(*, agent: Person, programmes: Collection[Programme], by: Person, now: datetime) -> None:
    """Let the agent take places in these programmes and no others. Raises NotAllowed, BadInput.

    Places it has already stay.
    """
    people.look_after(by, agent).require()
    if any(one.organisation_id != agent.organisation_id for one in programmes):
        raise BadInput(_("Choose programmes of your organisation."), field="programmes")
    agent.allowed_programmes.set(programmes)
    events.record("agent.allowed", by=by, now=now, on=agent, programmes=[str(one.pk) for one in programmes])
