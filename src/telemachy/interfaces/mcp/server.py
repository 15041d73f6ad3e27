"""The server of the protocol: tools, resources and prompts over a function that calls the JSON API."""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ResourceError, ToolError
from mcp.types import ToolAnnotations
from pydantic import BaseModel

from telemachy import __version__
from telemachy.interfaces.mcp import prompts
from telemachy.interfaces.mcp.calls import CALLS, Call

INSTRUCTIONS = """\
Telemachy gives you a mentor whose guidance fades. For each case: start_situation, then either decide alone or
ask_mentor (say first what you would do without an answer), commit_decision before the outcome is known,
report_outcome, submit_account. Reminders and guidance are information for your own judgment, never commands.
"""
#: What lies behind an address of a resource: the path in the API, and its kind of text.
RESOURCES = {
    "telemachy://me/profile": ("/me/profile", "application/json", "Who you are here"),
    "telemachy://me/lessons.md": ("/me/lessons.md", "text/markdown", "The lessons you wrote for yourself"),
    "telemachy://goals/{id}": ("/goals/{id}", "application/json", "A goal with its baseline and levels"),
    "telemachy://trajectory/{id}": (
        "/relationships/{id}/trajectory",
        "application/json",
        "The growth arc in a relationship",
    ),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the API answered."""

    status: int
    text: str

    @property
    def is_refusal(self) -> bool:
        """Whether nothing was done."""
        return self.status >= 400


#: Calls the API: method, path with query, body, and a key by which the same call again is known, or "".
Ask = Callable[[str, str, bytes, str], Awaitable[Answer]]


def build(ask: Ask) -> MCPServer:
    """Return a server whose every tool and resource is one call through `ask`."""
    server = MCPServer("telemachy", title="Telemachy", instructions=INSTRUCTIONS, version=__version__)
    for call in CALLS:
        hints = ToolAnnotations(
            read_only_hint=call.only_reads,
            destructive_hint=False,
            idempotent_hint=call.only_reads or call.is_idempotent or call.is_kept,
            open_world_hint=False,
        )
        server.tool(call.name, description=call.text, annotations=hints, structured_output=True)(
            _tool(call, ask)
        )
    for uri, (path, kind, text) in RESOURCES.items():
        name = path.removeprefix("/").replace("/{id}", "")
        server.resource(uri, name=name, description=text, mime_type=kind)(_resource(path, ask))
    for prompt in (prompts.baseline, prompts.debrief, prompts.account):
        server.prompt()(prompt)
    return server


def _tool(call: Call, ask: Ask) -> Callable[..., Any]:
    """Return a function with the call's fields as its parameters, which the protocol's library reads."""

    async def run(**given: Any) -> BaseModel:
        asked = {name: given.pop(name) for name, _type in call.asks}
        body = b"" if call.sends is None else call.sends.model_validate(given).model_dump_json().encode()
        address = _address(call.path, asked)
        answer = await ask(call.method, address, body, _key(address, body) if call.is_kept else "")
        if answer.is_refusal:
            raise ToolError(_refusal(answer))
        found = json.loads(answer.text)
        return call.answers.model_validate({call.wraps: found} if call.wraps else found)

    run.__name__, run.__doc__ = call.name, call.text
    parameters = [_parameter(name, kind, _default(kind)) for name, kind in call.asks]
    fields = call.sends.model_fields if call.sends is not None else {}
    parameters += [
        _parameter(
            name, _annotation(call, name), inspect.Parameter.empty if one.is_required() else one.default
        )
        for name, one in fields.items()
    ]
    run.__signature__ = inspect.Signature(parameters, return_annotation=call.answers)  # type: ignore[attr-defined]  # PEP 362
    run.__annotations__ = {one.name: one.annotation for one in parameters} | {"return": call.answers}
    return run


def _annotation(call: Call, name: str) -> Any:
    assert call.sends is not None
    return inspect.get_annotations(call.sends, eval_str=True)[name]


def _default(kind: Any) -> Any:
    return None if "None" in str(kind) else inspect.Parameter.empty


def _parameter(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default)


def _resource(path: str, ask: Ask) -> Callable[..., Any]:
    if "{id}" in path:

        async def read_one(id: str) -> str:
            return await _read(ask, path.format(id=id))

        return read_one

    async def read() -> str:
        return await _read(ask, path)

    return read


async def _read(ask: Ask, path: str) -> str:
    answer = await ask("GET", path, b"", "")
    if answer.is_refusal:
        raise ResourceError(_refusal(answer))
    return answer.text


def _address(path: str, asked: Mapping[str, Any]) -> str:
    query = {name: value for name, value in asked.items() if f"{{{name}}}" not in path and value is not None}
    address = path.format(**asked)
    return f"{address}?{urlencode(query)}" if query else address


def _key(address: str, body: bytes) -> str:
    return f"mcp-{hashlib.sha256(address.encode() + b' ' + body).hexdigest()}"


def _refusal(answer: Answer) -> str:
    """Say what was refused as the API does: its code, its reason, and the fields that are wrong."""
    problem = json.loads(answer.text)
    code = problem["type"].rpartition(":")[2]
    fields = [f"{one['path'].removeprefix('body.')}: {one['message']}" for one in problem.get("errors", [])]
    return "; ".join([f"{code}: {problem['detail']}", *fields])
