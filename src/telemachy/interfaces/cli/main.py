"""The `telemachy` command: finds the subcommand and hands over; each one loads only what it needs."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from telemachy.core.shared.errors import TelemachyError

#: Exit code for input that cannot be worked with; argparse uses the same for wrong options.
BAD_INPUT = 2
INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Command:
    """A subcommand: its module has `add_arguments(parser)` and `run(options) -> exit code`."""

    module: str
    summary: str
    needs_database: bool = False


COMMANDS: dict[str, Command] = {
    "match": Command(
        "telemachy.interfaces.cli.match",
        "match the learners of a spreadsheet to its mentors, no database needed",
    ),
    "conversation": Command(
        "telemachy.interfaces.cli.conversation",
        "code and measure the transcript of a conversation, no database needed",
    ),
    "growth": Command(
        "telemachy.interfaces.cli.growth",
        "tell from a table of situations who decides alone, and what guidance did; no database needed",
    ),
    "lab": Command(
        "telemachy.interfaces.cli.lab",
        "try the engines where the truth is known, no database needed",
    ),
    "agents": Command(
        "telemachy.interfaces.cli.agents",
        "bring an agent's past cases, here or to another installation",
    ),
    "organisation": Command(
        "telemachy.interfaces.cli.organisation",
        "found an organisation and invite its first administrator",
        needs_database=True,
    ),
    "unlock": Command(
        "telemachy.interfaces.cli.unlock",
        "let somebody who lost the second factor and the recovery codes sign in again",
        needs_database=True,
    ),
    "worker": Command(
        "telemachy.interfaces.cli.worker", "run background jobs and schedules", needs_database=True
    ),
    "demo": Command(
        "telemachy.interfaces.demo.command",
        "load the demo organisation, or print the sign-ins of its people",
        needs_database=True,
    ),
    "messages": Command(
        "telemachy.interfaces.cli.messages",
        "collect the translatable strings of the source into the catalogues",
        needs_database=True,
    ),
    "mcp": Command(
        "telemachy.interfaces.cli.mcp",
        "serve the tools of the Model Context Protocol to an agent on this machine",
    ),
    "manage": Command(
        "telemachy.interfaces.cli.manage",
        "run a Django management command, such as migrate",
        needs_database=True,
    ),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run a subcommand and return its exit code; wrong options end the process with code 2."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    parser = argparse.ArgumentParser(
        prog="telemachy",
        description="Mentoring and coaching programmes that end in independence.",
        epilog="`telemachy COMMAND --help` explains a command.",
    )
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, command in COMMANDS.items():
        description = command.summary[:1].upper() + command.summary[1:]
        subparser = subparsers.add_parser(name, help=command.summary, description=description)
        if arguments[:1] == [name]:
            if command.needs_database:
                set_up()
            module = importlib.import_module(command.module)
            module.add_arguments(subparser)
            subparser.set_defaults(run=module.run)
    options = parser.parse_args(arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
        return code
    except TelemachyError as error:
        return refuse(options.command, str(error))
    except database_errors() as error:
        if "--traceback" in arguments:
            raise
        return refuse(
            options.command,
            f"the database does not answer as it should: {first_line(error)}\n"
            "Is it there, and has `telemachy manage migrate` made its tables?",
        )
    except BrokenPipeError:
        # The reader (`| head`) has seen enough; keep the interpreter from failing on its last flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:  # a folder that cannot be written, a full disk
        if "--traceback" in arguments:
            raise
        return refuse(options.command, str(error))


def refuse(command: str, reason: str) -> int:
    """Say why a command came to nothing; return its exit code."""
    print(f"telemachy {command}: {reason}", file=sys.stderr)
    return BAD_INPUT


def database_errors() -> tuple[type[Exception], ...]:
    """Return what a database that is away, empty or locked raises; nothing is imported to find out."""
    loaded = sys.modules.get("django.db")
    return (loaded.OperationalError, loaded.ProgrammingError, loaded.InterfaceError) if loaded else ()


def first_line(error: Exception) -> str:
    """Return what an error says first, without the hints below it."""
    return (str(error).splitlines() or [type(error).__name__])[0]


def set_up() -> None:
    """Make the database reachable; end the process with code 2 when a setting is wrong."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "telemachy.project.settings")
    try:
        django.setup()
    except ImproperlyConfigured as error:
        print(f"telemachy: {error}", file=sys.stderr)
        raise SystemExit(BAD_INPUT) from error


if __name__ == "__main__":
    sys.exit(main())
