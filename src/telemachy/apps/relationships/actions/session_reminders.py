"""Remind the parties of a session."""

from __future__ import annotations

from datetime import datetime

from telemachy.apps.audit.actions import action, events
from telemachy.apps.relationships.actions import session_mail
from telemachy.apps.relationships.models import Session
from telemachy.apps.relationships.queries import sessions as queries


@action
def remind(*, session: Session, by: None, now: datetime) -> None:
    """Mail a reminder, once for each time agreed on; nothing happens when it was moved or held meanwhile."""
    session = queries.locked(session)
    if session.state != "scheduled" or session.reminded_at is not None:
        events.unchanged()
        return
    session.reminded_at = now
    session.save(update_fields=["reminded_at"])
    session_mail.announce(session=session, occasion="reminder", by=None, now=now)
    organisation_id = session.relationship.programme.organisation_id
    events.record("session.reminded", by=by, now=now, on=session, organisation_id=organisation_id)
