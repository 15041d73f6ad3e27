"""Hours, readiness for credentials, and progress over reviewed recordings: the coach's own."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID

from ninja import Query, Router, Status
from pydantic import AfterValidator, Field

from telemachy.apps.people import queries as people
from telemachy.apps.people.queries import clocks
from telemachy.apps.supervision.actions import credentials
from telemachy.apps.supervision.actions import hours as actions
from telemachy.apps.supervision.policies import rubrics as policies
from telemachy.apps.supervision.queries import hours as queries
from telemachy.apps.supervision.queries import recordings, rubrics
from telemachy.core.assessment import RuleSet
from telemachy.core.shared.errors import BadInput
from telemachy.interfaces.api.door import CallRequest
from telemachy.interfaces.api.paging import PageOf, Paging, page
from telemachy.interfaces.api.service import Bearer
from telemachy.interfaces.common.agent_rows import who
from telemachy.interfaces.common.agent_shapes import Who
from telemachy.interfaces.common.fields import Day, Given, Line, Text, Told, clean, said
from telemachy.interfaces.common.lookups import NotFound, one

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.supervision.models import CredentialRules, HoursEntry

router = Router(tags=["Readiness"])
EITHER, WRITE = Bearer("learn", "guide"), Bearer("guide", "organise")


class HoursTold(Told):
    """Time in mentor coaching, or coaching a client."""

    id: UUID
    kind: str
    held_on: date
    minutes: int
    with_person: Who | None
    with_name: str
    recording_id: UUID | None
    note: str
    logged_at: datetime
    confirmed_at: datetime | None


class HoursToConfirm(Told):
    """Time that somebody logged as spent with whoever asks, without their note."""

    id: UUID
    coach: Who
    kind: str
    held_on: date
    minutes: int


class LogHours(Given):
    """An hour that was: with somebody of the organisation, or a name as one writes it."""

    kind: Literal["individual", "group", "client"]
    held_on: Day
    minutes: Annotated[int, Field(ge=actions.MIN_MINUTES, le=actions.MAX_MINUTES, examples=[60])]
    with_person_id: UUID | None = None
    with_name: Line = ""
    recording_id: UUID | None = None
    note: Annotated[Line, Field(max_length=300)] = ""


class RequirementTold(Told):
    """What is there, needed, and there but does not count; how many more hours in a group would count."""

    requirement: str
    have: float
    need: float
    uncounted: float
    group_left: float | None
    met: bool


class StandingTold(Told):
    """How a coach stands towards a credential; `from_on` is when the months will be over."""

    credential_id: UUID
    name: str
    ready: bool
    from_on: date | None
    requirements: list[RequirementTold]


class CourseTold(Told):
    """Reviews on one rubric, the oldest first, and whether the ratings have levelled off."""

    rubric_id: UUID
    rubric: str
    reviews: list[ReviewedTold]
    plateau: bool
    below: list[str]
    unheard: list[str]
    slope: float | None
    suggests_supervision: bool


class ReviewedTold(Told):
    """One reviewed recording."""

    on: date
    levels: dict[str, int]


class ReadinessTold(Told):
    """Hours by kind, every credential of the organisation, and the way through reviews."""

    hours: dict[str, float]
    standings: list[StandingTold]
    courses: list[CourseTold]


class CredentialTold(Told):
    """What a credential asks for, as the organisation wrote it down."""

    id: UUID
    name: str
    about: str
    mentor_coaching_hours: int
    most_group_hours: int
    months: int
    client_hours: int
    passed_recordings: int


class WriteCredential(Given):
    """What a credential asks for."""

    name: Annotated[
        str,
        Field(min_length=1, max_length=120, examples=["First credential"]),
        AfterValidator(clean),
        AfterValidator(said),
    ]
    about: Text = ""
    mentor_coaching_hours: Annotated[int, Field(ge=0, le=9999)] = 10
    most_group_hours: Annotated[int, Field(ge=0, le=9999)] = 7
    months: Annotated[int, Field(ge=0, le=120)] = 3
    client_hours: Annotated[int, Field(ge=0, le=9999)] = 0
    passed_recordings: Annotated[int, Field(ge=0, le=50)] = 0


@router.get("/me/readiness", response=ReadinessTold, summary="See what is missing for a credential")
def read_readiness(request: CallRequest) -> Any:
    """Read the own hours, what is missing for each credential, and the way through reviews."""
    person = request.caller.person
    return _readiness(person, person, request.now)


@router.get("/people/{uuid:pk}/readiness", response=ReadinessTold, summary="See how a coach stands")
def read_readiness_of(request: CallRequest, pk: UUID) -> Any:
    """Read sums and courses of a coach whose letters the caller writes: no entries of the log."""
    reader = request.caller.person
    return _readiness(one(queries.readable_coaches(reader), pk), reader, request.now)


@router.get("/me/hours", response=PageOf[HoursTold], summary="List the own hours")
def list_hours(request: CallRequest, paging: Query[Paging]) -> Any:
    """List the own log, the latest day first."""
    return page(queries.log_of(request.caller.person), paging, _hours, by="-held_on")


@router.post("/me/hours", response={201: HoursTold}, auth=EITHER, summary="Log hours")
def log_hours(request: CallRequest, given: LogHours) -> Any:
    """Log an hour that was."""
    by = request.caller.person
    made = actions.log(
        with_person=_of_organisation(given.with_person_id, by),
        recording=_recording(given.recording_id, by),
        by=by,
        now=request.now,
        **given.model_dump(exclude={"with_person_id", "recording_id"}),
    )
    return Status(201, _hours(made))


@router.get("/me/hours-to-confirm", response=PageOf[HoursToConfirm], summary="List hours to confirm")
def list_hours_to_confirm(request: CallRequest, paging: Query[Paging]) -> Any:
    """List hours that others logged as spent with whoever asks, the latest first."""
    return page(queries.to_confirm(request.caller.person), paging, _to_confirm, by="-held_on")


@router.post("/me/hours-to-confirm/{uuid:pk}", response={204: None}, auth=EITHER, summary="Confirm an hour")
def confirm_hours(request: CallRequest, pk: UUID) -> Any:
    """Say that an hour somebody logged was so."""
    by = request.caller.person
    actions.confirm(entry=one(queries.to_confirm(by), pk), by=by, now=request.now)
    return Status(204, None)


@router.delete("/me/hours/{uuid:pk}", response={204: None}, auth=EITHER, summary="Take an entry out")
def remove_hours(request: CallRequest, pk: UUID) -> Any:
    """Take an entry out of the own log."""
    by = request.caller.person
    actions.remove(entry=one(queries.log_of(by), pk), by=by, now=request.now)
    return Status(204, None)


@router.delete(
    "/me/readiness/hints/{uuid:rubric}",
    response={204: None},
    auth=EITHER,
    summary="Put the hint at supervision aside",
)
def put_aside(request: CallRequest, rubric: UUID) -> Any:
    """Put the suggestion to move on to supervision aside until the next review on this rubric."""
    by = request.caller.person
    found = one(rubrics.visible_to(by), rubric)
    actions.put_supervision_aside(rubric=found, by=by, now=request.now)
    return Status(204, None)


# --- what credentials ask for -------------------------------------------------------------------


@router.get(
    "/credentials",
    response=list[CredentialTold],
    auth=Bearer("read", "organise"),
    summary="List credentials",
)
def list_credentials(request: CallRequest) -> Any:
    """List what credentials ask for in the organisation."""
    return [CredentialTold.model_validate(row) for row in queries.in_use(request.caller.person)[:500]]


@router.post("/credentials", response={201: CredentialTold}, auth=WRITE, summary="Write a credential down")
def add_credential(request: CallRequest, given: WriteCredential) -> Any:
    """Write down what a credential asks for."""
    made = credentials.add(by=request.caller.person, now=request.now, **_rules(given))
    return Status(201, CredentialTold.model_validate(made))


@router.put("/credentials/{uuid:pk}", response=CredentialTold, auth=WRITE, summary="Change a credential")
def revise_credential(request: CallRequest, pk: UUID, given: WriteCredential) -> Any:
    """Change what it asks for; everybody's readiness follows at once."""
    credentials.revise(
        row=_credential(request, pk), by=request.caller.person, now=request.now, **_rules(given)
    )
    return CredentialTold.model_validate(_credential(request, pk))


