"""Matching: who should learn from whom, why, and what it would take to do better.

`assign` works on arrays, `plan` on profiles. In pools too large to explain everybody, `solve` matches and
explains whom one asks for; `candidates` gives the best pairs as the arrays that `assign` takes. `exclusions`
and `why_not` tell what the hard rules keep apart.

Other shapes: `plan_groups` and `plan_peers` do what `plan` does, for groups around a mentor and for a pool of
equals; on arrays `assign_groups`, `pair_peers` and `form_circles`, `assign_programmes` (mentors shared),
`assign_with` (wishes beyond the total), `rematch`, `arrive`. `plan_of` explains pairs that any solver found.
`parity`, `supply` and `one_more` tell of a pool what the report of a plan does not.
"""

from telemachy.core.matching.arrival import Arrival, arrive, next_for
from telemachy.core.matching.assignment import Assignment, Outcome, assign
from telemachy.core.matching.candidate_pairs import Candidates, candidates
from telemachy.core.matching.choices import Choice, Standing, choices, pair_choices, peer_choices, standings
from telemachy.core.matching.circles import Circles, form_circles
from telemachy.core.matching.explain import Alternative, Part, Proposal, Unmatched
from telemachy.core.matching.groups import Groups, assign_groups
from telemachy.core.matching.one_pool import PeerCandidates, peer_candidates
from telemachy.core.matching.parity import Gap, GroupQuality, Parity, parity
from telemachy.core.matching.peer_plans import plan_peers
from telemachy.core.matching.peers import Peers, pair_peers
from telemachy.core.matching.planning import Plan, Seat, Solution, exclusions, plan, solve, why_not
from telemachy.core.matching.problem import Component, Problem, Profile, Rules, SeniorityRule, Weights
from telemachy.core.matching.reasons import Reason
from telemachy.core.matching.rematch import Change, Difference, Rematch, difference, rematch
from telemachy.core.matching.report import Report
from telemachy.core.matching.shapes import Proof, plan_groups, plan_of
from telemachy.core.matching.shared_mentors import Demand, Share, Shared, assign_programmes
from telemachy.core.matching.solver import warm_up
from telemachy.core.matching.supply import Balance, OneMore, Supply, one_more, supply
from telemachy.core.matching.weeks import read_hours
from telemachy.core.matching.wishes import Granted, Wishes, assign_with

__all__ = [
    "Alternative",
    "Arrival",
    "Assignment",
    "Balance",
    "Candidates",
    "Change",
    "Choice",
    "Circles",
    "Component",
    "Demand",
    "Difference",
    "Gap",
    "Granted",
    "GroupQuality",
    "Groups",
    "OneMore",
    "Outcome",
    "Parity",
    "Part",
    "PeerCandidates",
    "Peers",
    "Plan",
    "Problem",
    "Profile",
    "Proof",
    "Proposal",
    "Reason",
    "Rematch",
    "Report",
    "Rules",
    "Seat",
    "SeniorityRule",
    "Share",
    "Shared",
    "Solution",
    "Standing",
    "Supply",
    "Unmatched",
    "Weights",
    "Wishes",
    "arrive",
    "assign",
    "assign_groups",
    "assign_programmes",
    "assign_with",
    "candidates",
    "choices",
    "difference",
    "exclusions",
    "form_circles",
    "next_for",
    "one_more",
    "pair_choices",
    "pair_peers",
    "parity",
    "peer_candidates",
    "peer_choices",
    "plan",
    "plan_groups",
    "plan_of",
    "plan_peers",
    "read_hours",
    "rematch",
    "solve",
    "standings",
    "supply",
    "warm_up",
    "why_not",
]
