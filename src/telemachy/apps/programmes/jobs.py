"""Background work of programmes."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import islice
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import IntegrityError, OperationalError
from django.utils import timezone

from telemachy.apps.audit.jobs import job, sweep
from telemachy.apps.programmes import snapshots
from telemachy.apps.programmes.actions import match_runs, match_work, roster_checks, roster_commits
from telemachy.apps.programmes.actions.match_work import Stopped
from telemachy.apps.programmes.actions.rosters import expire
from telemachy.apps.programmes.models import MatchRun, RosterImport
from telemachy.apps.programmes.queries import match_blocks, match_plans, match_together, rosters
from telemachy.apps.programmes.queries import match_runs as queries
from telemachy.apps.programmes.queries.match_blocks import Blocks
from telemachy.apps.programmes.queries.roster_people import LineManagers
from telemachy.apps.programmes.queries.roster_plan import Planner
from telemachy.core.roster import decode, rows
from telemachy.core.roster.fields import Field
from telemachy.core.roster.files import RosterFileError
from telemachy.core.shared.errors import BadInput, NotAllowed, WrongState
from telemachy.core.shared.scales import Seat

logger = logging.getLogger("telemachy.jobs")

BATCH = 2_000
KEEP_UNDECIDED = timedelta(days=30)
#: Seconds between two notes of how far a match run is.
NOTE_EVERY = 1.0
_WHO = frozenset({Field.EMAIL, Field.EXTERNAL_ID, Field.NAME, Field.FIRST_NAME, Field.LAST_NAME})


def _roster_lost(roster_import_id: str) -> None:
    _fail(_find(roster_import_id), "broken")


def _run_lost(match_run_id: str) -> None:
    _fail_all(MatchRun.objects.filter(pk=match_run_id), "")


def _together_lost(together: str) -> None:
    _fail_all(match_together.runs_of(UUID(together)), "")


@job(retries=3, gave_up=_roster_lost)
def check_roster(roster_import_id: str) -> None:
    """Read the files of an import and stage what each row would do."""
    roster_import = _find(roster_import_id)
    attempt = roster_checks.begin(roster_import=roster_import, by=None, now=timezone.now())
    if attempt is None:
        return
    try:
        _check(_find(roster_import_id), attempt)
    except roster_checks.Superseded:
        logger.info("check of a roster superseded", extra={"roster_import": roster_import_id})
    except RosterFileError as error:
        _fail(roster_import, error.code, error.params)
    except OperationalError:
        raise  # the database was busy or away: the job is tried again
    except Exception:
        logger.exception("check of a roster broke off", extra={"roster_import": roster_import_id})
        _fail(roster_import, "broken")


@job(retries=3, gave_up=_roster_lost)
def commit_roster(roster_import_id: str) -> None:
    """Take the valid rows of a previewed import in, all or none."""
    roster_import = _find(roster_import_id)
    if roster_import.state != "committing" or roster_import.committed_by is None:
        return
    try:
        roster_commits.apply(roster_import=roster_import, by=roster_import.committed_by, now=timezone.now())
    except (WrongState, IntegrityError) as error:
        logger.info(
            "preview of a roster was stale", extra={"roster_import": roster_import_id, "why": str(error)}
        )
        _fail(roster_import, "stale")
    except NotAllowed:
        _fail(roster_import, "not_allowed")
    except OperationalError:
        raise
    except Exception:
        logger.exception("commit of a roster broke off", extra={"roster_import": roster_import_id})
        _fail(roster_import, "broken")


@job(retries=3, gave_up=_run_lost)
def run_matching(match_run_id: str) -> None:
    """Match the programme's pool; nothing is kept until everything is worked out.

    A job that is tried again takes up the blocks that a large pool's search has finished.
    """
    match_run = MatchRun.objects.select_related("programme").get(pk=match_run_id)
    if not match_work.begin(match_run=match_run, by=None, now=timezone.now()):
        return
    blocks = Blocks(match_run)
    try:
        _match(match_run, blocks)
    except Stopped:
        logger.info("match run stopped", extra={"match_run": match_run_id})
    except BadInput as error:
        match_work.fail(match_run=match_run, problem=str(error), by=None, now=timezone.now())
    except OperationalError:
        raise  # the database was busy or away: the job is tried again
    except Exception:
        logger.exception("match run broke off", extra={"match_run": match_run_id})
        match_work.fail(match_run=match_run, problem="", by=None, now=timezone.now())
    blocks.forget()


@job(retries=3, gave_up=_together_lost)
def run_together(together: str) -> None:
    """Match several programmes that share mentors as one; all their runs are kept at once, or none.

    Where somebody puts one of the runs away meanwhile, the others are worked out again without it.
    """
    while runs := _begun(together):
        try:
            pools = [_pool(one) for one in runs]
            seats = snapshots.joint_seats(zip((one.programme for one in runs), pools, strict=True))
            found = match_together.work_out(pools, seats, match_plans.Watch(_noting(runs)))
            match_work.keep_together(
                results=list(zip(runs, pools, found, strict=True)), by=None, now=timezone.now()
            )
        except Stopped:
            logger.info("a run of several together was stopped", extra={"together": together})
        except BadInput as error:
            _fail_all(runs, str(error))
        except OperationalError:
            raise
        except Exception:
            logger.exception("match runs together broke off", extra={"together": together})
            _fail_all(runs, "")


def _begun(together: str) -> list[MatchRun]:
    """Return the runs that are still wanted, marked as running."""
    now = timezone.now()
    runs = match_together.runs_of(UUID(together))
    return [one for one in runs if match_work.begin(match_run=one, by=None, now=now)]


def _fail_all(runs: Iterable[MatchRun], problem: str) -> None:
    for one in runs:
        match_work.fail(match_run=one, problem=problem, by=None, now=timezone.now())


@job(cron="45 4 * * *")
def forget_trials() -> None:
    """Forget trials of the matching that nobody kept."""
    match_runs.forget_trials(by=None, now=timezone.now())


@job(cron="15 4 * * *")
def forget_abandoned_rosters() -> None:
    """Forget imports on which nobody has decided for a month: they hold people's data for nothing."""
    now = timezone.now()
    for roster_import in rosters.abandoned(now - KEEP_UNDECIDED).iterator():
        expire(roster_import=roster_import, by=None, now=now)


