"""Trajectories, thresholds, lessons on failure modes, and what is held for a human."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID

from ninja import Query, Router, Status
from pydantic import Field

from telemachy.apps.relationships import snapshots
from telemachy.apps.relationships.actions import lessons, thresholds
from telemachy.apps.relationships.queries import (
    held_guidance,
    memory,
    relationships,
    standings,
    withholding,
)
from telemachy.apps.relationships.queries import thresholds as queries
from telemachy.interfaces.api.door import CallRequest
from telemachy.interfaces.api.operations.programmes import find
from telemachy.interfaces.api.operations.rows import person_of
from telemachy.interfaces.api.paging import PageOf, Paging, page
from telemachy.interfaces.api.service import Bearer
from telemachy.interfaces.common import agent_calls as calls
from telemachy.interfaces.common import agent_rows as rows
from telemachy.interfaces.common import agent_shapes as shapes
from telemachy.interfaces.common.fields import Given, Score, Text, Told
from telemachy.interfaces.common.lookups import one

if TYPE_CHECKING:
    from telemachy.apps.relationships.models import HeldGuidance, ThresholdClaim

router = Router(tags=["Growth"])
GUIDE, MANAGE, SEEN = Bearer("guide"), Bearer("manage"), Bearer("read", "manage")


class Claim(Told):
    """The claim that a learner decides alone in a competency, and what people said of it."""

    id: UUID
    relationship_id: UUID
    learner_id: UUID
    competency_id: UUID
    situation_id: UUID
    state: str
    p_alone: float
    p_low: float
    p_high: float
    mark: float
    model_version: str
    claimed_at: datetime
    confirmed_at: datetime | None
    passed_at: datetime | None
    not_yet_because: str
    score: int | None


class Waiting(Told):
    """A claim that waits for a rater or a rating."""

    id: UUID
    learner_id: UUID
    competency_id: UUID
    state: str
    rater_id: UUID | None
    shared_at: datetime | None


class ClaimStep(Given):
    """A step of a claim: the mentor confirms or refuses, the learner shares or takes back."""

    verb: Literal["confirm", "refuse", "share", "take_back"]
    because: Text = ""


class Appoint(Given):
    """Who is asked to rate the case."""

    rater_id: UUID


class RateBlind(Given):
    """A rating by somebody who has not seen the guidance."""

    score: Score
    because: Text = ""


class Attribution(Told):
    """What the guidance changed, or why nothing can be said."""

    is_claim: bool
    design: str
    code: str
    text: str
    effect: float | None
    low: float | None
    high: float | None


class Trajectory(Told):
    """A learner's arc in one relationship, in numbers."""

    learner: shapes.Who
    competencies: list[shapes.CompetencyStanding]
    claims: list[Claim]
    attribution: Attribution


class Held(Told):
    """What an agent mentor wrote, and what a human decided."""

    id: UUID
    situation_id: UUID
    author: shapes.Who
    kind: str
    state: str
    level: int | None
    text: str
    score: int | None
    held_at: datetime
    decided_at: datetime | None
    because: str


@router.get("/relationships/{uuid:pk}/trajectory", response=Trajectory, summary="Read a trajectory")
def read_trajectory(request: CallRequest, pk: UUID, learner_id: UUID | None = None) -> Any:
    """Read how the learner decides alone, the thresholds, and whether the guidance caused it."""
    by = request.caller.person
    relationship = one(relationships.for_page(by), pk)
    learner = calls.learner_in(relationship, learner_id, by)
    known = snapshots.evidence_of(learner, within=relationship)
    found = withholding.attribution(learner, known, within=relationship)
    return Trajectory(
        learner=rows.who(learner),
        competencies=[rows.competency(row) for row in standings.competencies(relationship, learner)],
        claims=[Claim.model_validate(row) for row in queries.of_trajectory(relationship, learner)],
        attribution=Attribution(
            is_claim=found.is_claim,
            design=found.design,
            code=found.code,
            text=found.text(),
            effect=found.effect,
            low=found.low,
            high=found.high,
        ),
    )


@router.get("/thresholds", response=PageOf[Claim], summary="List threshold claims")
def list_claims(request: CallRequest, paging: Query[Paging]) -> Any:
    """List the claims of the caller and of learners mentored."""
    found = queries.of_party(request.caller.person).distinct()
    return page(found, paging, Claim.model_validate, by="-claimed_at")


@router.post(
    "/thresholds/{uuid:pk}/steps", response=Claim, auth=Bearer("learn", "guide"), summary="Take a step"
)
def step_claim(request: CallRequest, pk: UUID, given: ClaimStep) -> Any:
    """Confirm or refuse a claim as its mentor; share the case or take it back as its learner."""
    by = request.caller.person
    rest = {"because": given.because} if given.verb == "refuse" else {}
    getattr(thresholds, given.verb)(claim=_claim(request, pk), by=by, now=request.now, **rest)
    return Claim.model_validate(_claim(request, pk))


