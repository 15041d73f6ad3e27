"""Examples of what is sent and answered, made from the description itself so that they always fit it.

A field's own example comes first, then what its name usually holds here, then the least that its
description allows.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

Schemas = Mapping[str, Mapping[str, Any]]

_SPACE = uuid.UUID("2f6b0d1e-6c5a-4c0e-9d53-7f1f0c7a9b11")
_FORMATS = {"date": "2026-03-02", "date-time": "2026-03-02T09:00:00Z", "binary": "…"}
#: Name of a field -> what it holds in an example. "Shape.field" goes before "field".
_TEXTS: Mapping[str, str] = {
    "about": "What it is for.",
    "action": "Read clause 4 before you answer.",
    "alternatives": "A voucher.",
    "answer": "What would a good outcome look like to you?",
    "asked": "Which way would you go?",
    "because": "It covers loyal customers.",
    "closing": "Until next time.",
    "content": "TmFtZSxFLW1haWwKTWVudGVzLG1lbnRlc0BpdGhhY2EuZXhhbXBsZQo=",
    "content_type": "application/pdf",
    "criteria": "Loyalty before the rule.",
    "cue": "A loyal customer without a receipt.",
    "decision": "Refund half as goodwill.",
    "detail": "The suitors have eaten everything.",
    "development": "Let pauses stand.",
    "email": "mentes@ithaca.example",
    "external_ref": "ticket-7",
    "failure_mode": "Misses the goodwill clause",
    "form": "question",
    "function": "Operations",
    "goals_text": "Decide alone what I ask about today.",
    "greeting": "Dear Athena",
    "helped": "You asked before you told.",
    "item": "ask-01",
    "job_title": "Head of harbour",
    "key": "listening",
    "language": "en",
    "last_error": "",
    "lesson": "Read the goodwill clause first.",
    "location": "Ithaca",
    "name": "Athena",
    "note": "Heard it twice.",
    "outcome": "The customer stayed.",
    "own_view": "Refuse, since there is no receipt.",
    "partner": "Medon",
    "path": "/situations/0b6f1c0a/",
    "prefix": "tmk_3f9a2c",
    "prompt": "What changed?",
    "purpose": "Answers refund requests.",
    "question": "Which clause covers this?",
    "quote": "What would a good beginning look like to you?",
    "rationale": "Clause 4 covers loyal customers.",
    "risks": "Others ask for the same.",
    "said": "They would talk before I do.",
    "scenario": "silence",
    "sentence": "Athena answered your question.",
    "signing_key": "whk_6c1f…",
    "situation": "Your colleague begins the weekly meeting.",
    "skill": "ask",
    "slug": "ithaca",
    "statement": "Decide refunds alone.",
    "story": "A loyal customer asks for a refund without a receipt.",
    "strengths": "You wait for the answer.",
    "style": "reflective",
    "summary": "VIP asks for a refund without receipt",
    "text": "What does clause 4 say?",
    "time_zone": "Europe/Athens",
    "title": "The suitors eat everything",
    "to": "mentes@ithaca.example",
    "topic": "How the harbour is run.",
    "url": "https://hooks.example.org/telemachy",
    "verb": "situation.decided",
    "video_url": "https://meet.example.org/ithaca",
    "wish": "More time to think.",
    "wording": "My profile may be used to propose pairs.",
    # --- states and codes, which belong to what they are of
    "AgentTold.autonomy": "Refunds up to 50.",
    "CheckTold.kind": "open_question",
    "CheckTold.outcome": "met",
    "CopyTold.state": "ready",
    "DeliveryTold.state": "sent",
    "Entry.kind": "question",
    "ExchangeTold.kind": "open_question",
    "GoalTold.state": "active",
    "Held.kind": "guidance",
    "Held.state": "held",
    "HoursTold.kind": "individual",
    "InterventionTold.state": "accepted",
    "LinkTold.role": "learner",
    "Me.kind": "human",
    "PersonTold.kind": "human",
    "Place.role": "learner",
    "Place.state": "active",
    "PointTold.state": "open",
    "ProgrammeTold.kind": "mentoring",
    "ProgrammeTold.state": "open",
    "PurposeTold.purpose": "matching",
    "RecordingRow.state": "ready",
    "RecordingTold.state": "ready",
    "RelationshipTold.kind": "mentoring",
    "RelationshipTold.state": "active",
    "ReviewRow.state": "asked",
    "ReviewTold.state": "rated",
    "Roster.state": "checked",
    "RuleTold.kind": "lock",
    "RunTold.state": "done",
    "Seat.seat": "mentor",
    "SessionTold.state": "scheduled",
    "SituationRow.awaiting": "mentor",
    "SituationRow.state": "consulted",
    "SituationTold.awaiting": "mentor",
    "SituationTold.state": "consulted",
    "StepTold.kind": "drill",
    "TermsTold.purpose": "feedback",
    "TokenTold.kind": "personal",
    "TurnTold.kind": "open_question",
    "TurnTold.seat": "coach",
}


def add(operation: dict[str, Any], schemas: Schemas) -> None:
    """Put an example to what an operation takes and to what it answers."""
    bodies = [operation.get("requestBody", {}), *operation["responses"].values()]
    for body in bodies:
        media = body.get("content", {}).get("application/json")
        if media is not None:
            media["example"] = example_of(media["schema"], schemas)


def example_of(node: Mapping[str, Any], schemas: Schemas, name: str = "", shape: str = "") -> Any:
    """Return a value that the schema allows."""
    if "$ref" in node:
        shape = node["$ref"].rpartition("/")[2]
        return example_of(schemas[shape], schemas, name, shape)
    if node.get("examples"):
        return node["examples"][0]
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in node:
            return example_of(node[choice][0], schemas, name, shape)
    if "const" in node or "enum" in node:
        return node.get("const", (node.get("enum") or [None])[0])
    return _MAKERS[node.get("type", "any")](node, schemas, name, shape)


def _object(node: Mapping[str, Any], schemas: Schemas, name: str, shape: str) -> dict[str, Any]:
    if "properties" not in node:
        values = node.get("additionalProperties")
        return {"key": example_of(values, schemas, "", "")} if isinstance(values, Mapping) else {}
    needed = node.get("required", [])
    return {
        key: example_of(each, schemas, key, shape)
        for key, each in node["properties"].items()
        if key in needed or "examples" in each
    }


def _array(node: Mapping[str, Any], schemas: Schemas, name: str, shape: str) -> list[Any]:
    item = node.get("items", {})
    one = example_of(item, schemas, name.removesuffix("s"), shape)
    return [_another(one, number) for number in range(max(1, node.get("minItems", 1)))]


def _another(value: Any, number: int) -> Any:
    """Return the value, told apart from the first where names and codes have to be."""
    if not number or not isinstance(value, dict):
        return value
    return value | {key: f"{value[key]} {number + 1}" for key in ("name", "code") if key in value}


def _string(node: Mapping[str, Any], schemas: Schemas, name: str, shape: str) -> str:
    if node.get("format") == "uuid":
        return str(uuid.uuid5(_SPACE, shape if name in {"", "id"} else name))
    if node.get("format") in _FORMATS:
        return _FORMATS[node["format"]]
    text = _TEXTS.get(f"{shape}.{name}", _TEXTS.get(name, name or "text"))
    return text[: node.get("maxLength", len(text))]


def _integer(node: Mapping[str, Any], schemas: Schemas, name: str, shape: str) -> int:
    return int(node.get("minimum", 1))


_MAKERS: Mapping[str, Any] = {
    "object": _object,
    "array": _array,
    "string": _string,
    "integer": _integer,
    "number": lambda *_: 0.5,
    "boolean": lambda *_: True,
    "null": lambda *_: None,
    "any": lambda *_: "text",
}
