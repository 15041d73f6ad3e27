"""One coaching conversation a week: plan it, be reminded, look back, or let it go."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.people.actions import notifications
from telemachy.apps.people.queries import clocks
from telemachy.apps.practice import policies
from telemachy.apps.practice.models import Commitment
from telemachy.apps.practice.queries import commitments as queries
from telemachy.core.shared.errors import BadInput

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

#: A plan for later than this is no plan for a week.
FARTHEST = timedelta(days=14)


@action
def commit(*, partner: str, topic: str, due_on: date, by: Person, now: datetime) -> Commitment:
    """Plan a conversation for a day where the person is. Raises NotAllowed, BadInput."""
    policies.practise(by).require()
    if not partner.strip():
        raise BadInput(_("Say with whom."), field="partner")
    today = clocks.local_day(by, now)
    if not today <= due_on <= today + FARTHEST:
        raise BadInput(_("Choose a day within the next two weeks."), field="due_on")
    commitment = Commitment.objects.create(
        person=by, partner=partner.strip(), topic=topic.strip(), due_on=due_on, made_at=now
    )
    events.private()
    return commitment


@action
def reflect(
    *, commitment: Commitment, asked: str, noticed: str, differently: str, by: Person, now: datetime
) -> None:
    """Write down how it was; a second time mends it. Raises NotAllowed, BadInput."""
    commitment = queries.locked(commitment)
    policies.reflect(by, commitment).require()
    if not (asked.strip() or noticed.strip() or differently.strip()):
        raise BadInput(_("One line is enough, in any of the three boxes."), field="asked")
    commitment.asked, commitment.noticed = asked.strip(), noticed.strip()
    commitment.differently = differently.strip()
    commitment.reflected_at = commitment.reflected_at or now
    commitment.save(update_fields=["asked", "noticed", "differently", "reflected_at"])
    events.private()


@action
def drop(*, commitment: Commitment, by: Person, now: datetime) -> None:
    """Let it go; nothing is held against anybody. Raises NotAllowed."""
    commitment = queries.locked(commitment)
    policies.drop(by, commitment).require()
    commitment.dropped_at = now
    commitment.save(update_fields=["dropped_at"])
    events.private()


@action
def remind(*, commitment: Commitment, by: None, now: datetime) -> None:
    """Remind on the day, and ask on the day after how it went; each once, and without any name in it."""
    commitment = queries.locked(commitment)
    if not commitment.is_open:
        events.unchanged()
        return
    if queries.is_over(commitment, now):
        kind, field = "practice.how_was_it", "asked_how_at"
    elif queries.is_due(commitment, now):
        kind, field = "practice.conversation_due", "reminded_at"
    else:
        events.unchanged()
        return
    setattr(commitment, field, now)
    commitment.save(update_fields=[field])
    notifications.tell(
        person=commitment.person,
        kind=kind,
        path=reverse("commitment", args=[commitment.pk]),
        now=now,
        key=f"{kind}:{commitment.pk}",
    )
    events.private()
