"""The Python client: a program's way to its mentor. Needs httpx alone, neither Django nor the server."""

from telemachy.client.answers import (
    Debriefing,
    Goal,
    Guidance,
    Help,
    Locked,
    Reminder,
    Standing,
    Started,
    Who,
)
from telemachy.client.clients import AsyncTelemachy, Telemachy, UnknownGoal
from telemachy.client.queue import Flushed, Kept
from telemachy.client.situations import AsyncSituation, Situation
from telemachy.client.transport import Call, Refused, TelemachyError, Unreachable

__all__ = [
    "AsyncSituation",
    "AsyncTelemachy",
    "Call",
    "Debriefing",
    "Flushed",
    "Goal",
    "Guidance",
    "Help",
    "Kept",
    "Locked",
    "Refused",
    "Reminder",
    "Situation",
    "Standing",
    "Started",
    "Telemachy",
    "TelemachyError",
    "UnknownGoal",
    "Unreachable",
    "Who",
]