@router.delete("/credentials/{uuid:pk}", response={204: None}, auth=WRITE, summary="Archive a credential")
def archive_credential(request: CallRequest, pk: UUID) -> Any:
    """Take it out of use."""
    credentials.archive(row=_credential(request, pk), by=request.caller.person, now=request.now)
    return Status(204, None)


def _readiness(coach: Person, reader: Person, now: datetime) -> ReadinessTold:
    today = clocks.local_day(coach, now)
    return ReadinessTold(
        hours=queries.totals(coach),
        standings=[_standing(row) for row in queries.standings(coach, today)],
        courses=[_course(row) for row in queries.courses(coach, reader)],
    )


def _standing(row: queries.Standing) -> StandingTold:
    return StandingTold(
        credential_id=row.rules.pk,
        name=row.rules.name,
        ready=row.readiness.ready,
        from_on=row.readiness.from_on,
        requirements=[RequirementTold.model_validate(line) for line in row.readiness.lines],
    )


def _course(row: queries.Course) -> CourseTold:
    return CourseTold(
        rubric_id=row.rubric.pk,
        rubric=row.rubric.name,
        reviews=[ReviewedTold(on=each.on, levels=dict(each.levels)) for each in row.reviewed],
        plateau=row.plateau.reached,
        below=list(row.plateau.below),
        unheard=list(row.plateau.unheard),
        slope=row.plateau.slope,
        suggests_supervision=row.suggests_supervision,
    )


def _hours(row: HoursEntry) -> HoursTold:
    fields = {name: getattr(row, name) for name in HoursTold.model_fields if name != "with_person"}
    return HoursTold(with_person=who(row.with_person) if row.with_person else None, **fields)


def _to_confirm(row: HoursEntry) -> HoursToConfirm:
    fields = {name: getattr(row, name) for name in ("id", "kind", "held_on", "minutes")}
    return HoursToConfirm(coach=who(row.coach), **fields)


def _of_organisation(key: UUID | None, by: Person) -> Person | None:
    if key is None:
        return None
    found = people.of_organisation(by).filter(pk=key).first()
    if found is None:
        raise BadInput("Name somebody of your organisation.", field="with_person_id")
    return found


def _recording(key: UUID | None, by: Person) -> Any:
    if key is None:
        return None
    found = recordings.named_in(by).filter(pk=key, coach=by).first()
    if found is None:
        raise BadInput("Name one of your own recordings.", field="recording_id")
    return found


def _credential(request: CallRequest, pk: UUID) -> CredentialRules:
    """Return a rule set that the caller may write. Raises NotFound."""
    by = request.caller.person
    row = one(queries.in_use(by), pk)
    if not policies.manage(by, row.organisation_id):
        raise NotFound(str(row._meta.verbose_name))
    return row


def _rules(given: WriteCredential) -> dict[str, Any]:
    asked = given.model_dump(include=set(asdict(RuleSet())))
    return {"name": given.name, "about": given.about, "rules": RuleSet(**asked)}
