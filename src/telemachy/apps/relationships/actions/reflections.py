"""Write, share and remove reflections: private unless their writer says otherwise."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.relationships.actions.steps import hold
from telemachy.apps.relationships.models import Reflection
from telemachy.apps.relationships.policies import reflections as policies
from telemachy.core.shared.errors import BadInput

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Relationship


@action
def write(
    *,
    by: Person,
    now: datetime,
    prompt: str,
    text: str,
    relationship: Relationship | None = None,
    shared: bool = False,
) -> Reflection:
    """Keep a thought; shared ones are read by the others of the relationship. Raises NotAllowed, BadInput."""
    relationship = hold(relationship) if relationship is not None else None
    policies.write(by, relationship).require()
    if not text.strip():
        raise BadInput(_("Write a line or two first."), field="text")
    reflection = Reflection.objects.create(
        person=by,
        relationship=relationship,
        prompt=prompt[:300],
        text=text.strip(),
        shared=shared and relationship is not None,
        written_at=now,
    )
    events.record("reflection.written", by=by, now=now, on=reflection)
    return reflection


@action
def share(*, reflection: Reflection, shared: bool, by: Person, now: datetime) -> None:
    """Let the others of the relationship read it, or take it back. Raises NotAllowed, BadInput."""
    reflection = _locked(reflection)
    policies.change(by, reflection).require()
    if shared and reflection.relationship_id is None:
        raise BadInput(_("This reflection belongs to no relationship, so there is nobody to share it with."))
    reflection.shared = shared
    reflection.save(update_fields=["shared"])
    events.record("reflection.shared" if shared else "reflection.taken_back", by=by, now=now, on=reflection)


@action
def remove(*, reflection: Reflection, by: Person, now: datetime) -> None:
    """Delete a reflection for good. Raises NotAllowed."""
    reflection = _locked(reflection)
    policies.change(by, reflection).require()
    events.record("reflection.removed", by=by, now=now, on=reflection)
    reflection.delete()


def _locked(reflection: Reflection) -> Reflection:
    """Return the row as it is now, it and its pair, if it has one, held until the transaction ends."""
    if reflection.relationship is not None:
        hold(reflection.relationship)
    return Reflection.objects.select_for_update(of=("self",)).get(pk=reflection.pk)
