"""The organisation: people, agents, tokens, webhooks, and the trail."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from ninja import Query, Router, Status
from pydantic import AfterValidator, Field

from telemachy.apps.audit import queries as audit
from telemachy.apps.people import policies
from telemachy.apps.people import queries as people
from telemachy.apps.people.actions import agents, invitations, organisations, persons
from telemachy.apps.people.queries import agents as agent_queries
from telemachy.apps.programmes import queries as programmes
from telemachy.apps.programmes.actions import agents as agent_programmes
from telemachy.core.shared.errors import BadInput
from telemachy.interfaces.api.door import CallRequest
from telemachy.interfaces.api.operations.rows import person_of
from telemachy.interfaces.api.paging import PageOf, Paging, page
from telemachy.interfaces.api.service import Bearer
from telemachy.interfaces.common.agent_rows import who
from telemachy.interfaces.common.agent_shapes import Who
from telemachy.interfaces.common.fields import Given, Line, Text, Told, clean
from telemachy.interfaces.common.lookups import one

if TYPE_CHECKING:
    from telemachy.apps.audit.models import Event
    from telemachy.apps.people.models import Person

router = Router(tags=["Organisation"])
SEEN, ORGANISE = Bearer("read", "organise"), Bearer("organise")

Named = Annotated[Line, Field(min_length=1, examples=["Mentes"])]


class PersonTold(Told):
    """Somebody of the organisation, for its administrators."""

    id: UUID
    name: str
    kind: str
    email: str
    job_title: str
    is_administrator: bool
    signs_in: bool
    left_at: datetime | None
    created_at: datetime


def _email(value: str) -> str:
    try:
        validate_email(value)
    except ValidationError as error:
        raise ValueError("must be an e-mail address") from error
    return value


Email = Annotated[
    str,
    Field(max_length=254, json_schema_extra={"format": "email"}, examples=["mentes@ithaca.example"]),
    AfterValidator(clean),
    AfterValidator(_email),
]


class AddPerson(Given):
    """Somebody new."""

    name: Named
    email: Email
    job_title: Line = ""
    invite: bool = False


class PersonStep(Given):
    """What an administrator does with a person."""

    verb: Literal["invite", "make_administrator", "end_administrator", "mark_left", "bring_back"]


class AgentTold(Told):
    """An AI agent, who answers for it, and what is declared of it."""

    id: UUID
    name: str
    owner: Who | None
    purpose: str
    model: str
    provider: str
    version: str
    autonomy: str
    limits: str
    data: str
    suspended_at: datetime | None
    suspended_because: str
    programme_ids: list[UUID]


class Card(Given):
    """What is declared of an agent."""

    purpose: Annotated[Text, Field(min_length=1, examples=["Answers refund requests."])]
    model: Line = ""
    provider: Line = ""
    version: Annotated[Line, Field(max_length=100)] = ""
    autonomy: Annotated[Text, Field(description="What it may do without a human.")] = ""
    limits: Annotated[Text, Field(description="What it is known to be bad at.")] = ""
    data: Annotated[Text, Field(description="What data it sees, and where they go.")] = ""


class RegisterAgent(Card):
    """A new agent; its owner answers for it."""

    name: Named
    owner_id: UUID
    programme_ids: Annotated[list[UUID], Field(max_length=50)] = []


class HandOver(Given):
    """Who answers for an agent from now on."""

    owner_id: UUID


class Suspend(Given):
    """Why."""

    because: Annotated[str, Field(min_length=1, max_length=300, pattern=r"^[^\u0000]*$")]


class SomeProgrammes(Given):
    """The programmes in which an agent may take a place."""

    programme_ids: Annotated[list[UUID], Field(max_length=50)]


class EventTold(Told):
    """One line of the trail."""

    id: int
    at: datetime
    actor_id: UUID | None
    actor_name: str
    verb: str
    subject_type: str
    subject_id: str
    data: dict[str, Any]


@router.get("/people", response=PageOf[PersonTold], auth=SEEN, summary="List people")
def list_people(request: CallRequest, paging: Query[Paging]) -> Any:
    """List everybody of the organisation, for its administrators; nobody for others."""
    return page(people.administered_by(request.caller.person), paging, person_told)


@router.post("/people", response={201: PersonTold}, auth=ORGANISE, summary="Add somebody")
def add_person(request: CallRequest, given: AddPerson) -> Any:
    """Add somebody, and invite them if asked to."""
    by = request.caller.person
    policies.administer(by, by.organisation_id).require()
    words = {"name": given.name, "email": given.email, "job_title": given.job_title}
    made = persons.add(organisation_id=by.organisation_id, by=by, now=request.now, **words)
    if given.invite:
        invitations.invite(person=made, by=by, now=request.now)
    return Status(201, person_told(made))


@router.get("/people/{uuid:pk}", response=PersonTold, auth=SEEN, summary="Read a person")
def read_person(request: CallRequest, pk: UUID) -> Any:
    """Read who somebody is, as their administrator."""
    return person_told(one(people.administered_by(request.caller.person), pk))


@router.post(
    "/people/{uuid:pk}/steps", response=PersonTold, auth=ORGANISE, summary="Invite, let go, bring back"
)
def step_person(request: CallRequest, pk: UUID, given: PersonStep) -> Any:
    """Invite somebody, change an administrator's rights, note who left or is back."""
    by = request.caller.person
    person = one(people.administered_by(by), pk)
    if given.verb == "invite":
        policies.invite(by, person).require()
        invitations.invite(person=person, by=by, now=request.now)
    else:
        getattr(organisations, given.verb)(person=person, by=by, now=request.now)
    return person_told(one(people.administered_by(by), pk))


