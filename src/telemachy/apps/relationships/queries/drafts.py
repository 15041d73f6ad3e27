"""What somebody was writing."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from telemachy.apps.base import Known
from telemachy.apps.relationships.models import Draft

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Situation


def key_of(about: UUID, step: str) -> str:
    """Return the key of the draft for one step of a situation, or of a relationship's next situation."""
    return f"situation:{about}:{step}"


def draft(person: Person, key: str) -> Draft | None:
    """Return the person's own draft of a form, or None; nobody else can read it."""
    return _DRAFT.row(person.pk, key)


_DRAFT = Known[Draft](lambda person, key: Draft.objects.filter(person_id=person, key=key))


def drafts_about(person: Person, about: UUID) -> dict[str, Draft]:
    """Return the person's own drafts about one thing, by step."""
    prefix = key_of(about, "")
    return {
        kept.key.removeprefix(prefix): kept
        for kept in Draft.objects.filter(person=person, key__startswith=prefix)
    }


def is_sent(situation: Situation, person: Person, step: str, text: str) -> bool:
    """Tell whether the person sent just these words in a step that can be taken again and again."""
    own = {"author": person, "text": text.strip()}
    if step == "message":
        return situation.messages.filter(**own).exists()
    return step == "guide" and bool(own["text"]) and situation.guidance.filter(**own).exists()
