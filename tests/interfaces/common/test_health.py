from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError

from telemachy.apps.audit import jobs
from telemachy.interfaces.common import clock, health

pytestmark = pytest.mark.django_db


def test_live_answers_without_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/health/live").json() == {"status": "live"}


def test_ready_when_the_database_answers_and_is_migrated_and_counts_workers(client):
    jobs.beat("here", now=clock.now())
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ready",
        "database": True,
        "migrations": True,
        "static": True,
        "workers": 1,
    }


def test_not_ready_while_migrations_are_missing(client, monkeypatch):
    monkeypatch.setattr(health, "migrations_are_applied", lambda: False)
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["migrations"]) == (503, False)


def test_not_ready_before_the_style_sheets_of_this_version_are_collected(client, settings, tmp_path):
    by_name = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "staticfiles": by_name}
    health.static_files_are_collected.cache_clear()
    try:
        answer = client.get("/health/ready")
        assert (answer.status_code, answer.json()["static"]) == (503, False)
        call_command("collectstatic", interactive=False, verbosity=0)
        settings.STORAGES = {**settings.STORAGES}  # as a new process reads it
        health.static_files_are_collected.cache_clear()
        assert client.get("/health/ready").status_code == 200
    finally:
        health.static_files_are_collected.cache_clear()


def test_not_ready_without_a_database_and_no_stack_trace(client, monkeypatch):
    def refuse() -> bool:
        raise OperationalError("connection refused at 10.0.0.7")

    monkeypatch.setattr(health, "migrations_are_applied", refuse)
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert "10.0.0.7" not in answer.content.decode()


@pytest.mark.parametrize("address", ["live", "ready", "workers"])
def test_probes_are_answered_whatever_host_they_name_and_leave_no_line_in_the_log(client, caplog, address):
    jobs.beat("here", now=clock.now())
    assert client.get(f"/health/{address}", headers={"host": "web:8000"}).status_code == 200
    assert client.get(f"/health/{address}", headers={"host": "10.0.0.7"}).status_code == 200
    assert not caplog.records


def test_workers_are_missed_after_a_minute_of_silence(client):
    assert client.get("/health/workers").status_code == 503
    jobs.beat("silent", now=clock.now() - timedelta(seconds=61))
    assert client.get("/health/workers").status_code == 503
    jobs.beat("alive", now=clock.now())
    assert client.get("/health/workers").json() == {"workers": 1}
