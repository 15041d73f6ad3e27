"""Training agents: their past cases taken in, and how much they may ask towards a goal."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from ninja import Router, Status
from pydantic import AfterValidator, Field

from telemachy.apps.relationships.actions import memory
from telemachy.apps.relationships.actions import traces as actions
from telemachy.apps.relationships.queries import goals, relationships
from telemachy.apps.relationships.queries import traces as queries
from telemachy.core.memory.traces import TraceFileError
from telemachy.core.shared.errors import BadInput
from telemachy.interfaces.api import files
from telemachy.interfaces.api.door import CallRequest
from telemachy.interfaces.api.operations.goals import GoalTold
from telemachy.interfaces.api.operations.goals import told as goal_told
from telemachy.interfaces.api.service import Bearer
from telemachy.interfaces.common import agent_calls as calls
from telemachy.interfaces.common.fields import Given, Told, clean, said
from telemachy.interfaces.common.lookups import one

if TYPE_CHECKING:
    from telemachy.apps.relationships.models import TraceImport

router = Router(tags=["Growth"])
GUIDE = Bearer("guide")
Name = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(clean), AfterValidator(said)]


class AskingBound(Given):
    """How many questions an agent may ask towards a goal in all, and whether little is at risk in it."""

    ask_budget: Annotated[int, Field(ge=0, le=10_000, examples=[50])]
    is_low_risk: bool


class TracesTold(Told):
    """A file of past cases: what it would add, and what of it cannot be read."""

    id: UUID
    relationship_id: UUID
    learner_id: UUID
    goal_id: UUID | None
    state: str
    kind: str
    file_name: str
    n_new: int
    n_known: int
    n_taken: int
    problems: list[str]
    uploaded_at: datetime


@router.put("/goals/{uuid:pk}/asking", response=GoalTold, auth=GUIDE, summary="Bound an agent's questions")
def bound_asking(request: CallRequest, pk: UUID, given: AskingBound) -> Any:
    """Say how much may be asked towards a goal of an agent, and whether little is at risk in it."""
    by = request.caller.person
    goal = one(goals.of_party(by), pk)
    memory.allow_asking(goal=goal, n=given.ask_budget, by=by, now=request.now)
    if given.is_low_risk != goal.is_low_risk:
        memory.rate_risk(goal=goal, is_low_risk=given.is_low_risk, by=by, now=request.now)
    return goal_told(one(goals.of_party(by), pk))


@router.post(
    "/relationships/{uuid:pk}/traces",
    response={201: TracesTold},
    auth=GUIDE,
    summary="Hand in past cases",
    openapi_extra=files.TAKES,
)
def upload_traces(
    request: CallRequest, pk: UUID, name: Name, learner_id: UUID | None = None, goal_id: UUID | None = None
) -> Any:
    """Read an agent's past cases, JSON lines or OpenTelemetry spans as they are; nothing is added yet."""
    by = request.caller.person
    relationship = one(relationships.for_page(by), pk)
    learner = calls.learner_in(relationship, learner_id, by)
    goal = one(goals.of_party(by).filter(relationship=relationship), goal_id) if goal_id else None
    try:
        held = actions.upload(
            relationship=relationship,
            learner=learner,
            goal=goal,
            file_name=name,
            data=files.taken(request).read(),
            by=by,
            now=request.now,
        )
    except TraceFileError as error:
        raise BadInput(queries.refusal(error)) from error
    return Status(201, _told(held))


@router.get("/trace-imports/{uuid:pk}", response=TracesTold, summary="See what past cases would add")
def read_traces(request: CallRequest, pk: UUID) -> Any:
    """Read what a file would add, and which of its lines cannot be read."""
    return _told(_find(request, pk))


@router.post("/trace-imports/{uuid:pk}/commit", response=TracesTold, auth=GUIDE, summary="Take cases in")
def commit_traces(request: CallRequest, pk: UUID) -> Any:
    """Take every case in that was read; many of them in the background."""
    actions.commit(trace_import=_find(request, pk), by=request.caller.person, now=request.now)
    return _told(_find(request, pk))


@router.post("/trace-imports/{uuid:pk}/discard", response=TracesTold, auth=GUIDE, summary="Put cases away")
def discard_traces(request: CallRequest, pk: UUID) -> Any:
    """Take nothing in, and forget what was read."""
    actions.discard(trace_import=_find(request, pk), by=request.caller.person, now=request.now)
    return _told(_find(request, pk))


def _find(request: CallRequest, pk: UUID) -> TraceImport:
    return one(queries.visible_to(request.caller.person), pk)


def _told(row: TraceImport) -> TracesTold:
    fields = {name: getattr(row, name) for name in TracesTold.model_fields if name != "problems"}
    problems = [f"{line}: {message} {mend}" for line, message, mend in queries.problem_texts(row.problems)]
    return TracesTold(problems=problems, **fields)
