"""Lists that somebody took along."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from telemachy.apps.audit.actions import action, events

if TYPE_CHECKING:
    from django.db import models

    from telemachy.apps.audit.actions.events import Actor


@action
def note(*, what: str, on: models.Model | None = None, by: Actor, now: datetime) -> None:
    """Keep that a list was taken out of the house: who, when and which; the caller has asked the policy."""
    events.record("list.exported", by=by, now=now, on=on, what=what)
