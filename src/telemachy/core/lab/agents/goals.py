"""What the experiment was set to show, before it was run."""

from __future__ import annotations

from dataclasses import replace

from telemachy.core.lab.agents.arms import ANSWERS, BATCH_GENERIC, BATCH_OWN, FADED, NONE, PERFECT, TRACKED
from telemachy.core.lab.agents.statistics import Goal

_OURS = FADED.name

GOALS = (
    Goal("novel accuracy against none, at least +15 points", _OURS, "novel", 0.15, NONE.name),
    Goal("regret against none, -50 % or better", _OURS, "regret", -0.5, NONE.name, True, True),
    Goal(
        "regret against batch individual, -30 % or better", _OURS, "regret", -0.3, BATCH_OWN.name, True, True
    ),
    Goal(
        "situations to threshold against batch individual, -25 % or better",
        _OURS,
        "to_threshold",
        -0.25,
        BATCH_OWN.name,
        True,
        True,
    ),
    Goal(
        "novel accuracy against batch generic, at least +10 points", _OURS, "novel", 0.1, BATCH_GENERIC.name
    ),
    Goal("repeat failure at most 10 %", _OURS, "repeat_failure", 0.1, is_ceiling=True),
    Goal("drop after withdrawal at most 2 points", _OURS, "drop", 0.02, is_ceiling=True),
    Goal("novel accuracy with fading within 3 points of without", _OURS, "novel", -0.03, TRACKED.name),
    Goal("help with fading at most half of without", _OURS, "help_rate", -0.5, TRACKED.name, True, True),
    Goal("always answer drops at least 10 points when it ends", ANSWERS.name, "drop", 0.1),
)

#: What is left of the goals that a memory can change, if its reminders always came and always helped.
AT_BEST = tuple(
    replace(goal, arm=PERFECT.name)
    for goal in GOALS
    if (goal.measure, goal.other) in {("novel", BATCH_GENERIC.name), ("repeat_failure", "")}
)

#: Judged where 15 % of what the trainer says is wrong.
WITH_ERRORS = (Goal("novel accuracy against none, better", _OURS, "novel", 0.0, NONE.name),)
