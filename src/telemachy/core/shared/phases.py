"""Which phase of GROW a case is ready for: Goal, Reality, Options, Will.

The phases are Whitmore's (Coaching for Performance, 1992). A conversation is free to move between them;
the order here only says which kind of question probably helps next, given what the learner wrote already.
"""

from __future__ import annotations

from enum import StrEnum

#: Below this confidence, in per cent, a decision the learner leans to is still to be tested.
UNSURE = 50


class Phase(StrEnum):
    """The four phases."""

    GOAL = "goal"
    REALITY = "reality"
    OPTIONS = "options"
    WILL = "will"


def phases_due(
    *, has_view: bool, has_options: bool, has_decision: bool, confidence: int | None = None
) -> tuple[Phase, ...]:
    """Return the four phases, the one to ask about first before the others.

    Parameters
    ----------
    has_view, has_options, has_decision : bool
        Whether the learner wrote an own view, options, and a decision they lean to.
    confidence : int, optional
        How sure the learner is of that decision, 0..100.
    """
    if not has_view:
        return Phase.REALITY, Phase.GOAL, Phase.OPTIONS, Phase.WILL
    if not has_options:
        return Phase.OPTIONS, Phase.REALITY, Phase.GOAL, Phase.WILL
    if not has_decision:
        return Phase.GOAL, Phase.WILL, Phase.OPTIONS, Phase.REALITY
    if confidence is not None and confidence < UNSURE:
        return Phase.REALITY, Phase.WILL, Phase.GOAL, Phase.OPTIONS
    return Phase.WILL, Phase.GOAL, Phase.REALITY, Phase.OPTIONS
