"""Insights: from dates, counts and states of pairs, never their content, to the moments to intervene."""

from telemachy.core.insights.facts import (
    GoalFact,
    LearnerMix,
    MentorFacts,
    PairFacts,
    SessionFact,
    SituationFact,
)
from telemachy.core.insights.groups import low_pulse
from telemachy.core.insights.mentors import mentor_signals
from telemachy.core.insights.pairs import pair_signals
from telemachy.core.insights.places import PairPlace, Quadrant, place
from telemachy.core.insights.signals import TEXTS, Confidence, Severity, Signal
from telemachy.core.insights.thresholds import DEFAULT, Thresholds

__all__ = [
    "DEFAULT",
    "TEXTS",
    "Confidence",
    "GoalFact",
    "LearnerMix",
    "MentorFacts",
    "PairFacts",
    "PairPlace",
    "Quadrant",
    "SessionFact",
    "Severity",
    "Signal",
    "SituationFact",
    "Thresholds",
    "low_pulse",
    "mentor_signals",
    "pair_signals",
    "place",
]
