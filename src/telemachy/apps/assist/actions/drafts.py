"""An agent mentor's words, drafted by the language model and held like everything an agent writes."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from telemachy.apps.assist import policies
from telemachy.apps.assist.queries import prompts
from telemachy.apps.audit.actions import action
from telemachy.apps.relationships.actions import held_guidance

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import HeldGuidance, Situation


@action
def hold(*, situation: Situation, agent: Person, text: str, by: Person, now: datetime) -> HeldGuidance:
    """Hold a draft in the agent's name until a human has read it. Raises NotAllowed, BadInput, WrongState."""
    policies.draft(by, situation, agent).require()
    level = prompts.level_of(situation)
    return held_guidance.hold_guidance(
        situation=situation, level=level, text=text, by_model=bool(text), by=agent, now=now
    )
