"""Failure-mode memory: what one relationship knows of how its learner fails, and how that help fades.

Lessons are recalled by the cues of a situation (`Memory.recall`), shown at the level their failure mode has
(`shown`), and fade with success without them (`after`). Nothing here is the learner's own: that is what it
wrote down for itself (`own_lessons`), and all that is left when the platform is off.
"""

from telemachy.core.memory.asking import AskQuality, Intention, ask_quality
from telemachy.core.memory.breadth import Judged, also_fits
from telemachy.core.memory.effects import Effect, withholding_effect
from telemachy.core.memory.fading import Attempt, Mode, Step, after, recurrence_risk
from telemachy.core.memory.lessons import (
    MAX_ACTIVE,
    MAX_CHARS,
    MAX_REMINDERS,
    Lesson,
    LessonText,
    Mark,
    checked,
    marks,
)
from telemachy.core.memory.lots import AUDITED_ONE_IN, LEFT_OUT_ONE_IN, falls_on
from telemachy.core.memory.own_lessons import as_skill, n_tokens, without_recalled
from telemachy.core.memory.recall import Cues, Match, Memory, example_among, over_the_limit
from telemachy.core.memory.reviews import AtStake, Case, Reason, Why, Worth, by_worth, near_a_level_change
from telemachy.core.memory.tiers import Tier
from telemachy.core.memory.trust import (
    LessonCheck,
    Source,
    may_be_released,
    why_quarantined,
    with_descendants,
)
from telemachy.core.memory.wording import LABEL, as_text, shown

__all__ = [
    "AUDITED_ONE_IN",
    "LABEL",
    "LEFT_OUT_ONE_IN",
    "MAX_ACTIVE",
    "MAX_CHARS",
    "MAX_REMINDERS",
    "AskQuality",
    "AtStake",
    "Attempt",
    "Case",
    "Cues",
    "Effect",
    "Intention",
    "Judged",
    "Lesson",
    "LessonCheck",
    "LessonText",
    "Mark",
    "Match",
    "Memory",
    "Mode",
    "Reason",
    "Source",
    "Step",
    "Tier",
    "Why",
    "Worth",
    "after",
    "also_fits",
    "as_skill",
    "as_text",
    "ask_quality",
    "by_worth",
    "checked",
    "example_among",
    "falls_on",
    "marks",
    "may_be_released",
    "n_tokens",
    "near_a_level_change",
    "over_the_limit",
    "recurrence_risk",
    "shown",
    "why_quarantined",
    "with_descendants",
    "withholding_effect",
    "without_recalled",
]
