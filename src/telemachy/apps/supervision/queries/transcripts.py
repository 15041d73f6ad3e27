"""What stands in the transcript that was handed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.core import conversation
from telemachy.core.conversation.transcript import MAX_BYTES
from telemachy.core.shared.errors import BadInput

if TYPE_CHECKING:
    from telemachy.apps.supervision.models import Recording

_OPENING_CHARS = 120


@dataclass(frozen=True, slots=True)
class Voice:
    """A name of the transcript: how much it says, and how it begins."""

    n_words: int
    opening: str


def text_of(recording: Recording) -> bytes:
    """Return the transcript as it was handed in; raise BadInput if the storage has lost it."""
    try:
        with recording.transcript.open("rb") as file:
            data: bytes = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise BadInput(_("The transcript is no longer there; upload it again.")) from error
    return data


def voices(recording: Recording) -> dict[str, Voice]:
    """Return every name with its words and its longest passage's beginning, for telling who is who."""
    found: dict[str, Voice] = {}
    longest: dict[str, str] = {}
    for passage in conversation.read_transcript(text_of(recording)).passages:
        name = passage.speaker
        if not name:
            continue
        if len(passage.text) > len(longest.get(name, "")):
            longest[name] = passage.text
        n_words = len(passage.text.split()) + (found[name].n_words if name in found else 0)
        found[name] = Voice(n_words, _opening(longest[name]))
    return found


def _opening(text: str) -> str:
    if len(text) <= _OPENING_CHARS:
        return text
    return f"{text[:_OPENING_CHARS].rsplit(' ', 1)[0]} …"
