"""Every operation of the API, and the rows that fill its address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from django.core.serializers.json import DjangoJSONEncoder

from telemachy.interfaces.api.service import ROOT
from tests.world import World

#: The part of an address before a key -> the row of the world that it names.
ROWS = {
    "situations": "situation",
    "relationships": "pair",
    "goals": "goal",
    "activities": "activity",
    "sessions": "session",
    "agenda": "agenda_item",
    "action-items": "action_item",
    "thresholds": "threshold",
    "reflections": "reflection",
    "lessons": "lesson",
    "programmes": "programme",
    "managers": "colleague",
    "enrolments": "enrolment",
    "rosters": "roster",
    "match-runs": "run",
    "proposals": "proposal",
    "pair-rules": "pair_rule",
    "people": "colleague",
    "agents": "agent",
    "tokens": "token",
    "webhooks": "webhook",
}
_KEY = re.compile(r"([a-z-]+)/\{(\w+)\}")


class Operation(NamedTuple):
    """A method of an address, as "GET /goals/{pk}", and what may be sent."""

    method: str
    path: str
    described: dict[str, Any]

    @property
    def name(self) -> str:
        """How a table names it."""
        return f"{self.method} {self.path}"


@cache
def schema() -> dict[str, Any]:
    """The description as a client reads it."""
    from telemachy.interfaces.api.urls import api

    described: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(), cls=DjangoJSONEncoder))
    return described


def operations() -> Iterator[Operation]:
    """Every operation."""
    for path, methods in schema()["paths"].items():
        for method, described in methods.items():
            yield Operation(method.upper(), "/" + path.removeprefix(ROOT), described)


def parameters(path: str, world: World) -> dict[str, str]:
    """The keys that an address takes, from the world's rows."""
    return {name: str(world.rows[ROWS[part]].pk) for part, name in _KEY.findall(path)}
