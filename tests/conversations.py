"""Recorded conversations of the tests: files as tools write them, and a recording that has come some way."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.base import ContentFile

from telemachy.apps.people.models import Person
from telemachy.apps.supervision.actions import consents, recordings
from telemachy.apps.supervision.models import Recording
from tests.cast import NOW, Cast

SAID = (
    ("Athena", "Good to see you. What would you like to have at the end of this hour?"),
    ("Telemachus", "I have to decide whether to confront the suitors before my father is back."),
    ("Athena", "So you feel you must act, and you are afraid of acting alone."),
    ("Telemachus", "Yes. They eat everything, and nobody in the assembly says a word."),
    ("Athena", "What have you tried so far?"),
    ("Telemachus", "I asked them to leave. They laughed at me in front of everybody."),
    ("Athena", "Do you want to sail to Pylos?"),
    ("Telemachus", "I am not sure that I am allowed to take a ship."),
    ("Athena", "You should hire a ship tonight and leave before dawn; tell your mother nothing."),
    ("Telemachus", "All right."),
    ("Athena", "Mm-hmm."),
    ("Athena", "What would your father notice first, if he saw how you decide this?"),
    ("Telemachus", "That I asked somebody before I decided."),
)


def zoom_vtt() -> bytes:
    """Write what was said as Zoom does: numbered cues, names before the words."""
    lines = ["WEBVTT", ""]
    for number, (name, text) in enumerate(SAID):
        begin, end = number * 8, number * 8 + 7
        lines += [str(number + 1), f"{_time(begin)} --> {_time(end)}", f"{name}: {text}", ""]
    return "\n".join(lines).encode()


def _time(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.000"


def wav(n_bytes: int = 4_000) -> bytes:
    """Return a short silent sound."""
    data = b"\x80" * n_bytes
    head = b"RIFF" + (36 + n_bytes).to_bytes(4, "little") + b"WAVEfmt " + (16).to_bytes(4, "little")
    numbers = ((1, 2), (1, 2), (8000, 4), (8000, 4), (1, 2), (8, 2))
    return (
        head
        + b"".join(number.to_bytes(size, "little") for number, size in numbers)
        + b"data"
        + n_bytes.to_bytes(4, "little")
        + data
    )


def asked(cast: Cast, *listeners: Person, for_learning: bool = False) -> Recording:
    """Have Athena ask Telemachus."""
    offer = consents.Offer("feedback", (NOW + timedelta(days=30)).date(), listeners, for_learning)
    return consents.ask(
        relationship=cast.relationship,
        title="Fourth talk",
        held_on=NOW.date(),
        offer=offer,
        by=cast.athena,
        now=NOW,
    )


def agreed(cast: Cast, *listeners: Person, for_learning: bool = False) -> Recording:
    """Have both agree."""
    recording = asked(cast, *listeners, for_learning=for_learning)
    consents.agree(recording=recording, terms=recording.versions.get(), by=cast.telemachus, now=NOW)
    recording.refresh_from_db()
    return recording


def ready(cast: Cast, *listeners: Person, audio: bool = False, for_learning: bool = False) -> Recording:
    """Have it uploaded, its speakers confirmed, and coded."""
    recording = agreed(cast, *listeners, for_learning=for_learning)
    recordings.upload(
        recording=recording,
        transcript=ContentFile(zoom_vtt(), name="zoom.vtt"),
        audio=ContentFile(wav(), name="sound.wav") if audio else None,
        by=cast.athena,
        now=NOW,
    )
    recording.refresh_from_db()
    recordings.map_speakers(recording=recording, seats=recording.seats, by=cast.athena, now=NOW)
    recording.refresh_from_db()
    return recording
