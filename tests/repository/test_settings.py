"""Every setting from the environment is documented, and nothing is documented that does not exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
NAME = re.compile(r"TELEMACHY_[A-Z_]+")

GUIDE = (ROOT / "docs" / "guides" / "settings.md").read_text()
SETTINGS = set(NAME.findall((ROOT / "src/telemachy/project/settings.py").read_text()))
FOR_TESTS = {"TELEMACHY_TEST_DATABASE_URL", "TELEMACHY_TEST_BROWSER", "TELEMACHY_REQUIRE_ALL"}
#: Read by compose.yaml itself, not by the product.
OF_COMPOSE = {"TELEMACHY_PORT"}

COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
CONTAINERFILE = (ROOT / "Containerfile").read_text()


def documented() -> set[str]:
    return set(re.findall(r"^\| `(TELEMACHY_[A-Z_]+)` \|", GUIDE, re.MULTILINE))


def test_every_setting_has_its_line_in_the_guide():
    assert SETTINGS - documented() == set()


def test_the_guide_names_no_setting_that_does_not_exist():
    assert documented() - SETTINGS - FOR_TESTS == set()


def test_the_environment_is_read_in_the_settings_only():
    sources = (ROOT / "src").rglob("*.py")
    readers = [
        path.name
        for path in sources
        if re.search(r"os\.(environ\b(?!\.setdefault)|getenv)", path.read_text())
    ]
    # The token of who calls an installation from outside (agents, mcp, the plugin for tests) is no setting.
    assert sorted(readers) == ["agents.py", "mcp.py", "pytest_plugin.py", "settings.py"]


@pytest.mark.parametrize("name", ["Containerfile", "compose.yaml"])
def test_the_container_files_set_only_documented_variables(name):
    used = set(NAME.findall((ROOT / name).read_text()))
    assert used
    assert used - documented() - OF_COMPOSE == set()


def test_compose_hands_on_every_setting_that_an_operator_may_choose():
    chosen_by_the_image = {f"TELEMACHY_{name}" for name in ("DATA_DIR", "MEDIA_DIR", "STATIC_DIR")}
    for_development = {"TELEMACHY_DEBUG", "TELEMACHY_DEMO"}
    handed_on = set(COMPOSE["x-telemachy"]["environment"])
    assert SETTINGS - handed_on - chosen_by_the_image - for_development == set()


def test_the_containerfile_copies_what_exists():
    copies = re.findall(r"^COPY (?!--from)(.+) \S+$", CONTAINERFILE, re.MULTILINE)
    assert copies
    assert [source for line in copies for source in line.split() if not (ROOT / source).exists()] == []


def test_the_image_is_built_from_what_it_copies_and_nothing_else():
    copied = re.findall(r"^COPY (?!--from)(\S+) ", CONTAINERFILE, re.MULTILINE)
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    assert "*" in lines, "neither data nor secrets of the clone go to the engine"
    assert {line.removeprefix("!") for line in lines if line.startswith("!")} == set(copied)


def test_the_image_runs_without_rights_and_installs_from_the_hashed_lock():
    final_stage = CONTAINERFILE.rpartition("\nFROM ")[2]
    assert "\nUSER telemachy\n" in final_stage
    assert "--require-hashes" in CONTAINERFILE


def test_every_service_waits_only_for_services_that_exist_and_names_a_health_check():
    services = COMPOSE["services"]
    for name, service in services.items():
        for other, condition in service.get("depends_on", {}).items():
            assert other in services, f"{name} waits for {other}"
            if condition["condition"] == "service_healthy":
                assert "healthcheck" in services[other] or "HEALTHCHECK" in CONTAINERFILE
    assert services["worker"]["deploy"]["replicas"] > 1
    assert "--workers" in CONTAINERFILE


def test_every_named_volume_is_declared():
    for service in COMPOSE["services"].values():
        for volume in service.get("volumes", []):
            assert volume.partition(":")[0] in COMPOSE["volumes"]


def test_the_modules_that_the_container_files_start_exist():
    started = re.findall(r"telemachy(?:\.\w+)+", CONTAINERFILE + (ROOT / "compose.yaml").read_text())
    modules = {name for name in started if name.startswith(("telemachy.interfaces", "telemachy.project"))}
    assert modules
    for module in modules:
        assert (ROOT / "src" / Path(*module.split("."))).with_suffix(".py").exists(), module
