"""The reference is what the API describes, and who does not call pays nothing for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import BaseModel, create_model

from telemachy.interfaces.api.reference import page
from telemachy.interfaces.api.service import Description, TelemachyAPI
from tests.interfaces.api import addresses

REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "api.md"


def test_the_reference_lists_every_operation() -> None:
    again = "make it again: python -m telemachy.interfaces.api.reference > docs/reference/api.md"
    assert page(addresses.schema()) == REFERENCE.read_text(), again


def test_every_operation_says_what_it_does_and_what_may_be_refused() -> None:
    for operation in addresses.operations():
        assert operation.described["description"], operation.name
        assert {"400", "401", "403", "404", "409", "422", "429"} <= operation.described["responses"].keys()


def test_two_shapes_of_one_name_cannot_be_described() -> None:
    def shape(**fields: type) -> type[BaseModel]:
        return create_model("Row", **{name: (kind, ...) for name, kind in fields.items()})

    def described(*shapes: type[BaseModel]) -> dict[str, object]:
        api = TelemachyAPI(urls_namespace="")
        for number, one in enumerate(shapes):
            api.get(f"/{number}", response=one, tags=["Rows"])(lambda request: None)
        return Description(api, "/").schemas

    # Inside lists, for a shape by itself is named where it is used.
    assert list(described(list[shape(id=int)], list[shape(id=int)])) == ["Row"]
    with pytest.raises(TypeError, match="Row"):
        described(list[shape(id=int)], list[shape(name=str)])


def test_a_management_command_does_not_import_the_api() -> None:
    script = (
        "import sys, django; django.setup(); from django.core.management import call_command;"
        "call_command('check'); from django.urls import reverse; reverse('home');"
        "sys.exit('ninja' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
