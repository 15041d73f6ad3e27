"""Recorded conversations: the files, who is who in them, and how long an organisation keeps them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from telemachy.apps.supervision.actions import recordings as actions
from telemachy.apps.supervision.actions import rules, transcripts
from telemachy.apps.supervision.policies import recordings as policies
from telemachy.apps.supervision.queries import recordings as queries
from telemachy.apps.supervision.queries import transcripts as transcript_queries
from telemachy.core.conversation.transcript import ERRORS, TranscriptError
from telemachy.core.shared.errors import BadInput
from telemachy.core.shared.wording import fill
from telemachy.interfaces.api import files
from telemachy.interfaces.api.door import CallRequest
from telemachy.interfaces.api.paging import PageOf, Paging, page
from telemachy.interfaces.api.service import Bearer
from telemachy.interfaces.common.agent_rows import who
from telemachy.interfaces.common.agent_shapes import Who
from telemachy.interfaces.common.fields import Given, Line, Told
from telemachy.interfaces.common.lookups import NotFound, one

if TYPE_CHECKING:
    from telemachy.apps.supervision.models import Recording

router = Router(tags=["Recordings"])
EITHER, ORGANISE = Bearer("learn", "guide"), Bearer("organise")


class RecordingRow(Told):
    """A recording in a list."""

    id: UUID
    relationship_id: UUID
    coach: Who
    client: Who
    title: str
    held_on: date
    state: str
    state_since: datetime
    n_turns: int


class RecordingTold(RecordingRow):
    """A recording with what it waits for; `problem` says why the last transcription came to nothing."""

    listeners: list[Who]
    has_sound: bool
    keep_until: date | None
    problem: str


class RecordingStep(Given):
    """What is done with the files: have sound written down, or begin anew with the transcript."""

    verb: Literal["transcribe", "remap", "discard_transcript"]


class Speaker(Told):
    """A name of the transcript, the seat it is taken for ("" for neither), and how it begins."""

    name: str
    seat: str
    n_words: int
    opening: str


class Seated(Given):
    """Who sits where; "" leaves out what this one says."""

    name: Line
    seat: Literal["coach", "client", ""]


class MapSpeakers(Given):
    """A seat for every name of the transcript."""

    speakers: Annotated[list[Seated], Field(min_length=2, max_length=actions.MAX_SPEAKERS)]


class RecordingRules(Given):
    """How long an organisation keeps sound and words, and whether pairs may let their corrections train."""

    keep_days: Annotated[int, Field(ge=1, le=30_000)]
    learning: bool


class RecordingRulesTold(Told):
    """What holds for an organisation's recordings."""

    keep_days: int
    learning: bool


@router.get("/recordings", response=PageOf[RecordingRow], summary="List recordings")
def list_recordings(request: CallRequest, paging: Query[Paging], relationship_id: UUID | None = None) -> Any:
    """List the recordings that the caller may open: as coach, as client, or named by the terms in force."""
    found = queries.named_in(request.caller.person)
    found = found.filter(relationship_id=relationship_id) if relationship_id else found
    return page(found, paging, line, by="-held_on")


@router.get("/recordings/{uuid:pk}", response=RecordingTold, summary="Read a recording")
def read_recording(request: CallRequest, pk: UUID) -> Any:
    """Read how far it has come, and who may hear and read it."""
    return told(find(request, pk))


# --- files --------------------------------------------------------------------------------------


@router.put(
    "/recordings/{uuid:pk}/audio",
    response=RecordingTold,
    auth=EITHER,
    summary="Hand in the sound",
    openapi_extra=files.TAKES,
)
def upload_sound(request: CallRequest, pk: UUID) -> Any:
    """Hand in the sound as it is: MP3, M4A, WAV, Ogg, FLAC or WebM without a picture."""
    return _upload(request, pk, "audio")


@router.get("/recordings/{uuid:pk}/audio", summary="Fetch the sound", openapi_extra=files.GIVES)
def fetch_sound(request: CallRequest, pk: UUID) -> Any:
    """Fetch the sound, as whom the terms in force name."""
    recording = find(request, pk)
    if not recording.audio or not policies.read(request.caller.person, recording):
        raise NotFound(_("sound"))
    return files.download(recording.audio, f"{recording.held_on}", files.MEDIA_TYPE)


