"""How soon could anybody be independent who does not know what teaches? A plan for two worlds, made exactly.

    python benchmarks/fading_bound.py [STEP] [LEARNERS]

The two worlds of `growth.worlds` whose best levels are opposite: only help teaches at first, and own practice
teaches twice as much. The policy knows both rules with their numbers, and the learners' spread, but not in
which world it is; it plans ahead to the end (dynamic programming on a grid of STEP logits). First it is told
each learner's ability at the start. Then both abilities it may have come to are known, and the plan is the
best there is but for the grid: who is told less needs no fewer situations in the mean of both worlds. Then it
is told nothing and chooses as if it were to learn the ability right after: a policy that can be followed.
Both are printed for several beliefs in the first world before the first outcome. About a minute with 0.06.
"""

from __future__ import annotations

import sys
from math import exp, log

import numpy as np
from numba import njit

from telemachy.core.growth import worlds

Floats = np.ndarray
ASSIST = np.array(worlds.ASSIST)
#: Ability from which a situation of difficulty 4 and novelty 5 is handled alone often enough.
TARGET = log(worlds.INDEPENDENT_AT / (1 - worlds.INDEPENDENT_AT)) + 0.6
LOWEST, LONGEST = -3.6, 60
ABILITY, ABILITY_SPREAD = worlds.ABILITY, worlds.SPREAD
#: Log odds of the first world for which the plan is made.
ODDS = np.linspace(-7, 7, 41)
#: Chances of the first world before the first outcome.
BELIEFS = (0.3, 0.4, 0.5, 0.6)
N_POINTS, SPREAD = 121, 2.8


@njit
def _sigmoid(x: float) -> float:
    return 1 / (1 + exp(-x))


@njit
def _easy(difficulty: int, novelty: int) -> float:
    return 0.3 - 0.4 * (difficulty - 3) - 0.25 * (novelty - 3)


@njit
def _taught(world: int, level: int, alone: float) -> float:
    """Return what `worlds` says of worlds "critical" (0) and "experience" (1); `main` checks it."""
    if world == 1:
        return 0.12 if level < 2 else 0.06
    if level < 2:
        return 0.01 if alone < 0.5 else 0.1
    return 0.12 if level < 4 else 0.05


@njit
def _left(plan: Floats, step: float, first: float, second: float, odds: float) -> float:
    """Return the situations left, by interpolation, at these abilities in either world."""
    n, n_odds = plan.shape[1], plan.shape[2]
    x = min(max(n - 1 - (TARGET - first) / step, 0.0), n - 1.0)
    y = min(max(n - 1 - (TARGET - second) / step, 0.0), n - 1.0)
    z = min(max((odds + 7) / 14 * (n_odds - 1), 0.0), n_odds - 1.0)
    i, j, k = min(int(x), n - 2), min(int(y), n - 2), min(int(z), n_odds - 2)
    found = 0.0
    for a in range(2):
        for b in range(2):
            share = (x - i if a else 1 - x + i) * (y - j if b else 1 - y + j)
            if share > 0:
                here = plan[i + a, j + b]
                found += share * (here[k] + (z - k) * (here[k + 1] - here[k]))
    return found


@njit
def _after(
    plan: Floats,
    step: float,
    first: float,
    second: float,
    odds: float,
    chance: float,
    easy: float,
    level: int,
) -> float:
    """Return the situations left once help was given at a level, over both outcomes."""
    p = _sigmoid(easy + first + ASSIST[level])
    q = _sigmoid(easy + second + ASSIST[level])
    first = min(first + _taught(0, level, _sigmoid(easy + first)), TARGET)
    second = min(second + _taught(1, level, _sigmoid(easy + second)), TARGET)
    success = chance * p + (1 - chance) * q
    handled = _left(plan, step, first, second, odds + log(p / q))
    failed = _left(plan, step, first, second, odds + log((1 - p) / (1 - q)))
    return success * handled + (1 - success) * failed


@njit
def _improve(plan: Floats, step: float) -> float:
    """Take one turn of value iteration in place, from the able to the others; return the largest change."""
    n, most = plan.shape[1], 0.0
    for i in range(n - 1, -1, -1):
        for j in range(n - 1, -1, -1):
            if abs(i - j) * step > 2.5:
                continue
            first, second = TARGET - (n - 1 - i) * step, TARGET - (n - 1 - j) * step
            for k in range(len(ODDS)):
                chance = _sigmoid(ODDS[k])
                found = chance * (i < n - 1) + (1 - chance) * (j < n - 1)
                if found > 0:
                    for difficulty in range(2, 6):
                        for novelty in range(2, 6):
                            easy, best = _easy(difficulty, novelty), 1e9
                            for level in range(1, 5):
                                left = _after(plan, step, first, second, ODDS[k], chance, easy, level)
                                best = min(best, left)
                            found += best / 16
                most = max(most, abs(found - plan[i, j, k]))
                plan[i, j, k] = found
    return most


