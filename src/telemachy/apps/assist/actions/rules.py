"""Switch a language model on or off for an organisation, up to a budget."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.assist import policies
from telemachy.apps.assist.models import AssistRules
from telemachy.apps.audit.actions import action, events
from telemachy.core.shared.errors import BadInput

if TYPE_CHECKING:
    from telemachy.apps.people.models import Organisation, Person

MOST_TOKENS = 1_000_000_000


@action
def set_rules(
    *, organisation: Organisation, on: bool, tokens_per_month: int, by: Person, now: datetime
) -> None:
    """Say whether it may be asked, and how much a month. Raises NotAllowed, BadInput."""
    policies.set_rules(by, organisation, on).require()
    if not 0 <= tokens_per_month <= MOST_TOKENS:
        raise BadInput(
            _("Choose a budget from 0 to %(most)d tokens.") % {"most": MOST_TOKENS}, field="tokens_per_month"
        )
    AssistRules.objects.update_or_create(
        organisation=organisation,
        defaults={"on": on, "tokens_per_month": tokens_per_month, "changed_at": now},
    )
    events.record(
        "assist_rules.changed", by=by, now=now, on=organisation, switched_on=on, tokens=tokens_per_month
    )
