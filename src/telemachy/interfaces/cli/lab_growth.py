"""`telemachy lab growth`: the growth engine and the signals on programmes of which the truth is known."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from telemachy.core.shared.errors import BadInput

if TYPE_CHECKING:
    from telemachy.core.lab.growth import Finding

_OPENING = """\
# What the growth engine does where the truth is known

Written by `telemachy lab growth --out docs{options}`; run it again and you get the same, figure by figure.
Programmes are made up situation by situation (`core/lab/growth`): what teaches, who trains how, who leaves
and what gets harder is decided in advance. Growth engine and signals then see what they would see in a real
programme, and their answers are put beside the truth. How the engine works is told in [growth.md](growth.md),
how the signals do in [insights.md](insights.md).

**The limit of all of it:** a made-up programme shows what the product does in a world like that, not what
people are like. The numbers behind the lives are choices of ours.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the options of the experiment."""
    parser.add_argument(
        "--out", type=Path, metavar="FOLDER", help="write lab-growth.md and its pictures there"
    )
    parser.add_argument("--seed", type=int, default=1, help="of all chance (1)")
    parser.add_argument("--small", action="store_true", help="a few learners only, to try it out")


def run(options: argparse.Namespace) -> int:
    """Print the findings, or write them to a folder, and return 0; raise BadInput where there is none."""
    # The engines are loaded here so that `--help` answers at once.
    from telemachy.core.lab.growth import EXPERIMENTS, SMALL, Size
    from telemachy.interfaces.cli.lab_pictures import draw

    if options.seed < 0:
        raise BadInput("The seed is a whole number from 0 on.", field="seed")
    if options.out is not None and not options.out.is_dir():
        raise BadInput(f"{options.out} is no folder; make it first.", field="out")
    asked = "".join(
        [" --small" if options.small else "", f" --seed {options.seed}" if options.seed != 1 else ""]
    )
    parts = [_OPENING.format(options=asked)]
    for name, experiment in EXPERIMENTS.items():
        if sys.stderr.isatty():
            print(f"{name} ...", file=sys.stderr)
        found = experiment(SMALL if options.small else Size(), options.seed)
        picture = f"lab-growth-{name}.svg"
        parts.append(_told(found, None if options.out is None else picture))
        if options.out is not None:
            _write(options.out / picture, draw(found.picture, found.title))
    if options.out is None:
        print("\n".join(parts))
    else:
        _write(options.out / "lab-growth.md", "\n".join(parts))
    return 0


def _told(found: Finding, picture: str | None) -> str:
    lines = [f"## {found.title}", "", found.told, ""]
    if picture is not None:
        lines += [f"![{found.title}]({picture})", ""]
    lines.append(f"| {' | '.join(found.head)} |")
    lines.append(f"| --- |{' ---: |' * (len(found.head) - 1)}")
    lines += [f"| {' | '.join(row)} |" for row in found.rows]
    lines += ["", f"**Limits.** {found.limits}", ""]
    return "\n".join(lines)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror or error}.") from None
