"""`telemachy worker`: runs background jobs, starts the scheduled ones, and says that it lives.

Start as many as you like; on SQLite one is enough. SIGTERM lets the running job finish. A database that goes
away for a while ends no worker: it starts over under a new name, so that the job it was at counts as lost and
is tried again.
"""

from __future__ import annotations

import argparse
import logging
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import structlog
from django.db import Error, InterfaceError, OperationalError, close_old_connections, connection
from django.utils.crypto import get_random_string
from django.utils.module_loading import autodiscover_modules
from django_tasks_db.management.commands.db_worker import Worker, valid_interval

from telemachy.apps.audit import jobs
from telemachy.core import matching
from telemachy.interfaces.common import clock

logger = logging.getLogger("telemachy.worker")

BEAT_SECONDS = 10.0
#: How long to wait before asking a database again that was away.
AWAY_SECONDS = 5.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the options of the command."""
    parser.add_argument(
        "--interval", type=valid_interval, default=1.0, help="seconds to wait when the queue is empty (1)"
    )
    parser.add_argument("--once", action="store_true", help="run what is queued, then stop")


def run(options: argparse.Namespace) -> int:
    """Work until told to stop, or with --once until the queue is empty."""
    autodiscover_modules("jobs")
    connection.ensure_connection()  # a database that was never there ends the process at once
    if not options.once:
        # Compiling takes half a minute once; jobs that need no matching must not wait for it.
        threading.Thread(target=matching.warm_up, daemon=True).start()
    while True:
        try:
            return _work(options)
        except (OperationalError, InterfaceError) as error:
            if options.once:
                raise
            logger.warning("database away, starting over", extra={"why": str(error).partition("\n")[0]})
            connection.close()
            time.sleep(AWAY_SECONDS)


def _work(options: argparse.Namespace) -> int:
    worker_id = f"{socket.gethostname()[:32]}-{os.getpid()}-{get_random_string(8)}"
    worker = SettlingWorker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=options.interval,
        batch=options.once,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_id,
    )
    worker.configure_signals()
    logger.info("worker started", extra={"worker": worker_id})
    with signs_of_life(worker_id):
        worker.run()
    return 0


class SettlingWorker(Worker):  # type: ignore[misc]  # django-tasks-db is not followed by mypy
    """The library's worker, which also decides what becomes of a failed job."""

    def run_task(self, db_task_result: Any) -> None:
        """Run one job under a request id of its own, then retry or bury it if it failed."""
        names = {"request_id": str(db_task_result.id), "job": db_task_result.task_path}
        with structlog.contextvars.bound_contextvars(**names):
            super().run_task(db_task_result)
            jobs.settle(db_task_result.id, now=clock.now())


@contextmanager
def signs_of_life(worker_id: str) -> Iterator[None]:
    """Beat, reap and start schedules in a thread, so that a long job delays none of them."""
    stopping = threading.Event()
    tick(worker_id)
    thread = threading.Thread(target=_keep_ticking, args=(worker_id, stopping), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join(timeout=5)
        with suppress(Error):  # a database that is away forgets the worker by itself
            jobs.sign_off(worker_id)


def tick(worker_id: str) -> None:
    """Do what is due every few seconds."""
    now = clock.now()
    jobs.beat(worker_id, now=now)
    jobs.reap(now=now)
    jobs.enqueue_due(now=now)


def _keep_ticking(worker_id: str, stopping: threading.Event) -> None:
    while not stopping.wait(BEAT_SECONDS):
        try:
            tick(worker_id)
        except Error:
            # A busy or restarting database must not end the thread: the next tick comes.
            logger.warning("worker tick failed", exc_info=True)
        finally:
            close_old_connections()
    connection.close()
