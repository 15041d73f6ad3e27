"""`telemachy demo load` fills an empty installation; `telemachy demo links` prints who to enter as."""

from __future__ import annotations

import argparse

from django.conf import settings

from telemachy.core.shared.errors import WrongState
from telemachy.interfaces.common import clock
from telemachy.interfaces.demo import links, loader

SEED = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the two steps."""
    parser.add_argument(
        "step", choices=("load", "links"), help="fill the installation, or print the sign-ins"
    )


def run(options: argparse.Namespace) -> int:
    """Run one step. Raises WrongState outside of demo mode, where anybody could enter by a link."""
    if not settings.DEMO:
        raise WrongState("This is no demo installation. Set TELEMACHY_DEMO=1 to make it one.")
    if options.step == "load":
        report = loader.load(seed=SEED, today=clock.now().date(), say=_say)
        print(report.text())
    else:
        print(links.text(links.links()))
    return 0


def _say(text: str) -> None:
    print(f"  {text}", flush=True)
