"""Situations: the learner's and the trainer's calls, as in agent_calls, and the steps that pages have."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from ninja import Query, Router, Status
from pydantic import Field

from telemachy.apps.relationships.actions import guidance, situations
from telemachy.apps.relationships.queries import guidance as guidance_queries
from telemachy.apps.relationships.queries import relationships
from telemachy.apps.relationships.queries import situations as queries
from telemachy.interfaces.api.door import CallRequest
from telemachy.interfaces.api.operations.rows import competency_of, goal_of
from telemachy.interfaces.api.paging import KnownList, PageOf, Paging
from telemachy.interfaces.api.service import Bearer
from telemachy.interfaces.common import agent_calls as calls
from telemachy.interfaces.common import agent_shapes as shapes
from telemachy.interfaces.common.agent_rows import who
from telemachy.interfaces.common.fields import Given, Grade, Line, Score, Text, Told
from telemachy.interfaces.common.lookups import NotFound, one

if TYPE_CHECKING:
    from telemachy.apps.relationships.models import Situation

router = Router(tags=["Situations"])
LEARN, GUIDE, EITHER = Bearer("learn"), Bearer("guide"), Bearer("learn", "guide")


class SituationRow(Told):
    """A situation in a list."""

    id: UUID
    relationship_id: UUID
    learner_id: UUID
    goal_id: UUID | None
    competency_id: UUID | None
    title: str
    state: str
    awaiting: str
    awaiting_since: datetime | None
    difficulty: int
    novelty: int
    tags: list[str]
    external_ref: str
    logged_at: datetime


class SituationTold(SituationRow):
    """A situation with everything written about it."""

    story: str
    stakes: str
    own_view: str
    options: str
    own_questions: str
    intended_decision: str
    confidence: int | None
    asked: str
    #: How the lot fell that says how the learner begins; null where it says nothing of this one.
    guided_by_lot: bool | None
    recommended_level: int | None
    decision: str
    rationale: str
    decision_confidence: int | None
    decided_at: datetime | None
    criteria: str
    risks: str
    alternatives: str
    outcome: str
    debrief: str
    rating: int | None


class Entry(Told):
    """One thing said about a situation."""

    kind: str
    author: shapes.Who
    text: str
    at: datetime
    level: int | None


class LogSituation(Given):
    """A case as a person tells it."""

    relationship_id: UUID
    title: Annotated[Line, Field(min_length=1, examples=["The suitors eat everything"])]
    story: Text = ""
    stakes: Text = ""
    competency_id: UUID | None = None
    goal_id: UUID | None = None
    difficulty: Grade = 3
    novelty: Grade = 3


class TellCase(Given):
    """How the case is told."""

    title: Annotated[Line, Field(min_length=1)]
    story: Text = ""
    stakes: Text = ""
    competency_id: UUID | None = None
    goal_id: UUID | None = None
    difficulty: Grade = 3
    novelty: Grade = 3


class Reasoning(Given):
    """The learner's own view, before any help."""

    own_view: Annotated[Text, Field(min_length=1)]
    options: Text = ""
    own_questions: Text = ""
    intended_decision: Text = ""
    confidence: Annotated[int, Field(ge=0, le=100)] | None = None


class Question(Given):
    """What the learner asks."""

    question: Annotated[Text, Field(min_length=1)]


class Words(Given):
    """A line of the conversation."""

    text: Annotated[Text, Field(min_length=1)]


class OwnRating(Given):
    """The learner's own rating, which never counts as evidence."""

    score: Score
    comment: Text = ""


# --- lists and rows -----------------------------------------------------------------------------

#: What a row tells and no more is asked for: no long texts to sort.
_LIST = KnownList(queries.listed, SituationRow, by="-logged_at")


@router.get("/situations", response=PageOf[SituationRow], summary="List situations")
def list_situations(
    request: CallRequest,
    paging: Query[Paging],
    relationship_id: UUID | None = None,
    goal_id: UUID | None = None,
    awaiting: Annotated[str, Field(max_length=8, pattern="^(learner|mentor)?$")] = "",
) -> Any:
    """List the situations that the caller may read: own ones, and those of learners mentored."""
    by = request.caller.person
    narrowed = {"relationship_id": relationship_id, "goal_id": goal_id, "awaiting": awaiting}
    return _LIST.page(paging, person=by.pk, organisation=by.organisation_id, **narrowed)


