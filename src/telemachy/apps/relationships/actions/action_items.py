"""Agree on who does what by when, and tick it off."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.people.actions import notifications
from telemachy.apps.relationships.models import ActionItem, Session
from telemachy.apps.relationships.policies import sessions as policies
from telemachy.apps.relationships.queries import relationships
from telemachy.apps.relationships.queries import sessions as queries
from telemachy.core.shared.errors import BadInput

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

MAX_CHARS = 300
MAX_ITEMS = 50
FARTHEST = timedelta(days=3 * 366)


@action
def add(
    *, session: Session, by: Person, now: datetime, owner: Person, text: str, due_on: date | None = None
) -> ActionItem:
    """Note who does what by when. Raises NotAllowed, BadInput."""
    session = queries.locked(session)
    policies.prepare(by, session).require()
    if not text.strip() or len(text) > MAX_CHARS:
        raise BadInput(_("Say in one line what is to be done."), field="text")
    if owner.pk not in {person.pk for person in queries.people_of(session.relationship)}:
        raise BadInput(_("Choose one of you."), field="owner")
    if due_on is not None and abs(due_on - now.date()) > FARTHEST:
        raise BadInput(_("Choose a date within the next three years."), field="due_on")
    if session.action_items.count() >= MAX_ITEMS:
        raise BadInput(_("These are more actions than anybody keeps; tick some off first."), field="text")
    item = ActionItem.objects.create(
        relationship=session.relationship,
        session=session,
        owner=owner,
        text=text.strip(),
        due_on=due_on,
        created_at=now,
    )
    if owner.pk != by.pk:
        path = reverse("session", args=[session.pk])
        notifications.tell(person=owner, kind="action.agreed", path=path, now=now, other=by.name)
    events.record("action_item.added", by=by, now=now, on=item, own=owner.pk == by.pk)
    return item


@action
def tick(*, item: ActionItem, by: Person, now: datetime, done: bool) -> None:
    """Say that it is done, or that it is not. Raises NotAllowed."""
    item.relationship = relationships.locked(item.relationship)
    policies.settle(by, item).require()
    item.done_at = now if done else None
    ActionItem.objects.filter(pk=item.pk).update(done_at=item.done_at)  # the other may just have removed it
    events.record("action_item.done" if done else "action_item.reopened", by=by, now=now, on=item)


@action
def drop(*, item: ActionItem, by: Person, now: datetime) -> None:
    """Remove an action item that is not worth doing any more. Raises NotAllowed."""
    item.relationship = relationships.locked(item.relationship)
    policies.settle(by, item).require()
    events.record("action_item.dropped", by=by, now=now, on=item)
    item.delete()
