"""`telemachy lab agents`: what sustained, individual, fading feedback does to agents with known failings."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from telemachy.core.lab.agents.run import Agent, Plan, Result
    from telemachy.core.lab.agents.statistics import Finding

A = TypeVar("A")
B = TypeVar("B")

#: Worlds that are judged by the goals, and the control.
JUDGED, CONTROL = ("tickets", "tools"), ("grid",)
#: Share of wrong answers of the trainer in the second part.
WRONG = 0.15

LIMITS = """\
These are simulations, not claims about language models. The worlds store their reasons as rules, which
favours learners that take lessons; the grid does not, as a control.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the options of the experiment."""
    parser.add_argument("--small", action="store_true", help="two seeds of short courses, in seconds")
    parser.add_argument("--seeds", type=int, default=10, metavar="N", help="paired seeds in each world (10)")
    parser.add_argument("--first-seed", type=int, default=1, metavar="SEED", help="the first of them (1)")
    parser.add_argument("--processes", type=int, default=2, metavar="N", help="run on so many cores (2)")
    parser.add_argument("--out", type=Path, metavar="DIR", help="write tables, pictures and results there")


def run(options: argparse.Namespace) -> int:
    """Print the tables, and write them with their pictures if asked to; return 0."""
    # The engines are loaded here so that `--help` answers at once.
    from telemachy.core.lab.agents.run import Plan
    from telemachy.core.shared.errors import BadInput

    if not 2 <= options.seeds <= 1000 or not 1 <= options.processes <= 64 or options.first_seed < 0:
        raise BadInput("Give 2 to 1,000 seeds, 1 to 64 processes, and a first seed of 0 or more.")
    plan = Plan()
    if options.small:
        plan = Plan(20, 100, 20, 20, 20, budget=8, exam=20)
    seeds = range(options.first_seed, options.first_seed + (2 if options.small else options.seeds))
    results, errors = _run(seeds, plan, 1 if options.small else options.processes)
    report = _report(results, errors)
    print(report)
    if options.out is not None:
        options.out.mkdir(parents=True, exist_ok=True)
        _write(options.out, report, results, errors, plan)
    return 0


def _run(seeds: Sequence[int], plan: Plan, processes: int) -> tuple[list[Result], list[Result]]:
    """Return results with a trainer who is right, and with one who errs; few seeds for the control."""
    from dataclasses import replace

    from telemachy.core.lab.agents.arms import BATCH_GENERIC, FADED
    from telemachy.core.lab.agents.run import agents, experiment

    some = seeds[: max(len(seeds) // 4, 2)]
    who = agents(JUDGED, seeds) + agents(CONTROL, some)
    erring = agents(JUDGED, seeds, [BATCH_GENERIC.name, FADED.name])
    if processes == 1:
        return experiment(who, plan), experiment(erring, replace(plan, wrong_rate=WRONG))
    with ProcessPoolExecutor(processes) as pool:

        def each(function: Callable[[Agent], Result], items: Iterable[Agent]) -> Iterable[Result]:
            # Agents of one world and seed to a chunk: their situations are made once.
            return pool.map(function, items, chunksize=9)

        return experiment(who, plan, each), experiment(erring, replace(plan, wrong_rate=WRONG), each)


def _report(results: Sequence[Result], errors: Sequence[Result]) -> str:
    from telemachy.core.lab.agents import tables

    parts = [LIMITS]
    for world in (*JUDGED, *CONTROL):
        chosen = _of(results, world)
        parts.append(
            f"## {world}, {len({one.agent.seed for one in chosen})} seeds\n\n{tables.arms(chosen)}\n"
        )
        if world in JUDGED:
            parts.append(tables.goals(_judged(chosen, _of(errors, world))) + "\n")
    return "\n".join(parts)


def _judged(results: Sequence[Result], errors: Sequence[Result]) -> list[Finding]:
    from telemachy.core.lab.agents.arms import NONE
    from telemachy.core.lab.agents.goals import GOALS, WITH_ERRORS
    from telemachy.core.lab.agents.statistics import judge

    # Without a trainer nobody errs: what no feedback leads to is the same.
    untaught = [one for one in results if one.agent.arm == NONE.name]
    return [*judge(results, GOALS), *judge([*errors, *untaught], WITH_ERRORS)]


def _of(results: Sequence[Result], world: str) -> list[Result]:
    return [one for one in results if one.agent.world == world]


def _write(
    folder: Path, report: str, results: Sequence[Result], errors: Sequence[Result], plan: Plan
) -> None:
    from telemachy.core.lab.agents import pictures, tables
    from telemachy.core.lab.agents.arms import ARMS, FADED, TRACKED

    (folder / "agents.md").write_text(report, encoding="utf-8")
    rows = [asdict(one) for one in (*results, *errors)]
    (folder / "agents.json").write_text(json.dumps({"plan": asdict(plan), "results": rows}), encoding="utf-8")
    ours = (TRACKED.name, FADED.name)
    for world in (*JUDGED, *CONTROL):
        chosen = _of(results, world)
        names = [arm.name for arm in ARMS]
        novel = {name: tables.measured(chosen, name, "novel") for name in names}
        title = f"{world}: novel situations handled with the platform off"
        drawn = pictures.intervals(title, novel, "share, 95 % interval over seeds", ours)
        (folder / f"agents-{world}-novel.svg").write_text(drawn, encoding="utf-8")
        lines = {name: pictures.mean_curve(chosen, name) for name in names}
        title = f"{world}: sealed exam, platform off, while mentored"
        drawn = pictures.curves(title, lines, plan.exam_every, ours)
        (folder / f"agents-{world}-curve.svg").write_text(drawn, encoding="utf-8")
