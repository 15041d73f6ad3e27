"""Work on a match run in the background: begin, say how far it is, keep what was found, or say why not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from telemachy.apps.audit.actions import action, events
from telemachy.apps.people.actions import notifications
from telemachy.apps.programmes.actions.match_runs import UNDER_WAY, locked
from telemachy.apps.programmes.models import MatchRun, Proposal, Unmatched
from telemachy.apps.programmes.queries import match_plans
from telemachy.apps.programmes.queries import match_runs as queries
from telemachy.core.shared.lifecycles import MATCH_RUN

if TYPE_CHECKING:
    from telemachy.apps.programmes.queries.match_plans import Found
    from telemachy.apps.programmes.snapshots import Pool

BATCH = 500


class Stopped(Exception):
    """Somebody put a run away while it was worked on."""


@action
def begin(*, match_run: MatchRun, by: None, now: datetime) -> bool:
    """Mark the run as running and tell whether there is work to do; a job tried again may go on."""
    match_run = locked(match_run)
    if match_run.state not in UNDER_WAY:
        events.unchanged()
        return False
    if match_run.state == "running":
        events.unchanged()
        return True
    match_run.state = MATCH_RUN.target(match_run.state, "start")
    match_run.save(update_fields=["state"])
    events.record(
        "match_run.started", by=by, now=now, on=match_run, organisation_id=match_run.programme.organisation_id
    )
    return True


@action
def note(*, match_run: MatchRun, stage: str, progress: float, by: None, now: datetime) -> bool:
    """Say how far the work is, and tell whether it is still wanted."""
    events.unchanged()
    running = MatchRun.objects.filter(pk=match_run.pk, state="running")
    return bool(running.update(stage=stage, progress=progress))


@action
def keep(*, match_run: MatchRun, pool: Pool, found: Found, by: None, now: datetime) -> None:
    """Keep all that the engine found, at once; a run discarded meanwhile stays discarded."""
    match_run = locked(match_run)
    if match_run.state != "running":
        events.unchanged()
        return
    Proposal.objects.bulk_create(_proposals(match_run, pool, found), batch_size=BATCH)
    Unmatched.objects.bulk_create(
        (
            Unmatched(
                run=match_run, learner_id=pool.learners[left.learner].pk, reason=match_plans.told(left.reason)
            )
            for left in found.unmatched
        ),
        batch_size=BATCH,
    )
    match_run.report = found.report
    match_run.state = MATCH_RUN.target(match_run.state, "finish")
    match_run.finished_at = now
    match_run.save(update_fields=["report", "state", "finished_at"])
    _tell_starter(match_run, "match_run.ready", now)
    events.record(
        "match_run.finished",
        by=by,
        now=now,
        on=match_run,
        organisation_id=match_run.programme.organisation_id,
        n_matched=found.report["n_matched"],
        n_learners=found.report["n_learners"],
    )


@action
def keep_together(*, results: Sequence[tuple[MatchRun, Pool, Found]], by: None, now: datetime) -> None:
    """Keep what was found for runs that share mentors, all or none. Raises Stopped when one was put away."""
    for match_run, _pool, _found in results:
        if locked(match_run).state != "running":
            raise Stopped
    for match_run, pool, found in results:
        keep(match_run=match_run, pool=pool, found=found, by=by, now=now)


@action
def fail(*, match_run: MatchRun, problem: str, by: None, now: datetime) -> None:
    """Say why a run came to nothing."""
    match_run = locked(match_run)
    if match_run.state != "running":
        events.unchanged()
        return
    match_run.state = MATCH_RUN.target(match_run.state, "fail")
    match_run.problem = problem
    match_run.finished_at = now
    match_run.save(update_fields=["state", "problem", "finished_at"])
    _tell_starter(match_run, "match_run.failed", now)
    events.record(
        "match_run.failed", by=by, now=now, on=match_run, organisation_id=match_run.programme.organisation_id
    )


def _proposals(match_run: MatchRun, pool: Pool, found: Found) -> Iterable[Proposal]:
    for pair in found.proposals:
        yield Proposal(
            run=match_run,
            learner_id=pool.learners[pair.learner].pk,
            mentor_id=pool.mentors[pair.mentor].pk,
            score=pair.score,
            parts=[asdict(part) for part in pair.parts],
            reasons=[match_plans.told(reason) for reason in pair.reasons],
            alternatives=[
                asdict(other) | {"mentor": str(pool.mentors[other.mentor].pk)} for other in pair.alternatives
            ],
            locked=pair.locked,
            circle=found.circle_of.get(pair.learner),
        )


def _tell_starter(match_run: MatchRun, kind: str, now: datetime) -> None:
    if match_run.created_by is not None:
        notifications.tell(
            person=match_run.created_by,
            kind=kind,
            path=queries.path(match_run),
            now=now,
            key=f"{kind}:{match_run.pk}",
            number=match_run.number,
            programme=match_run.programme.name,
        )
