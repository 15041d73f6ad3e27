"""Found organisations."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.people.models import Organisation
from telemachy.core.shared.errors import BadInput

if TYPE_CHECKING:
    from telemachy.apps.audit.actions.events import Actor


@action
def found(
    *, name: str, slug: str, by: Actor | None, now: datetime, language: str = "en", time_zone: str = "UTC"
) -> Organisation:
    """Found an organisation, still without people. Raises BadInput when the short name is taken."""
    if Organisation.objects.filter(slug=slug).exists():
        raise BadInput(_("An organisation with this short name exists already."), field="slug")
    organisation = Organisation.objects.create(
        name=name, slug=slug, language=language, time_zone=time_zone, created_at=now
    )
    events.record("organisation.founded", by=by, now=now, on=organisation, organisation_id=organisation.pk)
    return organisation
