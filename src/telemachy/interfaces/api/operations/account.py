"""What the caller decides for themselves: news, mail, consents, own data, wishes, and how sure one is."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args
from uuid import UUID

from ninja import Router, Status
from pydantic import Field

from telemachy.apps.people.actions import consents, notifications, preferences
from telemachy.apps.people.queries import news, privacy
from telemachy.apps.programmes import queries as programmes
from telemachy.apps.programmes.actions import enrolments
from telemachy.apps.relationships.actions import calendar_feeds, own_data
from telemachy.apps.relationships.queries import calibration
from telemachy.interfaces.api.door import CallRequest
from telemachy.interfaces.api.operations.rows import person_of
from telemachy.interfaces.api.service import Bearer
from telemachy.interfaces.common.agent_rows import who
from telemachy.interfaces.common.agent_shapes import Who
from telemachy.interfaces.common.fields import Given, Told
from telemachy.interfaces.common.lookups import one

if TYPE_CHECKING:
    from telemachy.apps.programmes.models import Enrolment

router = Router(tags=["Me"])
EITHER = Bearer("learn", "guide")
Purpose = Literal["matching"]


class ChooseMail(Given):
    """How often mail comes."""

    mail: Literal["immediate", "daily", "off"]


class PurposeTold(Told):
    """A purpose, the words that are agreed to, and whether the consent holds."""

    purpose: str
    wording: str
    given_at: datetime | None
    withdrawn_at: datetime | None
    holds: bool


class Decide(Given):
    """Whether one agrees."""

    holds: bool


class CopyTold(Told):
    """A copy of the own data; it is fetched from the page."""

    id: UUID
    state: str
    size: int
    requested_at: datetime
    ready_at: datetime | None
    expires_at: datetime | None


class OwnPlace(Told):
    """A place of the caller's in a programme, whom the caller asked for, and whom rather not."""

    id: UUID
    programme_id: UUID
    programme: str
    role: str
    capacity: int
    wishes: list[Who]
    avoided: list[Who]


class Wish(Given):
    """Whom one would like to be matched with, and whom rather not; an empty list takes either back.

    Without `avoided_ids`, those whom one would rather not have stay as they were.
    """

    person_ids: Annotated[list[UUID], Field(max_length=enrolments.MOST_WISHES)]
    avoided_ids: Annotated[list[UUID], Field(max_length=enrolments.MOST_AVOIDED)] | None = None


class BandTold(Told):
    """Situations with a confidence in one band: mean confidence, and the share that was handled well."""

    n: int
    confidence: float
    handled: float


class CalibrationTold(Told):
    """Confidence beside what came of it: above 0 is too sure; null before there is enough to tell."""

    n: int
    bias: float | None
    low: float | None
    high: float | None
    brier: float | None
    bands: list[BandTold]


@router.post("/me/news/{uuid:pk}/read", response={204: None}, auth=EITHER, summary="Mark news as read")
def read_one(request: CallRequest, pk: UUID) -> Any:
    """Note that a piece of news is read."""
    by = request.caller.person
    notifications.mark_read(notification=one(news.of_person(by), pk), by=by, now=request.now)
    return Status(204, None)


@router.put("/me/mail", response={204: None}, auth=EITHER, summary="Choose how often mail comes")
def choose_mail(request: CallRequest, given: ChooseMail) -> Any:
    """Choose mail right away, once a day, or never."""
    by = request.caller.person
    preferences.choose_mail(person=by, mail=given.mail, by=by, now=request.now)
    return Status(204, None)


@router.delete("/me/calendar-feed", response={204: None}, auth=EITHER, summary="End the calendar's address")
def revoke_feed(request: CallRequest) -> Any:
    """Make the secret address of the own calendar useless. A new one is made on its page."""
    calendar_feeds.revoke(by=request.caller.person, now=request.now)
    return Status(204, None)


# --- consent and own data -----------------------------------------------------------------------


