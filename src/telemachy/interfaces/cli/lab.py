"""`telemachy lab EXPERIMENT`: what the product's own engines do where the truth is known, no database.

Each experiment is a module with `add_arguments(parser)` and `run(options) -> exit code`, as commands are.
"""

from __future__ import annotations

import argparse
import importlib

#: Name, module and summary of each experiment.
EXPERIMENTS: dict[str, tuple[str, str]] = {
    "agents": (
        "telemachy.interfaces.cli.lab_agents",
        "agents with known failings, corrected in batches or at once, reminded, and left alone",
    ),
    "growth": (
        "telemachy.interfaces.cli.lab_growth",
        "programmes made up with a known truth, guided and judged by the growth engine and the signals",
    ),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the experiments and their options."""
    subparsers = parser.add_subparsers(dest="experiment", metavar="EXPERIMENT", required=True)
    for name, (path, summary) in EXPERIMENTS.items():
        module = importlib.import_module(path)
        subparser = subparsers.add_parser(name, help=summary, description=summary.capitalize())
        module.add_arguments(subparser)
        subparser.set_defaults(run_experiment=module.run)


def run(options: argparse.Namespace) -> int:
    """Run the experiment and return its exit code."""
    code: int = options.run_experiment(options)
    return code
