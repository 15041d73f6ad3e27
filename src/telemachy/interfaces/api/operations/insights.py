"""Insights into a programme: signals, what is done about them, and outcomes. Never content of a pair."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Router, Status
from pydantic import Field

from telemachy.apps.people import queries as people
from telemachy.apps.relationships.actions import health
from telemachy.apps.relationships.actions import interventions as actions
from telemachy.apps.relationships.queries import health as queries
from telemachy.apps.relationships.queries import interventions, outcomes
from telemachy.core.insights.signals import TEXTS
from telemachy.core.shared.errors import BadInput
from telemachy.interfaces.api.door import CallRequest
from telemachy.interfaces.api.operations.programmes import find
from telemachy.interfaces.api.service import Bearer
from telemachy.interfaces.common.fields import Day, Given, Line, Told
from telemachy.interfaces.common.lookups import one

if TYPE_CHECKING:
    from telemachy.apps.programmes.models import Programme
    from telemachy.apps.relationships.models import Intervention
    from telemachy.core import insights

router = Router(tags=["Insights"])
SEEN, MANAGE = Bearer("read", "manage"), Bearer("manage")
#: Pairs told at most: those with the most pressing signals come first.
MOST = 500


class SignalTold(Told):
    """What a rule saw, with the evidence and what may help; never a score alone."""

    code: str
    name: str
    evidence: str
    rule: str
    move: str
    severity: str
    confidence: str


class PairTold(Told):
    """How a pair is."""

    relationship_id: UUID
    state: str
    cadence: str
    n_days_late: int
    activity: float
    independence: float | None
    signals: list[SignalTold]


class MentorTold(Told):
    """What was seen over all of a mentor's pairs."""

    person_id: UUID
    signals: list[SignalTold]


class HealthTold(Told):
    """How a programme's pairs are; `computed_at` is null while a large programme is still to be computed."""

    computed_at: datetime | None
    n_working: int
    n_on_track: int
    n_drifting: int
    n_waiting: int
    pairs: list[PairTold]
    mentors: list[MentorTold]


class InterventionTold(Told):
    """A signal from the day it was noted until it is gone, and what was done about it."""

    id: UUID
    relationship_id: UUID | None
    person_id: UUID | None
    code: str
    state: str
    opened_at: datetime
    note: str
    taken_at: datetime | None
    snoozed_until: date | None
    done_at: datetime | None
    closed_at: datetime | None
    outcome: str


class ActOnSignal(Given):
    """What is done about a signal of a pair, of a mentor, or of the programme."""

    step: Literal["accept", "snooze", "finish"]
    code: Line
    relationship_id: UUID | None = None
    mentor_id: UUID | None = None
    until: Day | None = None
    note: Annotated[str, Field(max_length=500, pattern=r"^[^\u0000]*$")] = ""


class EstimateTold(Told):
    """A mean or share with its 90 per cent interval; null where too few people stand behind it."""

    n: int
    value: float | None
    low: float | None
    high: float | None


class Outcome(Told):
    """One measure of a programme."""

    code: str
    kind: str
    unit: str
    whole: EstimateTold


class OutcomesTold(Told):
    """What a programme came to so far."""

    n_pairs: int
    measures: list[Outcome]


@router.get("/programmes/{uuid:pk}/health", response=HealthTold, auth=SEEN, summary="Read signals")
def read_health(request: CallRequest, pk: UUID) -> Any:
    """Read the signals of a programme's pairs and mentors, those with signals first."""
    found = queries.health_of(find(request, pk), request.now)
    if found is None:
        none: dict[str, Any] = dict.fromkeys(("n_working", "n_on_track", "n_drifting", "n_waiting"), 0)
        return HealthTold(computed_at=None, pairs=[], mentors=[], **none)
    pairs = sorted(found.pairs, key=lambda pair: not pair.signals)[:MOST]
    return HealthTold(
        computed_at=found.computed_at,
        n_working=found.tally.n_working,
        n_on_track=found.tally.n_on_track,
        n_drifting=found.tally.n_drifting,
        n_waiting=found.tally.n_waiting,
        pairs=[_pair(pair) for pair in pairs],
        mentors=[
            MentorTold(person_id=UUID(row.person_id), signals=[_signal(one_) for one_ in row.signals])
            for row in list(found.mentors)[:MOST]
        ],
    )


