"""Every command is documented and explains itself; those of the README work as told."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from telemachy.interfaces.cli import main

ROOT = Path(__file__).parents[2]
REFERENCE = (ROOT / "docs" / "reference" / "cli.md").read_text()


def shell(*words: object, **changes: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), **changes}
    command = [sys.executable, *map(str, words)]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_the_reference_lists_exactly_the_commands_there_are():
    documented = set(re.findall(r"^\| `telemachy (\w+)[^`]*` \|", REFERENCE, re.MULTILINE))
    assert documented == set(main.COMMANDS)


@pytest.mark.parametrize("name", sorted(main.COMMANDS))
def test_every_command_explains_its_options_and_the_reference_names_them(name, capsys):
    with pytest.raises(SystemExit) as stop:
        main.main([name, "--help"])
    assert stop.value.code == 0
    options = set(re.findall(r"--[a-z][a-z-]+", capsys.readouterr().out)) - {"--help"}
    assert {option for option in options if f"`{option}" not in REFERENCE} == set()


def test_a_missing_secret_key_is_told_in_one_line():
    nothing_set = {"TELEMACHY_SECRET_KEY": "", "TELEMACHY_DEBUG": "0", "TELEMACHY_DEMO": "0"}
    command = ("-m", "telemachy.interfaces.cli.main", "manage", "check")
    told = shell(*command, **nothing_set, DJANGO_SETTINGS_MODULE="telemachy.project.settings")
    assert told.returncode == 2
    assert "TELEMACHY_SECRET_KEY" in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEMACHY_BADGE_KEY", "not base64"),
        ("TELEMACHY_BADGE_KEY", "c2hvcnQ="),
        ("TELEMACHY_DATABASE_URL", "mysql://host/name"),
        ("TELEMACHY_DATABASE_URL", "postgresql://host:port/name"),
    ],
)
def test_a_setting_that_cannot_be_worked_with_is_told_in_one_line(name, value):
    command = ("-m", "telemachy.interfaces.cli.main", "manage", "check")
    changes = {"TELEMACHY_SECRET_KEY": "long enough for a test", name: value}
    told = shell(*command, **changes, DJANGO_SETTINGS_MODULE="telemachy.project.settings")
    assert told.returncode == 2
    assert name in told.stderr
    assert "Traceback" not in told.stderr


def test_a_variable_set_to_nothing_counts_as_not_set():
    script = "from telemachy.project import settings as s; print(s.SECURE_HSTS_SECONDS, s.DEFAULT_FROM_EMAIL)"
    nothing = dict.fromkeys(("TELEMACHY_HSTS_SECONDS", "TELEMACHY_MAIL_FROM"), "")
    told = shell("-c", script, TELEMACHY_SECRET_KEY="long enough", **nothing)
    assert told.stdout.strip() == "0 Telemachy <telemachy@localhost>", told.stderr


@pytest.mark.parametrize(
    ("tls", "port", "starttls_and_ssl"),
    [("", "25", "False False"), ("1", "587", "True False"), ("1", "465", "False True")],
)
def test_mail_goes_encrypted_as_its_port_wants_it(tls, port, starttls_and_ssl):
    script = "from telemachy.project import settings as s; print(s.EMAIL_USE_TLS, s.EMAIL_USE_SSL)"
    mail = {"TELEMACHY_SMTP_TLS": tls, "TELEMACHY_SMTP_PORT": port}
    told = shell("-c", script, TELEMACHY_SECRET_KEY="long enough", **mail)
    assert told.stdout.strip() == starttls_and_ssl, told.stderr


def test_what_the_address_of_a_database_asks_of_the_connection_is_kept():
    asked = "postgresql://u:p%40ss@db:5432/telemachy?sslmode=verify-full&sslrootcert=/etc/ca.pem"
    script = "from telemachy.project.settings import DATABASES as d; print(d['default']['OPTIONS'])"
    told = shell("-c", script, TELEMACHY_SECRET_KEY="long enough", TELEMACHY_DATABASE_URL=asked)
    assert told.stdout.strip() == str({"sslmode": "verify-full", "sslrootcert": "/etc/ca.pem"}), told.stderr


def test_dev_py_needs_the_standard_library_only():
    told = shell("-I", "-S", "dev.py", "--help")
    assert told.returncode == 0
    assert {"demo", "test"} <= set(re.findall(r"\w+", told.stdout))


def test_the_demo_names_a_port_that_is_taken_and_what_to_type_instead(taken_port):
    told = shell("dev.py", "demo", "--port", taken_port)
    assert told.returncode == 1
    assert f"--port {taken_port + 1}" in told.stderr


def test_ci_runs_exactly_what_the_readme_tells_a_contributor_to_run():
    assert "exec python3 dev.py test\n" in (ROOT / ".ci" / "run").read_text()
    assert "python3 dev.py test" in (ROOT / "README.md").read_text()


@pytest.fixture
def taken_port():
    import socket

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]
