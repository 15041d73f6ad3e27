"""Programmes, who runs them, and who takes part."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID

from ninja import Query, Router, Status
from pydantic import AfterValidator, Field

from telemachy.apps.knowledge import queries as knowledge
from telemachy.apps.programmes import queries
from telemachy.apps.programmes.actions import enrolments
from telemachy.apps.programmes.actions import programmes as actions
from telemachy.apps.relationships.actions import publishing
from telemachy.apps.relationships.queries import relationships
from telemachy.core.matching import Rules, Weights
from telemachy.interfaces.api.door import CallRequest
from telemachy.interfaces.api.operations.relationships import RelationshipTold
from telemachy.interfaces.api.operations.relationships import told as relationship_told
from telemachy.interfaces.api.operations.rows import competencies_of, enrolment_of, person_of
from telemachy.interfaces.api.paging import PageOf, Paging, page
from telemachy.interfaces.api.service import Bearer
from telemachy.interfaces.common.agent_rows import who
from telemachy.interfaces.common.agent_shapes import Who
from telemachy.interfaces.common.fields import Day, Given, Share, Text, Told, clean, said
from telemachy.interfaces.common.lookups import one

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.programmes.models import Enrolment, Programme

router = Router(tags=["Programmes"])
SEEN, MANAGE = Bearer("read", "manage"), Bearer("manage")

Capacity = Annotated[int, Field(ge=1, le=20)]
Role = Literal["learner", "mentor"]


class Competency(Told):
    """A capability that situations exercise."""

    id: UUID
    name: str


class ProgrammeTold(Told):
    """A programme's design and state."""

    id: UUID
    name: str
    purpose: str
    audience: str
    kind: str
    shape: str
    structure: str
    cadence_days: int
    length_weeks: int
    starts_on: date | None
    chemistry: bool
    threshold_mark: float
    independent_rating: bool
    recording_days: int | None
    weights: dict[str, float]
    rules: dict[str, Any]
    state: str
    created_at: datetime


class WeightsGiven(Given):
    """How much each part of the score counts; only the proportions matter."""

    skills: Share | None = None
    seniority: Share | None = None
    function: Share | None = None
    hours: Share | None = None
    languages: Share | None = None
    goals: Share | None = None
    style: Share | None = None
    preferences: Share | None = None


class RulesGiven(Given):
    """Hard rules: a pair that breaks one is never proposed."""

    outside_reporting_line: bool | None = None
    shared_language: bool | None = None
    min_overlap_hours: Annotated[float, Field(ge=0, le=168, allow_inf_nan=False)] | None = None
    seniority: Literal["any", "mentor_above", "mentor_below"] | None = None


Name = Annotated[
    str,
    Field(min_length=1, max_length=160, examples=["Leading through change"]),
    AfterValidator(clean),
    AfterValidator(said),
]


class Design(Given):
    """A programme's design."""

    name: Annotated[
        str,
        Field(min_length=1, max_length=160, pattern=r"\S", examples=["Leading through change"]),
        AfterValidator(clean),
    ]
    purpose: Text = ""
    audience: Text = ""
    kind: Literal["mentoring", "coaching"] = "mentoring"
    shape: Literal["one_to_one", "reverse", "group", "peer"] = "one_to_one"
    structure: Literal["light", "guided", "structured"] = "guided"
    cadence_days: Annotated[int, Field(ge=1, le=120)] = 14
    length_weeks: Annotated[int, Field(ge=1, le=156)] = 26
    starts_on: Day | None = None
    chemistry: bool = False
    threshold_mark: Share = 0.6
    independent_rating: bool = False
    recording_days: Annotated[int, Field(ge=1, le=3650)] | None = None
    weights: WeightsGiven = WeightsGiven()
    rules: RulesGiven = RulesGiven()
    competency_ids: Annotated[list[UUID], Field(max_length=50)] = []


class ProgrammeStep(Given):
    """A step of the programme's lifecycle."""

    verb: Literal["open", "archive", "restore"]


class SomePerson(Given):
    """A person of the organisation."""

    person_id: UUID


