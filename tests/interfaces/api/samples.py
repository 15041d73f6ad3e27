"""A body for every operation: whatever its description asks for, with keys of rows that exist."""

from __future__ import annotations

from typing import Any

from tests.interfaces.api.addresses import Operation, schema
from tests.world import World

#: Name of a field that holds a key -> the row of the world.
KEYS = {
    "goal_id": "goal",
    "situation_id": "situation",
    "relationship_id": "pair",
    "learner_enrolment_id": "learner",
    "mentor_enrolment_id": "mentor",
    "failure_mode_id": "failure_mode",
    "person_id": "colleague",
    "owner_id": "coach",
    "about_id": "coach",
    "rater_id": "colleague",
    "slot_id": "session",
    "programme_id": "programme",
}
#: Fields whose description does not say all.
TEXTS = {
    "url": "https://hooks.example/x",
    "email": "mentes@ithaca.example",
    "code": "drifting_cadence",
    "content": "TmFtZSxFLW1haWwKTWVudGVzLG1AaXRoYWNhLmV4YW1wbGUK",
}


def body_of(operation: Operation, world: World) -> Any:
    """Return what to send, None where nothing is."""
    described = operation.described.get("requestBody")
    if described is None:
        return None
    return _sample(described["content"]["application/json"]["schema"], "", world)


def _sample(node: dict[str, Any], name: str, world: World) -> Any:
    if "$ref" in node:
        node = schema()["components"]["schemas"][node["$ref"].rpartition("/")[2]]
    for choice in ("anyOf", "allOf"):
        if choice in node:
            return _sample(node[choice][0], name, world)
    if "const" in node or "enum" in node:
        return node.get("const", (node.get("enum") or [None])[0])
    if node.get("format") == "uuid":
        return str(world.rows[KEYS[name]].pk)
    makers = {
        "object": lambda: {
            key: _sample(node["properties"][key], key, world) for key in node.get("required", [])
        },
        "array": lambda: [_sample(node["items"], name.removesuffix("s"), world)],
        "string": lambda: _text(node, name),
        "integer": lambda: int(node.get("minimum", 1)),
        "number": lambda: 0.5,
        "boolean": lambda: True,
    }
    return makers[node["type"]]()


def _text(node: dict[str, Any], name: str) -> str:
    if node.get("format") in {"date", "date-time"}:
        return "2026-12-01" if node["format"] == "date" else "2026-12-01T09:00:00Z"
    return TEXTS.get(name, "Pylos")
