"""The client installs without the server: it needs the standard library and httpx."""

from __future__ import annotations

import ast
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
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
    assert strange == set()


def test_its_own_distribution_asks_for_that_alone_and_ships_the_package() -> None:
    folder = ROOT / "clients" / "python"
    told = tomllib.loads((folder / "pyproject.toml").read_text())
    server = tomllib.loads((ROOT / "pyproject.toml").read_text())
    [(shipped, target)] = told["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"].items()
    assert ((folder / shipped).resolve(), target) == (CLIENT, "telemachy/client")
    assert [name.partition(">")[0] for name in told["project"]["dependencies"]] == ["httpx"]
    assert told["project"]["version"] == server["project"]["version"]
