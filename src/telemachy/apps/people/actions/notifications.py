"""Tell people what happened: on their page, and by mail as each of them chose."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from telemachy.apps.audit.actions import action, events, outbox, queue
from telemachy.apps.people import policies
from telemachy.apps.people.actions import invitations
from telemachy.apps.people.models import Notification, Person
from telemachy.apps.people.queries import clocks, mail_links
from telemachy.apps.people.queries import invitations as invitations_query
from telemachy.apps.people.queries import news as news_queries

#: News that cannot wait until somebody happens to be invited.
INVITING = frozenset({"pair.proposed"})


def tell(
    *,
    person: Person,
    kind: str,
    path: str,
    now: datetime,
    key: str = "",
    mailed: bool = False,
    **params: Any,
) -> None:
    """Leave a piece of news for the person, inside the caller's action; the same `key` is told once.

    `params` are names, dates and counts for the sentence of `kind` in queries/news; never content.
    `mailed` says that the caller mails the person itself, with an invitation for example.
    """
    if person.is_agent or person.is_gone:
        return
    fields = {"kind": kind, "params": params, "path": path, "created_at": now}
    fields["mailed_at"] = now if mailed else None
    if key:
        news, is_new = Notification.objects.get_or_create(person=person, key=key, defaults=fields)
    else:
        news, is_new = Notification.objects.create(person=person, **fields), True
    if is_new and not mailed and person.email and person.mail == Person.Mail.IMMEDIATE:
        queue.enqueue("telemachy.apps.people.jobs.mail_news", notification_id=str(news.pk))


@action
def mark_read(*, notification: Notification, by: Person, now: datetime) -> None:
    """Note that a piece of news is read; a second time changes nothing. Raises NotAllowed."""
    policies.change(by, notification.person).require()
    events.unchanged()
    Notification.objects.filter(pk=notification.pk, read_at__isnull=True).update(read_at=now)


@action
def mark_all_read(*, person: Person, by: Person, now: datetime) -> int:
    """Note that everything is read and return how much there was. Raises NotAllowed."""
    policies.change(by, person).require()
    events.unchanged()
    # By key, as does who takes a name out of everybody's news: so the two never wait in a circle.
    held = person.notifications.select_for_update(of=("self",), no_key=True).order_by("pk")
    unread = list(held.filter(read_at__isnull=True).values_list("pk", flat=True))
    return person.notifications.filter(pk__in=unread).update(read_at=now)


@action
def mail_one(*, notification_id: UUID, by: None, now: datetime) -> None:
    """Mail a piece of news, unless it was mailed or read, or its person chose otherwise since.

    Somebody who cannot sign in yet gets an invitation instead when they are asked into a pair.
    """
    events.unchanged()
    rows = Notification.objects.select_for_update(of=("self",))
    notification = (
        rows.select_related("person__organisation", "person__user")
        .filter(pk=notification_id, mailed_at__isnull=True, read_at__isnull=True)
        .first()
    )
    if notification is None or not _wants(notification.person, Person.Mail.IMMEDIATE):
        return
    if notification.person.user is not None:
        _post([notification], "news", f"news:{notification.pk}", now)
    elif notification.kind in INVITING and not invitations_query.is_open_for(notification.person, now):
        invitations.invite(person=notification.person, by=None, now=now)


@action
def mail_digest(*, person: Person, by: None, now: datetime) -> None:
    """Mail what is unread and was not mailed yet in one message, at most once a day of the person's zone."""
    events.unchanged()
    person = (
        Person.objects.select_for_update(of=("self",))
        .select_related("organisation", "user")
        .get(pk=person.pk)
    )
    today = clocks.local_day(person, now)
    if not _wants(person, Person.Mail.DAILY) or person.digest_on == today or person.user is None:
        return
    person.digest_on = today
    person.save(update_fields=["digest_on"])
    unread = list(news_queries.to_mail(person))
    if unread:
        _post(unread, "digest", f"digest:{person.pk}:{today}", now)


def _wants(person: Person, mail: str) -> bool:
    return person.mail == mail and bool(person.email) and not person.is_gone


def _post(unread: list[Notification], template: str, key: str, now: datetime) -> None:
    """Post one message about one or more pieces of news of the same person."""
    person = unread[0].person
    choices_url = settings.BASE_URL + reverse("mail-choice", args=[mail_links.token_for(person)])
    with translation.override(news_queries.language_of(person)):
        choice = mail_links.choice_of(person)
        items = [(news_queries.sentence(news), mail_links.page_url(news.path, choice)) for news in unread]
        is_digest = template == "digest"
        subject = news_queries.several(len(items)) if is_digest else news_queries.subject(unread[0])
        context = {"person": person, "items": items, "choices_url": choices_url}
        outbox.post(
            to=person.email,
            subject=subject,
            text=render_to_string(f"mail/{template}.txt", context),
            html=render_to_string(f"mail/{template}.html", context),
            key=key,
            headers={
                "List-Unsubscribe": f"<{choices_url}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                "Auto-Submitted": "auto-generated",
            },
            by=None,
            now=now,
            organisation_id=person.organisation_id,
        )
    Notification.objects.filter(pk__in=[news.pk for news in unread]).update(mailed_at=now)
