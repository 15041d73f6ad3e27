"""Every operation shows what to send and what is answered, and what it shows fits its description."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator

from tests.interfaces.api import addresses


def shown() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every body that is sent or answered as JSON, with where it stands."""
    for operation in addresses.operations():
        bodies = {"sent": operation.described.get("requestBody", {}), **operation.described["responses"]}
        for which, body in bodies.items():
            if "$ref" not in body and "application/json" in body.get("content", {}):
                yield f"{operation.name} ({which})", body["content"]["application/json"]


def faults(schema: dict[str, Any], value: Any) -> list[str]:
    """What keeps a value from being what its schema says."""
    whole = schema | {"components": addresses.schema()["components"]}
    checker = Draft202012Validator.FORMAT_CHECKER
    found = Draft202012Validator(whole, format_checker=checker).iter_errors(value)
    return [f"{error.json_path} {error.message}" for error in found]


def test_every_body_has_an_example_that_its_schema_allows() -> None:
    wrong = {where: faults(body["schema"], body["example"]) for where, body in shown()}
    assert {where: found for where, found in wrong.items() if found} == {}


def test_a_wrong_example_would_be_found() -> None:
    body = next(body for where, body in shown() if where == "POST /situations (sent)")
    assert faults(body["schema"], body["example"]) == []
    assert faults(body["schema"], body["example"] | {"goal_id": "me"})
    assert faults(body["schema"], body["example"] | {"tier": "E3"})
