"""Retries, schedules, lost workers and dead letters: decided in the database, whoever asks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from telemachy.apps.audit import jobs, policies, queries
from telemachy.apps.audit.actions import dead_letters, queue
from telemachy.apps.audit.models import DeadLetter, Event, ScheduleSlot
from telemachy.core.shared.errors import NotAllowed, WrongState
from tests.apps.audit import sample_jobs

NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def failed_task(n_attempts: int, path: str = "tests.apps.audit.sample_jobs.always_fail") -> DBTaskResult:
    return DBTaskResult.objects.create(
        status="FAILED",
        task_path=path,
        args_kwargs={"args": [], "kwargs": {"path": "x"}},
        worker_ids=[f"worker {n}" for n in range(n_attempts)],
        backend_name="default",
        run_after=NOW,
        exception_class_path="builtins.ValueError",
        traceback="Traceback ...\nValueError: the ship is gone\n",
    )


def running_task(worker_id: str, started_at: datetime) -> DBTaskResult:
    row = failed_task(0)
    row.status, row.started_at, row.worker_ids = "RUNNING", started_at, [worker_id]
    row.save()
    return row


def test_a_failed_job_waits_longer_before_each_retry():
    waits = [jobs.delay_before(attempt).total_seconds() for attempt in (2, 3, 4, 5)]
    assert waits == [15, 30, 60, 120]
    assert jobs.delay_before(1_000) == timedelta(hours=1)


def test_a_job_that_failed_once_is_queued_again_for_later():
    row = failed_task(n_attempts=1)
    jobs.settle(row.id, now=NOW)
    row.refresh_from_db()
    assert (row.status, row.run_after) == ("READY", NOW + timedelta(seconds=15))
    assert not DeadLetter.objects.exists()


def test_a_job_that_used_up_its_attempts_is_buried_with_its_reason_and_an_event():
    row = failed_task(n_attempts=3)
    jobs.settle(row.id, now=NOW)
    jobs.settle(row.id, now=NOW)
    letter = DeadLetter.objects.get()
    assert (letter.task_id, letter.error, letter.n_attempts) == (row.id, "ValueError: the ship is gone", 3)
    assert Event.objects.filter(verb="job.died").count() == 1


def test_a_job_that_no_longer_exists_in_the_program_is_buried_at_once():
    row = failed_task(n_attempts=1, path="telemachy.gone.jobs.nowhere")
    jobs.settle(row.id, now=NOW)
    assert DeadLetter.objects.filter(task_id=row.id).exists()


def test_settling_leaves_jobs_alone_that_did_not_fail():
    row = running_task("worker 1", NOW)
    jobs.settle(row.id, now=NOW)
    row.refresh_from_db()
    assert row.status == "RUNNING"


def test_the_reaper_takes_a_job_from_a_lost_worker_only():
    long_ago = NOW - timedelta(minutes=10)
    lost, slow = running_task("lost", long_ago), running_task("slow", long_ago)
    jobs.beat("lost", now=long_ago)
    jobs.beat("slow", now=NOW - timedelta(seconds=5))
    assert jobs.reap(now=NOW) == 1
    lost.refresh_from_db()
    slow.refresh_from_db()
    assert (lost.status, slow.status) == ("READY", "RUNNING")


def test_the_reaper_settles_what_a_worker_left_failed_when_it_died():
    row = failed_task(n_attempts=1)
    jobs.reap(now=NOW)
    row.refresh_from_db()
    assert row.status == "READY"


def test_the_latest_slot_of_a_schedule_is_at_or_before_now():
    assert jobs.last_slot("*/5 * * * *", NOW) == NOW
    assert jobs.last_slot("*/5 * * * *", NOW - timedelta(microseconds=1)) == NOW - timedelta(minutes=5)


def test_a_slot_is_queued_once_however_many_workers_ask_and_a_new_schedule_waits_for_its_next():
    at_dawn = "tests.apps.audit.sample_jobs.at_dawn"
    today = datetime(2026, 3, 3, 6, 0, tzinfo=UTC)
    assert at_dawn not in jobs.enqueue_due(now=today + timedelta(hours=3))
    assert at_dawn in jobs.enqueue_due(now=today + timedelta(days=1))
    assert at_dawn not in jobs.enqueue_due(now=today + timedelta(days=1, seconds=5))
    assert DBTaskResult.objects.filter(task_path=at_dawn).count() == 1


def test_after_three_missed_days_a_daily_job_runs_once():
    at_dawn = "tests.apps.audit.sample_jobs.at_dawn"
    jobs.enqueue_due(now=NOW)
    jobs.enqueue_due(now=NOW + timedelta(days=3))
    jobs.enqueue_due(now=NOW + timedelta(days=3, minutes=1))
    assert DBTaskResult.objects.filter(task_path=at_dawn).count() == 1
    assert ScheduleSlot.objects.filter(name=at_dawn).count() == 2


def test_a_cron_expression_that_makes_no_sense_is_refused_where_it_is_written():
    with pytest.raises(Exception, match="Bad"):
        jobs.job(cron="61 * * * *")


def test_a_job_queued_in_a_transaction_that_rolls_back_never_existed():
    with transaction.atomic():
        queue.enqueue("tests.apps.audit.sample_jobs.write_line", path="x", line="y")
        assert DBTaskResult.objects.exists()
        transaction.set_rollback(True)
    assert not DBTaskResult.objects.exists()


def test_an_operator_runs_a_dead_letter_again_once(cast):
    jobs.settle(failed_task(n_attempts=3).id, now=NOW)
    operator = cast.penelope
    operator.user.is_staff = True
    operator.user.save()
    (letter,) = queries.dead_letters(operator)
    dead_letters.retry(letter=letter, by=operator, now=NOW)
    queued = DBTaskResult.objects.get(status="READY")
    assert (queued.task_path, queued.args_kwargs["kwargs"]) == (letter.task_path, {"path": "x"})
    assert not queries.dead_letters(operator).exists()
    letter.retried_at = None
    with pytest.raises(WrongState):
        dead_letters.retry(letter=letter, by=operator, now=NOW)


def test_nobody_but_an_operator_sees_or_retries_dead_letters(cast):
    jobs.settle(failed_task(n_attempts=3).id, now=NOW)
    letter = DeadLetter.objects.get()
    for person in (cast.athena, cast.penelope, cast.argus, cast.antinous):
        assert not queries.dead_letters(person).exists()
        assert policies.see_dead_letters(person).reason
        with pytest.raises(NotAllowed):
            dead_letters.retry(letter=letter, by=person, now=NOW)


def test_a_job_of_an_older_version_cannot_be_retried(cast):
    jobs.settle(failed_task(n_attempts=1, path="telemachy.gone.jobs.nowhere").id, now=NOW)
    cast.penelope.user.is_staff = True
    with pytest.raises(WrongState, match="no such job"):
        dead_letters.retry(letter=DeadLetter.objects.get(), by=cast.penelope, now=NOW)


def test_tidying_up_forgets_old_finished_jobs_and_keeps_dead_letters_and_waiting_jobs():
    old, waiting = failed_task(n_attempts=3), failed_task(n_attempts=0)
    jobs.settle(old.id, now=NOW)
    DBTaskResult.objects.filter(id=old.id).update(finished_at=NOW - timedelta(days=20_000))
    DBTaskResult.objects.filter(id=waiting.id).update(status="READY")
    jobs.tidy_up.call()
    assert [row.id for row in DBTaskResult.objects.all()] == [waiting.id]
    assert DeadLetter.objects.count() == 1


def test_the_sample_jobs_are_registered_with_what_the_decorator_was_told():
    assert jobs.JOBS["tests.apps.audit.sample_jobs.always_fail"].retries == 2
    assert jobs.JOBS[sample_jobs.at_dawn.module_path].cron == "0 6 * * *"
