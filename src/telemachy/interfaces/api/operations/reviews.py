"""Reviews of recordings: asked for by the coach, rated blind, opened when the last rating is in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID

from ninja import Query, Router, Status
from pydantic import Field, model_validator

from telemachy.apps.supervision.actions import assessments as actions
from telemachy.apps.supervision.queries import assessments as queries
from telemachy.apps.supervision.queries import rubrics
from telemachy.core.shared.errors import BadInput
from telemachy.interfaces.api.door import CallRequest
from telemachy.interfaces.api.operations.recordings import find as find_recording
from telemachy.interfaces.api.paging import PageOf, Paging, page
from telemachy.interfaces.api.service import Bearer
from telemachy.interfaces.common.agent_rows import who
from telemachy.interfaces.common.agent_shapes import Who
from telemachy.interfaces.common.fields import Given, Line, Text, Told
from telemachy.interfaces.common.lookups import NotFound, one

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.supervision.models import Assessment, Review

router = Router(tags=["Reviews of recordings"])
EITHER, GUIDE = Bearer("learn", "guide"), Bearer("guide")


class ReviewRow(Told):
    """A review in a list: who rates, and what is waited for."""

    id: UUID
    recording_id: UUID
    coach: Who
    writer: Who
    rubric_id: UUID
    rubric_version: int
    question: str
    state: str
    state_since: datetime
    asked_at: datetime
    rated_at: datetime | None


class RatingTold(Told):
    """What one assessor gave one competency: a level, or that the recording gave nothing to rate."""

    competency: str
    level: int | None
    unheard: bool
    note: str


class PartTold(Told):
    """An assessor's part; before all are in, others see only whether it is."""

    assessor: Who
    submitted_at: datetime | None
    note: str
    ratings: list[RatingTold]


class SideTold(Told):
    """All levels of a competency beside each other: the middle one, and how far apart they are."""

    competency: str
    levels: list[int | None]
    consensus: int | None
    spread: int


class AgreementTold(Told):
    """How far the assessors agree, over all that they rated together; `refusal` says why nothing is told."""

    n_units: int
    n_assessors: int
    p_same: float
    p_near: float
    alpha: float | None
    low: float | None
    high: float | None
    kappa: float | None
    refusal: str | None


class ReviewTold(ReviewRow):
    """A review with what the caller may see of its ratings: the own part, and all once all are in."""

    is_open: bool
    missing: list[Who] = Field(
        description="for the coach: who is waited for in vain, because they left or may not hear it any more"
    )
    parts: list[PartTold]
    sides: list[SideTold]
    agreement: AgreementTold | None


class AskReview(Given):
    """On which rubric, by whom, and who writes the letter."""

    rubric_id: UUID
    assessor_ids: Annotated[list[UUID], Field(min_length=1, max_length=actions.MAX_ASSESSORS)]
    writer_id: UUID
    question: Annotated[Text, Field(examples=["Do I leave silence?"])] = ""


class GiveRating(Given):
    """A level of a competency, or that there was nothing to rate."""

    competency: Annotated[Line, Field(min_length=1, examples=["A"])]
    level: Annotated[int, Field(ge=1, le=7, examples=[3])] | None = None
    unheard: bool = False
    note: Text = ""


class Rate(Given):
    """Ratings; kept as a draft that only their assessor sees, until they are handed in."""

    ratings: Annotated[list[GiveRating], Field(min_length=1, max_length=30)]
    note: Text = ""
    hand_in: bool = False

    @model_validator(mode="after")
    def _each_once(self) -> Rate:
        codes = [each.competency for each in self.ratings]
        if len(set(codes)) < len(codes):
            raise ValueError("names a competency twice")
        return self


class ReviewStep(Given):
    """Say that one cannot rate it; take the request back, or go on without those waited for in vain."""

    verb: Literal["decline", "call_off", "go_on"]


@router.get("/recording-reviews", response=PageOf[ReviewRow], summary="List reviews of recordings")
def list_reviews(
    request: CallRequest,
    paging: Query[Paging],
    seat: Annotated[str, Field(pattern="^(coach|assessor)?$")] = "",
) -> Any:
    """List the reviews of the own coaching, and those that the caller assesses."""
    person = request.caller.person
    found = queries.visible_to(person)
    if seat:
        found = found.filter(coach=person) if seat == "coach" else found.exclude(coach=person)
    return page(found, paging, _row, by="-asked_at")


