"""Write notes of a session: a private one and a shared one for each author."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.relationships.models import Draft, Session, SessionNote
from telemachy.apps.relationships.policies import sessions as policies
from telemachy.apps.relationships.queries import session_notes as queries
from telemachy.apps.relationships.queries import sessions
from telemachy.core.shared.errors import BadInput

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

MAX_CHARS = 20_000


@action
def write(*, session: Session, by: Person, now: datetime, text: str, shared: bool) -> None:
    """Keep one's own note as it is now; an empty text removes it. Raises NotAllowed, BadInput.

    Everybody writes a note of their own, so two people who write at once never overwrite each other.
    """
    session = sessions.locked(session)
    policies.prepare(by, session).require()
    if len(text) > MAX_CHARS:
        raise BadInput(_("This note is too long to be kept."), field="text")
    if "\x00" in text:
        raise BadInput(_("The text holds a character that cannot be kept."), field="text")
    own = SessionNote.objects.filter(session=session, author=by, shared=shared)
    if shared:
        Draft.objects.filter(person=by, key=queries.draft_key(session)).delete()
    if not text.strip():
        n_gone, _by_model = own.delete()
        changed = "removed" if n_gone else ""
    elif own.filter(text=text).exists():
        changed = ""
    else:
        _note, is_new = SessionNote.objects.update_or_create(
            session=session, author=by, shared=shared, defaults={"text": text, "updated_at": now}
        )
        changed = "begun" if is_new else "changed"
    if changed and (shared or changed != "changed"):
        kind = "shared_note" if shared else "private_note"
        events.record(f"session.{kind}_{changed}", by=by, now=now, on=session)
    else:
        events.unchanged()  # the trail does not follow how somebody types a private note
