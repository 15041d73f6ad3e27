"""Matching: who should learn from whom, why, and what it would take to do better."""

from telemachy.core.matching.assignment import Assignment, Outcome, assign

__all__ = ["Assignment", "Outcome", "assign"]
