"""Agree on a session: propose times, confirm one, or schedule it; and note one that was held already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypedDict, Unpack
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.relationships.actions import session_mail
from telemachy.apps.relationships.models import Goal, Relationship, Session, SessionSlot
from telemachy.apps.relationships.policies import sessions as policies
from telemachy.apps.relationships.queries import relationships
from telemachy.apps.relationships.queries import sessions as queries
from telemachy.core.shared.errors import BadInput
from telemachy.core.shared.lifecycles import SESSION
from telemachy.core.shared.scales import Structure

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

MAX_SLOTS = 5
SHORTEST, LONGEST = 10, 480
FARTHEST = timedelta(days=366)
#: Who agrees on a time closer than this needs no reminder of it.
REMINDED_BEFORE = timedelta(hours=24)


class Arrangement(TypedDict, total=False):
    """How long a session is, and where: by video, at a place, or both."""

    duration_minutes: int
    video_url: str
    place: str


@action
def propose(
    *,
    relationship: Relationship,
    by: Person,
    now: datetime,
    starts: Sequence[datetime],
    **arrangement: Unpack[Arrangement],
) -> Session:
    """Offer one to five times, of which the other one confirms one. Raises NotAllowed, BadInput."""
    relationship = relationships.locked(relationship)
    policies.plan(by, relationship).require()
    session = _new(relationship, by, now)
    _arrange(session, **arrangement)
    session.save(force_insert=True)
    _offer(session, starts, now)
    session_mail.tell_others(session=session, kind="session.proposed", by=by, now=now)
    events.record("session.proposed", by=by, now=now, on=session, n_slots=len(starts))
    return session


@action
def propose_again(
    *,
    session: Session,
    by: Person,
    now: datetime,
    starts: Sequence[datetime],
    **arrangement: Unpack[Arrangement],
) -> None:
    """Offer other times instead, which hands the choice to the other one. Raises NotAllowed, BadInput."""
    session = queries.locked(session)
    policies.propose_again(by, session).require()
    _arrange(session, **arrangement)
    session.proposed_by = by
    session.save()
    session.slots.all().delete()
    _offer(session, starts, now)
    session_mail.tell_others(session=session, kind="session.proposed", by=by, now=now)
    events.record("session.proposed_again", by=by, now=now, on=session, n_slots=len(starts))


@action
def confirm(*, session: Session, slot: SessionSlot, by: Person, now: datetime) -> None:
    """Take one of the times; everybody gets an invitation. Raises NotAllowed, BadInput."""
    session = queries.locked(session)
    policies.confirm(by, session).require()
    if not session.slots.filter(pk=slot.pk).exists():
        raise BadInput(_("This time is no longer on offer; choose another."))
    _set_time(session, slot.starts_at, now)
    session.state = SESSION.target(session.state, "confirm")
    session.save()
    session.slots.all().delete()
    people = queries.people_of(session.relationship)
    session_mail.announce(session=session, occasion="scheduled", accepted=people, by=by, now=now)
    events.record("session.confirmed", by=by, now=now, on=session)


@action
def schedule(
    *,
    relationship: Relationship,
    by: Person,
    now: datetime,
    starts_at: datetime,
    **arrangement: Unpack[Arrangement],
) -> Session:
    """Put a session into both calendars without asking first. Raises NotAllowed, BadInput."""
    relationship = relationships.locked(relationship)
    policies.plan(by, relationship).require()
    session = _new(relationship, by, now)
    _arrange(session, **arrangement)
    _set_time(session, starts_at, now)
    session.state = "scheduled"
    session.save(force_insert=True)
    session_mail.announce(session=session, occasion="scheduled", accepted=[by], by=by, now=now)
    events.record("session.scheduled", by=by, now=now, on=session)
    return session


@action
def reschedule(
    *, session: Session, by: Person, now: datetime, starts_at: datetime, **arrangement: Unpack[Arrangement]
) -> None:
    """Move a session, or change where it is; calendars get an update. Raises NotAllowed, BadInput."""
    session = queries.locked(session)
    policies.reschedule(by, session).require()
    before = _arrangement(session)
    _arrange(session, **arrangement)
    if starts_at != session.starts_at or session.state == "missed":
        _set_time(session, starts_at, now)
    if session.state == "scheduled" and _arrangement(session) == before:
        events.unchanged()
        return
    session.state = SESSION.target(session.state, "reschedule")
    session.sequence += 1
    session.changed_at = now
    session.save()
    session_mail.announce(session=session, occasion="changed", accepted=[by], by=by, now=now)
    events.record("session.rescheduled", by=by, now=now, on=session, sequence=session.sequence)


@action
def cancel(*, session: Session, by: Person, now: datetime) -> None:
    """Call a session off; a scheduled one leaves the calendars. Raises NotAllowed."""
    session = queries.locked(session)
    policies.cancel(by, session, now).require()
    if _call_off(session, now):
        session_mail.announce(session=session, occasion="cancelled", by=by, now=now)
    else:
        session_mail.tell_others(session=session, kind="session.withdrawn", by=by, now=now)
    events.record("session.cancelled", by=by, now=now, on=session)


@action
def end(*, relationship: Relationship, by: None, now: datetime) -> None:
    """Take what is ahead out of the calendars when a relationship ends; nobody is named as its cause."""
    ahead = Session.objects.filter(relationship=relationship, state__in=("proposed", "scheduled"))
    ahead = ahead.exclude(starts_at__lte=now).select_related("relationship__programme").order_by("pk")
    for session in ahead:
        if _call_off(session, now):
            session_mail.announce(session=session, occasion="ended", by=by, now=now)
        organisation_id = session.relationship.programme.organisation_id
        events.record("session.ended", by=by, now=now, on=session, organisation_id=organisation_id)
    events.unchanged()


@action
def leave(*, relationship: Relationship, by: Person, now: datetime) -> None:
    """Take what is ahead out of the calendar of somebody about to leave a circle; for the others it stays."""
    ahead = Session.objects.filter(relationship=relationship, state="scheduled", starts_at__gt=now)
    ahead = ahead.select_related("relationship__programme").order_by("pk")
    for session in ahead:
        session.sequence += 1  # calendars heed a later word only
        session.changed_at = now
        session.save(update_fields=["sequence", "changed_at"])
        session_mail.announce(session=session, occasion="left", by=by, now=now, only=by)
    events.unchanged()


@action
def hold(*, session: Session, by: Person, now: datetime, goal: Goal | None = None) -> None:
    """Note that a session took place, and which goal it served. Raises NotAllowed, BadInput."""
    session = queries.locked(session)
    policies.hold(by, session, now).require()
    session.state = SESSION.target(session.state, "hold")
    session.held_at = now
    session.goal = _readable(goal, session, by)
    session.save()
    events.record("session.held", by=by, now=now, on=session, with_goal=goal is not None)


@action
def miss(*, session: Session, by: Person, now: datetime) -> None:
    """Note that a session did not take place; nobody is blamed. Raises NotAllowed."""
    session = queries.locked(session)
    policies.miss(by, session, now).require()
    session.state = SESSION.target(session.state, "miss")
    session.save()
    if session.relationship.closed_at is None:  # the news asks for another time
        session_mail.tell_others(session=session, kind="session.missed", by=by, now=now)
    events.record("session.missed", by=by, now=now, on=session)


@action
def record_held(
    *,
    relationship: Relationship,
    by: Person,
    now: datetime,
    starts_at: datetime,
    duration_minutes: int = 60,
    goal: Goal | None = None,
    place: str = "",
) -> Session:
    """Note a session that took place without having been scheduled here. Raises NotAllowed, BadInput."""
    relationship = relationships.locked(relationship)
    policies.plan(by, relationship).require()
    if not now - FARTHEST <= starts_at <= now:
        raise BadInput(_("Give a moment of the past year; a session to come is proposed."), field="starts_at")
    session = _new(relationship, by, now)
    _arrange(session, duration_minutes=duration_minutes, place=place)
    session.starts_at, session.held_at, session.state = starts_at, now, "held"
    session.goal = _readable(goal, session, by)
    session.save(force_insert=True)
    session_mail.tell_others(session=session, kind="session.recorded", by=by, now=now)
    events.record("session.recorded", by=by, now=now, on=session)
    return session


@action
def serve(*, session: Session, by: Person, now: datetime, goal: Goal | None) -> None:
    """Say which goal a session serves, or that it serves none. Raises NotAllowed, BadInput."""
    session = queries.locked(session)
    policies.prepare(by, session).require()
    session.goal = _readable(goal, session, by)
    session.save(update_fields=["goal"])
    events.record("session.goal_set", by=by, now=now, on=session, with_goal=goal is not None)


@action
def use_guide(*, session: Session, by: Person, now: datetime, guide: str) -> None:
    """Choose the conversation guide of a session: grow, oscar, clear, or "" for none.

    Raises NotAllowed, BadInput.
    """
    session = queries.locked(session)
    policies.prepare(by, session).require()
    if guide not in {"grow", "oscar", "clear", ""}:
        raise BadInput(_("Choose one of the guides."), field="guide")
    session.guide = guide
    session.save(update_fields=["guide"])
    events.record("session.guide_chosen", by=by, now=now, on=session, guide=guide)


def _call_off(session: Session, now: datetime) -> bool:
    """Cancel it and return whether it was in calendars."""
    was_scheduled = session.state == "scheduled"
    session.state = SESSION.target(session.state, "cancel")
    if was_scheduled:
        session.sequence += 1
        session.changed_at = now
    session.save()
    return was_scheduled


def _new(relationship: Relationship, by: Person, now: datetime) -> Session:
    is_light = relationship.programme.structure == Structure.LIGHT
    return Session(
        relationship=relationship, proposed_by=by, created_at=now, guide="" if is_light else "grow"
    )


def _arrange(session: Session, *, duration_minutes: int = 60, video_url: str = "", place: str = "") -> None:
    """Set how long and where, after checking what a form may not have checked."""
    if not SHORTEST <= duration_minutes <= LONGEST:
        raise BadInput(_("A session takes between 10 minutes and 8 hours."), field="duration_minutes")
    if video_url and (urlsplit(video_url).scheme != "https" or not urlsplit(video_url).hostname):
        raise BadInput(_("A video link begins with https://."), field="video_url")
    session.duration_minutes, session.video_url, session.place = duration_minutes, video_url, place


def _arrangement(session: Session) -> tuple[datetime | None, int, str, str]:
    return session.starts_at, session.duration_minutes, session.video_url, session.place


def _set_time(session: Session, starts_at: datetime, now: datetime) -> None:
    _require_ahead(starts_at, now, "starts_at")
    session.starts_at = starts_at
    session.changed_at = now
    session.reminded_at = now if starts_at - now <= REMINDED_BEFORE else None


def _offer(session: Session, starts: Sequence[datetime], now: datetime) -> None:
    offered = sorted(set(starts))
    if not 1 <= len(offered) <= MAX_SLOTS:
        raise BadInput(_("Offer between one and five different times."), field="slots")
    for starts_at in offered:
        _require_ahead(starts_at, now, "slots")
    SessionSlot.objects.bulk_create(SessionSlot(session=session, starts_at=at) for at in offered)


def _require_ahead(starts_at: datetime, now: datetime, field: str) -> None:
    if not now < starts_at <= now + FARTHEST:
        raise BadInput(_("Choose a time ahead of now and within a year."), field=field)


def _readable(goal: Goal | None, session: Session, by: Person) -> Goal | None:
    """Return the goal if the person may read it and it belongs here. Raises BadInput.

    With none chosen, one that the person cannot read stays: in a circle it is another learner's.
    """
    readable = queries.goals_for(session.relationship, by)
    if goal is None:
        kept = session.goal
        return None if kept is None or readable.filter(pk=kept.pk).exists() else kept
    if not readable.filter(pk=goal.pk).exists():
        raise BadInput(_("Choose a goal of this relationship."), field="goal")
    return goal
