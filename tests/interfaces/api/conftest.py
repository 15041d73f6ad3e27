"""Callers of the API: a client that sends a token, and an agent that learns."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from telemachy.apps.integrations.actions import tokens
from telemachy.apps.integrations.queries.scopes import OF_KIND
from telemachy.apps.relationships.models import Goal
from telemachy.interfaces.api.middleware import ApiMiddleware
from telemachy.interfaces.common import clock
from tests.cast import NOW, Cast, pair


def directly(method: str, path: str, body: Any = None, secret: str = "") -> HttpResponse:
    """Call `path` below /api/v1 without the middleware before the API: a third of the time of many calls."""
    headers = {"authorization": f"Bearer {secret}"} if secret else {}
    return _API(_REQUESTS.generic(method, f"/api/v1{path}", headers=headers, **_sent(body)))


def _sent(body: Any) -> dict[str, Any]:
    if body is None:
        return {}
    if isinstance(body, bytes):
        return {"data": body, "content_type": "application/octet-stream"}
    return {"data": json.dumps(body), "content_type": "application/json"}


def _elsewhere(request: HttpRequest) -> HttpResponse:
    raise AssertionError(f"{request.path} is no address of the API")


_API, _REQUESTS = ApiMiddleware(_elsewhere), RequestFactory()


@dataclass
class Caller:
    """Sends JSON with a token, and reads JSON back."""

    secret: str
    client: Client = field(default_factory=Client)

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """Call `path` below /api/v1."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.generic(
            method,
            f"/api/v1{path}",
            headers={"authorization": f"Bearer {self.secret}", **named},
            **_sent(body),
        )

    def get(self, path: str, **headers: str) -> HttpResponse:
        """Read."""
        return self("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """Write."""
        return self("POST", path, body, **headers)


@pytest.fixture
def quiet() -> Iterator[None]:
    """Log nothing: of thousands of calls, writing the lines is a good part of the time."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def call_as(cast: Cast) -> Callable[..., Caller]:
    """Return a function that makes a person (or agent) a token, and a caller with it."""

    def enter(person: Any, scopes: Sequence[str] = (), kind: str = "", programme: Any = None) -> Caller:
        kind = kind or ("agent" if person.is_agent else "personal")
        _token, secret = tokens.make(
            kind=kind,
            person=person,
            name="a test",
            scopes=scopes or sorted(OF_KIND[kind]),
            days=300,
            programme=programme,
            by=person.owner if person.is_agent else person,
            now=clock.now(),
        )
        return Caller(secret)

    return enter


@pytest.fixture
def goal(cast: Cast) -> Goal:
    """A goal of the agent Argus, whom Athena mentors."""
    relationship = pair(cast.programme, cast.athena, cast.argus)
    return Goal.objects.create(
        relationship=relationship,
        learner=cast.argus,
        statement="Decide refunds alone",
        baseline="Refuses whatever has no receipt",
        state="active",
        created_at=NOW,
    )
