"""What administrators and operators read: the trail, undelivered mail, failed jobs, living workers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from telemachy.apps.audit.models import DeadLetter, Event, OutboxMessage, WorkerHeartbeat

#: Where verbs begin so, nobody who runs anything learns that it happened: who is in supervision, and when.
CONFIDENTIAL = "supervision."
#: A worker that has not given a sign of life for so long counts as lost.
LOST_AFTER = timedelta(seconds=60)


def events_of(actor: Any) -> QuerySet[Event]:
    """Return the trail of the actor's organisation, newest first, without what is confidential."""
    if not actor.is_administrator:
        return Event.objects.none()
    return _told(actor.organisation_id)


def events_since(organisation_id: UUID, since: datetime) -> QuerySet[Event]:
    """Return the trail of an organisation from a moment on, oldest first, without what is confidential."""
    return _told(organisation_id).filter(at__gte=since).order_by("pk")


def _told(organisation_id: UUID) -> QuerySet[Event]:
    return Event.objects.filter(organisation_id=organisation_id).exclude(verb__startswith=CONFIDENTIAL)


def verbs_of(actor: Any) -> list[str]:
    """Return the verbs that occur in the trail of the actor's organisation, in order."""
    return sorted(events_of(actor).order_by().values_list("verb", flat=True).distinct())


def narrowed(
    trail: QuerySet[Event], *, verb: str, actor: str, since: datetime | None, until: datetime | None
) -> QuerySet[Event]:
    """Return the events of a verb, of actors whose name holds a text, from a moment up to before another."""
    if verb:
        trail = trail.filter(verb=verb)
    if actor:
        trail = trail.filter(actor_name__icontains=actor)
    if since:
        trail = trail.filter(at__gte=since)
    return trail.filter(at__lt=until) if until else trail


def undelivered_mail(actor: Any) -> QuerySet[OutboxMessage]:
    """Return the failed and dead messages of the actor's organisation, newest first."""
    if not actor.is_administrator:
        return OutboxMessage.objects.none()
    states = (OutboxMessage.State.FAILED, OutboxMessage.State.DEAD)
    found = OutboxMessage.objects.filter(organisation_id=actor.organisation_id, state__in=states)
    return found.order_by("-created_at")


def dead_letters(actor: Any) -> QuerySet[DeadLetter]:
    """Return the failed jobs that nobody has queued again, newest first; empty but for operators."""
    if actor.user is None or not actor.user.is_staff:
        return DeadLetter.objects.none()
    return DeadLetter.objects.filter(retried_at=None)


def due_mail(now: datetime) -> QuerySet[OutboxMessage]:
    """Return the messages whose next attempt is due, oldest first."""
    waiting = (OutboxMessage.State.QUEUED, OutboxMessage.State.FAILED)
    return OutboxMessage.objects.filter(state__in=waiting, next_attempt_at__lte=now)


def living_workers(now: datetime) -> set[str]:
    """Return the ids of the workers that gave a sign of life lately."""
    living = WorkerHeartbeat.objects.filter(beat_at__gte=now - LOST_AFTER)
    return set(living.values_list("worker_id", flat=True))
