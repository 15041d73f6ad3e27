"""Whoever calls: profile, news, own lessons, reflections, pulses, and feedback."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args
from uuid import UUID
from zoneinfo import available_timezones

from django.http import HttpResponse
from ninja import Query, Router, Status
from pydantic import AfterValidator, Field

from telemachy.apps.people.actions import notifications, profiles
from telemachy.apps.people.queries import news
from telemachy.apps.relationships.actions import feedback, lessons, pulses, reflections
from telemachy.apps.relationships.queries import development, own_lessons, relationships
from telemachy.apps.relationships.queries import feedback as feedback_queries
from telemachy.apps.relationships.queries.pulses import QUESTIONS
from telemachy.interfaces.api.door import CallRequest
from telemachy.interfaces.api.operations.rows import person_of
from telemachy.interfaces.api.paging import PageOf, Paging, page
from telemachy.interfaces.api.service import Bearer
from telemachy.interfaces.common import agent_shapes as shapes
from telemachy.interfaces.common.fields import Day, Given, Grade, Line, Tags, Text, Told
from telemachy.interfaces.common.lookups import one

if TYPE_CHECKING:
    from telemachy.apps.people.models import Notification
    from telemachy.apps.relationships.models import Reflection, Relationship

router = Router(tags=["Me"])
EITHER = Bearer("learn", "guide")
#: Every token may know whom it stands for.
ANY = Bearer("read", "learn", "guide", "manage", "organise", "check")


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("must be a time zone such as Europe/Athens")
    return name


class Me(Told):
    """Whom the token stands for, and what it may do."""

    id: UUID
    name: str
    kind: str
    organisation: str
    is_administrator: bool
    time_zone: str
    scopes: list[str]


class Profile(Told):
    """What a person says of themselves."""

    name: str
    job_title: str
    function: str
    location: str
    time_zone: str
    languages: list[str]
    skills_offered: list[str]
    skills_sought: list[str]
    goals_text: str
    style: str
    about: str


Zone = Annotated[str, Field(max_length=64, examples=["Europe/Athens"]), AfterValidator(_zone)]


class ChangeProfile(Given):
    """What is to change; fields left out stay."""

    name: Annotated[Line, Field(min_length=1)] | None = None
    job_title: Line | None = None
    function: Line | None = None
    location: Line | None = None
    time_zone: Zone | None = None
    languages: Tags | None = None
    skills_offered: Tags | None = None
    skills_sought: Tags | None = None
    goals_text: Text | None = None
    style: Literal["", "reflective", "direct", "exploring", "practical"] | None = None
    about: Text | None = None


class Availability(Given):
    """How many learners one takes, and until when no new pairs."""

    capacity: Annotated[int, Field(ge=1, le=20)]
    paused_until: Day | None = None


class News(Told):
    """A piece of news."""

    id: UUID
    kind: str
    sentence: str
    path: str
    created_at: datetime
    read_at: datetime | None


class ReflectionTold(Told):
    """A private thought, or one that is shared with the pair."""

    id: UUID
    relationship_id: UUID | None
    prompt: str
    text: str
    shared: bool
    written_at: datetime


class WriteReflection(Given):
    """A thought to keep."""

    text: Annotated[Text, Field(min_length=1)]
    prompt: Annotated[str, Field(max_length=300, pattern=r"^[^\u0000]*$")] = ""
    relationship_id: UUID | None = None
    shared: bool = False


class Share(Given):
    """Whether the others of the relationship read it."""

    shared: bool


class AnswerPulse(Given):
    """How it feels, from 1 to 5."""

    question: Literal["safety", "clarity", "value", "reliance"]
    answer: Grade


class GiveFeedback(Given):
    """What helped and what to wish for."""

    about_id: UUID
    helped: Text = ""
    wish: Text = ""


class FeedbackTold(Told):
    """Feedback between the two."""

    id: UUID
    author_id: UUID
    about_id: UUID
    helped: str
    wish: str
    given_at: datetime


assert set(get_args(AnswerPulse.model_fields["question"].annotation)) == set(QUESTIONS)


@router.get("/me", response=Me, auth=ANY, summary="See whom the token stands for")
def read_me(request: CallRequest) -> Any:
    """Tell who calls and what the token may do."""
    person, token = request.caller.person, request.caller.token
    return Me(
        id=person.pk,
        name=person.name,
        kind=person.kind,
        organisation=person.organisation.name,
        is_administrator=person.is_administrator,
        time_zone=person.time_zone,
        scopes=token.scopes,
    )


@router.get("/me/profile", response=Profile, summary="Read the own profile")
def read_profile(request: CallRequest) -> Any:
    """Read what one says of oneself."""
    return Profile.model_validate(request.caller.person)


@router.patch("/me/profile", response=Profile, auth=EITHER, summary="Change the own profile")
def change_profile(request: CallRequest, given: ChangeProfile) -> Any:
    """Change what is sent."""
    person = request.caller.person
    changed = {
        name: value for name, value in given.model_dump(exclude_unset=True).items() if value is not None
    }
    profiles.change(person=person, by=person, now=request.now, **changed)
    return Profile.model_validate(person)


@router.put("/me/availability", response={204: None}, auth=EITHER, summary="Set the own availability")
def set_availability(request: CallRequest, given: Availability) -> Any:
    """Say how many learners one takes, and until when one takes no new pairs."""
    person = request.caller.person
    profiles.set_availability(person=person, by=person, now=request.now, **given.model_dump())
    return Status(204, None)


@router.get("/me/news", response=PageOf[News], summary="List news")
def list_news(request: CallRequest, paging: Query[Paging], unread: bool = False) -> Any:
    """List what happened that concerns the caller, the latest first."""
    found = request.caller.person.notifications.all()
    return page(found.filter(read_at__isnull=True) if unread else found, paging, _news)


@router.post("/me/news/read", response={204: None}, auth=EITHER, summary="Mark all news as read")
def read_news(request: CallRequest) -> Any:
    """Note that everything is read."""
    person = request.caller.person
    notifications.mark_all_read(person=person, by=person, now=request.now)
    return Status(204, None)


@router.get("/me/lessons", response=shapes.OwnLessons, summary="Read the own lessons")
def read_lessons(request: CallRequest) -> Any:
    """Read what the caller wrote down for itself."""
    return shapes.OwnLessons(text=own_lessons.text_of(request.caller.person))


@router.put("/me/lessons", response=shapes.OwnLessons, auth=Bearer("learn"), summary="Write the own lessons")
def write_lessons(request: CallRequest, given: shapes.OwnLessons) -> Any:
    """Keep what the learner takes along, in its own words."""
    person = request.caller.person
    lessons.write_own(person=person, text=given.text, by=person, now=request.now)
    return shapes.OwnLessons(text=own_lessons.text_of(person))


@router.get(
    "/me/lessons.md",
    summary="Take the own lessons along",
    openapi_extra={"responses": {200: {"content": {"text/markdown": {"schema": {"type": "string"}}}}}},
)
def take_lessons(request: CallRequest) -> HttpResponse:
    """Return the own lessons as a SKILL.md."""
    return HttpResponse(
        own_lessons.skill_of(request.caller.person), content_type="text/markdown; charset=utf-8"
    )


# --- reflections, pulses, feedback --------------------------------------------------------------


@router.get("/me/reflections", response=PageOf[ReflectionTold], summary="List reflections")
def list_reflections(request: CallRequest, paging: Query[Paging]) -> Any:
    """List the caller's own reflections."""
    found = development.reflections_of(request.caller.person)
    return page(found, paging, ReflectionTold.model_validate, by="-written_at")


