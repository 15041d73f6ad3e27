"""Matching for the shapes that are not one to one: circles around a mentor, and peers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from telemachy.core import matching
from telemachy.core.matching.circles import form_circles
from telemachy.core.matching.groups import assign_groups
from telemachy.core.matching.peers import pair_peers

if TYPE_CHECKING:
    from telemachy.apps.programmes.snapshots import Pool
    from telemachy.core.matching import Plan, Problem, Proposal, Reason

#: Candidates of each learner in pools that need more than the plain assignment.
K = 64


def plan_groups(pool: Pool) -> Plan:
    """Place learners in circles around mentors that start with enough learners, or not at all."""
    problem = _sized(pool)
    found = matching.candidates(problem, k=K)
    if not len(found.mentor):
        return matching.plan(problem)
    least = np.minimum(pool.options.group_min, np.maximum(found.capacity, 1))
    result = assign_groups(
        found.indptr,
        found.mentor,
        found.score,
        np.maximum(found.capacity, 1),
        minimum=least,
        locked=_locks(problem),
        seed=problem.seed,
    )
    chosen = {
        learner.key: problem.mentors[mentor].key
        for learner, mentor in zip(problem.learners, result.mentor.tolist(), strict=True)
        if mentor >= 0
    }
    told = explained(problem, chosen)
    report = replace(
        told.report,
        outcome=result.outcome.value,
        n_seats=sum(mentor.capacity for mentor in problem.mentors),
        n_pairs_eligible=len(found.mentor),
        gap=result.gap,
        upper_bound=result.upper_bound,
        is_optimal=result.is_optimal,
    )
    reached = np.diff(found.indptr) > 0
    has_mentor = {learner.key for learner, has in zip(problem.learners, reached, strict=True) if has}
    why = matching.Reason("group_not_filled", {"least": pool.options.group_min})
    unmatched = tuple(
        replace(left, reason=why, alternatives=()) if left.learner in has_mentor else left
        for left in told.unmatched
    )
    return replace(told, report=report, unmatched=unmatched, seats=())


def plan_peers(pool: Pool) -> tuple[Plan, dict[str, int]]:
    """Match equals in pairs or circles; return the plan and, by person, the number of the pair or circle.

    Everybody is learner once and helper once: in a pair of each other, in a circle of the next.
    """
    problem = pool.problem
    circles, measured = (_pairs if pool.options.circle == 2 else _circles)(pool)
    keys = [person.key for person in problem.learners]
    chosen, circle_of = {}, {}
    for number, circle in enumerate(circles, 1):
        for at, one in enumerate(circle):
            chosen[keys[one]] = keys[circle[(at + 1) % len(circle)]]
            circle_of[keys[one]] = number
    told = explained(problem, chosen)
    why = matching.Reason("no_circle", {})
    unmatched = tuple(
        left if left.reason.code == "unmatched_no_mentors" else replace(left, reason=why, alternatives=())
        for left in told.unmatched
    )
    report = replace(told.report, n_seats=len(keys), **measured)
    return replace(told, report=report, unmatched=unmatched, seats=()), circle_of


def _pairs(pool: Pool) -> tuple[list[list[int]], dict[str, Any]]:
    """Return the best pairs, and how good they are in all."""
    problem, n_people = pool.problem, len(pool.problem.learners)
    first, second, score = _edges(problem, K)
    result = pair_peers(first, second, score, n_people, locked=_peer_locks(problem), seed=problem.seed)
    measured = {
        "n_pairs_eligible": len(first),
        # A pair's score counts for both of its people.
        "upper_bound": 2 * result.upper_bound,
        "gap": result.gap,
        "is_optimal": result.is_optimal,
    }
    return [[one, other] for one, other in enumerate(result.peer.tolist()) if one < other], measured


def _circles(pool: Pool) -> tuple[list[list[int]], dict[str, Any]]:
    """Return good circles, each in the order in which one helps the other, and how good they are in all."""
    problem, n_people = pool.problem, len(pool.problem.learners)
    # People of pairs not listed are kept apart, so all possible pairs are listed.
    first, second, score = _edges(problem, max(n_people, 1))
    result = form_circles(first, second, score, n_people, size=pool.options.circle, seed=problem.seed)
    members: dict[int, list[int]] = {}
    for person, circle in enumerate(result.circle.tolist()):
        if circle >= 0:
            members.setdefault(circle, []).append(person)
    suits = dict(zip(zip(first.tolist(), second.tolist(), strict=True), score.tolist(), strict=True))
    measured = {
        "n_pairs_eligible": len(first),
        "total_score": result.total_score,
        "upper_bound": result.upper_bound,
        "gap": result.gap,
        "is_optimal": result.gap == 0,
    }
    return [_ring(circle, suits) for circle in members.values()], measured


def _ring(circle: list[int], suits: Mapping[tuple[int, int], float]) -> list[int]:
    """Put a circle into an order in which each suits the next, the best of those left going on."""
    ring, left = circle[:1], set(circle[1:])
    while left:
        last = ring[-1]
        best = max(left, key=lambda one: (suits.get((min(last, one), max(last, one)), 0.0), -one))
        ring.append(best)
        left.remove(best)
    return ring


def _edges(problem: Problem, k: int) -> tuple[Any, Any, Any]:
    """Return the pairs that are possible both ways, each once, and the mean of both scores."""
    found = matching.candidates(problem, k=k)
    learner = np.repeat(np.arange(len(found.indptr) - 1), np.diff(found.indptr))
    mentor = found.mentor.astype(np.int64)
    low, high = np.minimum(learner, mentor), np.maximum(learner, mentor)
    order = np.lexsort((high, low))
    low, high, score = low[order], high[order], found.score[order].astype(np.float64)
    both = np.flatnonzero((low[1:] == low[:-1]) & (high[1:] == high[:-1]))
    return low[both], high[both], (score[both] + score[both + 1]) / 2


def _peer_locks(problem: Problem) -> Any:
    kept = _locks(problem)
    for one, other in enumerate(kept.tolist()):
        if other >= 0:
            kept[other] = one
    return kept


def _sized(pool: Pool) -> Problem:
    """Return the problem with circles of the size that the run asks for; who has too few seats is out."""
    options, locked = pool.options, {mentor for _learner, mentor in pool.problem.locked}
    mentors = []
    for mentor in pool.problem.mentors:
        capacity = min(mentor.capacity, options.group_max)
        too_small = capacity < options.group_min and mentor.key not in locked
        mentors.append(replace(mentor, capacity=0 if too_small else capacity))
    return replace(pool.problem, mentors=tuple(mentors))


def _locks(problem: Problem) -> Any:
    at = {mentor.key: number for number, mentor in enumerate(problem.mentors)}
    mentor_of = dict(problem.locked)
    return np.array(
        [at[mentor_of[one.key]] if one.key in mentor_of else -1 for one in problem.learners], dtype=np.int32
    )


def explained(problem: Problem, chosen: Mapping[str, str]) -> Plan:
    """Return a plan that explains and measures pairs which were found already: learner key -> mentor key."""
    held = Counter(chosen.values())
    mentors = tuple(replace(mentor, capacity=held[mentor.key]) for mentor in problem.mentors)
    fixed = replace(problem, mentors=mentors, locked=tuple(chosen.items()))
    told = matching.plan(fixed)
    decided = set(problem.locked)
    return replace(told, proposals=tuple(_freed(pair, decided) for pair in told.proposals))


def _freed(pair: Proposal, decided: set[tuple[str, str]]) -> Proposal:
    """Take the mark of a lock off a pair that nobody locked; the engine only held it to explain it."""
    if (pair.learner, pair.mentor) in decided:
        return pair
    reasons: tuple[Reason, ...] = tuple(one for one in pair.reasons if not one.code.startswith("locked"))
    return replace(pair, locked=False, reasons=reasons or (matching.Reason("best_for_the_pool", {}),))
