"""Run the matching in the background, keep what it found, publish or discard it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Max

from telemachy.apps.audit.actions import action, events, queue
from telemachy.apps.people.actions import notifications
from telemachy.apps.programmes import policies
from telemachy.apps.programmes.actions import pair_rules
from telemachy.apps.programmes.models import MatchRun, Programme, Proposal, Unmatched
from telemachy.apps.programmes.queries import match_runs as queries
from telemachy.core.matching import Rules, Weights
from telemachy.core.shared.lifecycles import MATCH_RUN

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.programmes.snapshots import Pool
    from telemachy.core.matching import Plan, Seat

UNDER_WAY = ("queued", "running")
PUBLISHED = ("publishing", "published")
#: After so long a run under way no longer stops another from starting: its worker is gone.
STALE_AFTER = timedelta(hours=1)
#: Mentors of whom another seat would help most that a report names.
N_WANTED = 5
BATCH = 500


@action
def run(
    *, programme: Programme, weights: Mapping[str, Any], rules: Mapping[str, Any], by: Person, now: datetime
) -> MatchRun:
    """Queue a run on the programme's pool; while one is under way, that one is returned instead.

    Raises NotAllowed, and BadInput for weights and rules that cannot be worked with.
    """
    policies.match(by, programme).require()
    wanted = {"weights": Weights.read(weights).as_dict(), "rules": Rules.read(rules).as_dict()}
    pair_rules.hold(programme)
    under_way = programme.match_runs.filter(state__in=UNDER_WAY, created_at__gt=now - STALE_AFTER).first()
    if under_way is not None:
        events.unchanged()
        return under_way
    number = (programme.match_runs.aggregate(last=Max("number"))["last"] or 0) + 1
    match_run = MatchRun.objects.create(
        programme=programme, number=number, created_by=by, created_at=now, **wanted
    )
    queue.enqueue("telemachy.apps.programmes.jobs.run_matching", match_run_id=str(match_run.pk))
    events.record("match_run.queued", by=by, now=now, on=match_run, number=number)
    return match_run


@action
def begin(*, match_run: MatchRun, by: None, now: datetime) -> bool:
    """Mark the run as running and tell whether there is work to do; a job tried again may go on."""
    match_run = _locked(match_run)
    if match_run.state not in UNDER_WAY:
        events.unchanged()
        return False
    if match_run.state == "running":
        events.unchanged()
        return True
    match_run.state = MATCH_RUN.target(match_run.state, "start")
    match_run.save(update_fields=["state"])
    events.record("match_run.started", by=by, now=now, on=match_run, organisation_id=_organisation(match_run))
    return True


@action
def keep(*, match_run: MatchRun, pool: Pool, plan: Plan, by: None, now: datetime) -> None:
    """Keep all that the engine found, at once; a run discarded meanwhile stays discarded."""
    match_run = _locked(match_run)
    if match_run.state != "running":
        events.unchanged()
        return
    Proposal.objects.bulk_create(_proposals(match_run, pool, plan), batch_size=BATCH)
    Unmatched.objects.bulk_create(
        (
            Unmatched(run=match_run, learner=pool.learners[left.learner], reason=_told(left.reason))
            for left in plan.unmatched
        ),
        batch_size=BATCH,
    )
    match_run.report = asdict(plan.report) | {
        "n_paired": pool.n_paired,
        "n_done": pool.n_done,
        "n_away": pool.n_away,
        "n_locks_left_out": pool.n_locks_left_out,
        "wanted": _wanted(pool, plan.seats),
    }
    match_run.state = MATCH_RUN.target(match_run.state, "finish")
    match_run.finished_at = now
    match_run.save(update_fields=["report", "state", "finished_at"])
    _tell_starter(match_run, "match_run.ready", now)
    events.record(
        "match_run.finished",
        by=by,
        now=now,
        on=match_run,
        organisation_id=_organisation(match_run),
        n_matched=plan.report.n_matched,
        n_learners=plan.report.n_learners,
    )


@action
def fail(*, match_run: MatchRun, problem: str, by: None, now: datetime) -> None:
    """Say why a run came to nothing."""
    match_run = _locked(match_run)
    if match_run.state != "running":
        events.unchanged()
        return
    match_run.state = MATCH_RUN.target(match_run.state, "fail")
    match_run.problem = problem
    match_run.finished_at = now
    match_run.save(update_fields=["state", "problem", "finished_at"])
    _tell_starter(match_run, "match_run.failed", now)
    events.record("match_run.failed", by=by, now=now, on=match_run, organisation_id=_organisation(match_run))


@action
def discard(*, match_run: MatchRun, by: Person, now: datetime) -> None:
    """Put a run away; locked and forbidden pairs stay. Raises NotAllowed."""
    match_run = _locked(match_run)
    policies.step_run(by, match_run, "discard").require()
    match_run.state = MATCH_RUN.target(match_run.state, "discard")
    match_run.save(update_fields=["state"])
    events.record("match_run.discarded", by=by, now=now, on=match_run)


@action
def publish(*, match_run: MatchRun, by: Person, now: datetime) -> None:
    """Freeze a run and begin to open its pairs in the background; a second time changes nothing.

    Raises NotAllowed.
    """
    match_run = hold(match_run)
    if match_run.state in PUBLISHED:
        events.unchanged()
        return
    policies.publish(by, match_run).require()
    match_run.state = MATCH_RUN.target(match_run.state, "publish")
    match_run.published_at, match_run.published_by = now, by
    match_run.save(update_fields=["state", "published_at", "published_by"])
    queue.enqueue("telemachy.apps.relationships.jobs.publishing.open_pairs", match_run_id=str(match_run.pk))
    events.record("match_run.published", by=by, now=now, on=match_run)


@action
def conclude(*, match_run: MatchRun, by: None, now: datetime) -> None:
    """Say that every pair of a published run that is still possible is open."""
    n_left_out = match_run.proposals.filter(relationships__isnull=True).count()
    if match_run.programme.shape == "group":  # a circle is opened for the first proposal of its mentor
        opened = match_run.proposals.filter(relationships__isnull=False).values("mentor")
        n_left_out = match_run.proposals.exclude(mentor__in=opened).count()
    match_run.state = MATCH_RUN.target(match_run.state, "conclude")
    match_run.report = match_run.report | {"n_left_out": n_left_out}
    match_run.save(update_fields=["state", "report"])
    events.record(
        "match_run.concluded",
        by=by,
        now=now,
        on=match_run,
        organisation_id=_organisation(match_run),
        n_left_out=n_left_out,
    )


def hold(match_run: MatchRun) -> MatchRun:
    """Return the run as it is now, its programme held: no two runs are published at the same time."""
    pair_rules.hold(match_run.programme)
    return _locked(match_run)


def _proposals(match_run: MatchRun, pool: Pool, plan: Plan) -> Iterable[Proposal]:
    for pair in plan.proposals:
        yield Proposal(
            run=match_run,
            learner=pool.learners[pair.learner],
            mentor=pool.mentors[pair.mentor],
            score=pair.score,
            parts=[asdict(part) for part in pair.parts],
            reasons=[_told(reason) for reason in pair.reasons],
            alternatives=[
                asdict(other) | {"mentor": str(pool.mentors[other.mentor].pk)} for other in pair.alternatives
            ],
            locked=pair.locked,
        )


def _told(reason: Any) -> dict[str, Any]:
    return {"code": reason.code, "params": dict(reason.params)}


def _wanted(pool: Pool, seats: Iterable[Seat]) -> list[dict[str, Any]]:
    """Return whose next seat would help the pool most; a learner more comes before any score."""
    best = sorted(seats, key=lambda seat: (-seat.extra_matched, -seat.price, seat.mentor))
    return [
        {"mentor": str(pool.mentors[seat.mentor].pk), "extra_matched": seat.extra_matched}
        for seat in best[:N_WANTED]
        if seat.extra_matched > 0
    ]


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


def _locked(match_run: MatchRun) -> MatchRun:
    found = MatchRun.objects.select_for_update(of=("self",)).select_related("programme", "created_by")
    return found.get(pk=match_run.pk)


def _organisation(match_run: MatchRun) -> Any:
    return match_run.programme.organisation_id
