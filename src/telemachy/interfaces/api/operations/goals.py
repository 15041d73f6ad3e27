"""Goals with their attainment levels and readings, and the development plan."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID

from ninja import Query, Router, Status
from pydantic import AfterValidator, Field

from telemachy.apps.relationships.actions import goals as actions
from telemachy.apps.relationships.actions import plans
from telemachy.apps.relationships.queries import goals as queries
from telemachy.apps.relationships.queries import plans as plan_queries
from telemachy.apps.relationships.queries import relationships
from telemachy.core.goals.specificity import check
from telemachy.interfaces.api.door import CallRequest
from telemachy.interfaces.api.operations.rows import competencies_of, competency_of
from telemachy.interfaces.api.paging import PageOf, Paging, page
from telemachy.interfaces.api.service import Bearer
from telemachy.interfaces.common.fields import Attainment, Day, Given, Text, Told, clean
from telemachy.interfaces.common.lookups import NotFound, one

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Goal, PlanActivity, Relationship

router = Router(tags=["Goals and plans"])
LEARN, EITHER = Bearer("learn"), Bearer("learn", "guide")

Levels = Annotated[
    list[Text],
    Field(max_length=5, description="Texts of the attainment levels -2 to +2, in that order; or none."),
]


class Reading(Told):
    """Where a goal stood at a moment."""

    attainment: int
    note: str
    read_at: datetime


class GoalTold(Told):
    """A goal with its levels and readings; `gaps` says what keeps it from being specific."""

    id: UUID
    relationship_id: UUID
    learner_id: UUID
    statement: str
    why: str
    baseline: str
    baseline_evidence: str
    levels: list[str]
    due_on: date | None
    state: str
    gaps: list[str]
    n_revisions: int
    competency_ids: list[UUID]
    readings: list[Reading]
    created_at: datetime


class WriteGoal(Given):
    """A goal in words."""

    statement: Annotated[Text, Field(min_length=1, examples=["Decide refunds above 200 euros alone"])]
    why: Text = ""
    baseline: Text = ""
    baseline_evidence: Text = ""
    levels: Levels = []
    due_on: Day | None = None
    competency_ids: Annotated[list[UUID], Field(max_length=20)] = []


class AddGoal(WriteGoal):
    """A goal for a learner of a relationship; the learner's own goes without `learner_id`."""

    learner_id: UUID | None = None
    as_draft: bool = True


class ReviseGoal(WriteGoal):
    """The goal as it is to be; `based_on` is the revision that was read."""

    based_on: Annotated[int, Field(ge=0, le=2_000_000_000)]


class GoalStep(Given):
    """A step of the goal's lifecycle."""

    verb: Literal["agree", "reach", "reopen", "drop"]


class TakeReading(Given):
    """Where the goal stands on its levels."""

    attainment: Attainment
    note: Text = ""


class Activity(Told):
    """An activity or a milestone of the plan."""

    id: UUID
    relationship_id: UUID
    learner_id: UUID
    competency_id: UUID | None
    kind: str
    title: str
    due_on: date | None
    done_at: datetime | None
    mentor_comment: str
    created_at: datetime


Kind = Literal["stretch", "rotation", "shadowing", "reading", "course", "drill", "introduction", "milestone"]


class WriteActivity(Given):
    """An activity in words."""

    kind: Kind
    title: Annotated[str, Field(min_length=1, max_length=300), AfterValidator(clean)]
    competency_id: UUID | None = None
    due_on: Day | None = None


class Done(Given):
    """Whether it is done."""

    done: bool


class Comment(Given):
    """The mentor's comment; an empty one takes it away."""

    text: Text


class ReviewPlan(Given):
    """What the quarterly look at the plan came to."""

    note: Annotated[Text, Field(min_length=1)]
    learner_id: UUID | None = None


@router.get("/goals", response=PageOf[GoalTold], summary="List goals")
def list_goals(request: CallRequest, paging: Query[Paging], relationship_id: UUID | None = None) -> Any:
    """List the goals that the caller may read."""
    found = queries.for_page(request.caller.person)
    if relationship_id:
        found = found.filter(relationship_id=relationship_id)
    return page(found, paging, told)


@router.get("/goals/{uuid:pk}", response=GoalTold, summary="Read a goal")
def read_goal(request: CallRequest, pk: UUID) -> Any:
    """Read a goal with its readings."""
    return told(_find(request, pk))


@router.post("/relationships/{uuid:pk}/goals", response={201: GoalTold}, auth=EITHER, summary="Add a goal")
def add_goal(request: CallRequest, pk: UUID, given: AddGoal) -> Any:
    """Write a goal; it is worked on once its learner has made it their own."""
    by = request.caller.person
    relationship = _relationship(request, pk)
    made = actions.add(
        relationship=relationship,
        learner=_learner(relationship, given.learner_id, by),
        as_draft=given.as_draft,
        by=by,
        now=request.now,
        **_words(given, by),
    )
    return Status(201, told(_find(request, made.pk)))


@router.put("/goals/{uuid:pk}", response=GoalTold, auth=EITHER, summary="Revise a goal")
def revise_goal(request: CallRequest, pk: UUID, given: ReviseGoal) -> Any:
    """Change a goal; its levels are fixed once there is a reading."""
    by = request.caller.person
    actions.revise(
        goal=_find(request, pk), based_on=given.based_on, by=by, now=request.now, **_words(given, by)
    )
    return told(_find(request, pk))


