"""Relationships and their charters."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID

from ninja import Path, Query, Router, Status
from pydantic import Field

from telemachy.apps.relationships.actions import charters, nudges, publishing
from telemachy.apps.relationships.actions import relationships as actions
from telemachy.apps.relationships.queries import charters as charter_queries
from telemachy.apps.relationships.queries import relationships as queries
from telemachy.interfaces.api.door import CallRequest
from telemachy.interfaces.api.operations.rows import enrolment_of
from telemachy.interfaces.api.paging import PageOf, Paging, page
from telemachy.interfaces.api.service import Bearer
from telemachy.interfaces.common import agent_calls as calls
from telemachy.interfaces.common import agent_shapes as shapes
from telemachy.interfaces.common.agent_rows import who
from telemachy.interfaces.common.fields import Given, Moment, Text, Told
from telemachy.interfaces.common.lookups import NotFound, one

if TYPE_CHECKING:
    from telemachy.apps.relationships.models import Charter, Relationship

router = Router(tags=["Relationships"])
EITHER, SEEN, MANAGE = Bearer("learn", "guide"), Bearer("read", "manage"), Bearer("manage")


class Seat(Told):
    """A seat and who holds it."""

    person: shapes.Who
    seat: str
    accepted_at: datetime | None


class RelationshipTold(Told):
    """What is known of a relationship beside its content."""

    id: UUID
    programme_id: UUID
    kind: str
    shape: str
    state: str
    state_since: datetime
    cadence_days: int
    created_at: datetime
    active_at: datetime | None
    closed_at: datetime | None
    parties: list[Seat]


class Step(Given):
    """A step of the relationship's lifecycle."""

    verb: Literal["accept", "decline", "unwind", "wind_down", "resume", "graduate", "complete"]


class Meeting(Given):
    """When the parties meet before they decide."""

    at: Moment


class Transfer(Given):
    """To whose place as mentor the learners are passed on."""

    mentor_enrolment_id: UUID


class CharterTold(Told):
    """One version of a charter."""

    version: int
    success: str
    cadence: str
    hours_a_month: Decimal | None
    feedback_kinds: str
    out_of_scope: str
    confidentiality: str
    escalation: str
    withheld_one_in: int
    begin_by_lot: bool
    created_at: datetime
    in_force_at: datetime | None


class CharterStanding(Told):
    """The version in force, the latest one, and who has yet to agree to it."""

    in_force: CharterTold | None
    latest: CharterTold | None
    missing: list[shapes.Who]


class ProposeCharter(Given):
    """A version of the charter; `based_on` is the version that was read."""

    based_on: Annotated[int, Field(ge=1, le=30_000)]
    success: Annotated[Text, Field(min_length=1)]
    cadence: Text = ""
    hours_a_month: Annotated[Decimal, Field(gt=0, le=100, max_digits=4, decimal_places=1)] | None = None
    feedback_kinds: Text = ""
    out_of_scope: Text = ""
    confidentiality: Text = ""
    escalation: Text = ""
    withheld_one_in: Annotated[
        Literal[0, 2, 3, 4, 6],
        Field(description="One situation in so many is decided before it is answered."),
    ] = 0
    begin_by_lot: Annotated[
        bool,
        Field(
            description="One lot says how each learner begins: the first 15 situations are all decided "
            "before they are answered, or all guided, by a question at least."
        ),
    ] = False


class Agreement(Given):
    """Which version was read."""

    version: Annotated[int, Field(ge=1, le=30_000)]


@router.get("/relationships", response=PageOf[RelationshipTold], auth=SEEN, summary="List relationships")
def list_relationships(
    request: CallRequest, paging: Query[Paging], programme_id: UUID | None = None, own: bool = False
) -> Any:
    """List relationships whose existence the caller may know; `own` leaves those of programmes run out."""
    person = request.caller.person
    found = queries.of_party(person) if own else queries.visible_to(person)
    if programme_id:
        found = found.filter(programme_id=programme_id)
    return page(queries.with_seats(found), paging, told)


@router.get("/relationships/{uuid:pk}", response=RelationshipTold, auth=SEEN, summary="Read a relationship")
def read_relationship(request: CallRequest, pk: UUID) -> Any:
    """Read states, dates and seats."""
    return told(one(queries.with_seats(queries.visible_to(request.caller.person)), pk))


@router.get(
    "/relationships/{uuid:pk}/learner",
    response=shapes.Learner,
    auth=Bearer("read", "guide"),
    summary="See how a learner stands",
)
def get_learner(request: CallRequest, pk: UUID, learner_id: UUID | None = None) -> Any:
    """Read baseline, standing in each competency, and how the learner asks."""
    return calls.get_learner(pk, learner_id, by=request.caller.person)


