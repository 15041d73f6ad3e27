"""Our assignment beside scipy's solvers and a greedy pick, on the same instances in one run.

    python benchmarks/matching.py [small|full]

Dense random pools with two seats a mentor. Ours checks the input, proves the result and prices every seat;
scipy is handed the expanded seats and only solves; greedy takes the best pair left. The last table is the
whole way from profiles to explained proposals. CPU seconds, the median of three runs.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date

import numpy as np
from scipy.optimize import linear_sum_assignment

from telemachy.core import matching

SIZES = {"small": [(100, 50), (400, 200), (1_000, 400)], "full": [(1_000, 400), (2_000, 1_000)]}
SEATS = 2


def cpu_seconds(work: Callable[[], object]) -> float:
    """Return the median CPU time of three runs."""
    taken = []
    for _ in range(3):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def ours(score: np.ndarray) -> matching.Assignment:
    """Solve with `matching.assign`."""
    n_learners, n_mentors = score.shape
    indptr = np.arange(n_learners + 1) * n_mentors
    mentor = np.tile(np.arange(n_mentors, dtype=np.int32), n_learners)
    return matching.assign(indptr, mentor, score.ravel(), np.full(n_mentors, SEATS))


def scipys(score: np.ndarray) -> tuple[int, float]:
    """Solve with scipy on expanded seats, in the same steps of 1e-4."""
    seats = np.repeat(np.rint(score * 10_000), SEATS, axis=1)
    learner, seat = linear_sum_assignment(seats, maximize=True)
    return len(learner), float(seats[learner, seat].sum() / 10_000)


def greedy(score: np.ndarray) -> tuple[int, float]:
    """Take the best pair left until nobody is left."""
    n_learners, n_mentors = score.shape
    free, left, total, n_matched = np.ones(n_learners, dtype=bool), np.full(n_mentors, SEATS), 0.0, 0
    for pair in np.argsort(-score, axis=None, kind="stable"):
        learner, mentor = divmod(int(pair), n_mentors)
        if free[learner] and left[mentor]:
            free[learner], left[mentor] = False, left[mentor] - 1
            total, n_matched = total + float(score[learner, mentor]), n_matched + 1
    return n_matched, total


def profiles(side: str, n: int, rng: random.Random) -> tuple[matching.Profile, ...]:
    """Return people with skills, languages, zones, goals and levels drawn at random."""
    skills = [f"skill {i}" for i in range(150)]
    words = ["".join(rng.choices("abcdefghij", k=6)) for _ in range(2_000)]
    return tuple(
        matching.Profile(
            key=f"{side}{i}",
            function=rng.choice("ABCDEFGH"),
            seniority=rng.choice([None, 1, 2, 3, 4, 5, 6, 7]),
            skills_offered=tuple(rng.sample(skills, 6)),
            skills_sought=tuple(rng.sample(skills, 4)),
            languages=tuple(rng.sample(["en", "de", "fr", "es"], 2)),
            time_zone=rng.choice(["Europe/Vienna", "America/New_York", "Asia/Kolkata", "Asia/Tokyo"]),
            goals_text=" ".join(rng.choices(words, k=25)),
            capacity=SEATS,
        )
        for i in range(n)
    )


def main() -> None:
    """Print both tables."""
    sizes = SIZES[sys.argv[1] if len(sys.argv) > 1 else "small"]
    print(
        f"{'pool':>14} {'solver':<8} {'CPU s':>8} {'to ours':>8} "
        f"{'matched':>8} {'total':>11} {'to ours':>8} {'gap':>8}"
    )
    for n_learners, n_mentors in sizes:
        score = np.random.default_rng(1).beta(4, 4, (n_learners, n_mentors)).round(4)
        pool, best = f"{n_learners:,} x {n_mentors:,}", ours(score)
        seconds = cpu_seconds(lambda score=score: ours(score))
        print(
            f"{pool:>14} {'ours':<8} {seconds:8.3f} {1:8.2f} {best.n_matched:8} {best.total_score:11.4f} "
            f"{1:8.2%} {best.gap:8.4%}"
        )
        for name, solve in (("scipy", scipys), ("greedy", greedy)):
            n_matched, total = solve(score)
            taken = cpu_seconds(lambda solve=solve, score=score: solve(score))
            print(
                f"{pool:>14} {name:<8} {taken:8.3f} {taken / seconds:8.2f} {n_matched:8} {total:11.4f} "
                f"{total / best.total_score:8.2%}"
            )
    print(f"\n{'pool':>14} {'from profiles to explained proposals, CPU s':<44}")
    for n_learners, n_mentors in sizes:
        rng = random.Random(1)
        problem = matching.Problem(
            profiles("learner", n_learners, rng), profiles("mentor", n_mentors, rng), date(2026, 3, 4)
        )
        seconds = cpu_seconds(lambda problem=problem: matching.plan(problem))
        print(f"{f'{n_learners:,} x {n_mentors:,}':>14} {seconds:8.2f}")


if __name__ == "__main__":
    main()
