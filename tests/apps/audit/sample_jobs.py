"""Jobs for the tests; each leaves a line in a file, so that a run can be counted from outside."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from telemachy.apps.audit.jobs import job


def _leave_line(path: str, line: str) -> None:
    with Path(path).open("a") as file:
        file.write(f"{line}\n")


@job(retries=2)
def write_line(path: str, line: str) -> None:
    """Succeed."""
    _leave_line(path, line)


@job(retries=2)
def always_fail(path: str) -> None:
    """Fail each time."""
    _leave_line(path, "tried")
    raise ValueError("the ship is gone")


@job(retries=0)
def die(path: str) -> None:
    """Kill the worker in the middle of the job, as a lost machine would."""
    _leave_line(path, "killed")
    os.kill(os.getpid(), signal.SIGKILL)


@job(cron="0 6 * * *")
def at_dawn() -> None:
    """Do nothing at six."""
