"""The Python client: a program's way to its mentor. Needs httpx alone, neither Django nor the server."""

from telemachy.client.answers import (
    Debriefing,
    Goal,
    Guidance,
    Help,
    Locked,
    Me,
    Reminder,
    Standing,
    Started,
    Who,
)
from telemachy.client.clients import AsyncTelemachy, Telemachy, UnknownGoal
from telemachy.client.queue import Flushed, Kept
from telemachy.client.situations import AsyncSituation, Situation
from telemachy.client.trainers import AsyncTrainer, Trainer
from telemachy.client.training import (
    Agent,
    Case,
    CompetencyStanding,
    FailureMode,
    Held,
    Learner,
    Lesson,
    PastCases,
    Review,
    Sent,
)
from telemachy.client.transport import Call, ClearText, Refused, TelemachyError, Unreachable

__all__ = [
    "Agent",
    "AsyncSituation",
    "AsyncTelemachy",
    "AsyncTrainer",
    "Call",
    "Case",
    "ClearText",
    "CompetencyStanding",
    "Debriefing",
    "FailureMode",
    "Flushed",
    "Goal",
    "Guidance",
    "Held",
    "Help",
    "Kept",
    "Learner",
    "Lesson",
    "Locked",
    "Me",
    "PastCases",
    "Refused",
    "Reminder",
    "Review",
    "Sent",
    "Situation",
    "Standing",
    "Started",
    "Telemachy",
    "TelemachyError",
    "Trainer",
    "UnknownGoal",
    "Unreachable",
    "Who",
]
