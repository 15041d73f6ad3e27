"""Mail of news, and the end of packed data."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from telemachy.apps.audit.jobs import job
from telemachy.apps.people.actions import notifications, privacy
from telemachy.apps.people.queries import news
from telemachy.apps.people.queries import privacy as privacy_queries


@job()
def mail_news(notification_id: str) -> None:
    """Mail one piece of news right away; running twice sends once."""
    notifications.mail_one(notification_id=UUID(notification_id), by=None, now=timezone.now())


@job(cron="*/15 * * * *")  # some zones are half an hour or a quarter off
def mail_digests() -> None:
    """Mail the daily digest to whom it is past seven in the morning; each person once a day."""
    now = timezone.now()
    for person in news.waiting_for_digest().iterator():
        if news.is_digest_due(person, now):
            notifications.mail_digest(person=person, by=None, now=now)


@job(cron="20 3 * * *")
def expire_exports() -> None:
    """Delete packed data whose time is over."""
    now = timezone.now()
    for export in privacy_queries.exports_past(now).select_related("person"):
        privacy.expire_export(export=export, by=None, now=now)
