"""A server that plays a script, and a clock that does not run."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from telemachy.client import transport
from tests.interfaces.api.conftest import call_as, goal  # noqa: F401 - tokens and a goal, as for the API

GOAL = "0b6f3a52-0000-4000-8000-000000000001"
STARTED = {"situation_id": "s1", "state": "logged", "level": 3, "reminders": [], "may_ask": True}
LOCKED = {"situation_id": "s1", "locked_at": "2026-03-03T09:00:00Z"}
QUESTIONS = {"situation_id": "s1", "questions": ["What did you weigh?"]}
STANDING = {"situation_id": "s1", "state": "accounted", "awaiting": "mentor"}


def problem(status: int, code: str) -> httpx.Response:
    told = {
        "type": f"urn:telemachy:problem:{code}",
        "title": "No",
        "status": status,
        "detail": "For a reason",
    }
    return httpx.Response(status, json=told)


@dataclass
class Scripted:
    """Answers with `answers` one after the other, then as a server that is well; notes what it was sent."""

    answers: list[httpx.Response | Exception] = field(default_factory=list)
    seen: list[httpx.Request] = field(default_factory=list)
    is_down: bool = False

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if self.is_down:
            raise httpx.ConnectError("no way there")
        self.seen.append(request)
        answer = self.answers.pop(0) if self.answers else _well(request)
        if isinstance(answer, Exception):
            raise answer
        return answer

    @property
    def transport(self) -> httpx.MockTransport:
        return httpx.MockTransport(self)

    def keys(self) -> list[str]:
        return [request.headers["Idempotency-Key"] for request in self.seen]

    def steps(self) -> list[tuple[str, Any]]:
        """The last words of the writes' paths, with what was sent."""
        return [(request.url.path.rpartition("/")[2], json.loads(request.content)) for request in self.seen]


def _well(request: httpx.Request) -> httpx.Response:
    kind = request.url.path.rpartition("/")[2]
    key = request.url.path.split("/")[-2]
    if kind == "situations":
        # Each case gets the id that its reference names, so that a test can tell them apart.
        named = json.loads(request.content)["external_ref"] or "s1"
        return httpx.Response(201, json=STARTED | {"situation_id": named})
    told = {"decision": LOCKED, "outcomes": QUESTIONS, "account": STANDING}[kind]
    return httpx.Response(200, json=told | {"situation_id": key})


@pytest.fixture
def server() -> Scripted:
    return Scripted()


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that the client would have waited."""
    found: list[float] = []

    async def later(seconds: float) -> None:
        found.append(seconds)

    monkeypatch.setattr(transport.time, "sleep", found.append)
    monkeypatch.setattr(transport.asyncio, "sleep", later)
    return found
