"""Look after AI agents: what they are, who answers for them, and stopping them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.people import policies
from telemachy.apps.people.actions.notifications import tell
from telemachy.apps.people.models import AgentCard
from telemachy.core.shared.errors import BadInput

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

CARD_FIELDS = ("model", "provider", "version", "autonomy", "limits", "data")


@action
def describe(*, agent: Person, purpose: str, by: Person, now: datetime, **card: str) -> AgentCard:
    """Set what an agent is for, and its card. Raises NotAllowed, BadInput, TypeError for other fields."""
    policies.look_after(by, agent).require()
    if unknown := card.keys() - set(CARD_FIELDS):
        raise TypeError(f"no fields of a card: {unknown}")
    if not purpose.strip():
        raise BadInput(_("Say what the agent is for."), field="purpose")
    agent.purpose = purpose
    agent.save(update_fields=["purpose"])
    kept, _is_new = AgentCard.objects.update_or_create(agent=agent, defaults={**card, "changed_at": now})
    events.record("agent.described", by=by, now=now, on=agent)
    return kept


@action
def hand_over(*, agent: Person, owner: Person, by: Person, now: datetime) -> None:
    """Let another person answer for the agent, who is told. Raises NotAllowed, BadInput."""
    policies.look_after(by, agent).require()
    if owner.pk == agent.owner_id:
        events.unchanged()
        return
    if owner.organisation_id != agent.organisation_id or owner.is_gone or owner.is_agent:
        raise BadInput(_("Choose a person of your organisation who answers for the agent."), field="owner")
    agent.owner = owner
    agent.save(update_fields=["owner"])
    events.record("agent.handed_over", by=by, now=now, on=agent, owner=str(owner.pk))
    if owner.pk != by.pk:
        tell(
            person=owner,
            kind="agent.handed_over",
            path=reverse("agent", args=[agent.pk]),
            now=now,
            other=by.name,
            agent=agent.name,
        )


@action
def suspend(*, agent: Person, because: str, by: Person, now: datetime) -> None:
    """Answer no call of the agent from now on but with the reason. Raises NotAllowed, BadInput."""
    policies.suspend(by, agent).require()
    if not because.strip():
        raise BadInput(_("Say why the agent is suspended; its calls are answered with it."), field="because")
    agent.suspended_at, agent.suspended_because = now, because.strip()
    agent.save(update_fields=["suspended_at", "suspended_because"])
    events.record("agent.suspended", by=by, now=now, on=agent)


@action
def resume(*, agent: Person, by: Person, now: datetime) -> None:
    """Answer the agent's calls again. Raises NotAllowed."""
    policies.resume(by, agent).require()
    agent.suspended_at, agent.suspended_because = None, ""
    agent.save(update_fields=["suspended_at", "suspended_because"])
    events.record("agent.resumed", by=by, now=now, on=agent)
