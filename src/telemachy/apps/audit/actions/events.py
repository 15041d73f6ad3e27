"""Write the audit trail."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

import structlog.contextvars
from django.db import models

from telemachy.apps.audit.actions import recorded
from telemachy.apps.audit.models import Event


class Actor(Protocol):
    """Whoever acts: a person of an organisation. `None` stands for the system itself."""

    @property
    def pk(self) -> Any: ...
    @property
    def organisation_id(self) -> UUID: ...
    @property
    def name(self) -> str: ...


def record(
    verb: str,
    *,
    by: Actor | None,
    now: datetime,
    on: models.Model | None = None,
    organisation_id: UUID | None = None,
    **data: Any,
) -> Event:
    """Append one event. `data` holds facts such as counts and states, never content.

    The request's id, and the token of a program that acts for somebody, come from the context.
    """
    recorded.set((recorded.get() or 0) + 1)
    context = structlog.contextvars.get_contextvars()
    if token := context.get("token"):
        data["token"] = token
    return Event.objects.create(
        at=now,
        organisation_id=organisation_id or (by.organisation_id if by is not None else None),
        actor_id=by.pk if by is not None else None,
        actor_name=by.name if by is not None else "",
        verb=verb,
        subject_type=on._meta.model_name or "" if on is not None else "",
        subject_id=str(on.pk) if on is not None else "",
        data=data,
        request_id=str(context.get("request_id", ""))[:64],
    )


def unchanged() -> None:
    """Say that the running action found nothing to change, so there is nothing to record."""
    recorded.set((recorded.get() or 0) + 1)


def private() -> None:
    """Say that what the running action changes is the actor's own affair, not for a trail others read."""
    recorded.set((recorded.get() or 0) + 1)
