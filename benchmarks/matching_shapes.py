"""What the other shapes of matching and the wishes take, and how far their bounds are, on random pools.

    PYTHONPATH=src python benchmarks/matching_shapes.py [groups] [peers] [circles] [wishes]

Printed: CPU seconds without compiling, and the gap to the bound or what the wish changed. These are the
figures of section 9 of `docs/matching.md`.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from matching import instance

from telemachy.core import matching


def timed(name: str, work: Callable[[], Any], tell: Callable[[Any], str]) -> Any:
    """Print what a piece of work took and what is to be told of its result; return that result."""
    start = time.process_time()
    result = work()
    print(f"{name:<42} {time.process_time() - start:8.2f} s  {tell(result)}", flush=True)
    return result


def groups() -> None:
    """Groups of 3 to 6, one mentor for five learners, 16 candidates each."""
    for n in (1_000, 10_000):
        rng, m = np.random.default_rng(n), n // 5
        mentor = np.concatenate([rng.choice(m, 16, replace=False) for _ in range(n)])
        given = np.arange(n + 1) * 16, mentor, rng.random(16 * n), np.full(m, 6)
        timed(
            f"groups, {n:,} learners",
            lambda given=given: matching.assign_groups(*given, minimum=3),
            lambda found: f"matched {found.n_matched:,}, gap {found.gap:.2%}",
        )


def peers() -> None:
    """Pairs among 5,000 people with 20 or 60 candidates each, on average."""
    for n_each in (20, 60):
        first, second, score = edges(5_000, n_each)
        timed(
            f"peers, 5,000 people, {n_each} candidates",
            lambda given=(first, second, score): matching.pair_peers(*given, 5_000),
            lambda found: f"gap {found.gap:.2%}",
        )


def circles() -> None:
    """Circles of five among people who may all share one."""
    for n in (100, 1_000):
        first, second = np.triu_indices(n, 1)
        score = np.random.default_rng(n).random(len(first))
        timed(
            f"circles of 5, {n:,} people",
            lambda given=(first, second, score, n): matching.form_circles(*given),
            lambda found: f"gap {found.gap:.1%}",
        )


def wishes() -> None:
    """Each wish beside the plain optimum of 10,000 learners and 4,000 mentors."""
    pool = instance("uniform", 10_000, 4_000)
    rng = np.random.default_rng(3)
    plain = timed("10,000 x 4,000, plain", lambda: matching.assign(*pool, exact=True), lambda _: "")
    waited = rng.integers(0, 4, 10_000)
    for name, wish in {
        "waiting": matching.Wishes(waited=waited),
        "even loads": matching.Wishes(spread=0.05),
        "a floor at a loss of 0.1 %": matching.Wishes(fairness_loss=0.001),
    }.items():
        timed(
            f"  {name}", lambda wish=wish: matching.assign_with(*pool, wish), lambda found: told(found, pool)
        )
    previous = np.where(rng.random(10_000) < 0.05, -1, plain.mentor)
    timed("  a rematch", lambda: matching.rematch(*pool, previous), lambda _: "")


def told(found: Any, pool: Any) -> str:
    """Return the lowest score of a matching and what its wishes cost."""
    chosen = found.assignment.mentor
    lowest = pool.score[pool.mentor == chosen[pool.learner()]].min()
    lost = 1 - found.assignment.total_score / found.plain_total
    return f"lowest score {lowest:.2f}, {lost:.2%} of the total"


def edges(n: int, n_each: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return random candidate pairs of one pool with their scores."""
    rng = np.random.default_rng(n_each)
    pairs = np.sort(rng.integers(0, n, (n * n_each // 2, 2)), axis=1)
    pairs = np.unique(pairs[pairs[:, 0] < pairs[:, 1]], axis=0)
    return pairs[:, 0], pairs[:, 1], rng.random(len(pairs))


if __name__ == "__main__":
    matching.warm_up()
    matching.assign(*instance("uniform", 3_000, 1_000), exact=True)
    for shape in sys.argv[1:] or ("groups", "peers", "circles", "wishes"):
        {"groups": groups, "peers": peers, "circles": circles, "wishes": wishes}[shape]()