class Place(Told):
    """Somebody's place in a programme."""

    id: UUID
    programme_id: UUID
    person: Who
    role: str
    state: str
    is_unproved: bool = Field(
        description="came by a link, and the address is not confirmed yet: matching passes the place by"
    )
    capacity: int
    created_at: datetime


class Enrol(Given):
    """Who takes which place."""

    person_id: UUID
    role: Role
    capacity: Capacity | None = None


class ChangePlace(Given):
    """What is to change of a place; what is left out stays."""

    state: Literal["active", "paused", "withdrawn"] | None = None
    capacity: Capacity | None = None


class OpenPair(Given):
    """Two places that become a pair."""

    learner_enrolment_id: UUID
    mentor_enrolment_id: UUID


@router.get("/competencies", response=list[Competency], auth=SEEN, summary="List competencies")
def list_competencies(request: CallRequest) -> Any:
    """List the competencies of the organisation that are in use."""
    found = knowledge.competencies_of(request.caller.person).order_by("name")[:1000]
    return [Competency.model_validate(row) for row in found]


@router.get("/programmes", response=PageOf[ProgrammeTold], auth=SEEN, summary="List programmes")
def list_programmes(request: CallRequest, paging: Query[Paging]) -> Any:
    """List the programmes that the caller runs; administrators see all of the organisation."""
    return page(queries.visible_to(request.caller.person), paging, ProgrammeTold.model_validate)


@router.post("/programmes", response={201: ProgrammeTold}, auth=MANAGE, summary="Create a programme")
def create_programme(request: CallRequest, given: Design) -> Any:
    """Create a draft that the caller runs."""
    by = request.caller.person
    made = actions.create(by=by, now=request.now, **_design(given, by))
    return Status(201, ProgrammeTold.model_validate(made))


@router.get("/programmes/{uuid:pk}", response=ProgrammeTold, auth=SEEN, summary="Read a programme")
def read_programme(request: CallRequest, pk: UUID) -> Any:
    """Read the design and the state."""
    return ProgrammeTold.model_validate(find(request, pk))


@router.put("/programmes/{uuid:pk}", response=ProgrammeTold, auth=MANAGE, summary="Change a programme")
def edit_programme(request: CallRequest, pk: UUID, given: Design) -> Any:
    """Change the design; pairs that exist keep what they began with."""
    by = request.caller.person
    actions.edit(programme=find(request, pk), by=by, now=request.now, **_design(given, by))
    return ProgrammeTold.model_validate(find(request, pk))


@router.post(
    "/programmes/{uuid:pk}/steps", response=ProgrammeTold, auth=MANAGE, summary="Open, archive, restore"
)
def step_programme(request: CallRequest, pk: UUID, given: ProgrammeStep) -> Any:
    """Open, archive or restore a programme."""
    actions.step(programme=find(request, pk), verb=given.verb, by=request.caller.person, now=request.now)
    return ProgrammeTold.model_validate(find(request, pk))


@router.post(
    "/programmes/{uuid:pk}/copies", response={201: ProgrammeTold}, auth=MANAGE, summary="Copy a programme"
)
def duplicate_programme(request: CallRequest, pk: UUID) -> Any:
    """Copy the design, without the people, into a new draft."""
    made = actions.duplicate(programme=find(request, pk), by=request.caller.person, now=request.now)
    return Status(201, ProgrammeTold.model_validate(made))


@router.get("/programmes/{uuid:pk}/managers", response=list[Who], auth=SEEN, summary="List who runs it")
def list_managers(request: CallRequest, pk: UUID) -> Any:
    """List who runs the programme."""
    return [who(row.person) for row in find(request, pk).managers.select_related("person").order_by("since")]


@router.post("/programmes/{uuid:pk}/managers", response={204: None}, auth=MANAGE, summary="Add a manager")
def add_manager(request: CallRequest, pk: UUID, given: SomePerson) -> Any:
    """Let another person of the organisation run the programme too."""
    by = request.caller.person
    programme = find(request, pk)
    person = person_of(given.person_id, by)
    actions.add_manager(programme=programme, person=person, by=by, now=request.now)
    return Status(204, None)


