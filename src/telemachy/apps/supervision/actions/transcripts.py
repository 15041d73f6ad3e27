"""Have sound written down by the transcriber that the installation names; off by default.

TELEMACHY_TRANSCRIBER is the dotted path of a `Transcriber`. The product ships one that runs a local
program (telemachy.interfaces.common.transcribers.command); none is set, and none reaches the network.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from telemachy.apps.audit.actions import action, events, queue
from telemachy.apps.people.actions import notifications
from telemachy.apps.supervision.models import Recording
from telemachy.apps.supervision.policies import recordings as policies
from telemachy.apps.supervision.queries import recordings as queries
from telemachy.core.shared.lifecycles import RECORDING

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person


class Transcriber(Protocol):
    """Turns a file of sound into a transcript that core.conversation reads: VTT, SRT, JSON or text."""

    def __call__(self, audio: Path) -> bytes:
        """Return the transcript, with names of speakers; raise OSError if there is none."""


@action
def request(*, recording: Recording, by: Person, now: datetime) -> None:
    """Queue the sound to be written down. Raises NotAllowed."""
    recording = queries.locked(recording)
    policies.transcribe(by, recording).require()
    recording.state, recording.state_since = RECORDING.target(recording.state, "transcribe"), now
    recording.problem = ""
    recording.save()
    events.record("recording.transcription_requested", by=by, now=now, on=recording)
    queue.enqueue("telemachy.apps.supervision.jobs.transcribe", recording_id=str(recording.pk))


@action
def give_up(*, recording: Recording, problem: str, by: None, now: datetime) -> None:
    """Note why no transcript came of it, and tell the coach, who may upload one."""
    recording = queries.locked(recording)
    if recording.state != "transcribing":
        events.unchanged()
        return
    recording.state, recording.state_since = RECORDING.target(recording.state, "give_up"), now
    recording.problem = problem
    recording.save()
    organisation_id = recording.relationship.programme.organisation_id
    events.record(
        "recording.transcription_failed", by=by, now=now, on=recording, organisation_id=organisation_id
    )
    notifications.tell(
        person=recording.coach,
        kind="recording.not_transcribed",
        path=reverse("recording", args=[recording.pk]),
        now=now,
        other=recording.client.name,
    )


def write_down(recording: Recording) -> bytes:
    """Run the transcriber on a copy of the sound; raise OSError if it fails."""
    transcriber = cast(Transcriber, import_string(settings.TRANSCRIBER))
    ending = os.path.splitext(str(recording.audio.name))[1]
    with tempfile.TemporaryDirectory(prefix="telemachy-sound-") as folder:
        copy = Path(folder) / f"recording{ending}"
        with recording.audio.open("rb") as source, copy.open("wb") as target:
            shutil.copyfileobj(source, target)
        return transcriber(copy)
