"""Tell people what happened."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from telemachy.apps.people.models import Notification, Person


def tell(*, person: Person, kind: str, path: str, now: datetime, key: str = "", **params: Any) -> None:
    """Leave a piece of news for the person, inside the caller's action; the same `key` is told once.

    `params` are names, dates and counts for the sentence of `kind` in queries/news; never content.
    """
    if person.is_agent or person.is_gone:
        return
    fields = {"kind": kind, "params": params, "path": path, "created_at": now}
    if key:
        Notification.objects.get_or_create(person=person, key=key, defaults=fields)
    else:
        Notification.objects.create(person=person, **fields)
