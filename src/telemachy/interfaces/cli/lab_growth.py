"""`telemachy lab growth`: the growth engine and the signals on programmes of which the truth is known."""

from __future__ import annotations

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the options of the experiment."""
    parser.add_argument("--small", action="store_true", help="a few learners only, in seconds")


def run(options: argparse.Namespace) -> int:
    """Print the findings and return 0."""
    # The engine is loaded here so that `--help` answers at once.
    from telemachy.core.growth import worlds

    n_learners = 4 if options.small else 40
    for world in worlds.WORLDS:
        found = worlds.run(world, worlds.ours, n_learners=n_learners)
        print(
            f"{world:<12}{found.situations:>6.1f} situations until independent, "
            f"{found.over_help:.0%} helped although able, {found.false_independence:.0%} left alone too early"
        )
    return 0
