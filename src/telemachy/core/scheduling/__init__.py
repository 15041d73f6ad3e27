"""Scheduling: when two people in two time zones can meet, and whether they meet as agreed."""

from telemachy.core.scheduling.hours import (
    Interval,
    WorkingHours,
    intersect,
    overlap_hours_per_week,
    working_intervals,
)
from telemachy.core.scheduling.rhythm import Cadence, CadenceStatus, cadence
from telemachy.core.scheduling.slots import propose_slots

__all__ = [
    "Cadence",
    "CadenceStatus",
    "Interval",
    "WorkingHours",
    "cadence",
    "intersect",
    "overlap_hours_per_week",
    "propose_slots",
    "working_intervals",
]
