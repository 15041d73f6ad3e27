"""Candidates from profile rows: CPU time, peak memory, recall, and what is lost against all pairs.

    python benchmarks/candidates.py [10k|100k|1m ...] [--explain]

People are made up to resemble a large company: few offices hold most people, a third work hours of their own,
some words stand in most goals and most words in few, one profile in ten is half empty. Each size runs in a
process of its own. Profiles stand ready before the clock runs, but at a million, where they are made while
they are read and the time of making them is measured apart and taken off. Loading the compiled code is
measured apart, on a pool of ten. Up to 50 million pairs, all pairs are scored and assigned too. `--explain`
adds the time for explaining every learner.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date

from telemachy.core import matching
from telemachy.core.matching import assignment, candidate_pairs
from telemachy.core.matching.features import Features
from telemachy.core.matching.tables import Pool

#: More people than this are not held in memory.
HELD = 300_000
#: Up to so many learners x mentors all pairs are scored for comparison.
ALL_PAIRS = 50_000_000

SIZES = {"10k": (10_000, 4_000), "100k": (100_000, 40_000), "1m": (1_000_000, 250_000)}
MARCH = date(2026, 3, 4)

ZONES = {
    "Europe/Berlin": ("de", "en"),
    "Europe/London": ("en",),
    "America/New_York": ("en", "es"),
    "Asia/Kolkata": ("en", "hi"),
    "America/Sao_Paulo": ("pt", "en"),
    "Europe/Paris": ("fr", "en"),
    "Asia/Tokyo": ("ja", "en"),
    "America/Los_Angeles": ("en", "es"),
    "Australia/Sydney": ("en",),
    "Europe/Warsaw": ("pl", "en"),
    "Asia/Singapore": ("en", "zh"),
    "Africa/Nairobi": ("en", "sw"),
}
ZONE_SHARES = [24, 16, 14, 12, 8, 7, 5, 5, 3, 3, 2, 1]
FUNCTIONS = ["Engineering", "Sales", "Finance", "People", "Operations", "Legal", "Marketing", "Research", ""]
FUNCTION_SHARES = [30, 18, 9, 6, 15, 3, 8, 8, 3]
STYLES = ["direct", "questioning", "structured", ""]
SKILLS = [f"skill {number}" for number in range(400)]
SKILL_SHARES = [1 / (number + 5) for number in range(400)]
WORDS = ["".join(random.Random(number).choices("abcdefghijklmnopqrstuvwxyz", k=7)) for number in range(6_000)]
WORD_SHARES = [1 / (number + 3) for number in range(6_000)]


class People(Sequence[matching.Profile]):
    """People made when asked for, the same each time."""

    def __init__(self, side: str, n: int) -> None:
        self._side, self._n = side, n
        self._skills = _cumulated(SKILL_SHARES)
        self._words = _cumulated(WORD_SHARES)

    def __len__(self) -> int:
        return self._n

    def __getitem__(self, at: int) -> matching.Profile:  # type: ignore[override]
        draw = random.Random(f"{self._side}{at}")
        is_mentor = self._side == "mentor"
        zone = draw.choices(list(ZONES), ZONE_SHARES)[0]
        is_empty = draw.random() < 0.1
        start = draw.choice([420, 480, 540, 600, 660]) if draw.random() < 0.35 else None
        skills = tuple(draw.choices(SKILLS, cum_weights=self._skills, k=draw.randint(2, 7)))
        return matching.Profile(
            key=f"{self._side}{at}",
            name=f"Person {at}",
            function=draw.choices(FUNCTIONS, FUNCTION_SHARES)[0],
            seniority=None if is_empty else min(max(round(draw.gauss(4.5 if is_mentor else 2.8, 1.2)), 1), 7),
            skills_offered=skills if is_mentor and not is_empty else (),
            skills_sought=() if is_mentor else skills[:4],
            languages=ZONES[zone][: 1 if draw.random() < 0.3 else 2],
            time_zone=zone,
            working_hours=tuple((day, start, start + 480) for day in range(5)) if start else (),
            goals_text=""
            if is_empty
            else " ".join(draw.choices(WORDS, cum_weights=self._words, k=draw.randint(8, 40))),
            style=draw.choice(STYLES),
            capacity=draw.choice([1, 2, 2, 3, 4]) if is_mentor else 1,
        )

    def __iter__(self) -> Iterator[matching.Profile]:
        return (self[at] for at in range(self._n))


def _cumulated(shares: list[float]) -> list[float]:
    total, found = 0.0, []
    for share in shares:
        total += share
        found.append(total)
    return found


def measure(n_learners: int, n_mentors: int, explain: bool) -> None:
    """Print what one pool takes and gives."""
    learners: Sequence[matching.Profile] = People("learner", n_learners)
    mentors: Sequence[matching.Profile] = People("mentor", n_mentors)
    began = time.process_time()
    few = matching.candidates(matching.Problem(People("learner", 10), People("mentor", 10), MARCH))
    matching.assign(few.indptr, few.mentor, few.score, few.capacity)
    loading = time.process_time() - began
    began = time.process_time()
    if n_learners > HELD:
        made = sum(1 for _ in learners) + sum(1 for _ in mentors)
        making = 2 * (time.process_time() - began)  # once when the problem is made, once when it is read
    else:
        learners, mentors, making = tuple(learners), tuple(mentors), 0.0
        made = len(learners) + len(mentors)
    began = time.process_time()
    solution = matching.solve(matching.Problem(learners, mentors, MARCH))
    seconds = time.process_time() - began - making
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    found, result = solution.candidates, solution.assignment
    print(
        f"{n_learners:,} x {n_mentors:,} ({made:,} profiles): {seconds:.1f} s CPU, peak {peak:.2f} GB "
        f"(compiled code loaded before: {loading:.1f} s)\n"
        f"  {len(found.mentor):,} pairs held of {found.n_eligible.sum():,} eligible, "
        f"recall of the best 32: {found.recall:.4f}\n"
        f"  {result.n_matched:,} matched, total {result.total_score:.2f}, "
        f"at most {result.gap:.4%} below the best of all pairs",
        flush=True,
    )
    if n_learners * n_mentors <= ALL_PAIRS:
        compare(matching.Problem(learners, mentors, MARCH), result)
    if explain:
        began = time.process_time()
        n_told = sum(1 for _ in solution.explained())
        print(f"  {n_told:,} learners explained in {time.process_time() - began:.1f} s CPU")


def compare(problem: matching.Problem, result: matching.Assignment) -> None:
    """Print how far a result is from the best matching of all pairs."""
    began = time.process_time()
    pool = Pool(Features(problem))
    everything = candidate_pairs.all_pairs(pool)
    best = assignment.best(everything.pairs(), everything.capacity, pool.kept(), problem.seed, gap=1e-3)
    print(
        f"  all pairs: {time.process_time() - began:.1f} s CPU, {best.n_matched:,} matched, total "
        f"{best.total_score:.2f}: the loss is {1 - result.total_score / best.total_score:.4%}"
    )


def main() -> None:
    """Measure each size in a process of its own."""
    asked = [name for name in sys.argv[1:] if name in SIZES]
    options = [name for name in sys.argv[1:] if name not in SIZES]
    if "--here" in options:
        measure(*SIZES[asked[0]], "--explain" in options)
        return
    for name in asked or ["10k", "100k"]:
        subprocess.run([sys.executable, __file__, name, "--here", *options], check=True)


if __name__ == "__main__":
    main()
