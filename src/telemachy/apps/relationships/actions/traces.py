"""Take an agent's past cases in from a file: read, show what it would do, then all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError
from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events, queue
from telemachy.apps.relationships.actions import lessons
from telemachy.apps.relationships.actions.steps import hold
from telemachy.apps.relationships.models import Goal, OutcomeReport, Rating, Situation, TraceImport
from telemachy.apps.relationships.policies import traces as policies
from telemachy.apps.relationships.queries import traces as queries
from telemachy.core.memory import LessonText, Source
from telemachy.core.memory.traces import Problem, Reading, Trace, read
from telemachy.core.shared.errors import BadInput, WrongState
from telemachy.core.shared.lifecycles import TRACE_IMPORT

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Relationship

#: More cases than this are taken in in the background.
AT_ONCE = 100
MAX_TITLE = 200


@action
def upload(
    *,
    relationship: Relationship,
    learner: Person,
    goal: Goal | None,
    file_name: str,
    data: bytes,
    by: Person,
    now: datetime,
) -> TraceImport:
    """Read a file of past cases and keep what it would add. Raises NotAllowed, BadInput, TraceFileError.

    Nothing is added yet. Cases that the learner has already, by their reference, are counted and left out.
    """
    relationship = hold(relationship)
    policies.bring(by, relationship, learner).require()
    if goal is not None and (goal.relationship_id, goal.learner_id) != (relationship.pk, learner.pk):
        raise BadInput(_("Choose one of the agent's goals in this relationship."), field="goal")
    reading = _without_bare_recurrences(read(data, now=now), relationship, learner)
    known = queries.known_refs(learner, (trace.external_ref for trace in reading.traces))
    new = [trace for trace in reading.traces if trace.external_ref not in known]
    made = TraceImport.objects.create(
        relationship=relationship,
        learner=learner,
        goal=goal,
        kind=reading.kind.value,
        file_name=file_name[:200],
        traces=[queries.as_data(trace) for trace in new],
        problems=[queries.as_problem(problem) for problem in reading.problems],
        n_new=len(new),
        n_known=len(known),
        uploaded_by=by,
        uploaded_at=now,
    )
    events.record("traces.uploaded", by=by, now=now, on=made, n=len(new), n_problems=len(reading.problems))
    return made


@action
def commit(*, trace_import: TraceImport, by: Person, now: datetime) -> TraceImport:
    """Take every case in that was read; many of them in the background. Raises NotAllowed, WrongState."""
    held = _locked(trace_import)
    policies.decide(by, held, "commit").require()
    held.state = TRACE_IMPORT.target(held.state, "commit")
    held.decided_by, held.decided_at = by, now
    held.save()
    events.record("traces.committed", by=by, now=now, on=held, n=held.n_new)
    if held.n_new > AT_ONCE:
        queue.enqueue("telemachy.apps.relationships.jobs.traces.take_in", import_id=str(held.pk))
        return held
    return take_in(trace_import=held, by=by, now=now)


@action
def take_in(*, trace_import: TraceImport, by: Person, now: datetime) -> TraceImport:
    """Add the cases of a committed file, all or none; one that was added meanwhile is not added twice."""
    held = _locked(trace_import)
    if held.state != "committing":
        events.unchanged()
        return held
    policies.bring(by, held.relationship, held.learner).require()
    traces = [queries.as_trace(data) for data in held.traces]
    known = queries.known_refs(held.learner, (trace.external_ref for trace in traces))
    new = [trace for trace in traces if trace.external_ref not in known]
    competency = held.goal.competencies.order_by("name").first() if held.goal else None
    cases = [_case(trace, held, now) for trace in new]
    for case in cases:
        case.competency = competency
    try:
        Situation.objects.bulk_create(cases, batch_size=500)
    except IntegrityError:
        raise WrongState(_("The agent logged one of these cases at this moment. Try again.")) from None
    pairs = list(zip(cases, new, strict=True))
    told = [_report(case, trace, by, now) for case, trace in pairs if trace.success is not None]
    OutcomeReport.objects.bulk_create(told, batch_size=500)
    for case, trace in pairs:
        if trace.lesson is not None:
            _teach(case, trace.lesson, trace.tags, by, now)
    held.state = TRACE_IMPORT.target(held.state, "finish")
    held.n_taken, held.traces = len(cases), []
    held.save()
    events.record("traces.taken_in", by=by, now=now, on=held, n=len(cases))
    return held


@action
def fail(*, trace_import: TraceImport, by: Person | None, now: datetime) -> None:
    """Note that taking in broke off; nothing was added, and it can be tried again."""
    held = _locked(trace_import)
    held.state = TRACE_IMPORT.target(held.state, "fail")
    held.save()
    events.record("traces.failed", by=by, now=now, on=held)


@action
def discard(*, trace_import: TraceImport, by: Person | None, now: datetime) -> None:
    """Add nothing and forget what was read; without `by`, because nobody decided. Raises NotAllowed."""
    held = _locked(trace_import)
    if by is not None:
        policies.decide(by, held, "discard").require()
    held.state = TRACE_IMPORT.target(held.state, "discard")
    held.decided_by, held.decided_at = by, now
    held.traces, held.problems = [], []
    held.save()
    events.record("traces.discarded", by=by, now=now, on=held)


def _without_bare_recurrences(reading: Reading, relationship: Relationship, learner: Person) -> Reading:
    """Leave out lessons on failure modes that have one already, where nothing sets the cases apart."""
    taught = queries.taught_modes(relationship, learner)

    def is_bare(trace: Trace) -> bool:
        text = trace.lesson
        return text is not None and not text.contrast and text.failure_mode.casefold() in taught

    problems = [Problem(trace.line, "no_contrast") for trace in reading.traces if is_bare(trace)]
    kept = tuple(trace for trace in reading.traces if not is_bare(trace))
    return replace(reading, traces=kept, problems=(*reading.problems, *problems))


def _locked(trace_import: TraceImport) -> TraceImport:
    """Return the row as it is now, its pair held until the transaction ends."""
    hold(trace_import.relationship)
    return TraceImport.objects.select_related("relationship__programme", "learner", "goal").get(
        pk=trace_import.pk
    )


def _case(trace: Trace, held: TraceImport, now: datetime) -> Situation:
    """Return a past case, decided and told; nobody is made to wait for it, and nobody could be asked."""
    decided_at = trace.decided_at or now
    per_cent = None if trace.confidence is None else round(100 * trace.confidence)
    return Situation(
        relationship=held.relationship,
        learner=held.learner,
        goal=held.goal,
        imported_from=held,
        state="accounted",
        title=trace.summary.partition("\n")[0][:MAX_TITLE],
        story=trace.summary,
        difficulty=trace.difficulty,
        novelty=trace.novelty,
        tags=list(trace.tags),
        external_ref=trace.external_ref,
        logged_at=decided_at,
        intended_decision=trace.intended_action,
        confidence=per_cent,
        decision=trace.decision,
        rationale=trace.rationale,
        decision_confidence=per_cent,
        decided_at=decided_at,
        acted_at=decided_at,
        outcome=trace.outcome,
        accounted_at=now,
    )


def _report(case: Situation, trace: Trace, by: Person, now: datetime) -> OutcomeReport:
    """Return the file's own word on how it went: a self-report, whatever the file calls it."""
    return OutcomeReport(
        situation=case, by=by, tier=Rating.Tier.SELF, success=bool(trace.success), reported_at=now
    )


def _teach(case: Situation, text: LessonText, tags: Sequence[str], by: Person, now: datetime) -> None:
    """Keep the lesson that came along, in quarantine: what is imported waits for a human."""
    lessons.teach(
        situation=case,
        source=Source.IMPORT,
        failure_mode=text.failure_mode,
        cue=text.cue,
        action=text.action,
        because=text.because,
        contrast=text.contrast,
        tags=tags,
        by=by,
        now=now,
    )
