"""What is said in a recording: turns with their codes, corrections, measures, and evidence."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args
from uuid import UUID

from ninja import Path, Query, Router, Status
from pydantic import Field

from telemachy.apps.supervision.actions import codes
from telemachy.apps.supervision.actions import evidence as actions
from telemachy.apps.supervision.queries import evidence, recordings
from telemachy.core.conversation import kinds
from telemachy.core.shared.errors import BadInput
from telemachy.interfaces.api.door import CallRequest
from telemachy.interfaces.api.operations.recordings import find
from telemachy.interfaces.api.paging import PageOf, Paging, page
from telemachy.interfaces.api.service import Bearer
from telemachy.interfaces.common.agent_rows import who
from telemachy.interfaces.common.agent_shapes import Who
from telemachy.interfaces.common.fields import Given, Text, Told
from telemachy.interfaces.common.lookups import NotFound, one

if TYPE_CHECKING:
    from telemachy.apps.supervision.models import Evidence, Recording, Utterance

router = Router(tags=["Recordings"])
EITHER = Bearer("learn", "guide")
#: What a code may say beside its kind.
MARKS = ("stacked", "leading", "advice", "permission", "affirmation")
Number = Path[Annotated[int, Field(ge=0, le=1_000_000)]]


class TurnTold(Told):
    """A turn: what was said, and what it is where the coach said it; a person's word before the engine's."""

    number: int
    seat: str
    start: float | None
    end: float | None
    text: str
    kind: str
    marks: list[str]
    is_unsure: bool
    is_corrected: bool


class Correct(Given):
    """What the turn is; "" brings the engine's code back."""

    kind: Literal["", "open_question", "closed_question", "reflection", "input", "other"]


class MeasureTold(Told):
    """A count with its range, its source and its limits; no score, and no guess at anybody's emotion."""

    name: str
    label: str
    value: float | dict[str, float] | None
    low: float | None
    high: float | None
    unit: str
    n: int
    evidence: list[int]
    threshold: dict[str, float] | None
    source: str
    caveats: list[str]


class Pin(Given):
    """A competency of the rubric by its code, what was noticed, or both."""

    competency: Annotated[str, Field(max_length=40, pattern=r"^[^\u0000]*$", examples=["A"])] = ""
    marker: Annotated[str, Field(max_length=40, pattern=r"^[^\u0000]*$", examples=["A.1"])] = ""
    note: Annotated[Text, Field(max_length=2_000, examples=["Waits for the answer."])] = ""


class PinTold(Told):
    """Evidence: a moment that somebody pinned."""

    id: UUID
    recording_id: UUID
    turn: int
    author: Who
    quote: str
    start: float | None
    competency: str
    marker: str
    note: str
    pinned_at: datetime


assert set(get_args(Correct.model_fields["kind"].annotation)) == {"", *kinds.KINDS}


@router.get("/recordings/{uuid:pk}/turns", response=PageOf[TurnTold], summary="Read the turns")
def list_turns(request: CallRequest, pk: UUID, paging: Query[Paging]) -> Any:
    """Read what was said in its order, as whom the terms in force name."""
    return page(recordings.turns_of(_readable(request, pk)), paging, _turn, by="number")


@router.put(
    "/recordings/{uuid:pk}/turns/{int:number}", response=TurnTold, auth=EITHER, summary="Correct a code"
)
def correct(request: CallRequest, pk: UUID, number: Number, given: Correct) -> Any:
    """Say what a turn of the coach is; the measures follow."""
    by = request.caller.person
    recording = _readable(request, pk)
    _turn_of(recording, number)
    codes.correct(recording=recording, number=number, kind=given.kind, by=by, now=request.now)
    return _turn(_turn_of(recording, number))


@router.get("/recordings/{uuid:pk}/measures", response=list[MeasureTold], summary="Read the measures")
def read_measures(request: CallRequest, pk: UUID) -> Any:
    """Read what the conversation looks like in counts, each with the turns behind it."""
    recording = find(request, pk)
    if recording.state not in ("ready", "expired"):
        raise NotFound("measure")
    plain = set(MeasureTold.model_fields) - {"name"}
    return [
        MeasureTold(name=name, **{key: one_[key] for key in plain})
        for name, one_ in recording.measures.items()
    ]


@router.get("/recordings/{uuid:pk}/evidence", response=list[PinTold], summary="List evidence")
def list_evidence(request: CallRequest, pk: UUID) -> Any:
    """List what was pinned, without what others pinned who have still to rate blind."""
    recording = find(request, pk)
    rows = evidence.visible_to(request.caller.person, recording).order_by("utterance__number", "pinned_at")
    return [_pin(row) for row in rows[:1000]]


@router.post(
    "/recordings/{uuid:pk}/turns/{int:number}/evidence",
    response={201: PinTold},
    auth=EITHER,
    summary="Pin evidence",
)
def pin(request: CallRequest, pk: UUID, number: Number, given: Pin) -> Any:
    """Pin a turn to a competency of the rubric, or note what is heard in it."""
    by = request.caller.person
    recording = _readable(request, pk)
    _turn_of(recording, number)
    _check_code(recording, given, request)
    made = actions.pin(recording=recording, number=number, by=by, now=request.now, **given.model_dump())
    return Status(201, _pin(one(evidence.own(by), made.pk)))


@router.delete("/evidence/{uuid:pk}", response={204: None}, auth=EITHER, summary="Take a pin off")
def unpin(request: CallRequest, pk: UUID) -> Any:
    """Take one's own pin off."""
    by = request.caller.person
    actions.unpin(evidence=one(evidence.own(by), pk), by=by, now=request.now)
    return Status(204, None)


def _readable(request: CallRequest, pk: UUID) -> Recording:
    return one(recordings.readable_by(request.caller.person), pk)


def _turn_of(recording: Recording, number: int) -> Utterance:
    found = recordings.turns_of(recording).filter(number=number).first()
    if found is None:
        raise NotFound("turn")
    return found


def _check_code(recording: Recording, given: Pin, request: CallRequest) -> None:
    """Refuse codes that the rubric does not have, as the page's list of choices does."""
    if not given.competency and not given.marker:
        return
    rubric = evidence.rubric_for(request.caller.person, recording)
    competency = rubric.competency(given.competency) if rubric else None
    if competency is None:
        raise BadInput("Name a competency of the rubric by its code.", field="competency")
    if given.marker and given.marker not in {marker.code for marker in competency.markers}:
        raise BadInput("Name a marker of the competency by its code.", field="marker")


def _turn(row: Utterance) -> TurnTold:
    code = row.holds
    return TurnTold(
        kind=kinds.kind_of(code),
        marks=[mark for mark in MARKS if code.get(mark)],
        is_unsure=bool(code.get("unsure")),
        is_corrected=row.corrected is not None,
        **{name: getattr(row, name) for name in ("number", "seat", "start", "end", "text")},
    )


def _pin(row: Evidence) -> PinTold:
    fields = {name: getattr(row, name) for name in PinTold.model_fields if name not in {"turn", "author"}}
    return PinTold(turn=row.utterance.number, author=who(row.author), **fields)
