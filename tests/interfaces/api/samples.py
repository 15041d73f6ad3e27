"""A body for every operation: the example of its description, with keys of rows that exist."""

from __future__ import annotations

from typing import Any

from telemachy.interfaces.api.files import MEDIA_TYPE as FILE
from tests.interfaces.api.addresses import Operation
from tests.world import World

#: Name of a field that holds a key, or keys with an s -> the row of the world.
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
    "supervisor_id": "colleague",
    "room_id": "supervision_room",
    "slot_id": "session",
    "programme_id": "programme",
    "rubric_id": "rubric",
    "assessor_id": "colleague",
    "writer_id": "colleague",
    "terms_id": "recording",
    "competency_id": "competency",
    "enrolment_id": "learner",
}
#: Fields whose example the state of the world does not allow.
TEXTS = {"url": "https://hooks.example/x", "code": "drifting_cadence"}


def body_of(operation: Operation, world: World) -> Any:
    """Return what to send, None where nothing is."""
    described = operation.described.get("requestBody")
    if described is None:
        return None
    if FILE in described["content"]:
        return b"Name,E-mail\n"
    return _filled(described["content"]["application/json"]["example"], "", world)


def _filled(value: Any, name: str, world: World) -> Any:
    if isinstance(value, dict):
        return {key: _filled(each, key, world) for key, each in value.items()}
    if isinstance(value, list):
        return [_filled(each, name.removesuffix("s"), world) for each in value]
    return str(world.rows[KEYS[name]].pk) if name in KEYS else TEXTS.get(name, value)
