"""Make and end webhooks, and tell them of events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events, queue
from telemachy.apps.integrations import policies
from telemachy.apps.integrations.models import Delivery, Webhook
from telemachy.apps.integrations.queries import webhook_hosts
from telemachy.apps.integrations.queries import webhooks as queries
from telemachy.core.shared.errors import BadInput

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

MOST = 20
MAX_ATTEMPTS = 8
FIRST_DELAY = timedelta(minutes=1)
#: The log of what was sent is kept for so long.
KEPT_FOR = timedelta(days=30)
#: Events told at once; the rest follows a minute later.
BATCH = 500


@action
def make(*, url: str, topics: Sequence[str], by: Person, now: datetime) -> Webhook:
    """Have an address told of events from now on. Raises NotAllowed, BadInput."""
    policies.keep_webhooks(by).require()
    webhook_hosts.checked(url)
    wanted = sorted(set(topics))
    if not wanted or not set(wanted) <= set(queries.TOPICS):
        raise BadInput(_("Choose what the address is told of."), field="topics")
    if queries.of_organisation(by).count() >= MOST:
        raise BadInput(_("%(n)d webhooks are enough. End one first.") % {"n": MOST})
    webhook = Webhook.objects.create(
        organisation_id=by.organisation_id, url=url, topics=wanted, made_by=by, created_at=now, told_until=now
    )
    events.record("webhook.made", by=by, now=now, on=webhook, topics=wanted)
    return webhook


@action
def end(*, webhook: Webhook, by: Person, now: datetime) -> None:
    """Tell the address nothing any more. Raises NotAllowed."""
    policies.change_webhook(by, webhook).require()
    webhook.ended_at = now
    webhook.save(update_fields=["ended_at"])
    events.record("webhook.ended", by=by, now=now, on=webhook)


@action
def rotate(*, webhook: Webhook, by: Person, now: datetime) -> str:
    """Sign with a new key from now on, and return it. Raises NotAllowed."""
    policies.change_webhook(by, webhook).require()
    webhook.n_rotations += 1
    webhook.save(update_fields=["n_rotations"])
    events.record("webhook.rotated", by=by, now=now, on=webhook)
    return queries.signing_key(webhook)


@action
def try_out(*, webhook: Webhook, by: Person, now: datetime) -> Delivery:
    """Send a trial, which the log shows like any other. Raises NotAllowed."""
    policies.change_webhook(by, webhook).require()
    payload = {"event": "webhook.trial", "at": now.isoformat(), "organisation_id": str(by.organisation_id)}
    delivery = _queued(webhook, None, "webhook.trial", payload, now)
    events.record("webhook.tried", by=by, now=now, on=webhook)
    return delivery


@action
def send_again(*, delivery: Delivery, by: Person, now: datetime) -> None:
    """Try a delivery again that was given up. Raises NotAllowed, BadInput."""
    delivery = Delivery.objects.select_for_update(of=("self",)).select_related("webhook").get(pk=delivery.pk)
    policies.change_webhook(by, delivery.webhook).require()
    if delivery.state != Delivery.State.DEAD:
        raise BadInput(_("This is sent, or still on its way."))
    delivery.state, delivery.n_attempts, delivery.next_attempt_at = Delivery.State.QUEUED, 0, now
    delivery.save(update_fields=["state", "n_attempts", "next_attempt_at"])
    _enqueue(delivery)
    events.record("webhook.sent_again", by=by, now=now, on=delivery)


@action
def collect(*, webhook: Webhook, by: None, now: datetime) -> int:
    """Put on their way the events that the webhook was not told of yet, and return how many."""
    events.unchanged()
    webhook = Webhook.objects.select_for_update().get(pk=webhook.pk)
    n_found = 0
    for event in queries.untold(webhook):
        if n_found == BATCH:
            break
        _queued(webhook, event.pk, event.verb, queries.payload_of(event), now)
        n_found += 1
    if n_found < BATCH:
        webhook.told_until = now
        webhook.save(update_fields=["told_until"])
    return n_found


def _queued(
    webhook: Webhook, event_id: int | None, verb: str, payload: Mapping[str, object], now: datetime
) -> Delivery:
    delivery = Delivery.objects.create(
        webhook=webhook,
        event_id=event_id,
        verb=verb,
        payload=dict(payload),
        next_attempt_at=now,
        created_at=now,
    )
    _enqueue(delivery)
    return delivery


def _enqueue(delivery: Delivery) -> None:
    queue.enqueue("telemachy.apps.integrations.jobs.deliver", delivery_id=str(delivery.pk))


@action
def claim(*, delivery_id: UUID, by: None, now: datetime) -> Delivery | None:
    """Take a due delivery for one attempt; None when it is sent, dead, ended or in another worker's hands."""
    events.unchanged()
    row = queries.due(now).filter(pk=delivery_id).select_for_update(of=("self",), skip_locked=True).first()
    if row is None:
        return None
    row.n_attempts += 1
    row.next_attempt_at = now + FIRST_DELAY * (1 << row.n_attempts - 1)
    row.save(update_fields=["n_attempts", "next_attempt_at"])
    return row


@action
def note(*, delivery: Delivery, status: int | None, error: str, by: None, now: datetime) -> None:
    """Keep how an attempt went: sent on 2xx, else to be tried again until it has failed often enough."""
    events.unchanged()
    is_sent = status is not None and 200 <= status < 300
    is_dead = not is_sent and delivery.n_attempts >= MAX_ATTEMPTS
    delivery.last_status, delivery.last_error = status, error[:300]
    delivery.sent_at = now if is_sent else None
    failed = Delivery.State.DEAD if is_dead else Delivery.State.FAILED
    delivery.state = Delivery.State.SENT if is_sent else failed
    delivery.save(update_fields=["state", "last_status", "last_error", "sent_at"])


@action
def forget(*, by: None, now: datetime) -> int:
    """Delete the log of what was sent long ago; return how many rows went."""
    events.unchanged()
    n_deleted, _rows = Delivery.objects.filter(created_at__lt=now - KEPT_FOR).delete()
    return n_deleted
