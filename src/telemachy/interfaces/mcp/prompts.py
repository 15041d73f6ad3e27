"""Prompts: how an agent takes a baseline, debriefs a case, and writes its account."""

from __future__ import annotations


def baseline(goal: str) -> str:
    """Handle cases without help first, so that growth can be measured from there."""
    return f"""Goal: {goal}
Before any mentoring, handle the next cases alone. For each one call start_situation, write down
what you decide, why, and how sure you are from 0 to 1, then commit_decision. Do not ask. Do not
change a decision once its outcome is known: what is measured is where you start."""


def debrief(situation_id: str) -> str:
    """Look back on a case with its mentor's questions."""
    return f"""Situation: {situation_id}
Call report_outcome and answer the questions it returns, in this order: what did you see, what did
you expect, where did the two part, which cue would have told you earlier, and in which kind of case
would the same decision be wrong. Answer from what happened, not from what a mentor may like to
hear."""


def account(situation_id: str) -> str:
    """Write the account that closes a case."""
    return f"""Situation: {situation_id}
Call submit_account with the criteria you decided by, the risks you weighed, the alternatives you
left, and what came of it. If there is something to take along, put it into lesson as one rule: the
cue, what to do, why, and where it does not hold. Write it so that you could act on it with this
platform switched off."""
