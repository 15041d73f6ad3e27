"""Plans of groups around a mentor, and of whatever other pairs a solver found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from telemachy.core.matching import assignment, candidate_pairs, errors, group_shortage, groups, planning
from telemachy.core.matching.assignment import Assignment, Outcome
from telemachy.core.matching.candidate_pairs import Candidates
from telemachy.core.matching.exchanges import Exchanges
from telemachy.core.matching.features import Features
from telemachy.core.matching.group_shortage import GroupShortage
from telemachy.core.matching.pairs import STEPS, Bools, Ints
from telemachy.core.matching.planning import Plan, Seat, Solution
from telemachy.core.matching.problem import Problem
from telemachy.core.matching.shortage import Answering
from telemachy.core.matching.tables import Pool

#: Candidates of each learner in pools too large to hold all pairs.
K = 64


@dataclass(frozen=True, slots=True)
class Proof:
    """No matching of as many totals more than `upper_bound`; `gap` is the relative distance from it."""

    upper_bound: float
    gap: float
    is_optimal: bool


def plan_of(
    problem: Problem,
    found: Candidates,
    chosen: Any,
    proof: Proof,
    answering: Answering = Exchanges,
    more: Iterable[Seat] = (),
) -> Plan:
    """Return a plan that explains and measures pairs which another solver found.

    Parameters
    ----------
    problem : Problem
    found : Candidates
        Of the problem; chosen pairs that are missing are added.
    chosen : int32 (n_learners,)
        The mentor of each learner, -1 for none.
    proof : Proof
    answering : callable
        Makes what answers for swaps and for those left over, as `shortage.Answering`.
    more : seats with what one more would bring
    """
    pool, mentor = Pool(Features(problem)), np.asarray(chosen, dtype=np.int32)
    found = _with_chosen(pool, found, mentor)
    # An open seat is not free for the taking: another programme may need it, or a group its size.
    taken = np.bincount(mentor[mentor >= 0], minlength=len(problem.mentors))
    found = replace(found, capacity=taken)
    n_matched, nothing = int((mentor >= 0).sum()), np.zeros(len(problem.mentors))
    result = Assignment(
        mentor=mentor,
        n_matched=n_matched,
        total_score=int(found.pairs().steps_of(mentor.astype(np.int64)).sum()) / STEPS,
        price=nothing,
        extra_matched=nothing.astype(np.int32),
        outcome=Outcome.COMPLETE if n_matched == len(mentor) else Outcome.PARTIAL,
        **asdict(proof),
    )
    plan = Solution(pool, found, result, answering=answering).plan()
    return replace(plan, seats=tuple(more))


def locks(problem: Problem) -> Ints:
    """Return the mentor that each learner is locked to, -1 where free, as `assign` takes it."""
    at, mentor_of = {one.key: number for number, one in enumerate(problem.mentors)}, dict(problem.locked)
    return np.array([at.get(mentor_of.get(one.key, ""), -1) for one in problem.learners], dtype=np.int64)


def listed(problem: Problem) -> Candidates:
    """Return all pairs of a small pool, each learner's best `K` of a larger one."""
    if len(problem.learners) * len(problem.mentors) <= planning.ALL_PAIRS:
        return candidate_pairs.all_pairs(Pool(Features(problem)))
    return candidate_pairs.candidates(problem, k=K)


def plan_groups(
    problem: Problem,
    *,
    least: int = 2,
    most: int = 8,
    previous: Mapping[str, str] | None = None,
    gain: float = 0.05,
) -> Plan:
    """Place learners in groups around mentors that start with enough learners, or not at all.

    Parameters
    ----------
    problem : Problem
        A mentor's capacity is the largest group they take.
    least, most : smallest and largest group
    previous : learner key -> mentor key, of a matching whose pairs are kept
    gain : score from 0 to 1 that each move away from `previous` must bring

    Raises
    ------
    GroupSizesInconsistent
        A smallest size below 1 or above the largest.
    LockOverCapacity, GroupNotFillable
        Locks that do not fit into groups of these sizes.
    BadInput
        For profiles that cannot be worked with.
    """
    if not 1 <= least <= most:
        raise errors.GroupSizesInconsistent(
            f"Groups of {least} to {most}: the smallest must be at least 1 and at most the largest.",
            field="least",
        )
    sized = _sized(problem, least, most)
    n_small = sum(
        bool(one.capacity and not now.capacity)
        for one, now in zip(problem.mentors, sized.mentors, strict=True)
    )
    problem, found = sized, listed(sized)
    if not len(found.mentor):
        return _with_too_few_seats(planning.plan(problem), n_small)
    plain, chosen = _grouped(problem, found, least, _kept_pairs(problem, found, previous or {}), gain)
    total = int(found.pairs().steps_of(chosen.mentor.astype(np.int64)).sum())
    n_is_most = chosen.n_matched == plain.n_matched_bound
    proof = proof_of(found, chosen.n_matched, total, round(plain.upper_bound * STEPS), n_is_most)
    placed, sizes = chosen.mentor.astype(np.int64), np.minimum(least, found.capacity)
    load = np.bincount(placed[placed >= 0], minlength=len(sizes))
    answering = partial(GroupShortage, least=sizes, load=load)
    plan = plan_of(problem, found, placed, proof, answering, _seats(problem, found, placed, least, load))
    return _with_too_few_seats(plan, n_small)


