"""Webhooks: which there are, what they want to hear of, how they sign, and what is on its way."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from telemachy.apps.audit import queries as audit
from telemachy.apps.integrations.models import Delivery, Webhook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from telemachy.apps.audit.models import Event
    from telemachy.apps.people.models import Person

#: What can be asked for: the first parts of the trail's verbs that say something of programmes and pairs.
TOPICS = (
    "programme",
    "enrolment",
    "roster",
    "match_run",
    "relationship",
    "charter",
    "goal",
    "session",
    "situation",
    "outcome",
    "guidance",
    "lesson",
    "failure_mode",
    "threshold",
    "agent",
    "person",
)
#: A transaction that began before the last look may have ended after it.
LOOK_BACK = timedelta(minutes=10)
#: Facts of an event that are about the call, not about what happened.
INTERNAL = frozenset({"token"})


def of_organisation(person: Person) -> QuerySet[Webhook]:
    """Return the webhooks of an administrator's organisation that were not ended; none for anyone else."""
    if not person.is_administrator:
        return Webhook.objects.none()
    found = Webhook.objects.filter(organisation_id=person.organisation_id, ended_at__isnull=True)
    return found.select_related("made_by").order_by("-created_at", "pk")


def deliveries_of(person: Person) -> QuerySet[Delivery]:
    """Return what was sent to the webhooks of an administrator's organisation, the latest first."""
    found = Delivery.objects.filter(webhook__in=of_organisation(person)).select_related("webhook")
    return found.order_by("-created_at", "pk")


def signing_key(webhook: Webhook) -> str:
    """Return the key that signs what is sent; derived, so that no backup of the database holds it."""
    value = f"{webhook.pk}:{webhook.n_rotations}"
    return "whk_" + salted_hmac("telemachy.webhook", value, algorithm="sha256").hexdigest()


def signature(key: str, at: datetime, body: bytes) -> str:
    """Return the header by which a receiver knows who sent the body, and when."""
    seconds = int(at.timestamp())
    signed = hmac.new(key.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={seconds},v1={signed}"


def active() -> QuerySet[Webhook]:
    """Return every webhook that is to be told."""
    return Webhook.objects.filter(ended_at__isnull=True)


def untold(webhook: Webhook) -> Iterator[Event]:
    """Yield the events that the webhook wants to hear of and was not told yet, oldest first."""
    known = webhook.deliveries.filter(event_id__isnull=False).values("event_id")
    since = max(webhook.created_at, webhook.told_until - LOOK_BACK)
    for event in audit.events_since(webhook.organisation_id, since).exclude(pk__in=known):
        if wants(webhook, event.verb):
            yield event


def wants(webhook: Webhook, verb: str) -> bool:
    """Tell whether the webhook asked for events like this."""
    return verb in webhook.topics or verb.partition(".")[0] in webhook.topics


def payload_of(event: Event) -> dict[str, Any]:
    """Return what is told of an event: who did what to what, when; facts, never content."""
    return {
        "event": event.verb,
        "at": event.at.isoformat(),
        "organisation_id": str(event.organisation_id),
        "actor_id": str(event.actor_id) if event.actor_id else None,
        "subject": {"type": event.subject_type, "id": event.subject_id},
        "data": {name: value for name, value in event.data.items() if name not in INTERNAL},
    }


def due(now: datetime) -> QuerySet[Delivery]:
    """Return the deliveries whose next attempt is due, oldest first."""
    waiting = (Delivery.State.QUEUED, Delivery.State.FAILED)
    found = Delivery.objects.filter(state__in=waiting, next_attempt_at__lte=now)
    return found.filter(webhook__ended_at__isnull=True).order_by("next_attempt_at")
