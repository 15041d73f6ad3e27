"""Tell webhooks of events, and forget what nobody can ask for again."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from telemachy.apps.audit.jobs import job
from telemachy.apps.integrations.actions import calls, oauth, webhook_posts, webhooks
from telemachy.apps.integrations.queries import webhooks as queries


@job(cron="* * * * *")
def tell_webhooks() -> None:
    """Put new events on their way, and try again what failed before."""
    now = timezone.now()
    for webhook in queries.active():
        webhooks.collect(webhook=webhook, by=None, now=now)
    for delivery_id in list(queries.due(now).filter(n_attempts__gt=0).values_list("pk", flat=True)[:200]):
        _deliver(delivery_id)


@job(retries=2)
def deliver(delivery_id: str) -> None:
    """Send one delivery, unless it is sent, given up or in another worker's hands."""
    _deliver(UUID(delivery_id))


def _deliver(delivery_id: UUID) -> None:
    now = timezone.now()
    delivery = webhooks.claim(delivery_id=delivery_id, by=None, now=now)
    if delivery is None:
        return
    try:
        status, error = webhook_posts.post(delivery, now), ""
    except webhook_posts.NO_ANSWER as failure:
        status, error = None, webhook_posts.reason_of(failure)
    webhooks.note(delivery=delivery, status=status, error=error, by=None, now=timezone.now())


@job(cron="50 3 * * *")
def tidy_up() -> None:
    """Forget answers, deliveries, codes and unused applications whose time is over."""
    now = timezone.now()
    calls.forget(by=None, now=now)
    webhooks.forget(by=None, now=now)
    oauth.forget(by=None, now=now)
