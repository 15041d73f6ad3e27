"""Lay down what holds for an organisation's recordings."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.supervision.models import RecordingRules
from telemachy.apps.supervision.policies import recordings as policies
from telemachy.core.shared.errors import BadInput

if TYPE_CHECKING:
    from telemachy.apps.people.models import Organisation, Person


@action
def set_rules(
    *, organisation: Organisation, keep_days: int, learning: bool, by: Person, now: datetime
) -> None:
    """Say how long recordings are kept, and whether corrections may train. Raises NotAllowed, BadInput."""
    policies.set_rules(by, organisation).require()
    if not 1 <= keep_days <= settings.RECORDING_DAYS:
        raise BadInput(
            _("Choose 1 to %(n)d days; the installation keeps nothing longer.")
            % {"n": settings.RECORDING_DAYS},
            field="keep_days",
        )
    RecordingRules.objects.update_or_create(
        organisation=organisation,
        defaults={"keep_days": keep_days, "learning": learning, "changed_at": now},
    )
    events.record("recording_rules.changed", by=by, now=now, keep_days=keep_days, learning=learning)
