"""How big the world of judgment tickets has to be: its control arms beside those of the design's pilot.

    python benchmarks/lab_agents_sizes.py [--seed 1000] [--seeds 40] [--rules N ...] [--defective SHARE ...]

prints, for each size, failures while mentored and novel situations handled in the arms that the world was
sized by, and how far they are from the pilot's. Arms with a memory are never run here, nor seeds that the
experiment reports.
"""

from __future__ import annotations

import argparse
import time
from functools import partial
from itertools import product

from telemachy.core.lab.agents import run, statistics, worlds

#: Failures in 400 situations, and share of novel situations handled (40 seeds, 30 corrections).
PILOT = {
    "none": (133, 0.67),
    "batch generic": (106, 0.75),
    "batch individual": (78, 0.86),
    "sustained individual": (59, 0.88),
}
#: What counts as one step away from the pilot: about what chance does to the mean of 40 seeds.
FAILURES, NOVEL = 10, 0.02
#: The experiment's own, so that the worlds are the same, with a single exam.
PLAN = run.Plan(exam_every=400)


def main() -> None:
    """Measure each size and print it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=1000)
    parser.add_argument("--seeds", type=int, default=40)
    parser.add_argument("--rules", type=int, nargs="+", default=[worlds.N_RULES])
    parser.add_argument("--defective", type=float, nargs="+", default=[worlds.DEFECTIVE])
    options = parser.parse_args()
    print(f"{'rules':>5} {'defective':>9}  " + "  ".join(f"{arm:>20}" for arm in PILOT) + "  distance")
    print(f"{'pilot':>15}  " + "  ".join(_cell(*told) for told in PILOT.values()))
    start = time.process_time()
    for n_rules, defective in product(options.rules, options.defective):
        found = measure(n_rules, defective, range(options.seed, options.seed + options.seeds))
        cells = "  ".join(_cell(*one) for one in found.values())
        print(f"{n_rules:>5} {defective:>9}  {cells}  {distance(found):8.1f}", flush=True)
    print(f"{(time.process_time() - start) / 60:.0f} minutes of CPU")


def measure(n_rules: int, defective: float, seeds: range) -> dict[str, tuple[float, float]]:
    """Return failures and novel situations handled of each control arm."""
    run.setting.cache_clear()
    run.WORLDS["tickets"] = partial(worlds.tickets, n_rules=n_rules)
    worlds.DEFECTIVE = defective
    results = run.experiment(run.agents(["tickets"], seeds, list(PILOT)), PLAN)
    return {arm: (_mean(results, arm, "regret"), _mean(results, arm, "novel")) for arm in PILOT}


def distance(found: dict[str, tuple[float, float]]) -> float:
    """Return the sum of squares, in steps."""
    return sum(
        ((failures - PILOT[arm][0]) / FAILURES) ** 2 + ((novel - PILOT[arm][1]) / NOVEL) ** 2
        for arm, (failures, novel) in found.items()
    )


def _mean(results: list[run.Result], arm: str, measure: str) -> float:
    return float(statistics.by_seed(results, arm, measure).mean())


def _cell(failures: float, novel: float) -> str:
    return f"{failures:13.0f} {novel:6.3f}"


if __name__ == "__main__":
    main()
