"""Does a programme that lets lots tell what teaches guide its next learners better? Six made-up worlds.

    python benchmarks/fading_lots.py [FIRST] [REPEATS] [SEED]

FIRST learners (100) live through 60 situations. For each a lot decides whether the first fifteen are all
alone with a debrief or all with a question; then the ladder goes on. The population is fitted, and 25
strangers start from it as newcomers do on the pages: by the ladder without these lots, and with them. All of
it REPEATS times (8). "Behind" is against the fixed level that is best in that world, for the same strangers;
then come over-help and false declarations of independence. About a quarter of an hour.
"""

from __future__ import annotations

import sys
from dataclasses import replace

import numpy as np

from telemachy.core import growth
from telemachy.core.growth import worlds

STRETCH, STRANGERS, LATER = 15, 25, 10_000


def main(arguments: list[str]) -> None:
    """Print a line for each world, with standard errors over repeats."""
    given = [int(one) for one in arguments]
    n_first, repeats, seed = given + [100, 8, 90_000][len(given) :]
    print(f"{n_first} first learners, {repeats} repeats, {STRANGERS} strangers each")
    print(f"{'':<12}{'first':>12}{'told help / alone':>20}{'without lots':>38}{'with lots':>38}")
    for world in [*worlds.WORLDS, *worlds.HELD_OUT]:
        best = _best(world)
        firsts, told, without, with_lots = [], [], [], []
        for repeat in range(repeats):
            at = seed + repeat
            first, model = _first(world, n_first, at)
            firsts.append(first.situations)
            told.append(model.population.teaches)
            same = range(STRANGERS)
            least = worlds.cohort(world, worlds.fixed(best), None, same, seed=at + 500_000)[0].situations
            with_lots.append((least, _next(world, model, LATER, at)))
            model.population = replace(model.population, teaches=None)
            without.append((least, _next(world, model, 2 * LATER, at)))
        help_or_alone = f"{told.count(growth.Practice.GUIDED)} / {told.count(growth.Practice.ALONE)}"
        cells = f"{_mean(firsts):>12}{help_or_alone:>20}{_cell(without):>38}{_cell(with_lots):>38}"
        print(f"{world:<12}{cells}", flush=True)


def _best(world: str) -> int:
    """Return the fixed level that is soonest in a world."""
    fixed = {level: worlds.run(world, worlds.fixed(level), n_learners=400, seed=1) for level in range(1, 5)}
    return min(fixed, key=lambda level: fixed[level].situations)


def _first(world: str, n: int, seed: int) -> tuple[worlds.Outcome, growth.Model]:
    """Return how the first learners did, and what a programme learns from them and their lots."""
    nobody = growth.fit(worlds.nobody())
    policy = worlds.by_lot(STRETCH, seed)
    outcome, evidence = worlds.cohort(world, policy, nobody, range(n), seed=seed)
    in_stretch = evidence.time < STRETCH
    guided = np.array([worlds.drawn_guided(learner, seed) for learner in evidence.learner])
    return outcome, growth.fit(evidence, lots=growth.Lots(np.where(in_stretch, evidence.learner, -1), guided))


def _next(world: str, model: growth.Model, names_from: int, seed: int) -> worlds.Outcome:
    """Return how strangers do on this population; they come after the first learners."""
    strangers = range(names_from, names_from + STRANGERS)
    return worlds.cohort(world, worlds.ours, model, strangers, seed=seed + 500_000, day=100)[0]


def _mean(values: list[float]) -> str:
    return f"{np.mean(values):.1f} +-{np.std(values) / np.sqrt(len(values)):.1f}"


def _cell(found: list[tuple[float, worlds.Outcome]]) -> str:
    least = np.array([one for one, _ in found])
    ours = np.array([one.situations for _, one in found])
    behind = 100 * (ours.mean() / least.mean() - 1)
    error = 100 * (ours - least * ours.mean() / least.mean()).std() / np.sqrt(len(found)) / least.mean()
    over = 100 * np.mean([one.over_help for _, one in found])
    false = 100 * np.mean([one.false_independence for _, one in found])
    return f"{ours.mean():.1f}, {behind:+.0f} +-{error:.0f} % / {over:.1f} % / {false:.1f} %"


if __name__ == "__main__":
    main(sys.argv[1:])
