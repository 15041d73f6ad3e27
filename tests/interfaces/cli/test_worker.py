"""Real worker processes on a real queue: on the database that the suite runs on, SQLite or PostgreSQL.

SQLite in memory cannot be shared with another process, so there the workers get a copy of it in a file.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from argparse import Namespace
from collections import Counter
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import OperationalError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from telemachy.apps.audit import jobs
from telemachy.apps.audit.models import DeadLetter
from telemachy.interfaces.cli import worker
from tests.apps.audit import sample_jobs

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).parents[3]


class Workers:
    """Starts workers on the queue as it is now; reads back what they made of it."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "queue.sqlite3"
        self.started: list[subprocess.Popen[bytes]] = []

    def start(self, *options: str) -> subprocess.Popen[bytes]:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "TELEMACHY_DATABASE_URL": self.url(),
        }
        command = [sys.executable, "-m", "telemachy.interfaces.cli.main", "worker", *options]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE)
        self.started.append(process)
        return process

    def url(self) -> str:
        settings = connection.settings_dict
        if connection.vendor == "sqlite":
            if not self.file.exists():
                with sqlite3.connect(self.file) as copy:
                    connection.connection.backup(copy)
            return f"sqlite:///{self.file}"
        user = quote(settings["USER"]) + (f":{quote(settings['PASSWORD'])}" if settings["PASSWORD"] else "")
        return f"postgresql://{user}@{settings['HOST']}:{settings['PORT'] or 5432}/{settings['NAME']}"

    def collect(self) -> None:
        """Bring what the workers wrote back into this process' database."""
        if connection.vendor == "sqlite":
            with sqlite3.connect(self.file) as copy:
                copy.backup(connection.connection)


@pytest.fixture
def workers(tmp_path):
    started = Workers(tmp_path)
    connection.ensure_connection()
    yield started
    for process in started.started:
        process.kill()
        process.communicate()


def lines(path: Path) -> Counter[str]:
    return Counter(path.read_text().split()) if path.exists() else Counter()


def test_several_workers_run_every_job_exactly_once(workers, tmp_path):
    n_workers = 3 if connection.vendor == "postgresql" else 1
    for number in range(40):
        sample_jobs.write_line.enqueue(path=str(tmp_path / "log"), line=str(number))
    for process in [workers.start("--once") for _ in range(n_workers)]:
        assert process.wait(60) == 0
    assert lines(tmp_path / "log") == Counter(str(number) for number in range(40))
    workers.collect()
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"SUCCESSFUL"}


def test_a_failing_job_waits_for_its_retry_and_its_last_failure_is_a_dead_letter(workers, tmp_path):
    waiting = sample_jobs.always_fail.enqueue(path=str(tmp_path / "log"))
    dying = sample_jobs.always_fail.enqueue(path=str(tmp_path / "log"))
    DBTaskResult.objects.filter(id=dying.id).update(worker_ids=["earlier", "earlier still"])
    assert workers.start("--once").wait(60) == 0
    workers.collect()
    row = DBTaskResult.objects.get(id=waiting.id)
    assert row.status == "READY"
    assert row.run_after > row.started_at
    assert DeadLetter.objects.get().error == "ValueError: the ship is gone"
    assert lines(tmp_path / "log") == Counter(tried=2)


def test_the_job_of_a_killed_worker_is_found_by_the_next_reaper(workers, tmp_path):
    sample_jobs.die.enqueue(path=str(tmp_path / "log"))
    assert workers.start("--once").wait(60) == -signal.SIGKILL
    workers.collect()
    row = DBTaskResult.objects.get()
    assert row.status == "RUNNING"
    later = row.started_at + 2 * jobs.queries.LOST_AFTER
    assert jobs.reap(now=later) == 1
    assert DeadLetter.objects.get().error.startswith("The worker that ran this job was lost")


def test_a_worker_says_that_it_lives_and_stops_on_sigterm(workers, tmp_path):
    sample_jobs.write_line.enqueue(path=str(tmp_path / "log"), line="running")
    process = workers.start("--interval", "0.1")
    wait_for(tmp_path / "log", process)
    workers.collect()
    assert len(jobs.queries.living_workers(timezone.now())) == 1  # noqa: TID251 - the worker's clock
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    workers.collect()
    assert jobs.queries.living_workers(timezone.now()) == set()  # noqa: TID251 - the worker's clock


def wait_for(path: Path, process: subprocess.Popen[bytes]) -> None:
    """Block until the worker has written the file; fail when it ends or takes a minute."""
    for _ in range(600):
        if path.exists():
            return
        try:
            process.wait(0.1)
        except subprocess.TimeoutExpired:
            continue
        break
    pytest.fail(f"The worker did not run the job:\n{process.stderr.read().decode()}")


def test_a_database_that_goes_away_ends_no_worker_which_goes_on_under_a_new_name(monkeypatch):
    lives: list[str] = []

    def run_once(self) -> None:
        lives.append(self.worker_id)
        if len(lives) == 1:
            raise OperationalError("terminating connection due to administrator command\nhint")

    monkeypatch.setattr(worker, "AWAY_SECONDS", 0)
    monkeypatch.setattr(worker.matching, "warm_up", lambda: None)
    monkeypatch.setattr(worker.SettlingWorker, "configure_signals", lambda self: None)
    monkeypatch.setattr(worker.SettlingWorker, "run", run_once)
    assert worker.run(Namespace(interval=0, once=False)) == 0
    # Under the same name its job would count as being worked on for good.
    assert len(set(lives)) == 2
    assert jobs.queries.living_workers(timezone.now()) == set()  # noqa: TID251 - the worker's clock