@router.get("/me/consents", response=list[PurposeTold], summary="Read what one agreed to")
def list_consents(request: CallRequest) -> Any:
    """Read each purpose, the words that are agreed to, and whether the consent holds."""
    return _consents(request)


@router.put(
    "/me/consents/{purpose}", response=list[PurposeTold], auth=EITHER, summary="Agree, or take it back"
)
def decide_consent(request: CallRequest, purpose: Purpose, given: Decide) -> Any:
    """Agree to a purpose, or take the consent back."""
    by = request.caller.person
    verb = consents.give if given.holds else consents.withdraw
    verb(person=by, purpose=purpose, by=by, now=request.now)
    return _consents(request)


@router.get("/me/copies", response=list[CopyTold], summary="List copies of the own data")
def list_copies(request: CallRequest) -> Any:
    """List the copies of the own data that were asked for, the latest first; twenty at most."""
    return [CopyTold.model_validate(row) for row in privacy.exports_of(request.caller.person)[:20]]


@router.post("/me/copies", response={201: CopyTold}, auth=EITHER, summary="Ask for a copy of the own data")
def ask_for_copy(request: CallRequest) -> Any:
    """Have a copy of everything packed in the background; it is fetched from the page."""
    by = request.caller.person
    return Status(201, CopyTold.model_validate(own_data.request_export(person=by, by=by, now=request.now)))


# --- wishes, and knowing oneself ----------------------------------------------------------------


@router.get("/me/places", response=list[OwnPlace], summary="List own places")
def list_places(request: CallRequest) -> Any:
    """List the caller's places in programmes that go on, with the wishes for the matching."""
    return [_place(row) for row in programmes.own_places(request.caller.person)]


@router.put("/me/places/{uuid:pk}/wishes", response=OwnPlace, auth=EITHER, summary="Say whom one would like")
def wish(request: CallRequest, pk: UUID, given: Wish) -> Any:
    """Name whom one would like to be matched with, and whom rather not.

    The next match weighs the first and promises nothing, and never proposes the second. Nobody named is told.
    """
    by = request.caller.person
    place = one(programmes.own_places(by), pk)
    persons = [person_of(key, by, "person_ids") for key in dict.fromkeys(given.person_ids)]
    avoided = None
    if given.avoided_ids is not None:
        avoided = [person_of(key, by, "avoided_ids") for key in dict.fromkeys(given.avoided_ids)]
    enrolments.wish(enrolment=place, persons=persons, avoided=avoided, by=by, now=request.now)
    return _place(one(programmes.own_places(by), pk))


@router.delete("/me/places/{uuid:pk}", response={204: None}, auth=EITHER, summary="Give a place back")
def give_back(request: CallRequest, pk: UUID) -> Any:
    """Give up one's own place: no new pair is proposed there, and pairs that there are go on."""
    by = request.caller.person
    enrolments.give_back(enrolment=one(programmes.own_places(by), pk), by=by, now=request.now)
    return Status(204, None)


@router.get("/me/calibration", response=CalibrationTold, summary="See how sure one is")
def read_calibration(request: CallRequest) -> Any:
    """Read the own confidence beside what came of it; nobody else sees it."""
    found = calibration.of_learner(request.caller.person).calibration
    if found is None:
        return CalibrationTold(n=0, bias=None, low=None, high=None, brier=None, bands=[])
    return CalibrationTold.model_validate(found)


def _consents(request: CallRequest) -> list[PurposeTold]:
    plain = set(PurposeTold.model_fields) - {"wording"}
    return [
        PurposeTold(wording=str(row.wording), **{name: getattr(row, name) for name in plain})
        for row in privacy.consents_of(request.caller.person)
    ]


def _place(row: Enrolment) -> OwnPlace:
    return OwnPlace(
        id=row.pk,
        programme_id=row.programme_id,
        programme=row.programme.name,
        role=row.role,
        capacity=row.capacity,
        wishes=[who(person) for person in row.preferred.all()],
        avoided=[who(person) for person in row.avoided.all()],
    )


assert set(get_args(Purpose)) == set(privacy.PURPOSES)