# --- agents -------------------------------------------------------------------------------------


@router.get("/agents", response=PageOf[AgentTold], auth=SEEN, summary="List agents")
def list_agents(request: CallRequest, paging: Query[Paging]) -> Any:
    """List the agents that the caller answers for; administrators see all, an agent itself."""
    found = agent_queries.visible_to(request.caller.person).prefetch_related("allowed_programmes")
    return page(found, paging, _agent)


@router.post("/agents", response={201: AgentTold}, auth=ORGANISE, summary="Register an agent")
def register_agent(request: CallRequest, given: RegisterAgent) -> Any:
    """Add an AI agent with the person who answers for it, its card, and where it may take part."""
    by = request.caller.person
    made = organisations.register_agent(
        name=given.name,
        purpose=given.purpose,
        owner=person_of(given.owner_id, by, "owner_id"),
        by=by,
        now=request.now,
    )
    card = given.model_dump(exclude={"name", "owner_id", "programme_ids"})
    agents.describe(agent=made, by=by, now=request.now, **card)
    if given.programme_ids:
        _allow(request, made, given.programme_ids)
    return Status(201, _agent(_find_agent(request, made.pk)))


@router.get("/agents/{uuid:pk}", response=AgentTold, auth=SEEN, summary="Read an agent")
def read_agent(request: CallRequest, pk: UUID) -> Any:
    """Read what is declared of an agent."""
    return _agent(_find_agent(request, pk))


@router.put("/agents/{uuid:pk}", response=AgentTold, auth=ORGANISE, summary="Describe an agent")
def describe_agent(request: CallRequest, pk: UUID, given: Card) -> Any:
    """Set what an agent is for, and its card."""
    agent = _find_agent(request, pk)
    agents.describe(agent=agent, by=request.caller.person, now=request.now, **given.model_dump())
    return _agent(_find_agent(request, pk))


@router.put("/agents/{uuid:pk}/owner", response=AgentTold, auth=ORGANISE, summary="Hand an agent over")
def hand_over_agent(request: CallRequest, pk: UUID, given: HandOver) -> Any:
    """Let somebody else of the organisation answer for the agent; they are told."""
    by = request.caller.person
    agent = _find_agent(request, pk)
    agents.hand_over(agent=agent, owner=person_of(given.owner_id, by, "owner_id"), by=by, now=request.now)
    return _agent(agent)


@router.post("/agents/{uuid:pk}/suspension", response=AgentTold, auth=ORGANISE, summary="Suspend an agent")
def suspend_agent(request: CallRequest, pk: UUID, given: Suspend) -> Any:
    """Answer no call of the agent from now on but with the reason."""
    agents.suspend(
        agent=_find_agent(request, pk), because=given.because, by=request.caller.person, now=request.now
    )
    return _agent(_find_agent(request, pk))


@router.delete("/agents/{uuid:pk}/suspension", response=AgentTold, auth=ORGANISE, summary="Resume an agent")
def resume_agent(request: CallRequest, pk: UUID) -> Any:
    """Answer the agent's calls again."""
    agents.resume(agent=_find_agent(request, pk), by=request.caller.person, now=request.now)
    return _agent(_find_agent(request, pk))


@router.put("/agents/{uuid:pk}/programmes", response=AgentTold, auth=ORGANISE, summary="Allow programmes")
def allow_programmes(request: CallRequest, pk: UUID, given: SomeProgrammes) -> Any:
    """Let the agent take places in these programmes and no others."""
    _allow(request, _find_agent(request, pk), given.programme_ids)
    return _agent(_find_agent(request, pk))


# --- tokens, webhooks, trail --------------------------------------------------------------------


@router.get("/events", response=PageOf[EventTold], auth=ORGANISE, summary="Read the trail")
def list_events(request: CallRequest, paging: Query[Paging]) -> Any:
    """Read who did what to what, and when, the latest first; for administrators."""
    return page(audit.events_of(request.caller.person), paging, _event, by="-at")


def person_told(row: Person) -> PersonTold:
    """Return somebody as administrators are told of them."""
    fields = {name: getattr(row, name) for name in PersonTold.model_fields if name != "signs_in"}
    return PersonTold(signs_in=row.user_id is not None, **fields)


def _find_agent(request: CallRequest, pk: UUID) -> Person:
    return one(agent_queries.visible_to(request.caller.person), pk)


def _agent(row: Person) -> AgentTold:
    card = agent_queries.card_of(row)
    declared = {name: getattr(card, name) for name in agents.CARD_FIELDS}
    return AgentTold(
        id=row.pk,
        name=row.name,
        owner=who(row.owner) if row.owner else None,
        purpose=row.purpose,
        suspended_at=row.suspended_at,
        suspended_because=row.suspended_because,
        programme_ids=[programme.pk for programme in row.allowed_programmes.all()],
        **declared,
    )


def _allow(request: CallRequest, agent: Person, keys: list[UUID]) -> None:
    by = request.caller.person
    found = list(programmes.of_organisation(by).filter(pk__in=keys))
    if len(found) < len(set(keys)):
        raise BadInput("Name programmes of your organisation.", field="programme_ids")
    agent_programmes.allow(agent=agent, programmes=found, by=by, now=request.now)


def _event(row: Event) -> EventTold:
    return EventTold.model_validate(row)
