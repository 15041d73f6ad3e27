"""Practice: exercises checked at once, role-plays with a scripted client, when to come back, the own mix.

Everything here is a mirror for the one who practises: reasons and counts, never a score of a person.
"""

from telemachy.core.practice.debrief import Debrief, Exchange, debrief
from telemachy.core.practice.drills import Check, Item, Note, Outcome, Remark, Skill, check
from telemachy.core.practice.heard import as_heard
from telemachy.core.practice.library import items, items_of, scenarios
from telemachy.core.practice.mirror import MonthOfWriting, Written, months_of_writing
from telemachy.core.practice.path import FOUNDATIONS, Step, StepKind
from telemachy.core.practice.scenarios import Client, Ending, Line, Scenario, ScriptedClient, problems
from telemachy.core.practice.spacing import Grade, Pace, review
from telemachy.core.practice.turns import Reason, TurnKind, TurnReading, read_turn

__all__ = [
    "FOUNDATIONS",
    "Check",
    "Client",
    "Debrief",
    "Ending",
    "Exchange",
    "Grade",
    "Item",
    "Line",
    "MonthOfWriting",
    "Note",
    "Outcome",
    "Pace",
    "Reason",
    "Remark",
    "Scenario",
    "ScriptedClient",
    "Skill",
    "Step",
    "StepKind",
    "TurnKind",
    "TurnReading",
    "Written",
    "as_heard",
    "check",
    "debrief",
    "items",
    "items_of",
    "months_of_writing",
    "problems",
    "read_turn",
    "review",
    "scenarios",
]
