"""Who reads which note of a session: private ones their author alone, shared ones the pair."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from telemachy.apps.relationships.models import SessionNote

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Session


def own_note(session: Session, person: Person, *, shared: bool) -> SessionNote | None:
    """Return the person's own note of that kind, or None."""
    return SessionNote.objects.filter(session=session, author=person, shared=shared).first()


def shared_by_others(session: Session, person: Person) -> QuerySet[SessionNote]:
    """Return what the other parties shared."""
    others = SessionNote.objects.filter(session=session, shared=True).exclude(author=person)
    return others.select_related("author").order_by("updated_at")


def draft_key(session: Session) -> str:
    """Return the key of the draft of a shared note that is not shared yet."""
    return f"session:{session.pk}:shared"
