"""Who reads which note of a session: private ones their author alone, shared ones the pair."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from telemachy.apps.relationships.models import SessionNote

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Session


def readable(session: Session, person: Person) -> QuerySet[SessionNote]:
    """Return the person's own notes, and what the other parties shared."""
    found = SessionNote.objects.filter(Q(author=person) | Q(shared=True), session=session)
    return found.select_related("author").order_by("updated_at")


def draft_key(session: Session) -> str:
    """Return the key of the draft of a shared note that is not shared yet."""
    return f"session:{session.pk}:shared"