@router.post(
    "/recordings/{uuid:pk}/reviews", response={201: ReviewTold}, auth=EITHER, summary="Ask for a review"
)
def ask_for_review(request: CallRequest, pk: UUID, given: AskReview) -> Any:
    """Ask those whom the terms name to rate a recording of the own coaching."""
    by = request.caller.person
    recording = find_recording(request, pk)
    if recording.coach_id != by.pk:
        raise NotFound(str(recording._meta.verbose_name))
    rubric = rubrics.in_use(by).filter(pk=given.rubric_id).first()
    if rubric is None:
        raise BadInput("Name a rubric that is in use.", field="rubric_id")
    named = {person.pk: person for person in queries.possible_assessors(recording)}
    made = actions.ask(
        recording=recording,
        version=rubrics.latest(rubric),
        assessors=[_named(key, named, "assessor_ids") for key in dict.fromkeys(given.assessor_ids)],
        writer=_named(given.writer_id, named, "writer_id"),
        question=given.question,
        by=by,
        now=request.now,
    )
    return Status(201, _told(request, made.pk))


@router.get("/recording-reviews/{uuid:pk}", response=ReviewTold, summary="Read a review of a recording")
def read_review(request: CallRequest, pk: UUID) -> Any:
    """Read who is in; once all are, every rating beside the others."""
    return _told(request, pk)


@router.put(
    "/recording-reviews/{uuid:pk}/rating", response=ReviewTold, auth=GUIDE, summary="Rate a recording"
)
def rate(request: CallRequest, pk: UUID, given: Rate) -> Any:
    """Keep one's ratings, or hand them in; the last ones open all of them."""
    by = request.caller.person
    review = find(request, pk)
    if queries.own_part(review, by) is None:
        raise NotFound(str(review._meta.verbose_name))
    verb = actions.submit if given.hand_in else actions.save
    ratings = {each.competency: actions.Given(each.level, each.unheard, each.note) for each in given.ratings}
    verb(review=review, given=ratings, note=given.note, by=by, now=request.now)
    return _told(request, pk)


@router.post(
    "/recording-reviews/{uuid:pk}/steps",
    response={204: None},
    auth=EITHER,
    summary="Decline, call off or go on",
)
def step_review(request: CallRequest, pk: UUID, given: ReviewStep) -> Any:
    """Say that one cannot rate it; or as the coach take the request back, which deletes what was rated, or
    go on without those who are waited for in vain."""
    getattr(actions, given.verb)(review=find(request, pk), by=request.caller.person, now=request.now)
    return Status(204, None)


def find(request: CallRequest, pk: UUID) -> Review:
    """Return a review that the caller may see. Raises NotFound."""
    return one(queries.visible_to(request.caller.person), pk)


def _named(key: UUID, named: dict[Any, Person], field: str) -> Person:
    if key not in named:
        raise BadInput("Choose among those whom the terms of the recording name.", field=field)
    return named[key]


def _row(row: Review) -> ReviewRow:
    return ReviewRow(**_fields(row))


def _fields(row: Review) -> dict[str, Any]:
    plain = set(ReviewRow.model_fields) - {"coach", "writer", "rubric_id", "rubric_version"}
    return {name: getattr(row, name) for name in plain} | {
        "coach": who(row.coach),
        "writer": who(row.writer),
        "rubric_id": row.version.rubric_id,
        "rubric_version": row.version.number,
    }


def _told(request: CallRequest, pk: UUID) -> ReviewTold:
    person = request.caller.person
    row = find(request, pk)
    is_open = queries.is_open_to(row, person)
    return ReviewTold(
        is_open=is_open,
        missing=[who(one) for one in queries.missing(row)] if row.coach_id == person.pk else [],
        parts=[_part(part, is_open or part.assessor_id == person.pk) for part in queries.parts(row)],
        sides=[_side(side) for side in queries.sides(row)] if is_open else [],
        agreement=AgreementTold.model_validate(queries.pooled_agreement(row)) if is_open else None,
        **_fields(row),
    )


def _part(part: Assessment, is_told: bool) -> PartTold:
    return PartTold(
        assessor=who(part.assessor),
        submitted_at=part.submitted_at,
        note=part.note if is_told else "",
        ratings=[RatingTold.model_validate(row) for row in part.ratings.all()] if is_told else [],
    )


def _side(side: Any) -> SideTold:
    return SideTold(
        competency=side.code, levels=list(side.levels), consensus=side.consensus, spread=side.spread
    )
