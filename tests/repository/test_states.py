"""States and steps are texts: each that an app names is one of a state table or of a model's choices.

A slip of the pen would otherwise show as a page that never offers something, or a filter that finds nothing.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps

from telemachy.core.shared import lifecycles
from telemachy.core.shared.lifecycles import Lifecycle
from tests.repository.test_house import OUR_APPS, SOURCE

TABLES = {name: table for name, table in vars(lifecycles).items() if isinstance(table, Lifecycle)}
ASKED_OF = re.compile(r"(^|_)state(__in)?$")
STEP = re.compile(r"\b([A-Z_]+)\.(?:target|allows)\(.+?, \"(\w+)\"\)")
APPS = [path for path in sorted((SOURCE / "apps").rglob("*.py")) if "migrations" not in path.parts]


def _states() -> set[str]:
    fields = [
        field
        for app in OUR_APPS
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.concrete_fields
        if field.name == "state"
    ]
    choices = {str(value) for field in fields for value, _label in field.choices or ()}
    return choices.union(*(table.states for table in TABLES.values()))


def _texts(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def _named(path: Path) -> Iterator[str]:
    """Yield each text that a module compares a state with, or asks for in a query."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Compare) and getattr(node.left, "attr", "") == "state":
            for one in node.comparators:
                yield from _texts(one)
        if isinstance(node, ast.keyword) and ASKED_OF.search(node.arg or ""):
            yield from _texts(node.value)


def test_every_state_that_an_app_names_is_one() -> None:
    states = _states()
    named = {(path.relative_to(SOURCE).as_posix(), text) for path in APPS for text in _named(path)}
    assert len(named) > 100
    assert [one for one in sorted(named) if one[1] not in states] == []


def test_every_step_that_an_app_takes_is_one_of_its_table() -> None:
    taken = {pair for path in APPS for pair in STEP.findall(path.read_text()) if pair[0] in TABLES}
    assert len(taken) > 30
    unknown = [(name, verb) for name, verb in taken if verb not in {one.verb for one in TABLES[name].steps}]
    assert unknown == []
