"""What a learner wrote down for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telemachy.apps.relationships.models import OwnLessons
from telemachy.core import memory

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person


def text_of(person: Person) -> str:
    """Return the learner's lessons, "" where it has written none."""
    return OwnLessons.objects.filter(person=person).values_list("text", flat=True).first() or ""


def skill_of(person: Person) -> str:
    """Return the learner's lessons as a SKILL.md file."""
    purpose = person.purpose or f"What {person.name} learned from its own cases."
    return memory.as_skill(f"lessons of {person.name}", purpose, text_of(person))