@job(cron="55 3 * * *")
def sweep_files() -> None:
    """Delete files of rosters and of match runs that a lost worker left behind."""
    now, key = timezone.now(), "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    sweep("rosters", re.compile(rf"rosters/{key}/\d+(_\w+)?"), rosters.files_among, now=now)
    sweep("match-runs", re.compile(rf"match-runs/{key}/[^/]+"), match_blocks.files_among, now=now)


def _match(match_run: MatchRun, blocks: Blocks) -> None:
    pool = _pool(match_run)
    watch = match_plans.Watch(_noting([match_run]), finished=blocks, save=blocks.keep)
    found = match_plans.work_out(pool, watch)
    match_work.keep(match_run=match_run, pool=pool, found=found, by=None, now=timezone.now())


def _pool(match_run: MatchRun) -> snapshots.Pool:
    return snapshots.pool(
        match_run.programme,
        match_run.weights,
        match_run.rules,
        timezone.now().date(),
        match_run.options,
        queries.kept_by(match_run),
    )


def _noting(runs: Sequence[MatchRun]) -> Callable[[str, float], None]:
    """Return what notes how far some runs are; it raises Stopped when one is not wanted any more."""
    noted = time.monotonic() - NOTE_EVERY

    def note(stage: str, progress: float) -> None:
        nonlocal noted
        if time.monotonic() - noted < NOTE_EVERY:
            return
        noted = time.monotonic()
        now = timezone.now()
        for one in runs:
            if not match_work.note(match_run=one, stage=stage, progress=progress, by=None, now=now):
                raise Stopped

    return note


def _check(roster_import: RosterImport, attempt: UUID) -> None:
    managers = _line_managers(roster_import)
    planner = Planner(roster_import, managers)
    n_done = 0
    for number in range(len(roster_import.files)):
        for batch, progress in _batches(roster_import, number):
            n_done += len(batch)
            share = (number + progress) / len(roster_import.files)
            roster_checks.stage(
                roster_import=roster_import,
                attempt=attempt,
                rows=planner.plan(number, batch),
                n_done=n_done,
                n_total=max(n_done, round(n_done / max(share, 0.01))),
                by=None,
                now=timezone.now(),
            )
    roster_checks.finish(
        roster_import=roster_import,
        attempt=attempt,
        missing_managers=managers.expected - planner.created if managers else frozenset(),
        by=None,
        now=timezone.now(),
    )


def _batches(
    roster_import: RosterImport, number: int, only: frozenset[Field] | None = None
) -> Iterator[tuple[list[rows.RosterRow], float]]:
    """Yield the rows of one file in batches, each with the share of the file read so far."""
    file, mapped = roster_import.files[number], roster_import.mappings[number]
    columns = {int(index): Field(name) for index, name in mapped["columns"].items()}
    if only:
        columns = {index: field for index, field in columns.items() if field in only}
    role = Seat(mapped["role"]) if mapped["role"] else None
    with default_storage.open(file["path"], "rb") as stream:
        table = decode.open_table(stream, file["name"], rosters.limits(), sheet=file["sheet"])
        people = rows.read_people(table, columns, role or (Seat.LEARNER if only else None))
        while batch := list(islice(people, BATCH)):
            yield batch, table.progress()


def _line_managers(roster_import: RosterImport) -> LineManagers | None:
    """Read who is in the files, so that a line manager is found wherever their own row stands."""
    referring = {"line_manager", "preferred", "avoided"}
    if not any(referring & set(mapped["columns"].values()) for mapped in roster_import.mappings):
        return None
    managers = LineManagers(roster_import.pk, roster_import.programme.organisation_id)
    for number in range(len(roster_import.files)):
        for batch, _progress in _batches(roster_import, number, _WHO):
            managers.read(batch)
    return managers


def _find(roster_import_id: str) -> RosterImport:
    return RosterImport.objects.select_related("programme", "committed_by").get(pk=roster_import_id)


def _fail(roster_import: RosterImport, code: str, params: dict[str, str] | None = None) -> None:
    roster_checks.fail(
        roster_import=roster_import, code=code, params=params or {}, by=None, now=timezone.now()
    )