@router.put(
    "/recordings/{uuid:pk}/transcript",
    response=RecordingTold,
    auth=EITHER,
    summary="Hand in the transcript",
    openapi_extra=files.TAKES,
)
def upload_transcript(request: CallRequest, pk: UUID) -> Any:
    """Hand in a transcript as it is: VTT, SRT, JSON of Whisper, or text with names."""
    return _upload(request, pk, "transcript")


@router.post("/recordings/{uuid:pk}/steps", response=RecordingTold, auth=EITHER, summary="Take a step")
def step_recording(request: CallRequest, pk: UUID, given: RecordingStep) -> Any:
    """Have the sound written down, tell the speakers apart anew, or throw an unconfirmed transcript away."""
    verbs = {
        "transcribe": transcripts.request,
        "remap": actions.remap,
        "discard_transcript": actions.discard_transcript,
    }
    verbs[given.verb](recording=find(request, pk), by=request.caller.person, now=request.now)
    return told(find(request, pk))


@router.get("/recordings/{uuid:pk}/speakers", response=list[Speaker], summary="Read who is taken for whom")
def read_speakers(request: CallRequest, pk: UUID) -> Any:
    """Read every name of the transcript with the seat it is taken for, as its coach."""
    recording = find(request, pk)
    policies.map_speakers(request.caller.person, recording).require()
    heard = transcript_queries.voices(recording)
    return [
        Speaker(name=name, seat=seat, n_words=heard[name].n_words, opening=heard[name].opening)
        for name, seat in recording.seats.items()
        if name in heard
    ]


@router.put("/recordings/{uuid:pk}/speakers", response=RecordingTold, auth=EITHER, summary="Say who is who")
def map_speakers(request: CallRequest, pk: UUID, given: MapSpeakers) -> Any:
    """Confirm who coaches and who is the client; a short conversation is coded at once."""
    seats = {each.name: each.seat for each in given.speakers}
    recording = find(request, pk)
    try:
        actions.map_speakers(recording=recording, seats=seats, by=request.caller.person, now=request.now)
    except TranscriptError as error:
        raise _named(error) from error
    return told(find(request, pk))


# --- what an organisation lays down -------------------------------------------------------------


@router.get(
    "/recording-rules",
    response=RecordingRulesTold,
    auth=Bearer("read", "organise"),
    summary="Read what holds for recordings",
)
def read_rules(request: CallRequest) -> Any:
    """Read how long recordings are kept at most, and whether corrections may train."""
    return _rules(request)


@router.put(
    "/recording-rules", response=RecordingRulesTold, auth=ORGANISE, summary="Lay down what holds for them"
)
def set_rules(request: CallRequest, given: RecordingRules) -> Any:
    """Lay down what holds for the organisation's recordings, as its administrator."""
    by = request.caller.person
    rules.set_rules(organisation=by.organisation, by=by, now=request.now, **given.model_dump())
    return _rules(request)


def find(request: CallRequest, pk: UUID) -> Recording:
    """Return a recording that the caller may open. Raises NotFound."""
    return one(queries.named_in(request.caller.person), pk)


def _upload(request: CallRequest, pk: UUID, part: str) -> RecordingTold:
    recording = find(request, pk)
    file = {part: files.taken(request)}
    try:
        actions.upload(recording=recording, by=request.caller.person, now=request.now, **file)
    except TranscriptError as error:
        raise _named(error) from error
    return told(find(request, pk))


def _named(error: TranscriptError) -> BadInput:
    """Return the error in the caller's language, with its line and its mend."""
    wrong, mend = ERRORS[error.code]
    return BadInput(f"{fill(_(wrong), error.params)} {_(mend)}")


def line(row: Recording) -> RecordingRow:
    """Return a recording as a line of a list."""
    return RecordingRow(**_fields(row))


def told(row: Recording) -> RecordingTold:
    """Return a recording as it is told."""
    return RecordingTold(
        listeners=[who(person) for person in queries.listeners(row)],
        has_sound=bool(row.audio),
        keep_until=row.terms.keep_until if row.terms else None,
        problem=row.problem,
        **_fields(row),
    )


def _fields(row: Recording) -> dict[str, Any]:
    plain = set(RecordingRow.model_fields) - {"coach", "client"}
    return {name: getattr(row, name) for name in plain} | {"coach": who(row.coach), "client": who(row.client)}


def _rules(request: CallRequest) -> RecordingRulesTold:
    organisation = request.caller.person.organisation
    return RecordingRulesTold(
        keep_days=queries.keep_days(organisation), learning=queries.learns(organisation)
    )
