"""Background work of the mentor coaching room: codes, transcripts, and the end of what is kept."""

from __future__ import annotations

from django.utils import timezone

from telemachy.apps.audit.jobs import job
from telemachy.apps.supervision.actions import codes, recordings, transcripts
from telemachy.apps.supervision.queries import recordings as queries
from telemachy.core.shared.errors import BadInput


@job()
def code_recording(recording_id: str) -> None:
    """Code one recording; one that is coded or gone is left alone."""
    recording = queries.in_state(recording_id, "coding")
    if recording is not None:
        recordings.code(recording=recording, by=None, now=timezone.now())


@job(retries=0)
def transcribe(recording_id: str) -> None:
    """Write one recording down; what fails is noted for the coach, who may upload a transcript."""
    recording = queries.in_state(recording_id, "transcribing")
    if recording is None:
        return
    try:
        data = transcripts.write_down(recording)
        recordings.take_transcript(recording=recording, data=data, by=None, now=timezone.now())
    except OSError:
        transcripts.give_up(recording=recording, problem="failed", by=None, now=timezone.now())
    except BadInput as error:
        problem = getattr(error, "code", "unreadable")
        transcripts.give_up(recording=recording, problem=problem, by=None, now=timezone.now())
    except Exception:
        # A fault of the settings or of the transcriber is the operator's: the coach is let go, the job fails.
        transcripts.give_up(recording=recording, problem="failed", by=None, now=timezone.now())
        raise


@job(cron="10 * * * *")
def let_go_of_lost_transcripts() -> None:
    """Let coaches go on whose recording waits for a worker that was lost; twice does no more than once."""
    now = timezone.now()
    for recording in queries.waiting_too_long(now):
        transcripts.give_up(recording=recording, problem="failed", by=None, now=now)


@job(cron="40 3 * * *")
def expire_recordings() -> None:
    """Delete sound and words whose day is over; twice does no more than once."""
    for recording in queries.to_expire(timezone.now()):
        recordings.expire(recording=recording, by=None, now=timezone.now())


@job(cron="20 4 * * *")
def recount_recordings() -> None:
    """Count recordings as the engine counts today, if it was updated; twice does no more than once."""
    for recording in queries.coded():
        codes.recount(recording=recording, by=None, now=timezone.now())