@router.delete(
    "/programmes/{uuid:pk}/managers/{uuid:person}", response={204: None}, auth=MANAGE, summary="Take one off"
)
def remove_manager(request: CallRequest, pk: UUID, person: UUID) -> Any:
    """Take a manager off; the last one stays."""
    by = request.caller.person
    programme = find(request, pk)
    row = programme.managers.select_related("person").filter(person_id=person).first()
    if row is not None:
        actions.remove_manager(programme=programme, person=row.person, by=by, now=request.now)
    return Status(204, None)


# --- who takes part -----------------------------------------------------------------------------


@router.get(
    "/programmes/{uuid:pk}/enrolments", response=PageOf[Place], auth=SEEN, summary="List participants"
)
def list_enrolments(
    request: CallRequest,
    pk: UUID,
    paging: Query[Paging],
    role: Annotated[str, Field(pattern="^(learner|mentor)?$")] = "",
    state: Annotated[str, Field(pattern="^(active|paused|withdrawn)?$")] = "",
) -> Any:
    """List the places of a programme; withdrawn ones only when asked for."""
    return page(queries.participants(find(request, pk), role=role, state=state), paging, place)


@router.post("/programmes/{uuid:pk}/enrolments", response={201: Place}, auth=MANAGE, summary="Enrol somebody")
def enrol(request: CallRequest, pk: UUID, given: Enrol) -> Any:
    """Give a person or an agent a place; a withdrawn one is taken up again."""
    by = request.caller.person
    made = enrolments.enrol(
        programme=find(request, pk),
        person=person_of(given.person_id, by),
        role=given.role,
        capacity=given.capacity,
        by=by,
        now=request.now,
    )
    return Status(201, place(made))


@router.patch("/enrolments/{uuid:pk}", response=Place, auth=MANAGE, summary="Change a place")
def change_enrolment(request: CallRequest, pk: UUID, given: ChangePlace) -> Any:
    """Pause, resume or withdraw a place; set how many learners a mentor takes."""
    by = request.caller.person
    row = one(queries.enrolments_managed_by(by), pk)
    if given.state is not None:
        enrolments.set_state(enrolment=row, state=given.state, by=by, now=request.now)
    if given.capacity is not None:
        enrolments.set_capacity(enrolment=row, capacity=given.capacity, by=by, now=request.now)
    return place(one(queries.enrolments_managed_by(by), pk))


@router.post(
    "/programmes/{uuid:pk}/pairs", response={201: RelationshipTold}, auth=MANAGE, summary="Propose a pair"
)
def open_pair(request: CallRequest, pk: UUID, given: OpenPair) -> Any:
    """Open one pair by hand and invite both."""
    by = request.caller.person
    made = publishing.propose(
        programme=find(request, pk),
        learner=enrolment_of(given.learner_enrolment_id, by, "learner_enrolment_id"),
        mentor=enrolment_of(given.mentor_enrolment_id, by, "mentor_enrolment_id"),
        by=by,
        now=request.now,
    )
    return Status(
        201, relationship_told(one(relationships.with_seats(relationships.visible_to(by)), made.pk))
    )


def find(request: CallRequest, pk: UUID) -> Programme:
    """Return a programme that the caller may run. Raises NotFound."""
    return one(queries.visible_to(request.caller.person), pk)


def place(row: Enrolment) -> Place:
    """Return a place as it is told."""
    fields = {name: getattr(row, name) for name in Place.model_fields if name != "person"}
    return Place(person=who(row.person), **fields)


def _design(given: Design, by: Person) -> dict[str, Any]:
    values = given.model_dump(exclude={"competency_ids", "weights", "rules"})
    values["weights"] = weights_of(given.weights)
    values["rules"] = rules_of(given.rules)
    return values | {"competencies": competencies_of(given.competency_ids, by)}


def weights_of(given: WeightsGiven) -> dict[str, float]:
    """Return the weights that were sent, after a look whether they can be worked with. Raises BadInput."""
    values = given.model_dump(exclude_none=True)
    Weights.read(values)
    return values


def rules_of(given: RulesGiven) -> dict[str, Any]:
    """Return the rules that were sent, after a look whether they can be worked with. Raises BadInput."""
    values = given.model_dump(exclude_none=True)
    Rules.read(values)
    return values
