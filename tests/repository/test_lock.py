"""The lock installs the same files everywhere, from wherever the reader's packages come."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = [ROOT / "requirements" / name for name in ("base.txt", "dev.txt")]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def entries(lock: Path) -> list[str]:
    """One text for each locked package, with its hashes."""
    return re.split(r"\n(?=[A-Za-z0-9])", lock.read_text().strip())


def names(lock: Path) -> set[str]:
    return {normal(re.match(r"[A-Za-z0-9._-]+", entry)[0]) for entry in entries(lock)}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def asked_for(requirements: list[str]) -> set[str]:
    return {normal(re.match(r"[A-Za-z0-9._-]+", line)[0]) for line in requirements}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_package_is_pinned_with_hashes(lock):
    loose = [entry for entry in entries(lock) if "==" not in entry or "--hash=sha256:" not in entry]
    assert loose == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_the_lock_names_no_registry(lock):
    assert "://" not in lock.read_text()
    assert not re.search(r"^--?(index|extra-index|find-links|i\b)", lock.read_text(), re.MULTILINE)


def test_the_lock_holds_every_dependency_of_the_project():
    assert asked_for(PROJECT["project"]["dependencies"]) <= names(LOCKS[0])
    assert asked_for(PROJECT["dependency-groups"]["dev"]) <= names(LOCKS[1])


def test_the_lock_of_development_contains_that_of_production():
    assert set(entries(LOCKS[0])) <= set(entries(LOCKS[1]))


def test_every_dependency_says_why_it_is_there():
    text = (ROOT / "pyproject.toml").read_text()
    listed = re.search(r"^dependencies = \[\n(.*?)^\]", text, re.DOTALL | re.MULTILINE)[1]
    listed += re.search(r"^dev = \[\n(.*?)^\]", text, re.DOTALL | re.MULTILINE)[1]
    assert [line.strip() for line in listed.splitlines() if line.strip() and "# " not in line] == []
