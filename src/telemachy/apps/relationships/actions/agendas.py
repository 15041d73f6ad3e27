"""Build the agenda of a session and tick off what was covered."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.relationships.models import ActionItem, AgendaItem, Goal, Session, Situation
from telemachy.apps.relationships.policies import sessions as policies
from telemachy.apps.relationships.queries import agendas as queries
from telemachy.apps.relationships.queries import sessions as session_queries
from telemachy.core.shared.errors import BadInput

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

MAX_ITEMS = 30
MAX_CHARS = 300


@action
def add(*, session: Session, by: Person, now: datetime, text: str) -> AgendaItem:
    """Add a point in one's own words. Raises NotAllowed, BadInput."""
    if not text.strip():
        raise BadInput(_("Write what you want to talk about."), field="text")
    return _append(session, by, now, text.strip(), "own")


@action
def take(
    *, session: Session, by: Person, now: datetime, subject: Situation | Goal | ActionItem
) -> AgendaItem:
    """Add a suggested situation, goal or action item. Raises NotAllowed, BadInput."""
    offered = {(one.kind, one.subject.pk): one for one in queries.suggestions(session, by)}
    one = offered.get((queries.kind_of(subject), subject.pk))
    if one is None:
        raise BadInput(_("This is on the agenda already, or no longer open."))
    return _append(session, by, now, one.text, one.kind, **{one.kind: subject})


@action
def cover(*, item: AgendaItem, by: Person, now: datetime, covered: bool) -> None:
    """Tick a point off, or open it again. Raises NotAllowed."""
    session = session_queries.locked(item.session)
    policies.prepare(by, session).require()
    item.covered_at = now if covered else None
    AgendaItem.objects.filter(pk=item.pk).update(covered_at=item.covered_at)  # it may just have been removed
    events.record("agenda.covered" if covered else "agenda.reopened", by=by, now=now, on=session)


@action
def shift(*, item: AgendaItem, by: Person, now: datetime, up: bool) -> None:
    """Move a point one place up or down. Raises NotAllowed."""
    session = session_queries.locked(item.session)
    policies.prepare(by, session).require()
    order = list(session.agenda.order_by("position", "pk"))
    place = order.index(item) if item in order else -1  # the other one may just have taken it off
    other = place - 1 if up else place + 1
    if place < 0 or not 0 <= other < len(order):
        events.unchanged()
        return
    order[place], order[other] = order[other], order[place]
    for position, point in enumerate(order):
        point.position = position
    AgendaItem.objects.bulk_update(order, ["position"])
    events.record("agenda.ordered", by=by, now=now, on=session)


@action
def remove(*, item: AgendaItem, by: Person, now: datetime) -> None:
    """Take a point off the agenda. Raises NotAllowed."""
    session = session_queries.locked(item.session)
    policies.prepare(by, session).require()
    item.delete()
    events.record("agenda.item_removed", by=by, now=now, on=session)


def _append(
    session: Session,
    by: Person,
    now: datetime,
    text: str,
    source: str,
    **subject: Situation | Goal | ActionItem,
) -> AgendaItem:
    session = session_queries.locked(session)
    policies.prepare(by, session).require()
    if session.agenda.count() >= MAX_ITEMS:
        raise BadInput(_("The agenda is full; take something off first."), field="text")
    last = session.agenda.aggregate(last=Max("position"))["last"]
    item = AgendaItem.objects.create(
        session=session, text=text[:MAX_CHARS], position=0 if last is None else last + 1, **subject
    )
    events.record("agenda.item_added", by=by, now=now, on=session, source=source)
    return item
