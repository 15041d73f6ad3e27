"""Tell webhooks of events, and forget what nobody can ask for again."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from telemachy.apps.audit.jobs import job
from telemachy.apps.integrations.actions import calls, oauth, webhook_posts, webhooks
from telemachy.apps.integrations.queries import webhooks as queries

#: Deliveries of one webhook that are tried again in one minute.
AT_ONCE = 50


@job(cron="* * * * *")
def tell_webhooks() -> None:
    """Put new events on their way, and try again what failed before."""
    now = timezone.now()
    for webhook in queries.active():
        webhooks.collect(webhook=webhook, by=None, now=now)
    for webhook in queries.active():
        waiting = queries.due(now).filter(webhook=webhook, n_attempts__gt=0)
        for delivery_id in list(waiting.values_list("pk", flat=True)[:AT_ONCE]):
            if not _deliver(delivery_id):
                break  # a receiver that cannot be reached holds nobody up: the rest waits for the next minute


@job(retries=2)
def deliver(delivery_id: str) -> None:
    """Send one delivery, unless it is sent, given up or in another worker's hands."""
    _deliver(UUID(delivery_id))


def _deliver(delivery_id: UUID) -> bool:
    """Send it if it is due; return whether there is a receiver that answers."""
    now = timezone.now()
    delivery = webhooks.claim(delivery_id=delivery_id, by=None, now=now)
    if delivery is None:
        return True
    try:
        status, error = webhook_posts.post(delivery, now), ""
    except webhook_posts.NO_ANSWER as failure:
        status, error = None, webhook_posts.reason_of(failure)
    webhooks.note(delivery=delivery, status=status, error=error, by=None, now=timezone.now())
    return status is not None


@job(cron="50 3 * * *")
def tidy_up() -> None:
    """Forget answers, deliveries, codes and unused applications whose time is over."""
    now = timezone.now()
    calls.forget(by=None, now=now)
    webhooks.forget(by=None, now=now)
    oauth.forget(by=None, now=now)
