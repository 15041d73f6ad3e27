"""Hand in a recording, say who is who in it, have it coded, and let it go when its day is over."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files import File
from django.urls import reverse
from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events, queue
from telemachy.apps.base import insert_many
from telemachy.apps.people.actions import notifications
from telemachy.apps.supervision import snapshots
from telemachy.apps.supervision.actions import files
from telemachy.apps.supervision.models import Recording, Utterance
from telemachy.apps.supervision.policies import recordings as policies
from telemachy.apps.supervision.queries import recordings as queries
from telemachy.apps.supervision.queries import transcripts
from telemachy.core import conversation
from telemachy.core.conversation.transcript import MAX_BYTES
from telemachy.core.shared.audiokinds import ENDINGS, audio_kind_of
from telemachy.core.shared.errors import BadInput
from telemachy.core.shared.lifecycles import RECORDING

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

#: A conversation of two; tools name a few more by mistake.
MAX_SPEAKERS = 12
#: Up to so many turns the upload waits for the codes; more are coded by a worker.
AT_ONCE = 600
#: Bytes at the beginning of a file that tell text from anything else.
_HEAD = 4_096
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@action
def upload(
    *,
    recording: Recording,
    audio: File[bytes] | None = None,
    transcript: File[bytes] | None = None,
    by: Person,
    now: datetime,
) -> None:
    """Keep the sound, the transcript, or both; nothing of either if one cannot be used.

    Raises NotAllowed, BadInput, and TranscriptError with the line for a transcript that cannot be read.
    """
    recording = queries.locked(recording)
    policies.upload(by, recording).require()
    if audio is None and transcript is None:
        raise BadInput(_("Choose the sound, the transcript, or both."))
    kind = _kind_of(audio) if audio is not None else ""
    data = b""
    if transcript is not None:
        policies.replace_transcript(by, recording).require()
        if audio_kind_of(transcript) is not None:
            raise BadInput(
                _("This is sound: it belongs under “Sound”, a transcript is text."), field="transcript"
            )
        data = transcript.read(MAX_BYTES + 1)
        _take_in(recording, data, now)
    with files.storing() as keep:
        if audio is not None:
            files.delete_file(recording.audio)
            recording.audio = keep(recording.audio, audio, ENDINGS[kind])
            recording.audio_type, recording.audio_size = kind, audio.size or 0
        if transcript is not None:
            recording.transcript = keep(recording.transcript, BytesIO(data), ".txt")
        recording.uploaded_at = recording.uploaded_at or now
        recording.save()
        events.record(
            "recording.uploaded",
            by=by,
            now=now,
            on=recording,
            bytes_of_sound=recording.audio_size if audio is not None else 0,
            bytes_of_text=len(data),
        )


def _kind_of(audio: File[bytes]) -> str:
    if not audio.size:
        raise BadInput(_("The file is empty."), field="audio")
    if audio.size > settings.MAX_RECORDING_BYTES:
        raise BadInput(
            _("The file is larger than %(n)d MB. Save the sound alone, as MP3 or M4A.")
            % {"n": settings.MAX_RECORDING_BYTES // (1024 * 1024)},
            field="audio",
        )
    kind = audio_kind_of(audio)
    if kind is None and _is_text(audio):
        raise BadInput(_("This is text, not sound: it belongs under “Transcript”."), field="audio")
    if kind is None:
        raise BadInput(
            _("This is no sound that can be played here. Possible: MP3, M4A, WAV, Ogg, FLAC, WebM; no film."),
            field="audio",
        )
    return kind


def _is_text(file: File[bytes]) -> bool:
    file.seek(0)
    return b"\x00" not in file.read(_HEAD)


def _take_in(recording: Recording, data: bytes, now: datetime) -> None:
    """Read a transcript into the row; raise TranscriptError, or BadInput if it is not of two people."""
    read = conversation.read_transcript(data)
    guess = conversation.seats(read)
    if len(guess) > MAX_SPEAKERS:
        raise BadInput(
            _("The transcript names %(n)d people; a recording here is of two. Write their names alike.")
            % {"n": len(guess)},
            field="transcript",
        )
    if len(set(guess.values())) < 2:
        raise BadInput(
            _("The transcript names %(name)s alone. Put a name before what the other one says, too.")
            % {"name": next(iter(guess))},
            field="transcript",
        )
    recording.notes = [
        [note.code, note.line, {key: _plain(value) for key, value in note.params}] for note in read.notes
    ]
    recording.n_notes, recording.seats, recording.problem = read.n_notes, dict(guess), ""
    recording.state, recording.state_since = RECORDING.target(recording.state, "read"), now


@action
def take_transcript(*, recording: Recording, data: bytes, by: None, now: datetime) -> None:
    """Keep what the transcriber wrote, unless nobody waits for it any more.

    Raises TranscriptError, BadInput as `upload` does.
    """
    recording = queries.locked(recording)
    if recording.state != "transcribing":
        events.unchanged()
        return
    _take_in(recording, data, now)
    with files.storing() as keep:
        recording.transcript = keep(recording.transcript, BytesIO(data), ".txt")
        recording.save()
        _record("recording.transcribed", recording, now, bytes_of_text=len(data))
    _tell_coach("recording.transcribed", recording, now)


@action
def discard_transcript(*, recording: Recording, by: Person, now: datetime) -> None:
    """Throw the transcript away before its speakers are confirmed. Raises NotAllowed."""
    recording = queries.locked(recording)
    policies.map_speakers(by, recording).require()
    files.delete_file(recording.transcript)
    recording.transcript = ""
    recording.notes, recording.n_notes, recording.seats = [], 0, {}
    recording.state, recording.state_since = RECORDING.target(recording.state, "discard"), now
    recording.save()
    events.record("recording.transcript_discarded", by=by, now=now, on=recording)


@action
def map_speakers(*, recording: Recording, seats: Mapping[str, str], by: Person, now: datetime) -> None:
    """Confirm who coaches and who is the client; "" leaves a name out. Codes at once if short.

    Raises NotAllowed, BadInput.
    """
    recording = queries.locked(recording)
    policies.map_speakers(by, recording).require()
    if set(seats) != set(recording.seats):
        raise BadInput(_("The names have changed meanwhile; look at them again."))
    if not {"coach", "client"} <= set(seats.values()):
        raise BadInput(_("Say who coaches and who is the client: both are needed."))
    turns = snapshots.turns_of(transcripts.text_of(recording), seats)
    recording.utterances.all().delete()
    insert_many(
        Utterance,
        (
            {
                "id": uuid.uuid4(),
                "number": number,
                "seat": turn["speaker"],
                "start": turn["start"],
                "end": turn.get("end"),
                "text": turn["text"],
            }
            for number, turn in enumerate(turns)
        ),
        recording_id=recording.pk,
    )
    recording.seats, recording.n_turns = dict(seats), len(turns)
    recording.state, recording.state_since = RECORDING.target(recording.state, "map"), now
    recording.save()
    events.record("recording.mapped", by=by, now=now, on=recording, n_turns=len(turns))
    if len(turns) <= AT_ONCE:
        code(recording=recording, by=None, now=now)
    else:
        queue.enqueue("telemachy.apps.supervision.jobs.code_recording", recording_id=str(recording.pk))


@action
def remap(*, recording: Recording, by: Person, now: datetime) -> None:
    """Go back to the step that tells the speakers apart. Raises NotAllowed."""
    recording = queries.locked(recording)
    policies.remap(by, recording).require()
    recording.utterances.all().delete()
    recording.n_turns, recording.measures = 0, {}
    recording.state, recording.state_since = RECORDING.target(recording.state, "remap"), now
    recording.save()
    events.record("recording.remapped", by=by, now=now, on=recording)


@action
def code(*, recording: Recording, by: None, now: datetime) -> None:
    """Code every turn and measure the whole; a recording that does not wait for it is left alone."""
    recording = queries.locked(recording)
    if recording.state != "coding":
        events.unchanged()
        return
    turns = list(recording.utterances.order_by("number"))
    found = conversation.code_utterances([snapshots.as_turn(turn) for turn in turns])
    for turn, one in zip(turns, found, strict=True):
        turn.code = one
    Utterance.objects.bulk_update(turns, ["code"], batch_size=200)
    recording.measures = snapshots.measures(turns)
    recording.state, recording.state_since = RECORDING.target(recording.state, "finish"), now
    recording.save()
    _record("recording.coded", recording, now, n_turns=len(turns))
    for person in (recording.client, *queries.listeners(recording)):
        _tell(person, "recording.shared", recording, recording.coach.name, now)
    if recording.n_turns > AT_ONCE:
        _tell_coach("recording.coded", recording, now)


@action
def expire(*, recording: Recording, by: None, now: datetime) -> None:
    """Delete sound and words, whose day is over; counts and pinned quotes stay."""
    recording = queries.locked(recording)
    if recording.state not in queries.HOLDING:
        events.unchanged()
        return
    files.delete_words(recording)
    recording.utterances.update(text="")
    recording.state, recording.state_since = RECORDING.target(recording.state, "expire"), now
    recording.save()
    _record("recording.expired", recording, now)


def _plain(value: str | float) -> str | float:
    return _UNSTORABLE.sub(" ", value)[:200] if isinstance(value, str) else value


# --- news ---------------------------------------------------------------------------------------


def _record(verb: str, recording: Recording, now: datetime, **data: int) -> None:
    organisation_id = recording.relationship.programme.organisation_id
    events.record(verb, by=None, now=now, on=recording, organisation_id=organisation_id, **data)


def _tell_coach(kind: str, recording: Recording, now: datetime) -> None:
    _tell(recording.coach, kind, recording, recording.client.name, now)


def _tell(person: Person, kind: str, recording: Recording, other: str, now: datetime) -> None:
    path, key = reverse("recording", args=[recording.pk]), f"{kind}:{recording.pk}:{now.isoformat()}"
    notifications.tell(person=person, kind=kind, path=path, now=now, key=key, other=other)
