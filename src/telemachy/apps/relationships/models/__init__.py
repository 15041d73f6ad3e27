from .agents import HeldGuidance, OutcomeReport, TraceImport
from .charters import Charter, CharterAgreement
from .feedback import Feedback, Pulse, Reflection
from .goals import Goal, GoalReading
from .health import HealthSnapshot, Nudge
from .interventions import Intervention
from .memory import Attempt, FailureMode, Lesson, LessonCheck, OwnLessons
from .plans import PlanActivity, PlanReview
from .relationships import Party, Relationship
from .sessions import ActionItem, AgendaItem, CalendarFeed, Session, SessionNote, SessionSlot
from .situations import Attachment, Draft, Guidance, Message, Rating, Situation
from .studies import GrowthPopulation, GrowthStudy
from .thresholds import ThresholdClaim

__all__ = [
    "ActionItem",
    "AgendaItem",
    "Attachment",
    "Attempt",
    "CalendarFeed",
    "Charter",
    "CharterAgreement",
    "Draft",
    "FailureMode",
    "Feedback",
    "Goal",
    "GoalReading",
    "GrowthPopulation",
    "GrowthStudy",
    "Guidance",
    "HealthSnapshot",
    "HeldGuidance",
    "Intervention",
    "Lesson",
    "LessonCheck",
    "Message",
    "Nudge",
    "OutcomeReport",
    "OwnLessons",
    "Party",
    "PlanActivity",
    "PlanReview",
    "Pulse",
    "Rating",
    "Reflection",
    "Relationship",
    "Session",
    "SessionNote",
    "SessionSlot",
    "Situation",
    "ThresholdClaim",
    "TraceImport",
]
