"""How often the interval of agreement holds the truth, and how often the plateau rule is right.

    PYTHONPATH=src python benchmarks/assessment.py [--studies 400] [--coaches 1500]

Simulated, since nobody knows the true agreement of two people. What is assumed stands below: four levels,
eight competencies to a recording that go together, as they do in reality. A few minutes.
"""

from __future__ import annotations

import argparse
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from telemachy.core.assessment import Reviewed, agreement, consensus, krippendorff_alpha, plateau

N_LEVELS, N_COMPETENCIES, PROFICIENT = 4, 8, 3
#: Where one level ends and the next begins: a tenth of all is at the lowest, 15 % at the highest.
CUTS = norm.ppf((0.1, 0.45, 0.85))
#: How alike the competencies of one recording are (intra-class correlation).
TOGETHER = 0.4
#: An assessor's noise, and the part of it that is the same for all competencies of a recording (halo).
ASSESSORS = {"alpha .63": (0.62, 0.0), "alpha .63, halo": (0.62, 0.4), "alpha .94, halo": (0.1, 0.4)}
#: Of many recordings, whose alpha is as good as the truth.
MANY = 20_000

#: True level of a coach at ten recordings, a month apart.
N_RECORDINGS = 10
COACHES = {
    "level at 2.8": (2.8, 0.0),
    "level at 3.3": (3.3, 0.0),
    "level at 3.8": (3.8, 0.0),
    "rises by 0.1 a recording from 3.0": (3.0, 0.1),
    "rises by 0.2 a recording from 3.0, level from 4 on": (3.0, 0.2),
}
#: How far the competencies of a coach lie apart, and how far an assessor is off before rounding to a level.
APART, OFF = 0.25, (0.3, 0.5)
BEGUN = date(2026, 1, 1)


def rated(
    rng: np.random.Generator, n_recordings: int, n_assessors: int, noise: float, halo: float
) -> list[list[int]]:
    """Return the levels (units, assessors) that assessors with equal noise give."""
    shape = (n_recordings, N_COMPETENCIES, n_assessors)
    heard = np.sqrt(TOGETHER) * rng.normal(size=(n_recordings, 1, 1))
    heard = heard + np.sqrt(1 - TOGETHER) * rng.normal(size=(*shape[:2], 1))
    own = np.sqrt(halo) * rng.normal(size=(n_recordings, 1, n_assessors))
    own = own + np.sqrt(1 - halo) * rng.normal(size=shape)
    scaled = (heard + noise * own) / np.sqrt(1 + noise**2)
    levels = 1 + (scaled[..., np.newaxis] > CUTS).sum(axis=-1)
    return levels.reshape(-1, n_assessors).tolist()


def intervals(n_studies: int) -> str:
    """Return how often the interval holds the alpha of many recordings, and how wide it is on average."""
    lines = [f"{'assessors, units':20}" + "".join(f"{name:>26}" for name in ASSESSORS)]
    for n_assessors in (2, 3, 4):
        true = {
            name: krippendorff_alpha(
                rated(np.random.default_rng(9), MANY, n_assessors, *how), n_levels=N_LEVELS
            )
            for name, how in ASSESSORS.items()
        }
        for n_recordings in (2, 3, 5):
            rng, cells = np.random.default_rng(1), []
            for name, how in ASSESSORS.items():
                found = [
                    agreement(rated(rng, n_recordings, n_assessors, *how), n_levels=N_LEVELS)
                    for _study in range(n_studies)
                ]
                told = [(one.low, one.high) for one in found if one.low is not None and one.high is not None]
                low, high = np.array(told).T
                held = (low <= true[name]) & (true[name] <= high)
                cells.append(f"{held.mean():12.0%}, width {(high - low).mean():.2f}")
            units = f"{n_assessors}, {n_recordings * N_COMPETENCIES}"
            lines.append(f"{units:20}" + "".join(f"{cell:>26}" for cell in cells))
    return "\n".join(lines)


def reviewed(rng: np.random.Generator, true: NDArray[np.float64], off: float) -> list[Reviewed]:
    """Return what one assessor gives a coach of these true levels (recordings,)."""
    levels = true[:, np.newaxis] + APART * rng.normal(size=N_COMPETENCIES)
    given = np.clip(np.rint(levels + off * rng.normal(size=levels.shape)), 1, N_LEVELS).astype(int)
    return [
        Reviewed(
            BEGUN + timedelta(days=30 * n), {str(code): consensus([level]) for code, level in enumerate(row)}
        )
        for n, row in enumerate(given.tolist())
    ]


def plateaus(n_coaches: int) -> str:
    """Return how often the rule is met at the fourth recording, and once in ten."""
    codes = [str(code) for code in range(N_COMPETENCIES)]
    lines = [f"{'truly':54}{'off by':>8}{'at the fourth':>15}{'once in ten':>13}{'moves at the fourth':>22}"]
    for off in OFF:
        for name, (first, step) in COACHES.items():
            rng = np.random.default_rng(1)
            true = np.minimum(first + step * np.arange(N_RECORDINGS), N_LEVELS)
            at, once, moving = [], [], []
            for _coach in range(n_coaches):
                rows = reviewed(rng, true, off)
                found = [plateau(rows[:n], codes, proficient=PROFICIENT) for n in range(4, N_RECORDINGS + 1)]
                at.append(found[0].reached)
                once.append(any(one.reached for one in found))
                moving.append(found[0].is_moving)
            lines.append(
                f"{name:54}{off:8.1f}{np.mean(at):15.0%}{np.mean(once):13.0%}{np.mean(moving):22.0%}"
            )
    return "\n".join(lines)


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--studies", type=int, default=400, help="simulated studies for each cell")
    parser.add_argument("--coaches", type=int, default=1500, help="simulated coaches for each line")
    options = parser.parse_args()
    print(f"How often the interval holds the true alpha, {options.studies} studies a cell:")
    print(intervals(options.studies))
    print(f"\nHow often ratings of {options.coaches} coaches are said to have levelled off at proficient:")
    print(plateaus(options.coaches))


if __name__ == "__main__":
    main()