@router.get(
    "/programmes/{uuid:pk}/thresholds", response=list[Waiting], auth=SEEN, summary="List waiting ratings"
)
def list_waiting(request: CallRequest, pk: UUID) -> Any:
    """List the claims of a programme that wait for a rater or a rating: states, no content."""
    return [Waiting.model_validate(row) for row in queries.waiting_in(find(request, pk))[:500]]


@router.put(
    "/programmes/{uuid:pk}/thresholds/{uuid:claim}", response={204: None}, auth=MANAGE, summary="Ask a rater"
)
def appoint(request: CallRequest, pk: UUID, claim: UUID, given: Appoint) -> Any:
    """Ask somebody outside the pair to rate the case."""
    by = request.caller.person
    waiting = one(queries.waiting_in(find(request, pk)), claim)
    rater = person_of(given.rater_id, by, "rater_id")
    thresholds.appoint(claim=waiting, rater=rater, by=by, now=request.now)
    return Status(204, None)


@router.get("/thresholds/{uuid:pk}/case", response=queries.BlindCase, summary="Read a case to rate")
def read_case(request: CallRequest, pk: UUID) -> Any:
    """Read the case, without the guidance, as the rater who was asked."""
    return queries.blind_case(one(queries.to_rate(request.caller.person), pk))


@router.post("/thresholds/{uuid:pk}/rating", response={204: None}, auth=GUIDE, summary="Rate a case blind")
def rate_claim(request: CallRequest, pk: UUID, given: RateBlind) -> Any:
    """Rate the case; proficient passes, less needs a word why."""
    by = request.caller.person
    claim = one(queries.to_rate(by), pk)
    thresholds.rate(claim=claim, score=given.score, because=given.because, by=by, now=request.now)
    return Status(204, None)


@router.delete("/thresholds/{uuid:pk}/rating", response={204: None}, auth=GUIDE, summary="Give a rating back")
def return_rating(request: CallRequest, pk: UUID) -> Any:
    """Let somebody else be asked to rate the case."""
    by = request.caller.person
    thresholds.step_back(claim=one(queries.to_rate(by), pk), by=by, now=request.now)
    return Status(204, None)


# --- lessons and what is held -------------------------------------------------------------------


@router.get("/lessons", response=PageOf[shapes.LessonTold], summary="List lessons")
def list_lessons(
    request: CallRequest, paging: Query[Paging], state: Annotated[str, Field(max_length=12)] = ""
) -> Any:
    """List the lessons that the caller wrote or answers for; a learner does not read them here."""
    found = memory.lessons_of_mentor(request.caller.person)
    return page(found.filter(state=state) if state else found, paging, rows.lesson, by="-given_at")


@router.post("/lessons/{uuid:pk}/refuse", response=shapes.LessonTold, auth=GUIDE, summary="Refuse a lesson")
def refuse_lesson(request: CallRequest, pk: UUID, given: shapes.Because) -> Any:
    """Keep a lesson from the learner for good. Letting one through takes a human, on its page."""
    return _decide(request, pk, lessons.refuse, given)


@router.post(
    "/lessons/{uuid:pk}/withdraw", response=shapes.LessonTold, auth=GUIDE, summary="Withdraw a lesson"
)
def withdraw_lesson(request: CallRequest, pk: UUID, given: shapes.Because) -> Any:
    """Take a lesson back, with every lesson derived from it."""
    return _decide(request, pk, lessons.withdraw, given)


@router.put("/relationships/{uuid:pk}/levels", response=shapes.Learner, auth=GUIDE, summary="Set a level")
def set_level(request: CallRequest, pk: UUID, given: shapes.SetLevel) -> Any:
    """Set how much help there is with a failure mode; evidence begins anew."""
    return calls.set_level(pk, given, by=request.caller.person, now=request.now)


@router.get(
    "/held-guidance", response=PageOf[Held], auth=Bearer("read", "guide"), summary="List what is held"
)
def list_held(request: CallRequest, paging: Query[Paging]) -> Any:
    """List what agent mentors wrote and humans decide on: an agent's own, a human's to decide on its page."""
    return page(held_guidance.visible_to(request.caller.person), paging, _held, by="-held_at")


def _claim(request: CallRequest, pk: UUID) -> ThresholdClaim:
    found = queries.of_party(request.caller.person).distinct()
    return one(found.select_related("relationship__programme", "learner", "competency", "situation"), pk)


def _decide(request: CallRequest, pk: UUID, verb: Any, given: shapes.Because) -> shapes.LessonTold:
    by = request.caller.person
    verb(lesson=one(memory.lessons_of_mentor(by), pk), because=given.because, by=by, now=request.now)
    return rows.lesson(one(memory.lessons_of_mentor(by), pk))


def _held(row: HeldGuidance) -> Held:
    fields = {name: getattr(row, name) for name in Held.model_fields if name != "author"}
    return Held(author=rows.who(row.author), **fields)