@router.get("/situations/{uuid:pk}", response=SituationTold, summary="Read a situation")
def read_situation(request: CallRequest, pk: UUID) -> Any:
    """Read everything that learner and mentor wrote about a situation."""
    return _told(_find(request, pk))


@router.get("/situations/{uuid:pk}/thread", response=list[Entry], summary="Read what was said")
def read_thread(request: CallRequest, pk: UUID) -> Any:
    """Read question, guidance and messages in order of time."""
    return [
        Entry(
            kind=entry.kind,
            author=who(entry.author),
            text=entry.text,
            at=entry.at,
            level=entry.guidance.level if entry.guidance else None,
        )
        for entry in guidance_queries.thread(_find(request, pk))
    ]


# --- the agent's calls --------------------------------------------------------------------------


@router.post("/situations", response={201: shapes.Started}, auth=LEARN, summary="Start a situation")
def start_situation(request: CallRequest, given: shapes.StartSituation) -> Any:
    """Log a case towards a goal, before any help."""
    return Status(201, calls.start_situation(given, by=request.caller.person, now=request.now))


@router.post("/situations/{uuid:pk}/help", response=shapes.Help, auth=LEARN, summary="Ask the mentor")
def ask_mentor(request: CallRequest, pk: UUID, given: shapes.AskMentor) -> Any:
    """Ask after saying what one would do without an answer; the answer may be pending."""
    return calls.ask_mentor(pk, given, by=request.caller.person, now=request.now)


@router.get("/situations/{uuid:pk}/help", response=shapes.Help, summary="See whether there is an answer")
def read_help(request: CallRequest, pk: UUID) -> Any:
    """Tell where the question stands and what was answered."""
    return calls.read_help(pk, by=request.caller.person)


@router.post(
    "/situations/{uuid:pk}/decision", response=shapes.Locked, auth=LEARN, summary="Commit the decision"
)
def commit_decision(request: CallRequest, pk: UUID, given: shapes.CommitDecision) -> Any:
    """Decide; the decision is locked before its outcome."""
    return calls.commit_decision(pk, given, by=request.caller.person, now=request.now)


@router.post(
    "/situations/{uuid:pk}/outcomes",
    response={201: shapes.Debriefing},
    auth=LEARN,
    summary="Report the outcome",
)
def report_outcome(request: CallRequest, pk: UUID, given: shapes.ReportOutcome) -> Any:
    """Say whether it turned out well: a self-report, which moves no level."""
    return Status(201, calls.report_outcome(pk, given, by=request.caller.person, now=request.now))


@router.post(
    "/situations/{uuid:pk}/account", response=shapes.Standing, auth=LEARN, summary="Submit the account"
)
def submit_account(request: CallRequest, pk: UUID, given: shapes.Account) -> Any:
    """Tell how it was decided and how it turned out."""
    return calls.submit_account(pk, given, by=request.caller.person, now=request.now)


@router.get("/reviews", response=list[shapes.Review], auth=Bearer("read", "guide"), summary="List reviews")
def list_reviews(request: CallRequest, goal_id: UUID | None = None) -> Any:
    """List what the caller could look at as trainer, the worthiest first with why; a hundred at most."""
    return calls.list_reviews(goal_id, by=request.caller.person, now=request.now)


@router.post(
    "/situations/{uuid:pk}/guidance", response={201: shapes.Sent}, auth=GUIDE, summary="Give guidance"
)
def give_guidance(request: CallRequest, pk: UUID, given: shapes.GiveGuidance) -> Any:
    """Answer the learner's question; what an agent writes is held until a human has read it."""
    return Status(201, calls.give_guidance(pk, given, by=request.caller.person, now=request.now))


@router.post(
    "/situations/{uuid:pk}/ratings", response={201: shapes.Sent}, auth=GUIDE, summary="Rate the outcome"
)
def rate_outcome(request: CallRequest, pk: UUID, given: shapes.RateOutcome) -> Any:
    """Debrief the account and rate it, which closes the case."""
    return Status(201, calls.rate_outcome(pk, given, by=request.caller.person, now=request.now))


