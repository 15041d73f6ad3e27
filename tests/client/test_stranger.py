"""The client installs without the server: it needs the standard library and httpx."""

from __future__ import annotations

import ast
import runpy
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "clients" / "python"
CLIENT = ROOT / "src" / "telemachy" / "client"


def imported(path: Path) -> set[str]:
    """Return the modules that a module imports anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add("." * node.level + (node.module or ""))
    return found


def test_it_imports_nothing_but_itself_httpx_and_the_standard_library() -> None:
    modules = {name for path in CLIENT.rglob("*.py") for name in imported(path)}
    strange = {
        name
        for name in modules
        if not name.startswith("telemachy.client")
        and name.partition(".")[0] not in {"httpx", *sys.stdlib_module_names}
    }
    assert "httpx" in modules
    # The plugin is imported by pytest alone.
    assert strange == {"pytest"}
    assert {path.name for path in CLIENT.rglob("*.py") if "pytest" in imported(path)} == {"pytest_plugin.py"}


@pytest.fixture
def shipped(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What the hook of the distribution puts into it: file -> its place."""
    interface = ModuleType("hatchling.builders.hooks.plugin.interface")
    interface.BuildHookInterface = object  # the tool that builds it is not installed for tests
    monkeypatch.setitem(sys.modules, interface.__name__, interface)
    hook = runpy.run_path(str(FOLDER / "package.py"))["Package"]()
    hook.root = str(FOLDER)
    told: dict[str, dict[str, str]] = {"force_include": {}}
    hook.initialize("standard", told)
    return told["force_include"]


def test_its_own_distribution_asks_for_that_alone_and_ships_the_package(shipped: dict[str, str]) -> None:
    told = tomllib.loads((FOLDER / "pyproject.toml").read_text())
    server = tomllib.loads((ROOT / "pyproject.toml").read_text())
    there = {path for path in CLIENT.rglob("*") if path.suffix in {".py", ".typed"}}
    assert {Path(path) for path in shipped} == there
    assert {place.removeprefix("telemachy/client/") for place in shipped.values()} == {
        str(path.relative_to(CLIENT)) for path in there
    }
    assert [name.partition(">")[0] for name in told["project"]["dependencies"]] == ["httpx"]
    assert told["project"]["version"] == server["project"]["version"]
    [plugin] = told["project"]["entry-points"]["pytest11"].values()
    assert f"{plugin.replace('.', '/')}.py" in shipped.values()
