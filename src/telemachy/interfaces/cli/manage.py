"""`telemachy manage`: Django's management commands, with the settings of this installation."""

from __future__ import annotations

import argparse
from pathlib import Path

from django.conf import settings
from django.core.management import execute_from_command_line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the options of the command."""
    parser.add_argument(
        "arguments", nargs=argparse.REMAINDER, metavar="COMMAND [OPTION ...]", help="as Django has it"
    )


def run(options: argparse.Namespace) -> int:
    """Run the management command; Django ends the process with its own exit code when it fails."""
    database = settings.DATABASES["default"]
    if options.arguments[:1] == ["migrate"] and "sqlite3" in str(database["ENGINE"]):
        # A new installation has no data folder yet.
        Path(str(database["NAME"])).parent.mkdir(parents=True, exist_ok=True)
    execute_from_command_line(["telemachy manage", *options.arguments])
    return 0
