"""Feedback letters, and the development points that they recommend."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID

from ninja import Query, Router, Status
from pydantic import Field

from telemachy.apps.supervision.actions import development_points
from telemachy.apps.supervision.actions import letters as actions
from telemachy.apps.supervision.policies import assessments as policies
from telemachy.apps.supervision.queries import assessments
from telemachy.apps.supervision.queries import letters as queries
from telemachy.core.shared.errors import BadInput
from telemachy.interfaces.api.door import CallRequest
from telemachy.interfaces.api.operations.goals import GoalTold
from telemachy.interfaces.api.operations.goals import told as goal_told
from telemachy.interfaces.api.operations.reviews import find
from telemachy.interfaces.api.paging import PageOf, Paging, page
from telemachy.interfaces.api.service import Bearer
from telemachy.interfaces.common.agent_rows import who
from telemachy.interfaces.common.agent_shapes import Who
from telemachy.interfaces.common.fields import Given, Line, Text, Told
from telemachy.interfaces.common.lookups import NotFound, one

if TYPE_CHECKING:
    from telemachy.apps.supervision.models import DevelopmentPoint, LetterQuote, Review

router = Router(tags=["Reviews of recordings"])
EITHER, GUIDE = Bearer("learn", "guide"), Bearer("guide")


class QuoteTold(Told):
    """A passage that a letter quotes."""

    seat: str
    words: str
    start: float | None
    competency: str
    note: str
    author: Annotated[Who | None, Field(description="Whose note it is; null once the pin is gone.")]


class PointTold(Told):
    """Something that a coach works on next."""

    id: UUID
    review_id: UUID
    text: str
    competency: str
    state: str
    state_since: datetime
    goal_id: UUID | None


class LetterTold(Told):
    """The letter: a draft that only its writer reads, until it is sent."""

    greeting: str
    strengths: str
    development: str
    closing: str
    quotes: list[QuoteTold]
    points: list[PointTold]
    saved_at: datetime
    sent_at: datetime | None


class Point(Given):
    """A recommendation, and the competency that it is about."""

    text: Annotated[Text, Field(min_length=1, examples=["Ask one thing at a time."])]
    competency: Line = ""


class WriteLetter(Given):
    """What the letter says; it replaces what it said before."""

    greeting: Text = ""
    strengths: Annotated[Text, Field(examples=["You wait for the answer."])] = ""
    development: Text = ""
    closing: Text = ""
    evidence_ids: Annotated[list[UUID], Field(max_length=200, description="Pins that it quotes.")] = []
    points: Annotated[list[Point], Field(max_length=20)] = []


class MarkPoint(Given):
    """Where it stands."""

    state: Literal["open", "done", "dropped"]


@router.get("/recording-reviews/{uuid:pk}/letter", response=LetterTold, summary="Read the letter")
def read_letter(request: CallRequest, pk: UUID) -> Any:
    """Read the letter: its writer at any time, the coach and the other assessors once it is sent."""
    review = find(request, pk)
    if not policies.read_letter(request.caller.person, review):
        raise NotFound("letter")
    return _told(review)


@router.put(
    "/recording-reviews/{uuid:pk}/letter", response=LetterTold, auth=GUIDE, summary="Write the letter"
)
def write_letter(request: CallRequest, pk: UUID, given: WriteLetter) -> Any:
    """Keep the letter as a draft, as the one whom the coach chose to write it."""
    by = request.caller.person
    review = _written_by(request, pk)
    pins = {pin.pk: pin for pin in queries.quotable(review, by)}
    if missing := set(given.evidence_ids) - set(pins):
        raise BadInput(f"Choose among the evidence of this review, not {min(missing)}.", field="evidence_ids")
    actions.save(
        review=review,
        words=actions.Words(given.greeting, given.strengths, given.development, given.closing),
        evidence=[pins[key] for key in dict.fromkeys(given.evidence_ids)],
        points=[actions.Point(point.text, point.competency) for point in given.points],
        by=by,
        now=request.now,
    )
    return _told(find(request, pk))


@router.post(
    "/recording-reviews/{uuid:pk}/letter/send", response=LetterTold, auth=GUIDE, summary="Send the letter"
)
def send_letter(request: CallRequest, pk: UUID) -> Any:
    """Send it to the coach; from then on it stays as it is."""
    actions.send(review=_written_by(request, pk), by=request.caller.person, now=request.now)
    return _told(find(request, pk))


# --- development points -------------------------------------------------------------------------


@router.get("/development-points", response=PageOf[PointTold], summary="List development points")
def list_points(request: CallRequest, paging: Query[Paging]) -> Any:
    """List what letters recommended to the caller as a coach."""
    found = assessments.points_of(request.caller.person)
    return page(found, paging, PointTold.model_validate, by="-state_since")


@router.post(
    "/development-points/{uuid:pk}/goal", response={201: GoalTold}, auth=EITHER, summary="Make a goal of it"
)
def make_goal(request: CallRequest, pk: UUID) -> Any:
    """Make a goal of it in the relationship with whoever wrote the letter; again is the same goal."""
    made = development_points.make_goal(point=_point(request, pk), by=request.caller.person, now=request.now)
    return Status(201, goal_told(made))


@router.put("/development-points/{uuid:pk}", response=PointTold, auth=EITHER, summary="Say where it stands")
def mark_point(request: CallRequest, pk: UUID, given: MarkPoint) -> Any:
    """Note that it is done, let go, or worked on again."""
    by = request.caller.person
    development_points.mark(point=_point(request, pk), state=given.state, by=by, now=request.now)
    return PointTold.model_validate(_point(request, pk))


def _written_by(request: CallRequest, pk: UUID) -> Review:
    review = find(request, pk)
    if review.writer_id != request.caller.person.pk:
        raise NotFound(str(review._meta.verbose_name))
    policies.write_letter(request.caller.person, review).require()
    return review


def _point(request: CallRequest, pk: UUID) -> DevelopmentPoint:
    return one(assessments.points_of(request.caller.person), pk)


def _quote(row: LetterQuote) -> QuoteTold:
    fields = {name: getattr(row, name) for name in QuoteTold.model_fields if name != "author"}
    return QuoteTold(author=who(row.evidence.author) if row.evidence else None, **fields)


def _told(review: Review) -> LetterTold:
    letter = queries.of_review(review)
    if letter is None:
        raise NotFound("letter")
    plain = set(LetterTold.model_fields) - {"quotes", "points"}
    return LetterTold(
        quotes=[_quote(row) for row in queries.quotes(letter)],
        points=[PointTold.model_validate(row) for row in queries.points(review)],
        **{name: getattr(letter, name) for name in plain},
    )