def planned(step: float) -> Floats:
    """Return (n, n, n_odds) the situations left under the best plan, by abilities and log odds."""
    n = int((TARGET - LOWEST) / step) + 2
    away = step * np.arange(n)[::-1]
    chance = 1 / (1 + np.exp(-ODDS))
    # Help always: more situations than needed, from where value iteration comes down.
    plan = chance * (away / 0.12)[:, None, None] + (1 - chance) * (away / 0.06)[None, :, None]
    for _ in range(100):
        if _improve(plan, step) < 0.005:
            break
    return plan


@njit
def followed(plan: Floats, step: float, belief: float, world: int, n: int, told: bool) -> tuple[float, float]:
    """Return mean situations to independence of n learners in a world, and its standard error."""
    np.random.seed(1)
    points, weights = np.zeros((2, N_POINTS)), np.zeros((2, N_POINTS))
    total, squares = 0.0, 0.0
    for _ in range(n):
        ability, needed = np.random.normal(ABILITY, ABILITY_SPREAD), LONGEST
        for j in range(N_POINTS):
            z = SPREAD * (2 * j / (N_POINTS - 1) - 1)
            points[:, j] = ability if told else ABILITY + ABILITY_SPREAD * z
            weights[0, j], weights[1, j] = belief * exp(-z * z / 2), (1 - belief) * exp(-z * z / 2)
        for t in range(LONGEST):
            easy = _easy(np.random.randint(2, 6), np.random.randint(2, 6))
            level = _best(plan, step, points, weights, easy)
            success = np.random.random() < _sigmoid(easy + ability + ASSIST[level])
            ability += _taught(world, level, _sigmoid(easy + ability))
            for w in range(2):
                for j in range(N_POINTS):
                    p = _sigmoid(easy + points[w, j] + ASSIST[level])
                    weights[w, j] *= p if success else 1 - p
                    points[w, j] += _taught(w, level, _sigmoid(easy + points[w, j]))
            weights /= weights.sum()
            if ability >= TARGET:
                needed = t + 1
                break
        total += needed
        squares += needed * needed
    mean = total / n
    return mean, np.sqrt((squares / n - mean * mean) / n)


@njit
def _best(plan: Floats, step: float, points: Floats, weights: Floats, easy: float) -> int:
    """Return the level after which the fewest situations are left, over what is believed of the ability."""
    chance = weights[0].sum() / weights.sum()
    odds, best, fewest = log(chance / (1 - chance)), 1, 1e18
    for level in range(1, 5):
        left = 0.0
        for j in range(0, N_POINTS, 6):
            first, second = min(points[0, j], TARGET), min(points[1, j], TARGET)
            share = weights[0, j] + weights[1, j]
            if share > 1e-9 and min(first, second) < TARGET:
                left += share * _after(plan, step, first, second, odds, chance, easy, level)
        if left < fewest - 1e-12:
            best, fewest = level, left
    return best


def main(arguments: list[str]) -> None:
    """Print how soon learners are independent, told their ability and not."""
    step, n = float(arguments[0]) if arguments else 0.06, int(arguments[1]) if arguments[1:] else 4000
    for world, name in enumerate(("critical", "experience")):
        for level in range(5):
            for alone in (0.3, 0.7):
                assert _taught(world, level, alone) == worlds.WORLDS[name](np.array(level), alone, alone)
    abilities = np.random.default_rng(0).normal(worlds.ABILITY, worlds.SPREAD, 200_000)
    fixed = np.clip(np.ceil((TARGET - abilities) / 0.12), 1, LONGEST).mean()
    print(f"the best fixed level of each world, known afterwards: {fixed:.1f}")
    print(f"{'belief in the first':<22}{'told the ability':>36}{'told nothing':>36}")
    plan = planned(step)
    for belief in BELIEFS:
        cells = ""
        for told in (True, False):
            ways = [followed(plan, step, belief, world, n, told) for world in (0, 1)]
            mixed = belief * ways[0][0] + (1 - belief) * ways[1][0]
            both = " / ".join(f"{mean:.1f} +-{error:.1f}" for mean, error in ways)
            cells += f"{f'{both}, mean {mixed:.1f}':>36}"
        print(f"{belief:<22}{cells}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
