"""`telemachy lab agents`: what sustained, individual, fading feedback does to agents with known failings."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from telemachy.core.lab.agents.run import Agent, Plan, Result


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the options of the experiment."""
    parser.add_argument(
        "--out", type=Path, metavar="FOLDER", help="write lab-agents.md and its pictures there"
    )
    parser.add_argument("--seed", type=int, default=1, metavar="SEED", help="the first of the seeds (1)")
    parser.add_argument("--seeds", type=int, default=10, metavar="N", help="paired seeds in each world (10)")
    parser.add_argument("--processes", type=int, default=2, metavar="N", help="run on so many cores (2)")
    parser.add_argument("--small", action="store_true", help="two seeds of short courses, to try it out")


def run(options: argparse.Namespace) -> int:
    """Print the page, or write it with its pictures; return 0. Raises BadInput."""
    # The engines are loaded here so that `--help` answers at once.
    from telemachy.core.lab.agents.page import drawings, page
    from telemachy.core.lab.agents.run import Plan
    from telemachy.core.shared.errors import BadInput

    if not 2 <= options.seeds <= 1000 or not 1 <= options.processes <= 64 or options.seed < 0:
        raise BadInput("Give 2 to 1,000 seeds, 1 to 64 processes, and a first seed of 0 or more.")
    plan = Plan(10, 60, 20, 20, 20, budget=6, exam=10) if options.small else Plan()
    seeds = range(options.seed, options.seed + (2 if options.small else options.seeds))
    results, errors = _run(seeds, plan, 1 if options.small else options.processes)
    text = page(results, errors, plan)
    if options.out is None:
        print(text)
        return 0
    options.out.mkdir(parents=True, exist_ok=True)
    for name, content in {"lab-agents.md": text, **drawings(results, plan)}.items():
        (options.out / name).write_text(content, encoding="utf-8")
    return 0


def _run(seeds: Sequence[int], plan: Plan, processes: int) -> tuple[list[Result], list[Result]]:
    """Return results with a trainer who is right and with one who errs; few seeds for the control."""
    from telemachy.core.lab.agents.arms import BATCH_GENERIC, FADED
    from telemachy.core.lab.agents.page import JUDGED, WRONG
    from telemachy.core.lab.agents.run import agents, experiment

    few = seeds[: min(max(len(seeds) // 4, 2), 10)]
    who = agents(JUDGED, seeds) + agents(["grid"], few)
    erring = agents(JUDGED, seeds, [BATCH_GENERIC.name, FADED.name])
    wrong = replace(plan, wrong_rate=WRONG)
    if processes == 1:
        return experiment(who, plan), experiment(erring, wrong)
    with ProcessPoolExecutor(processes) as pool:

        def each(function: Callable[[Agent], Result], items: Iterable[Agent]) -> Iterable[Result]:
            # Agents of one world and seed to a chunk: their situations are made once.
            return pool.map(function, items, chunksize=9)

        return experiment(who, plan, each), experiment(erring, wrong, each)