@router.post("/goals/{uuid:pk}/steps", response=GoalTold, auth=EITHER, summary="Take a step")
def step_goal(request: CallRequest, pk: UUID, given: GoalStep) -> Any:
    """Agree to it, say that it is reached, work on it again, or let it go."""
    verb = getattr(actions, given.verb)
    verb(goal=_find(request, pk), by=request.caller.person, now=request.now)
    return told(_find(request, pk))


@router.post(
    "/goals/{uuid:pk}/readings", response={201: GoalTold}, auth=EITHER, summary="Record where it stands"
)
def record_goal(request: CallRequest, pk: UUID, given: TakeReading) -> Any:
    """Say where the goal stands on its levels."""
    goal = _find(request, pk)
    actions.record(goal=goal, by=request.caller.person, now=request.now, **given.model_dump())
    return Status(201, told(_find(request, pk)))


@router.post("/goals/check", response=list[str], summary="Check a goal's words")
def check_goal(request: CallRequest, given: WriteGoal) -> Any:
    """Return the codes of what keeps the goal from being specific; nothing is kept."""
    evidence = given.baseline_evidence
    found = check(given.statement, given.baseline, given.levels, given.due_on, baseline_evidence=evidence)
    return [gap.code for gap in found]


# --- the plan -----------------------------------------------------------------------------------


@router.get("/activities", response=PageOf[Activity], summary="List activities")
def list_activities(request: CallRequest, paging: Query[Paging], relationship_id: UUID | None = None) -> Any:
    """List the activities and milestones of the plans that the caller may read."""
    found = plan_queries.of_party(request.caller.person)
    if relationship_id:
        found = found.filter(relationship_id=relationship_id)
    return page(found, paging, Activity.model_validate)


@router.post(
    "/relationships/{uuid:pk}/activities", response={201: Activity}, auth=LEARN, summary="Add an activity"
)
def add_activity(request: CallRequest, pk: UUID, given: WriteActivity) -> Any:
    """Add an activity or a milestone to the own plan."""
    by = request.caller.person
    made = plans.add_activity(
        relationship=_relationship(request, pk), by=by, now=request.now, **_activity_words(given, by)
    )
    return Status(201, Activity.model_validate(made))


@router.put("/activities/{uuid:pk}", response=Activity, auth=LEARN, summary="Revise an activity")
def revise_activity(request: CallRequest, pk: UUID, given: WriteActivity) -> Any:
    """Change an activity."""
    by = request.caller.person
    words = _activity_words(given, by)
    plans.revise_activity(activity=_activity(request, pk), by=by, now=request.now, **words)
    return _activity(request, pk)


@router.put("/activities/{uuid:pk}/done", response=Activity, auth=LEARN, summary="Mark as done")
def mark_activity(request: CallRequest, pk: UUID, given: Done) -> Any:
    """Mark an activity as done, or as not done after all."""
    by = request.caller.person
    plans.mark_done(activity=_activity(request, pk), done=given.done, by=by, now=request.now)
    return _activity(request, pk)


@router.put("/activities/{uuid:pk}/comment", response=Activity, auth=Bearer("guide"), summary="Comment")
def comment_activity(request: CallRequest, pk: UUID, given: Comment) -> Any:
    """Write the mentor's comment on an activity."""
    by = request.caller.person
    plans.comment(activity=_activity(request, pk), text=given.text, by=by, now=request.now)
    return _activity(request, pk)


@router.delete("/activities/{uuid:pk}", response={204: None}, auth=LEARN, summary="Take it out of the plan")
def remove_activity(request: CallRequest, pk: UUID) -> Any:
    """Take an activity out of the plan."""
    plans.remove_activity(activity=_activity(request, pk), by=request.caller.person, now=request.now)
    return Status(204, None)


@router.post(
    "/relationships/{uuid:pk}/plan-reviews", response={204: None}, auth=EITHER, summary="Review the plan"
)
def review_plan(request: CallRequest, pk: UUID, given: ReviewPlan) -> Any:
    """Keep what the quarterly look at the plan came to."""
    by = request.caller.person
    relationship = _relationship(request, pk)
    learner = _learner(relationship, given.learner_id, by)
    plans.review(relationship=relationship, learner=learner, note=given.note, by=by, now=request.now)
    return Status(204, None)


def told(goal: Goal) -> GoalTold:
    """Return a goal as it is told."""
    fields = {name: getattr(goal, name) for name in GoalTold.model_fields if hasattr(goal, name)}
    readings = [Reading.model_validate(one) for one in goal.readings.all()]
    keys = [competency.pk for competency in goal.competencies.all()]
    return GoalTold(**fields | {"readings": readings, "competency_ids": keys})


def _find(request: CallRequest, pk: UUID) -> Goal:
    return one(queries.for_page(request.caller.person), pk)


def _relationship(request: CallRequest, pk: UUID) -> Relationship:
    return one(relationships.for_page(request.caller.person), pk)


def _activity(request: CallRequest, pk: UUID) -> PlanActivity:
    return one(plan_queries.of_party(request.caller.person).select_related("relationship__programme"), pk)


def _learner(relationship: Relationship, key: UUID | None, by: Person) -> Person:
    found = queries.learners(relationship, by)
    chosen = [person for person in found if person.pk == key] if key else found
    if len(chosen) != 1:
        raise NotFound("learner")
    return chosen[0]


def _words(given: WriteGoal, by: Person) -> dict[str, Any]:
    names = {"statement", "why", "baseline", "baseline_evidence", "levels", "due_on"}
    return given.model_dump(include=names) | {"competencies": competencies_of(given.competency_ids, by)}


def _activity_words(given: WriteActivity, by: Person) -> dict[str, Any]:
    values = given.model_dump(exclude={"competency_id"})
    return values | {"competency": competency_of(given.competency_id, by)}