@router.post(
    "/programmes/{uuid:pk}/health", response={204: None}, auth=MANAGE, summary="Have signals worked out"
)
def compute_health(request: CallRequest, pk: UUID) -> Any:
    """Work a large programme's signals out now rather than within the hour, in the background."""
    health.ask(programme=find(request, pk), by=request.caller.person, now=request.now)
    return Status(204, None)


@router.get(
    "/programmes/{uuid:pk}/interventions",
    response=list[InterventionTold],
    auth=SEEN,
    summary="List interventions",
)
def list_interventions(request: CallRequest, pk: UUID) -> Any:
    """List what was noted and what was done about it, the latest first; 500 at most."""
    rows = interventions.of_programme(find(request, pk)).order_by("-opened_at")[:MOST]
    return [InterventionTold.model_validate(row) for row in rows]


@router.post(
    "/programmes/{uuid:pk}/interventions",
    response={201: InterventionTold},
    auth=MANAGE,
    summary="Act on a signal",
)
def act_on_signal(request: CallRequest, pk: UUID, given: ActOnSignal) -> Any:
    """Take a signal up, leave it out of the queue until a day, or say that what could be done is done."""
    programme = find(request, pk)
    about, seen = _seen(request, programme, given)
    signal = next((each for each in seen if each.code == given.code), None)
    if signal is None:
        raise BadInput(_("This signal is gone by now: there is nothing left to do."), field="code")
    made = _act(given, about, signal, request)
    return Status(201, InterventionTold.model_validate(made))


@router.get("/programmes/{uuid:pk}/outcomes", response=OutcomesTold, auth=SEEN, summary="Read outcomes")
def read_outcomes(request: CallRequest, pk: UUID) -> Any:
    """Read what the programme came to, each measure with its interval."""
    found = outcomes.of_programme(find(request, pk), request.now)
    return OutcomesTold(
        n_pairs=found.n_pairs,
        measures=[
            Outcome(
                code=line.measure.code,
                kind=line.measure.kind,
                unit=line.measure.unit,
                whole=EstimateTold.model_validate(line.whole),
            )
            for line in found.lines
        ],
    )


def _act(
    given: ActOnSignal, about: interventions.About, signal: insights.Signal, request: CallRequest
) -> Intervention:
    by, now, note = request.caller.person, request.now, given.note
    if given.step != "snooze":
        act: Callable[..., Intervention] = getattr(actions, given.step)
        return act(about=about, signal=signal, note=note, by=by, now=now)
    if given.until is None:
        raise BadInput(_("Say until when."), field="until")
    return actions.snooze(about=about, signal=signal, until=given.until, note=note, by=by, now=now)


def _seen(
    request: CallRequest, programme: Programme, given: ActOnSignal
) -> tuple[interventions.About, tuple[insights.Signal, ...]]:
    """Return what the signal is about, and the signals there are about it today."""
    if given.relationship_id is not None:
        pair = one(queries.pairs_of(programme), given.relationship_id)
        about = interventions.About(programme=programme, relationship=pair)
        return about, queries.judge(queries.record_of(pair, request.now)).signals
    found = queries.health_of(programme, request.now)
    signals = {} if found is None else interventions.signals_of(found)
    person = None
    if given.mentor_id is not None:
        person = one(people.of_organisation(request.caller.person), given.mentor_id)
    about = interventions.About(programme=programme, person=person)
    return about, tuple(seen for key, seen in signals.items() if key == about.key(seen.code))


def _pair(pair: queries.PairHealth) -> PairTold:
    return PairTold(
        relationship_id=UUID(pair.id),
        state=pair.state,
        cadence=pair.cadence,
        n_days_late=pair.n_days_late,
        activity=pair.activity,
        independence=pair.independence,
        signals=[_signal(signal) for signal in pair.signals],
    )


def _signal(signal: insights.Signal) -> SignalTold:
    words = {name: _(text) % signal.params for name, text in TEXTS[signal.code]._asdict().items()}
    return SignalTold(code=signal.code, severity=signal.severity, confidence=signal.confidence, **words)
