"""Writes that could not be sent, kept in order in a file until there is a way again."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from telemachy.client.answers import Checked, Debriefing, Locked, Standing
from telemachy.client.transport import Call, Refused

#: What is kept for later, by the last word of its path: what it answers is told to nobody any more.
KINDS: dict[str, type[Any]] = {
    "decision": Locked,
    "outcomes": Debriefing,
    "account": Standing,
    "checks": Checked,
}
#: Refusals of the caller rather than of one write: everything waits until the token is mended.
_OF_CALLER = {"suspended-agent", "missing-scope"}


@dataclass(frozen=True, slots=True)
class Kept:
    """A write that waits in the queue; `flush` sends it."""

    key: str


@dataclass(frozen=True, slots=True)
class Flushed:
    """What became of the queue. Refused writes are put aside in the file beside it, ending in .refused."""

    n_sent: int
    n_kept: int
    refused: tuple[tuple[Call[Any], Refused], ...]


class OfflineQueue:
    """A file of writes, one a line, oldest first. One process at a time; it never holds the token."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.aside = path.with_name(f"{path.name}.refused")
        self._lock = Lock()

    def calls(self) -> list[Call[Any]]:
        """Return what waits."""
        return [
            Call(KINDS[_kind(row["path"])], "POST", row["path"], row["body"], key=row["key"])
            for row in _rows(self.path)
        ]

    def holds(self, path: str) -> bool:
        """Whether an earlier write of the same situation waits, so that this one has to wait as well."""
        return any(_situation(row["path"]) == _situation(path) for row in _rows(self.path))

    def put(self, call: Call[Any]) -> Kept:
        """Keep a write, behind the others."""
        with self._lock:
            _write(self.path, [*_rows(self.path), _row(call)])
        return Kept(call.key)

    def done(self, call: Call[Any]) -> None:
        """Forget a write that was sent."""
        with self._lock:
            _write(self.path, [row for row in _rows(self.path) if row["key"] != call.key])

    def refuse(self, call: Call[Any], refusal: Refused) -> None:
        """Put a write aside that the server will never take. Raises the refusal if it concerns the caller."""
        if refusal.status == 401 or not refusal.code or refusal.code in _OF_CALLER:
            raise refusal
        with self._lock:
            _write(self.aside, [*_rows(self.aside), _row(call) | {"because": str(refusal)}])
        self.done(call)


def _kind(path: str) -> str:
    return path.rpartition("/")[2]


def _situation(path: str) -> str:
    return path.rpartition("/")[0]


def _row(call: Call[Any]) -> dict[str, Any]:
    return {"key": call.key, "path": call.path, "body": call.body}


def _rows(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    # Whole and then in place of the old one: a crash leaves the one or the other, never half a line.
    # Readable by its owner alone, for it holds what was decided and why.
    fresh = path.with_name(f"{path.name}.new")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, path)
