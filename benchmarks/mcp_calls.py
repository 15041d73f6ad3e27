"""What a tool call over the Model Context Protocol costs beside the same call of the API.

    .venv/bin/python benchmarks/mcp_calls.py [--cases 40]

An agent takes cases from start to account, each twice: by calls of the API, and by the tools. Both go
through the whole product in this process, on a database of its own. What is counted is processor time, so
that whatever else the machine does falls out; a network would add the same to both.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

_folder = tempfile.TemporaryDirectory(prefix="telemachy-bench-")
os.environ |= {
    "TELEMACHY_DEBUG": "0",
    "TELEMACHY_SECRET_KEY": "for the benchmark only, long enough to be accepted as a key",
    "TELEMACHY_DATA_DIR": _folder.name,
    "TELEMACHY_LOG_LEVEL": "ERROR",
    "TELEMACHY_AGENT_CALLS_PER_MINUTE": "100000000",
    "TELEMACHY_DATABASE_URL": f"sqlite:///{_folder.name}/bench.sqlite3",
    "DJANGO_SETTINGS_MODULE": "telemachy.project.settings",
}

PROTOCOL = "2026-07-28"
CLIENT = {"name": "bench", "version": "1"}
#: The steps of a case in their order: the tool, and method and path of the same call of the API.
STEPS = (
    ("list_goals", "GET", "/goals", {}),
    ("start_situation", "POST", "/situations", {"summary": "VIP without receipt", "tags": ["refund"]}),
    (
        "ask_mentor",
        "POST",
        "/situations/{id}/help",
        {"question": "Which clause?", "intended_action": "Refuse", "confidence": 0.4},
    ),
    ("read_help", "GET", "/situations/{id}/help", {}),
    ("commit_decision", "POST", "/situations/{id}/decision", {"decision": "Half", "confidence": 0.7}),
    ("report_outcome", "POST", "/situations/{id}/outcomes", {"success": True}),
    ("submit_account", "POST", "/situations/{id}/account", {"outcome": "Stayed"}),
)


def load() -> tuple[str, str]:
    """Fill a database with a mentor and an agent that works on a goal; return its token and the goal."""
    import django

    django.setup()
    from django.core.management import call_command

    from telemachy.apps.integrations.actions import tokens
    from telemachy.apps.people.models import Organisation, Person
    from telemachy.apps.programmes.models import Programme
    from telemachy.apps.relationships.models import Goal, Party, Relationship
    from telemachy.interfaces.common import clock

    now = clock.now()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    organisation = Organisation.objects.create(name="Bench", slug="bench", created_at=now)
    mentor = Person.objects.create(organisation=organisation, name="Mentor", created_at=now)
    agent = Person.objects.create(
        organisation=organisation, name="Agent", kind="agent", owner=mentor, created_at=now
    )
    programme = Programme.objects.create(
        organisation=organisation, name="Bench", kind="mentoring", state="open", created_at=now
    )
    pair = Relationship.objects.create(
        programme=programme, kind="mentoring", shape="one_to_one", state="active",
        state_since=now, created_at=now, active_at=now,
    )  # fmt: skip
    Party.objects.create(relationship=pair, person=mentor, seat="mentor", accepted_at=now)
    Party.objects.create(relationship=pair, person=agent, seat="learner", accepted_at=now)
    goal = Goal.objects.create(
        relationship=pair, learner=agent, statement="Decide refunds", state="active",
        ask_budget=10_000, created_at=now,
    )  # fmt: skip
    _token, secret = tokens.make(
        kind="agent", person=agent, name="bench", scopes=["read", "learn"], days=1, by=mentor, now=now
    )
    return secret, str(goal.pk)


class Product:
    """The product as a web server calls it."""

    def __init__(self, secret: str) -> None:
        from django.core.wsgi import get_wsgi_application

        self._answer = get_wsgi_application()
        self._secret = secret

    def call(self, method: str, path: str, body: dict[str, Any] | None, **headers: str) -> Any:
        """Send JSON and read JSON back."""
        sent = b"" if body is None else json.dumps(body).encode()
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "8000",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_AUTHORIZATION": f"Bearer {self._secret}",
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(sent)),
            "wsgi.input": BytesIO(sent),
            "wsgi.url_scheme": "http",
            "wsgi.errors": sys.stderr,
        } | {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        told = b"".join(self._answer(environ, lambda _status, _headers: None))
        return json.loads(told)

    def rest(self, step: tuple[str, str, str, dict[str, Any]], goal: str, situation: str) -> Any:
        """Take a step by a call of the API."""
        tool, method, path, fields = step
        named = {"goal_id": goal} if tool == "start_situation" else {}
        body = fields | named if method == "POST" else None
        return self.call(method, f"/api/v1{path.format(id=situation)}", body)

    def tool(self, step: tuple[str, str, str, dict[str, Any]], goal: str, situation: str) -> Any:
        """Take a step by a tool, as the official client sends it."""
        tool, _method, path, fields = step
        named = {"goal_id": goal} if tool == "start_situation" else {}
        named |= {"situation_id": situation} if "{id}" in path else {}
        meta = {
            "io.modelcontextprotocol/protocolVersion": PROTOCOL,
            "io.modelcontextprotocol/clientInfo": CLIENT,
            "io.modelcontextprotocol/clientCapabilities": {},
        }
        params = {"name": tool, "arguments": fields | named, "_meta": meta}
        message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
        headers = {
            "accept": "application/json, text/event-stream",
            "mcp_protocol_version": PROTOCOL,
            "mcp_method": "tools/call",
            "mcp_name": tool,
        }
        result = self.call("POST", "/mcp", message, **headers)["result"]
        assert not result["isError"], result
        return result["structuredContent"]


def take_case(by: Callable[..., Any], goal: str, took: dict[str, list[float]]) -> None:
    """Go through one case, and note what each step took."""
    situation = ""
    for step in STEPS:
        begun = time.process_time()
        told = by(step, goal, situation)
        took[step[0]].append(time.process_time() - begun)
        situation = situation or told.get("situation_id", "")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--cases", type=int, default=40)
    n_cases = parser.parse_args().cases
    secret, goal = load()
    product = Product(secret)
    for by in (product.rest, product.tool):
        take_case(by, goal, defaultdict(list))  # imports, and first statements
    rest: dict[str, list[float]] = defaultdict(list)
    tool: dict[str, list[float]] = defaultdict(list)
    for _case in range(n_cases):
        take_case(product.rest, goal, rest)
        take_case(product.tool, goal, tool)
    print(f"{'median, processor ms':22}{'API':>8}{'tool':>8}{'ratio':>8}")
    for name in rest:
        api, mcp = (1000 * statistics.median(found[name]) for found in (rest, tool))
        print(f"{name:22}{api:8.1f}{mcp:8.1f}{mcp / api:8.2f}")
    api, mcp = (1000 * sum(map(statistics.median, found.values())) for found in (rest, tool))
    print(f"{'a case':22}{api:8.1f}{mcp:8.1f}{mcp / api:8.2f}")


if __name__ == "__main__":
    main()
