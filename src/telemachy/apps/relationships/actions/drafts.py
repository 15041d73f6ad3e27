"""Keep and discard what somebody is writing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.relationships.actions import situations
from telemachy.apps.relationships.models import Draft
from telemachy.apps.relationships.policies import drafts as policies
from telemachy.apps.relationships.queries.drafts import key_of
from telemachy.core.shared.errors import BadInput

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Situation

#: Characters of all fields of a form together.
MAX_DRAFT_CHARS = 100_000


@action
def keep(*, key: str, fields: Mapping[str, str], by: Person, now: datetime) -> None:
    """Keep the fields of a form as they are; empty ones drop the draft. Raises NotAllowed, BadInput.

    The trail tells that a draft was begun, not each time it was saved while typing.
    """
    policies.keep(by, key).require()
    if any("\x00" in text for text in fields.values()):
        raise BadInput(_("The text holds a character that cannot be kept."))
    if sum(map(len, fields.values())) > MAX_DRAFT_CHARS:
        raise BadInput(_("The draft is too long to be kept."))
    if not any(text.strip() for text in fields.values()):
        Draft.objects.filter(person=by, key=key).delete()
        events.unchanged()
        return
    _draft, begun = Draft.objects.update_or_create(
        person=by, key=key, defaults={"fields": dict(fields), "saved_at": now}
    )
    if begun:
        # Verbs that begin so are told to nobody who runs anything: audit.queries keeps them.
        verb = "supervision.draft_begun" if key.startswith("supervision:") else "draft.begun"
        events.record(verb, by=by, now=now)
    else:
        events.unchanged()


@action
def drop(*, about: str, by: Person, now: datetime) -> None:
    """Drop what anybody was writing about something that is deleted: all drafts whose key begins so."""
    events.unchanged()
    Draft.objects.filter(key__startswith=about).delete()


@action
def keep_step(
    *, situation: Situation, step: str, fields: Mapping[str, str], by: Person, now: datetime
) -> None:
    """Keep what is being written for a step of a situation. Raises NotAllowed, BadInput.

    What was typed can arrive after what was sent. So the row is held, as it is by each step: then the
    step is over, and there is nothing to keep any more.
    """
    situation = situations.locked(situation)
    policies.keep_step(by, situation, step, fields).require()
    keep(key=key_of(situation.pk, step), fields=fields, by=by, now=now)
