"""Matching for the shapes that are not one to one: circles around a mentor, and peers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from telemachy.apps.programmes.queries.match_options import options_of
from telemachy.core import matching
from telemachy.core.matching.features import Features
from telemachy.core.matching.pairs import STEPS
from telemachy.core.matching.tables import Pool as Tables

if TYPE_CHECKING:
    from telemachy.apps.programmes.snapshots import Pool
    from telemachy.core.matching import Plan, Problem, Reason

#: Two people and their score, of each pair: int64, int64, float64.
Edges = tuple[Any, Any, Any]

#: Candidates of each learner in pools that need more than the plain assignment.
K = 64


def plan_groups(pool: Pool) -> Plan:
    """Place learners in circles around mentors that start with enough learners, or not at all."""
    problem = _sized(pool)
    found = matching.candidates(problem, k=K)
    if not len(found.mentor):
        return matching.plan(problem)
    seats = np.maximum(found.capacity, 1)
    result = matching.assign_groups(
        found.indptr,
        found.mentor,
        found.score,
        seats,
        minimum=np.minimum(options_of(pool).group_min, seats),
        locked=locks(problem),
        seed=problem.seed,
    )
    proof = {"upper_bound": result.upper_bound, "gap": result.gap, "is_optimal": result.is_optimal}
    plan = solution(problem, found, result.mentor, proof)
    why = matching.Reason("group_not_filled", {"least": options_of(pool).group_min})
    return replace(plan, unmatched=for_reason(plan.unmatched, why))


def for_reason(unmatched: Iterable[matching.Unmatched], why: Reason) -> tuple[matching.Unmatched, ...]:
    """Give those whom no hard rule keeps out the reason of the shape."""
    return tuple(
        replace(left, reason=why, alternatives=()) if left.reason.code == "unmatched_capacity" else left
        for left in unmatched
    )


def plan_peers(pool: Pool) -> tuple[Plan, dict[str, int]]:
    """Match equals in pairs or circles; return the plan and, by person, the number of the pair or circle.

    Everybody is learner once and helper once: in a pair of each other, in a circle of the next.
    """
    problem, n_people = pool.problem, len(pool.problem.learners)
    # People of pairs not listed are kept apart in circles, so all possible pairs are listed there.
    found = matching.candidates(problem, k=K if options_of(pool).circle == 2 else max(n_people, 1))
    edges = _edges(found)
    circles, proof, measured = (_pairs if options_of(pool).circle == 2 else _circles)(pool, edges)
    chosen = np.full(n_people, -1, dtype=np.int32)
    circle_of = {}
    for number, circle in enumerate(circles, 1):
        for at, one in enumerate(circle):
            chosen[one] = circle[(at + 1) % len(circle)]
            circle_of[problem.learners[one].key] = number
    if not circles:
        return matching.plan(replace(problem, mentors=())), {}
    plan = solution(problem, found, chosen, proof)
    report = replace(plan.report, n_pairs_eligible=len(edges[0]), **measured)
    unmatched = for_reason(plan.unmatched, matching.Reason("no_circle", {}))
    return replace(plan, report=report, unmatched=unmatched), circle_of


def _pairs(pool: Pool, edges: Edges) -> tuple[list[list[int]], dict[str, Any], dict[str, Any]]:
    """Return the best pairs, their proof, and what the report says otherwise."""
    problem, n_people = pool.problem, len(pool.problem.learners)
    result = matching.pair_peers(*edges, n_people, locked=_peer_locks(problem), seed=problem.seed)
    # A pair's score counts for both of its people.
    proof = {"upper_bound": 2 * result.upper_bound, "gap": result.gap, "is_optimal": result.is_optimal}
    return [[one, other] for one, other in enumerate(result.peer.tolist()) if one < other], proof, {}


def _circles(pool: Pool, edges: Edges) -> tuple[list[list[int]], dict[str, Any], dict[str, Any]]:
    """Return good circles, each in the order in which one helps the other, with proof and total."""
    problem, n_people = pool.problem, len(pool.problem.learners)
    result = matching.form_circles(*edges, n_people, size=options_of(pool).circle, seed=problem.seed)
    members: dict[int, list[int]] = {}
    for person, circle in enumerate(result.circle.tolist()):
        if circle >= 0:
            members.setdefault(circle, []).append(person)
    first, second, score = (column.tolist() for column in edges)
    suits = dict(zip(zip(first, second, strict=True), score, strict=True))
    proof = {"upper_bound": result.upper_bound, "gap": result.gap, "is_optimal": result.gap == 0}
    # The bound is on the sum over all who share a circle, so the total is that, too.
    return [_ring(circle, suits) for circle in members.values()], proof, {"total_score": result.total_score}


def _ring(circle: list[int], suits: Mapping[tuple[int, int], float]) -> list[int]:
    """Put a circle into an order in which each suits the next, the best of those left going on."""
    ring, left = circle[:1], set(circle[1:])
    while left:
        last = ring[-1]
        best = max(left, key=lambda one: (suits.get((min(last, one), max(last, one)), 0.0), -one))
        ring.append(best)
        left.remove(best)
    return ring


def _edges(found: matching.Candidates) -> Edges:
    """Return the pairs that are possible both ways, each once, and the mean of both scores."""
    learner = np.repeat(np.arange(len(found.indptr) - 1), np.diff(found.indptr))
    mentor = found.mentor.astype(np.int64)
    low, high = np.minimum(learner, mentor), np.maximum(learner, mentor)
    order = np.lexsort((high, low))
    low, high, score = low[order], high[order], found.score[order].astype(np.float64)
    both = np.flatnonzero((low[1:] == low[:-1]) & (high[1:] == high[:-1]))
    return low[both], high[both], (score[both] + score[both + 1]) / 2


def _peer_locks(problem: Problem) -> Any:
    kept = locks(problem)
    for one, other in enumerate(kept.tolist()):
        if other >= 0:
            kept[other] = one
    return kept


def _sized(pool: Pool) -> Problem:
    """Return the problem with circles of the size that the run asks for; who has too few seats is out."""
    options, locked = options_of(pool), {mentor for _learner, mentor in pool.problem.locked}
    mentors = []
    for mentor in pool.problem.mentors:
        capacity = min(mentor.capacity, options.group_max)
        too_small = capacity < options.group_min and mentor.key not in locked
        mentors.append(replace(mentor, capacity=0 if too_small else capacity))
    return replace(pool.problem, mentors=tuple(mentors))


def locks(problem: Problem) -> Any:
    at = {mentor.key: number for number, mentor in enumerate(problem.mentors)}
    mentor_of = dict(problem.locked)
    return np.array(
        [at[mentor_of[one.key]] if one.key in mentor_of else -1 for one in problem.learners], dtype=np.int32
    )


def solution(problem: Problem, found: matching.Candidates, chosen: Any, proof: Mapping[str, Any]) -> Plan:
    """Return a plan that explains and measures pairs which another solver found."""
    pairs = found.pairs()
    mentor = np.asarray(chosen, dtype=np.int32)
    n_matched = int((mentor >= 0).sum())
    nothing = np.zeros(len(problem.mentors))
    result = matching.Assignment(
        mentor=mentor,
        n_matched=n_matched,
        total_score=int(pairs.steps_of(mentor.astype(np.int64)).sum()) / STEPS,
        price=nothing,
        extra_matched=nothing.astype(np.int32),
        outcome=matching.Outcome.COMPLETE if n_matched == len(mentor) else matching.Outcome.PARTIAL,
        **proof,
    )
    plan = matching.Solution(Tables(Features(problem)), found, result, is_highest=False).plan()
    # What one more seat would bring is not worked out for these shapes.
    return replace(plan, seats=())
