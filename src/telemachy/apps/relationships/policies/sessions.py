"""Who may do what with a session, and why not."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.relationships.policies import relationships
from telemachy.core.shared.lifecycles import SESSION
from telemachy.core.shared.verdict import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import ActionItem, Relationship, Session


def plan(actor: Person, relationship: Relationship) -> Verdict:
    """Propose or schedule a session: a party of a pair that is under way."""
    return relationships.write(actor, relationship)


def propose_again(actor: Person, session: Session) -> Verdict:
    """Offer other times: a party, until one is confirmed."""
    if session.state != "proposed":
        return refused(_("The time of this session is no longer open."))
    return _write(actor, session)


def confirm(actor: Person, session: Session) -> Verdict:
    """Confirm one of the times: a party who did not propose them."""
    if session.proposed_by_id == actor.pk:
        return refused(_("You proposed these times; the other one chooses."))
    return _write(actor, session) and _possible(session, "confirm")


def reschedule(actor: Person, session: Session) -> Verdict:
    """Move it or change where it is: a party, while it is scheduled or after it was missed."""
    return _write(actor, session) and _possible(session, "reschedule")


def cancel(actor: Person, session: Session, now: datetime) -> Verdict:
    """Call it off: a party, before it begins."""
    verdict = _write(actor, session) and _possible(session, "cancel")
    if verdict and session.starts_at is not None and session.starts_at <= now:
        return refused(_("This session has begun; say whether it was held or missed."))
    return verdict


def hold(actor: Person, session: Session, now: datetime) -> Verdict:
    """Say that it was held: a party, once it has begun; the last one also when the pair has ended since."""
    return _settle(actor, session, "hold", now)


def miss(actor: Person, session: Session, now: datetime) -> Verdict:
    """Say that it was missed: a party, once it has begun; the last one also when the pair has ended since."""
    return _settle(actor, session, "miss", now)


def prepare(actor: Person, session: Session) -> Verdict:
    """Work on agenda, guide, notes, actions and goal: a party, unless it was cancelled."""
    if session.state == "cancelled":
        return refused(_("This session was cancelled."))
    return relationships.tell(actor, session.relationship)


def settle(actor: Person, item: ActionItem) -> Verdict:
    """Tick an action item, or change it: a party."""
    return relationships.write(actor, item.relationship)


def _write(actor: Person, session: Session) -> Verdict:
    return relationships.write(actor, session.relationship)


def _settle(actor: Person, session: Session, verb: str, now: datetime) -> Verdict:
    return (
        relationships.read(actor, session.relationship) and _possible(session, verb) and _begun(session, now)
    )


def _possible(session: Session, verb: str) -> Verdict:
    if SESSION.allows(session.state, verb):
        return ALLOWED
    return refused(_("That step is not possible now: the session has moved on."))


def _begun(session: Session, now: datetime) -> Verdict:
    if session.starts_at is not None and session.starts_at <= now:
        return ALLOWED
    return refused(_("This is possible once the session has begun."))
