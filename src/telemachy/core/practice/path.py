"""The path "foundational coaching skills": what to do in which order, in about two hours."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from telemachy.core.practice.drills import Skill


class StepKind(StrEnum):
    """What a step of the path consists of."""

    DRILL = "drill"
    ROLE_PLAY = "role_play"
    CONVERSATION = "conversation"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: exercises of a skill, a scenario, or a real conversation; done after `target` of them."""

    kind: StepKind
    subject: str
    target: int
    minutes: int


#: Recognise before you produce, listen before you sum up, and try each skill in a conversation soon after.
FOUNDATIONS = (
    Step(StepKind.DRILL, Skill.PHASE, 8, 8),
    Step(StepKind.DRILL, Skill.ASK, 10, 12),
    Step(StepKind.DRILL, Skill.UNSTACK, 8, 8),
    Step(StepKind.ROLE_PLAY, "vague-goal", 1, 8),
    Step(StepKind.DRILL, Skill.REFLECT, 10, 12),
    Step(StepKind.ROLE_PLAY, "silence", 1, 8),
    Step(StepKind.DRILL, Skill.DEEPEN, 8, 12),
    Step(StepKind.DRILL, Skill.SUMMARISE, 6, 15),
    Step(StepKind.ROLE_PLAY, "asks-for-advice", 1, 8),
    Step(StepKind.ROLE_PLAY, "resistance", 1, 9),
    Step(StepKind.CONVERSATION, "conversation", 1, 20),
)