@router.post("/me/reflections", response={201: ReflectionTold}, auth=EITHER, summary="Write a reflection")
def write_reflection(request: CallRequest, given: WriteReflection) -> Any:
    """Keep a thought, for oneself or shared with a relationship."""
    relationship = _relationship(request, given.relationship_id) if given.relationship_id else None
    made = reflections.write(
        relationship=relationship,
        by=request.caller.person,
        now=request.now,
        **given.model_dump(exclude={"relationship_id"}),
    )
    return Status(201, ReflectionTold.model_validate(made))


@router.put(
    "/me/reflections/{uuid:pk}/shared", response=ReflectionTold, auth=EITHER, summary="Share or take back"
)
def share_reflection(request: CallRequest, pk: UUID, given: Share) -> Any:
    """Let the others of the relationship read it, or take it back."""
    found = _reflection(request, pk)
    reflections.share(reflection=found, shared=given.shared, by=request.caller.person, now=request.now)
    return ReflectionTold.model_validate(_reflection(request, pk))


@router.delete("/me/reflections/{uuid:pk}", response={204: None}, auth=EITHER, summary="Delete a reflection")
def remove_reflection(request: CallRequest, pk: UUID) -> Any:
    """Delete a reflection for good."""
    reflections.remove(reflection=_reflection(request, pk), by=request.caller.person, now=request.now)
    return Status(204, None)


@router.post("/relationships/{uuid:pk}/pulses", response={204: None}, auth=EITHER, summary="Answer a pulse")
def answer_pulse(request: CallRequest, pk: UUID, given: AnswerPulse) -> Any:
    """Say how it feels; those who run the programme see groups of five or more."""
    values = given.model_dump()
    pulses.answer(
        relationship=_relationship(request, pk), by=request.caller.person, now=request.now, **values
    )
    return Status(204, None)


@router.get("/relationships/{uuid:pk}/feedback", response=list[FeedbackTold], summary="Read feedback")
def read_feedback(request: CallRequest, pk: UUID) -> Any:
    """Read what the caller gave and received in the relationship."""
    found = feedback_queries.of_two(_relationship(request, pk), request.caller.person)
    return [FeedbackTold.model_validate(row) for row in found[:200]]


@router.post(
    "/relationships/{uuid:pk}/feedback", response={201: FeedbackTold}, auth=EITHER, summary="Give feedback"
)
def give_feedback(request: CallRequest, pk: UUID, given: GiveFeedback) -> Any:
    """Tell the other what helped and what to wish for."""
    by = request.caller.person
    made = feedback.give(
        relationship=_relationship(request, pk),
        about=person_of(given.about_id, by, "about_id"),
        helped=given.helped,
        wish=given.wish,
        by=by,
        now=request.now,
    )
    return Status(201, FeedbackTold.model_validate(made))


def _relationship(request: CallRequest, pk: UUID) -> Relationship:
    return one(relationships.for_page(request.caller.person), pk)


def _reflection(request: CallRequest, pk: UUID) -> Reflection:
    return one(request.caller.person.reflections.all(), pk)


def _news(row: Notification) -> News:
    fields = {name: getattr(row, name) for name in News.model_fields if name != "sentence"}
    return News(sentence=news.sentence(row), **fields)
