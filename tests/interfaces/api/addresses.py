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
    "deliveries": "delivery",
    "attachments": "attachment",
    "recordings": "recording",
    "evidence": "pin",
    "recording-reviews": "review",
    "development-points": "point",
    "rubrics": "rubric",
    "hints": "rubric",
    "hours": "hours",
    "hours-to-confirm": "hours",
    "credentials": "credential",
    "role-plays": "role_play",
    "supervision-rooms": "supervision_room",
    "supervision-cases": "supervision_case",
    "supervision-notes": "supervision_note",
    "commitments": "commitment",
    "news": "notification",
    "places": "learner",
    "enrolment-links": "link",
    "undelivered-mail": "mail",
    "trace-imports": "trace_import",
}
#: An address whose row is another one than its part says.
OF_ADDRESS = {
    "/recording-reviews/{pk}/letter": "answered_review",
    "/recording-reviews/{pk}/letter/send": "answered_review",
    "/people/{pk}/readiness": "coach",
}
#: What fills an address and is no key: the charter has one version, and turn 2 is its coach's.
PLAIN = {
    "number": {"charter": "1", "turns": "2"},
    "circle": {"circles": "1"},
    "purpose": {"consents": "matching"},
}
#: What a query holds by its type; elsewhere the name of a file.
ASKED = {"integer": "1"}
_KEY = re.compile(r"([a-z-]+)/\{(\w+)\}")


class Operation(NamedTuple):
    """A method of an address, as "GET /goals/{pk}", and what may be sent."""

    method: str
    path: str
    described: dict[str, Any]

    def address(self, world: World) -> str:
        """Return where to call: keys of the world's rows, and what the address cannot do without."""
        asked = [
            f"{one['name']}={ASKED.get(one['schema'].get('type'), 'chart.txt')}"
            for one in self.described.get("parameters", [])
            if one["in"] == "query" and one["required"]
        ]
        query = "&".join(asked)
        return self.path.format(**parameters(self.path, world)) + (f"?{query}" if query else "")

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
    below = "/" + path.removeprefix(ROOT).removeprefix("/")
    return {name: _filled(part, name, below, world) for part, name in _KEY.findall(path)}


def _filled(part: str, name: str, path: str, world: World) -> str:
    if name in PLAIN:
        return PLAIN[name][part]
    return str(world.rows[OF_ADDRESS.get(path) or ROWS[part]].pk)
