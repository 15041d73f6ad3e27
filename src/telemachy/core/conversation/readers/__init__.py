"""Reads transcripts as meeting tools and speech-to-text programs really write them."""

from __future__ import annotations

import re
from dataclasses import replace

from telemachy.core.conversation.readers.cues import is_cues, read_cues
from telemachy.core.conversation.readers.decode import decode
from telemachy.core.conversation.readers.names import key_of
from telemachy.core.conversation.readers.plain import read_plain
from telemachy.core.conversation.readers.whisper import read_whisper
from telemachy.core.conversation.transcript import MAX_NOTES, Gathering, Note, Transcript

#: A bracket alone is none: "[…] Coach: well" and "[ 0:01 ] Coach: well" are text.
_JSON = re.compile(r"\s*(?:\{|\[\s*[\[{\"\]])")


def read_transcript(data: bytes) -> Transcript:
    """Read a transcript, whatever its kind; the content decides, not a file name.

    Parameters
    ----------
    data : bytes
        WebVTT (Zoom, Teams, Meet), SRT, JSON of Whisper, WhisperX or whisper.cpp, or plain text with names
        (Otter, Teams, Meet, own notes); UTF-8, UTF-16 with a mark, or Windows-1252.

    Returns
    -------
    Transcript
        At least one passage; `notes` say what was left out or assumed, and in which line.

    Raises
    ------
    TranscriptError
        With the line, if nothing can be read: empty, binary, larger than `MAX_BYTES`, broken JSON, no speech.

    Notes
    -----
    Time and memory grow with the size of the file, which is bounded.
    """
    gathering = Gathering()
    found = _read(decode(data, gathering), gathering)
    people = list(dict.fromkeys(map(key_of, found.speakers)))
    if len(people) < 3:
        return found
    line = next(one.line for one in found.passages if one.speaker and key_of(one.speaker) == people[2])
    notes = (Note("more_than_two", line), *found.notes)
    return replace(found, notes=notes[:MAX_NOTES], n_notes=found.n_notes + 1)


def _read(text: str, gathering: Gathering) -> Transcript:
    if _JSON.match(text):
        return read_whisper(text, gathering)
    lines = text.split("\n")
    if is_cues(lines):
        return read_cues(lines, gathering)
    return read_plain(lines, gathering)
