"""Forget the keys of programs that acted for somebody, and what those were answered."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from telemachy.apps.audit.actions import action, events
from telemachy.apps.integrations.models import AuthorisationCode, KeptAnswer, Meter, Token

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person


@action
def forget(*, person: Person, by: None, now: datetime) -> None:
    """Delete keys, codes, kept answers and counts: none of them serves anybody else."""
    for model in (AuthorisationCode, Token, KeptAnswer, Meter):
        model.objects.filter(person=person).delete()
    events.private()
