"""Matching: who should learn from whom, why, and what it would take to do better.

`assign` works on arrays, `plan` on profiles. In pools too large to explain everybody, `solve` matches and explains
whom one asks for; `candidates` gives the best pairs as the arrays that `assign` takes. `exclusions` and `why_not`
tell what the hard rules keep apart.
"""

from telemachy.core.matching.assignment import Assignment, Outcome, assign
from telemachy.core.matching.candidate_pairs import Candidates, candidates
from telemachy.core.matching.choices import Choice, choices
from telemachy.core.matching.explain import Alternative, Part, Proposal, Unmatched
from telemachy.core.matching.planning import Plan, Seat, Solution, exclusions, plan, solve, why_not
from telemachy.core.matching.problem import Component, Problem, Profile, Rules, SeniorityRule, Weights
from telemachy.core.matching.reasons import Reason
from telemachy.core.matching.report import Report
from telemachy.core.matching.weeks import read_hours

__all__ = [
    "Alternative",
    "Assignment",
    "Candidates",
    "Choice",
    "Component",
    "Outcome",
    "Part",
    "Plan",
    "Problem",
    "Profile",
    "Proposal",
    "Reason",
    "Report",
    "Rules",
    "Seat",
    "SeniorityRule",
    "Solution",
    "Unmatched",
    "Weights",
    "assign",
    "candidates",
    "choices",
    "exclusions",
    "plan",
    "read_hours",
    "solve",
    "why_not",
]