@router.post("/checks", response={201: shapes.Checked}, auth=Bearer("check"), summary="Report a check")
def report_check(request: CallRequest, given: shapes.ReportCheck) -> Any:
    """Keep the result of an automatic check, with a verifier's key."""
    return Status(201, calls.report_check(given, token=request.caller.token, now=request.now))


# --- the steps that people take one by one ------------------------------------------------------


@router.post("/situations/log", response={201: SituationTold}, auth=LEARN, summary="Log a situation")
def log_situation(request: CallRequest, given: LogSituation) -> Any:
    """Log a case as the page does, towards a goal or none."""
    by = request.caller.person
    relationship = one(relationships.for_page(by), given.relationship_id)
    made = situations.log(relationship=relationship, by=by, now=request.now, **_case(given, by))
    return Status(201, _told(_find(request, made.pk)))


@router.put("/situations/{uuid:pk}", response=SituationTold, auth=LEARN, summary="Mend how a case is told")
def revise_situation(request: CallRequest, pk: UUID, given: TellCase) -> Any:
    """Change the story until somebody has answered."""
    by = request.caller.person
    situations.revise(situation=_find(request, pk), by=by, now=request.now, **_case(given, by))
    return _told(_find(request, pk))


@router.post("/situations/{uuid:pk}/reasoning", response=SituationTold, auth=LEARN, summary="Reason")
def reason(request: CallRequest, pk: UUID, given: Reasoning) -> Any:
    """Keep the own view as it was before any help."""
    return _step(request, pk, situations.reason, **given.model_dump())


@router.post(
    "/situations/{uuid:pk}/question", response=SituationTold, auth=LEARN, summary="Ask without reasoning"
)
def ask(request: CallRequest, pk: UUID, given: Question) -> Any:
    """Ask, first or again, as the page does."""
    return _step(request, pk, situations.ask, question=given.question)


@router.post("/situations/{uuid:pk}/insist", response=SituationTold, auth=LEARN, summary="Ask all the same")
def insist(request: CallRequest, pk: UUID) -> Any:
    """Ask although the lot left it to the learner, because it cannot wait."""
    return _step(request, pk, situations.insist)


@router.post("/situations/{uuid:pk}/act", response=SituationTold, auth=LEARN, summary="Say that it was done")
def act(request: CallRequest, pk: UUID) -> Any:
    """Say that the decision was carried out."""
    return _step(request, pk, situations.act)


@router.post("/situations/{uuid:pk}/messages", response=SituationTold, auth=EITHER, summary="Write a message")
def converse(request: CallRequest, pk: UUID, given: Words) -> Any:
    """Add a line to the conversation, which hands no turn on."""
    situation = _find(request, pk)
    guidance.converse(situation=situation, by=request.caller.person, now=request.now, text=given.text)
    return _told(situation)  # which a line does not change


@router.post("/situations/{uuid:pk}/own-rating", response=SituationTold, auth=LEARN, summary="Rate oneself")
def rate_self(request: CallRequest, pk: UUID, given: OwnRating) -> Any:
    """Keep the learner's own rating."""
    return _step(request, pk, guidance.rate_self, **given.model_dump())


def _step(request: CallRequest, pk: UUID, verb: Any, **values: Any) -> SituationTold:
    verb(situation=_find(request, pk), by=request.caller.person, now=request.now, **values)
    return _told(_find(request, pk))


def _find(request: CallRequest, pk: UUID) -> Situation:
    found = queries.one_of_party(request.caller.person, pk)
    if found is None:
        raise NotFound("situation")
    return found


def _case(given: LogSituation | TellCase, by: Any) -> dict[str, Any]:
    values = given.model_dump(exclude={"relationship_id", "competency_id", "goal_id"})
    return values | {"competency": competency_of(given.competency_id, by), "goal": goal_of(given.goal_id, by)}


def _told(situation: Situation) -> SituationTold:
    return SituationTold.model_validate(situation, from_attributes=True)
