"""Ask for a match run or a trial of one, keep a trial, publish or put away a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.db.models import Max
from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events, queue
from telemachy.apps.programmes import policies
from telemachy.apps.programmes.actions import pair_rules
from telemachy.apps.programmes.models import MatchRun, Programme
from telemachy.apps.programmes.queries.match_options import Options
from telemachy.apps.programmes.queries.match_together import runs_of, sharing
from telemachy.core.matching import Rules, Weights
from telemachy.core.shared.errors import BadInput
from telemachy.core.shared.lifecycles import MATCH_RUN

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

UNDER_WAY = ("queued", "running")
PUBLISHED = ("publishing", "published")
#: After so long a run under way no longer stops another from starting: its worker is gone.
STALE_AFTER = timedelta(hours=1)
#: A trial that nobody kept is forgotten after so long.
KEEP_TRIALS = timedelta(days=7)


@action
def run(
    *,
    programme: Programme,
    weights: Mapping[str, Any],
    rules: Mapping[str, Any],
    by: Person,
    now: datetime,
    options: Mapping[str, Any] | None = None,
    keeping: MatchRun | None = None,
) -> MatchRun:
    """Queue a run on the programme's pool; while one is under way, that one is returned instead.

    With `keeping`, the pairs of that run are kept as far as they still can be. Raises NotAllowed, and
    BadInput for weights, rules and options that cannot be worked with.
    """
    policies.match(by, programme).require()
    return _queue(programme, weights, rules, options or {}, by, now, based_on=keeping)


@action
def run_together(
    *,
    programme: Programme,
    others: Sequence[Programme],
    weights: Mapping[str, Any],
    rules: Mapping[str, Any],
    by: Person,
    now: datetime,
    options: Mapping[str, Any] | None = None,
) -> MatchRun:
    """Queue a run of each programme, worked out as one within the capacity of the mentors they share.

    The others are matched by their own weights and rules; the wishes hold for all of them together. Returns
    the run of the first. Raises NotAllowed, and BadInput where no mentor is shared or a run is under way.
    """
    for one in others:
        if not sharing(programme, by).filter(pk=one.pk).exists():
            raise BadInput(
                _("%(name)s shares no mentor with this programme.") % {"name": one.name}, field="together"
            )
    wishes = Options.read(options or {}).as_dict()
    designs = [_Design(programme, weights, rules, wishes)]
    designs += [_Design(one, one.weights, one.rules, wishes) for one in others]
    return _queue_together(designs, by, now)


@action
def run_again(*, match_run: MatchRun, by: Person, now: datetime) -> MatchRun:
    """Queue a run that keeps what this one proposes, as far as it still can be.

    Programmes that were matched together are matched together again. Raises NotAllowed, and BadInput where
    one of them has a run under way.
    """
    policies.match_again(by, match_run).require()
    runs = [match_run, *runs_of(match_run.together).exclude(pk=match_run.pk).filter(state="ready")]
    designs = [_Design(one.programme, one.weights, one.rules, one.options, one) for one in runs]
    if len(designs) > 1:
        return _queue_together(designs, by, now)
    alone = designs[0]
    return run(
        programme=alone.programme,
        weights=alone.weights,
        rules=alone.rules,
        options=alone.options,
        keeping=match_run,
        by=by,
        now=now,
    )


@dataclass(frozen=True, slots=True)
class _Design:
    """What one of several programmes is to be matched by, and the run whose pairs it keeps."""

    programme: Programme
    weights: Mapping[str, Any]
    rules: Mapping[str, Any]
    options: Mapping[str, Any]
    keeping: MatchRun | None = None


def _queue_together(designs: Sequence[_Design], by: Person, now: datetime) -> MatchRun:
    """Queue a run of each programme and one job for them all; return the run of the first."""
    together, made = uuid4(), {}
    for one in sorted(designs, key=lambda each: each.programme.pk):  # everybody waits in the same order
        policies.match(by, one.programme).require()
        queued = _queue(
            one.programme,
            one.weights,
            one.rules,
            one.options,
            by,
            now,
            based_on=one.keeping,
            together=together,
        )
        if queued.together != together:
            raise BadInput(
                _("A run of %(name)s is under way. Wait for it, or put it away.")
                % {"name": one.programme.name},
                field="together",
            )
        made[one.programme.pk] = queued
    queue.enqueue("telemachy.apps.programmes.jobs.run_together", together=str(together))
    return made[designs[0].programme.pk]


@action
def try_out(
    *,
    match_run: MatchRun,
    weights: Mapping[str, Any],
    options: Mapping[str, Any],
    by: Person,
    now: datetime,
) -> MatchRun:
    """Queue a trial of a run with other weights and options; it is listed nowhere until it is kept.

    Raises NotAllowed, BadInput.
    """
    policies.try_out(by, match_run).require()
    return _queue(
        match_run.programme, weights, match_run.rules, options, by, now, based_on=match_run, is_trial=True
    )


@action
def keep_trial(*, match_run: MatchRun, by: Person, now: datetime) -> None:
    """Make a trial a run like any other. Raises NotAllowed."""
    match_run = locked(match_run)
    policies.keep_trial(by, match_run).require()
    match_run.is_trial = False
    match_run.save(update_fields=["is_trial"])
    events.record("match_run.kept", by=by, now=now, on=match_run, number=match_run.number)


@action
def forget_trials(*, by: None, now: datetime) -> int:
    """Delete the trials that nobody kept; return how many rows went."""
    events.unchanged()
    n_deleted, _rows = MatchRun.objects.filter(is_trial=True, created_at__lt=now - KEEP_TRIALS).delete()
    return n_deleted


def _queue(
    programme: Programme,
    weights: Mapping[str, Any],
    rules: Mapping[str, Any],
    options: Mapping[str, Any],
    by: Person,
    now: datetime,
    *,
    based_on: MatchRun | None = None,
    is_trial: bool = False,
    together: UUID | None = None,
) -> MatchRun:
    wanted = {
        "weights": Weights.read(weights).as_dict(),
        "rules": Rules.read(rules).as_dict(),
        "options": Options.read(options).as_dict() | {"keep": based_on is not None and not is_trial},
    }
    pair_rules.hold(programme)
    runs = programme.match_runs
    under_way = runs.filter(state__in=UNDER_WAY, is_trial=is_trial, created_at__gt=now - STALE_AFTER).first()
    if under_way is not None:
        events.unchanged()
        return under_way
    number = (runs.aggregate(last=Max("number"))["last"] or 0) + 1
    match_run = MatchRun.objects.create(
        programme=programme,
        number=number,
        based_on=based_on,
        is_trial=is_trial,
        together=together,
        created_by=by,
        created_at=now,
        **wanted,
    )
    if together is None:
        queue.enqueue("telemachy.apps.programmes.jobs.run_matching", match_run_id=str(match_run.pk))
    events.record("match_run.queued", by=by, now=now, on=match_run, number=number, trial=is_trial)
    return match_run


@action
def discard(*, match_run: MatchRun, by: Person, now: datetime) -> None:
    """Put a run away; locked and forbidden pairs stay. Raises NotAllowed."""
    match_run = locked(match_run)
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
        organisation_id=match_run.programme.organisation_id,
        n_left_out=n_left_out,
    )


def hold(match_run: MatchRun) -> MatchRun:
    """Return the run as it is now, its programme held: no two runs are published at the same time."""
    pair_rules.hold(match_run.programme)
    return locked(match_run)


def locked(match_run: MatchRun) -> MatchRun:
    """Return the run as it is now, held until the transaction ends."""
    found = MatchRun.objects.select_for_update(of=("self",)).select_related("programme", "created_by")
    return found.get(pk=match_run.pk)