@router.post("/relationships/{uuid:pk}/steps", response=RelationshipTold, auth=EITHER, summary="Take a step")
def step(request: CallRequest, pk: UUID, given: Step) -> Any:
    """Accept, decline, unwind, wind down, resume, graduate or complete."""
    relationship, by, now = _own(request, pk), request.caller.person, request.now
    if given.verb in {"accept", "decline", "unwind"}:
        getattr(actions, given.verb)(relationship=relationship, by=by, now=now)
    else:
        actions.step(relationship=relationship, verb=given.verb, by=by, now=now)
    return told(one(queries.with_seats(queries.visible_to(request.caller.person)), pk))


@router.post(
    "/relationships/{uuid:pk}/meeting", response=RelationshipTold, auth=EITHER, summary="Note a meeting"
)
def meet(request: CallRequest, pk: UUID, given: Meeting) -> Any:
    """Note when the parties meet before they decide."""
    actions.meet(relationship=_own(request, pk), at=given.at, by=request.caller.person, now=request.now)
    return told(_own(request, pk))


@router.post("/relationships/{uuid:pk}/call-off", response=RelationshipTold, auth=MANAGE, summary="Call off")
def call_off(request: CallRequest, pk: UUID) -> Any:
    """Take a proposal back, or end a pair one side of which has left."""
    by = request.caller.person
    actions.call_off(relationship=one(queries.run_by(by), pk), by=by, now=request.now)
    return told(one(queries.with_seats(queries.run_by(by)), pk))


@router.post(
    "/relationships/{uuid:pk}/transfer", response={201: RelationshipTold}, auth=MANAGE, summary="Pass on"
)
def transfer(request: CallRequest, pk: UUID, given: Transfer) -> Any:
    """Close it as passed on and propose its learners to another mentor."""
    by = request.caller.person
    made = publishing.transfer(
        relationship=one(queries.run_by(by).select_related("programme"), pk),
        mentor=enrolment_of(given.mentor_enrolment_id, by, "mentor_enrolment_id"),
        by=by,
        now=request.now,
    )
    return Status(201, told(made))


@router.post("/relationships/{uuid:pk}/nudges", response={204: None}, auth=MANAGE, summary="Remind")
def nudge(request: CallRequest, pk: UUID) -> Any:
    """Remind whoever's turn it is."""
    by = request.caller.person
    found = one(queries.with_seats(queries.run_by(by).select_related("programme")), pk)
    nudges.nudge(relationship=found, by=by, now=request.now)
    return Status(204, None)


@router.get("/relationships/{uuid:pk}/charter", response=CharterStanding, summary="Read the charter")
def read_charter(request: CallRequest, pk: UUID) -> Any:
    """Read the version in force and the latest one."""
    return _standing(request, pk)


@router.get(
    "/relationships/{uuid:pk}/charter/{int:number}", response=CharterTold, summary="Read an earlier version"
)
def read_version(request: CallRequest, pk: UUID, number: Path[Annotated[int, Field(ge=1, le=30_000)]]) -> Any:
    """Read one version of the charter."""
    found = charter_queries.version(_own(request, pk), number)
    if found is None:
        raise NotFound("version")
    return _charter(found)


@router.post(
    "/relationships/{uuid:pk}/charter/draft", response=CharterStanding, auth=EITHER, summary="Begin it"
)
def begin_charter(request: CallRequest, pk: UUID) -> Any:
    """Begin with the programme's draft."""
    charters.draft(relationship=_own(request, pk), by=request.caller.person, now=request.now)
    return _standing(request, pk)


@router.post(
    "/relationships/{uuid:pk}/charter", response=CharterStanding, auth=EITHER, summary="Propose a version"
)
def propose_charter(request: CallRequest, pk: UUID, given: ProposeCharter) -> Any:
    """Propose a version and agree to it oneself."""
    values = given.model_dump()
    charters.propose(relationship=_own(request, pk), by=request.caller.person, now=request.now, **values)
    return _standing(request, pk)


@router.post(
    "/relationships/{uuid:pk}/charter/agreement", response=CharterStanding, auth=EITHER, summary="Agree"
)
def agree(request: CallRequest, pk: UUID, given: Agreement) -> Any:
    """Agree to the version that was read."""
    charters.agree(
        relationship=_own(request, pk), version=given.version, by=request.caller.person, now=request.now
    )
    return _standing(request, pk)


def told(relationship: Relationship) -> RelationshipTold:
    """Return a relationship as it is told."""
    seats = [
        Seat(person=who(party.person), seat=party.seat, accepted_at=party.accepted_at)
        for party in queries.seated(relationship)
    ]
    fields = {
        name: getattr(relationship, name) for name in RelationshipTold.model_fields if name != "parties"
    }
    return RelationshipTold(parties=seats, **fields)


def _own(request: CallRequest, pk: UUID) -> Relationship:
    return one(queries.for_page(request.caller.person), pk)


def _standing(request: CallRequest, pk: UUID) -> CharterStanding:
    standing = charter_queries.standing(_own(request, pk))
    return CharterStanding(
        in_force=_charter(standing.in_force),
        latest=_charter(standing.latest),
        missing=[who(party.person) for party in standing.missing],
    )


def _charter(charter: Charter | None) -> CharterTold | None:
    return None if charter is None else CharterTold.model_validate(charter, from_attributes=True)