def _with_too_few_seats(plan: Plan, n_small: int) -> Plan:
    """Tell mentors with too few seats for a group from those with none; both are out for everybody."""
    unmatched = []
    for left in plan.unmatched:
        excluded = left.reason.params.get("excluded")
        if n_small and isinstance(excluded, dict):
            n_none = excluded["no_seats"] - n_small
            others = {rule: n for rule, n in excluded.items() if rule != "no_seats"}
            told = {**({"no_seats": n_none} if n_none else {}), "too_few_seats": n_small, **others}
            left = replace(left, reason=replace(left.reason, params={**left.reason.params, "excluded": told}))
        unmatched.append(left)
    return replace(plan, unmatched=tuple(unmatched))


def _seats(problem: Problem, found: Candidates, placed: Ints, least: int, load: Ints) -> Iterator[Seat]:
    """Yield every mentor's seats, with what another mentor with a group like theirs would bring."""
    kept = locks(problem)
    free, _ = assignment.unlocked(found.pairs(), found.capacity, kept)
    extra = group_shortage.one_more(free, found.capacity, np.where(kept >= 0, -1, placed), least, load)
    for mentor, n_learners, n_more in zip(problem.mentors, load.tolist(), extra.tolist(), strict=True):
        yield Seat(mentor.key, mentor.capacity, n_learners, None, n_more)


def _with_chosen(pool: Pool, found: Candidates, chosen: Any) -> Candidates:
    """Add chosen pairs that are no candidates: neighbours in a circle whom only locks brought together."""
    learner = np.flatnonzero(chosen >= 0)
    learner = learner[found.pairs().steps_at(learner, chosen[learner].astype(np.int64)) < 0]
    if not len(learner):
        return found
    mentor = chosen[learner]
    score = [
        pool.combined(pool.scorer.values(learner[[at]], mentor[[at]]))[0, 0] for at in range(len(learner))
    ]
    missing = (learner.astype(np.int32), mentor, np.array(score, dtype=np.float32))
    return candidate_pairs.joined(pool, [found.listed(), missing], found.n_eligible, found.recall)


def proof_of(found: Candidates, n_matched: int, total: int, most: int, n_is_most: bool) -> Proof:
    """Return the proof of a total by a bound over the candidates, both in steps.

    Where not all pairs are held it proves nothing of the others: the bound is then everybody's best score,
    of as many as are matched.
    """
    if not found.are_all():
        pairs = found.pairs()
        best = np.zeros(pairs.n_learners, dtype=np.int64)
        np.maximum.at(best, pairs.learner(), pairs.steps)
        most = max(int(np.sort(best)[len(best) - n_matched :].sum()), total)
        n_is_most = False
    return Proof(most / STEPS, (most - total) / most if most else 0.0, n_is_most and total == most)


def _sized(problem: Problem, least: int, most: int) -> Problem:
    """Return the problem with groups of these sizes; who has too few seats is out."""
    locked = {mentor for _learner, mentor in problem.locked}
    mentors = []
    for mentor in problem.mentors:
        capacity = min(mentor.capacity, most)
        too_small = capacity < least and mentor.key not in locked
        mentors.append(replace(mentor, capacity=0 if too_small else capacity))
    return replace(problem, mentors=tuple(mentors))


def _kept_pairs(problem: Problem, found: Candidates, previous: Mapping[str, str]) -> Bools:
    at = {one.key: number for number, one in enumerate(problem.mentors)}
    before = np.array([at.get(previous.get(one.key, ""), -1) for one in problem.learners], dtype=np.int64)
    learner, mentor, _score = found.listed()
    kept: Bools = mentor == before[learner]
    return kept


def _grouped(
    problem: Problem, found: Candidates, least: int, kept: Bools, gain: float
) -> tuple[groups.Groups, groups.Groups]:
    """Return the groups of the highest total, and those that keep pairs unless a move earns enough."""
    seats = np.maximum(found.capacity, 1)

    def solved(score: Any) -> groups.Groups:
        return groups.assign_groups(
            found.indptr,
            found.mentor,
            score,
            seats,
            minimum=np.minimum(least, seats),
            locked=locks(problem),
            seed=problem.seed,
        )

    try:
        plain = solved(found.score)
        return plain, solved(with_gain(found.score, kept, gain)) if kept.any() else plain
    except errors.GroupNotFillable:
        must = {mentor for _learner, mentor in problem.locked}
        names = ", ".join(mentor.called for mentor in problem.mentors if mentor.key in must)
        raise errors.GroupNotFillable(
            f"Learners are locked to {names}, but not everybody of these can get {least} learners together. "
            "Unlock some, or lower the smallest size.",
            field="locked",
        ) from None


def with_gain(score: Any, kept: Bools, gain: float) -> Any:
    """Return the scores with `gain` for every pair kept, brought back to 0 to 1: the order is what counts."""
    return (score + gain * kept) / (1 + gain)
