"""The quality of a matching in numbers a programme manager can compare."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from telemachy.core.matching.assignment import Assignment
from telemachy.core.matching.pairs import STEPS, Ints, Pairs
from telemachy.core.matching.problem import Problem

#: Where the ranges of ranks begin.
RANK_RANGES = (1, 2, 3, 4, 11)


@dataclass(frozen=True, slots=True)
class Report:
    """What a match run achieved and how it was made.

    Attributes
    ----------
    outcome : complete, partial, no_learners, no_mentors or no_candidates
    n_seats : open seats of all mentors
    mean_score, p10_score, min_score : over the pairs, None without pairs; p10 is the 10th percentile
    median_rank_learner : place of the proposed mentor among the learner's eligible ones, 1 is best
    median_rank_mentor : place of the proposed learner among the mentor's eligible ones
    mentor_load : (learners of a mentor, number of such mentors), mentors without open seats left out
    gap : relative distance of the total score from its proven upper bound
    recall : share of the best pairs of sampled learners that were among the pairs held, 1 if all were held;
        where not all were, `median_rank_mentor` is the place among the learners who list the mentor
    ranks_learner, ranks_mentor : (first rank of a range, pairs in it) for 1, 2, 3, 4 to 10, 11 and more
    n_blocking_pairs : eligible pairs of whom the learner scores higher with that mentor than with their own,
        or has none, while the mentor has an open seat or somebody with a lower score (Gale & Shapley 1962)
    """

    outcome: str
    n_learners: int
    n_mentors: int
    n_seats: int
    n_pairs_eligible: int
    n_matched: int
    matched_share: float
    total_score: float
    mean_score: float | None
    p10_score: float | None
    min_score: float | None
    median_rank_learner: float | None
    median_rank_mentor: float | None
    mentor_load: tuple[tuple[int, int], ...]
    n_mentors_full: int
    gap: float
    upper_bound: float
    is_optimal: bool
    seed: int
    weights: dict[str, float]
    rules: dict[str, object]
    recall: float | None = None
    ranks_learner: tuple[tuple[int, int], ...] = ()
    ranks_mentor: tuple[tuple[int, int], ...] = ()
    n_blocking_pairs: int = 0


def report(problem: Problem, candidates: Pairs, result: Assignment) -> Report:
    """Return the report of an assignment of `problem`."""
    chosen = result.mentor.astype(np.int64)
    seats = np.array([mentor.capacity for mentor in problem.mentors], dtype=np.int64)
    held = np.bincount(chosen[chosen >= 0], minlength=len(seats))
    loads, n_mentors_with = np.unique(held[seats > 0], return_counts=True)
    scores = candidates.steps_of(chosen)[chosen >= 0] / STEPS
    n_learners = len(problem.learners)
    of_learners, of_mentors = learner_ranks(candidates, chosen), mentor_ranks(candidates, chosen)
    return Report(
        outcome=result.outcome.value,
        n_learners=n_learners,
        n_mentors=len(problem.mentors),
        n_seats=int(seats.sum()),
        n_pairs_eligible=len(candidates.mentor),
        n_matched=result.n_matched,
        matched_share=result.n_matched / n_learners if n_learners else 0.0,
        total_score=result.total_score,
        mean_score=float(scores.mean()) if len(scores) else None,
        p10_score=float(np.percentile(scores, 10)) if len(scores) else None,
        min_score=float(scores.min()) if len(scores) else None,
        median_rank_learner=_median(of_learners),
        median_rank_mentor=_median(of_mentors),
        mentor_load=tuple(zip(loads.tolist(), n_mentors_with.tolist(), strict=True)),
        n_mentors_full=int(((held == seats) & (seats > 0)).sum()),
        gap=result.gap,
        upper_bound=result.upper_bound,
        is_optimal=result.is_optimal,
        seed=problem.seed,
        weights=problem.weights.as_dict(),
        rules=problem.rules.as_dict(),
        ranks_learner=_ranges(of_learners),
        ranks_mentor=_ranges(of_mentors),
        n_blocking_pairs=n_blocking_pairs(candidates, seats, chosen),
    )


def learner_ranks(candidates: Pairs, chosen: Ints) -> Ints:
    """Return for each matched learner how many eligible mentors score higher than the own one, plus one."""
    learner = candidates.learner()
    higher = candidates.steps > candidates.steps_of(chosen)[learner]
    ranks = 1 + np.bincount(learner[higher], minlength=candidates.n_learners)
    return ranks[chosen >= 0]


def mentor_ranks(candidates: Pairs, chosen: Ints) -> Ints:
    """Return for each matched pair how many eligible learners score higher with that mentor, plus one."""
    own = candidates.steps_of(chosen)
    order = np.lexsort((candidates.steps, candidates.mentor))
    mentor, steps = candidates.mentor[order], candidates.steps[order]
    # Mentor and steps as one rising number, so that one search finds every rank.
    scale = STEPS + 1
    rising = mentor * scale + steps
    matched = np.flatnonzero(chosen >= 0)
    end_of_mentor = np.searchsorted(mentor, chosen[matched], side="right")
    after_own = np.searchsorted(rising, chosen[matched] * scale + own[matched], side="right")
    return 1 + end_of_mentor - after_own


def n_blocking_pairs(candidates: Pairs, seats: Ints, chosen: Ints) -> int:
    """Return how many pairs would both rather have each other, going by the score (see `Report`)."""
    own = np.where(chosen >= 0, candidates.steps_of(chosen), -1)
    lowest = np.full(len(seats), STEPS + 1, dtype=np.int64)
    np.minimum.at(lowest, chosen[chosen >= 0], own[chosen >= 0])
    is_open = np.bincount(chosen[chosen >= 0], minlength=len(seats)) < seats
    wishes = np.where(is_open, -1, np.where(lowest > STEPS, STEPS, lowest))
    steps = candidates.steps.astype(np.int64)
    return int(((steps > own[candidates.learner()]) & (steps > wishes[candidates.mentor])).sum())


def _ranges(ranks: Ints) -> tuple[tuple[int, int], ...]:
    at = np.searchsorted(RANK_RANGES, ranks, side="right") - 1
    counts = np.bincount(at, minlength=len(RANK_RANGES)).tolist()
    return tuple(zip(RANK_RANGES, counts, strict=True))


def _median(ranks: Ints) -> float | None:
    return float(np.median(ranks)) if len(ranks) else None
