"""What an operator hears of wrong settings: from the command in a line, from Django's checks with a hint."""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from telemachy.interfaces.common.checks import check_installation
from telemachy.project import settings as project

ROOT = Path(__file__).parents[3]


def telemachy(*words: str, data: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command on an installation of its own, with these settings and no others."""
    of_the_tests = ("TELEMACHY_", "DJANGO_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(of_the_tests)}
    ours = {"TELEMACHY_SECRET_KEY": "long enough to be accepted as a key", "TELEMACHY_DATA_DIR": str(data)}
    return subprocess.run(
        [sys.executable, "-m", "telemachy.interfaces.cli.main", *words],
        env={**kept, "PYTHONPATH": str(ROOT / "src"), **ours, **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEMACHY_SECRET_KEY", ""),
        ("TELEMACHY_BASE_URL", "mentoring.example.org"),
        ("TELEMACHY_BEHIND_PROXY", "yes please"),
        ("TELEMACHY_LOG_LEVEL", "LOUD"),
        ("TELEMACHY_SMTP_PORT", "smtp"),
        ("TELEMACHY_DATABASE_URL", "mysql://somewhere"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_the_name_of_its_setting(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=name):
        runpy.run_path(project.__file__)


@pytest.mark.parametrize(
    ("words", "url", "told"),
    [
        (("worker",), "postgresql://nobody@127.0.0.1:1/none", "Is it there"),
        (("unlock", "mentor@ithaca.example"), "", "telemachy manage migrate"),
    ],
)
def test_a_database_that_is_away_or_empty_is_told_without_a_stack_trace(tmp_path, words, url, told):
    done = telemachy(*words, data=tmp_path / "new", TELEMACHY_DATABASE_URL=url)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_new_installation_makes_its_data_folder(tmp_path):
    done = telemachy("manage", "migrate", "audit", "0001", "--verbosity", "0", data=tmp_path / "new" / "data")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "new" / "data" / "telemachy.sqlite3").exists()


def test_a_data_folder_that_cannot_be_made_is_told_without_a_stack_trace(tmp_path):
    (tmp_path / "file").write_text("")
    done = telemachy("manage", "migrate", data=tmp_path / "file" / "data")
    assert done.returncode == 2
    assert str(tmp_path / "file") in done.stderr
    assert "Traceback" not in done.stderr


def test_an_installation_as_the_guide_has_it_passes_the_checks_for_deployment(tmp_path):
    done = telemachy(
        *("manage", "check", "--deploy", "--fail-level", "WARNING"),
        data=tmp_path,
        TELEMACHY_SECRET_KEY="0123456789abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        TELEMACHY_BASE_URL="https://mentoring.example.org",
        TELEMACHY_BEHIND_PROXY="1",
        TELEMACHY_SSL_REDIRECT="1",
        TELEMACHY_HSTS_SECONDS="3600",
        TELEMACHY_SMTP_HOST="mail.example.org",
    )
    assert done.returncode == 0, done.stderr


def found() -> dict[str, str]:
    return {message.id: f"{message.msg} {message.hint}" for message in check_installation()}


def test_a_misspelt_setting_is_noticed_and_names_of_other_programs_are_not(settings):
    settings.GIVEN_NAMES = {"TELEMACHY_TOKEN", "TELEMACHY_URL"}
    assert "telemachy.W001" not in found()
    settings.GIVEN_NAMES = {"TELEMACHY_DATABSE_URL"}
    assert "Did you mean TELEMACHY_DATABASE_URL?" in found()["telemachy.W001"]


def test_mail_that_reaches_nobody_is_noticed(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert "TELEMACHY_SMTP_HOST" in found()["telemachy.W002"]
    settings.DEMO = True
    assert "telemachy.W002" not in found()


def test_a_class_that_does_not_exist_is_noticed(settings):
    settings.TRANSCRIBER = "ithaca.transcribe"
    assert "TELEMACHY_TRANSCRIBER" in found()["telemachy.E001"]


@pytest.mark.parametrize(
    ("name", "value", "lacks"),
    [
        ("TRANSCRIBER", "telemachy.interfaces.common.transcribers.command", "TELEMACHY_TRANSCRIBE_COMMAND"),
        ("ASSIST_MODEL", "openai:some", "TELEMACHY_ASSIST_KEY"),
    ],
)
def test_a_setting_that_lacks_another_is_noticed(settings, name, value, lacks):
    setattr(settings, name, value)
    assert lacks in " ".join(found().values())


def test_a_folder_in_which_no_upload_can_be_kept_is_noticed(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    assert "telemachy.E002" not in found()
    (tmp_path / "media").write_text("in the way")
    assert str(tmp_path / "media") in found()["telemachy.E002"]
