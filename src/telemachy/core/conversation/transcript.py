"""A transcript as read from a file: who said what, when, and what was left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from telemachy.core.shared.errors import BadInput
from telemachy.core.shared.wording import Param, fill
from telemachy.core.shared.wording import gettext_noop as _

#: Largest file read, in bytes: a four-hour meeting with a time for every word stays below.
MAX_BYTES = 16 * 1024 * 1024
#: Most passages read; a four-hour meeting of short captions has about 10,000.
MAX_PASSAGES = 50_000
#: Most characters kept of one passage.
MAX_PASSAGE_CHARS = 20_000
#: Most notes kept; their number goes on being counted.
MAX_NOTES = 200

#: Control characters, marks of direction, halves of pairs: JSON and entities smuggle them past the decoder.
_UNSAYABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ud800-\udfff]")

#: code -> (what is wrong, how to mend it); `%(...)s` are the error's params.
ERRORS: dict[str, tuple[str, str]] = {
    "empty": (_("The file is empty."), _("Choose the transcript of a conversation.")),
    "too_large": (
        _("The file is larger than %(limit_mb)d MB."),
        _("A transcript is text; export it as VTT, SRT or plain text without the recording."),
    ),
    "too_many": (
        _("Line %(line)d: the file has more than %(limit)d passages."),
        _("Split the transcript at a break and read the parts one by one."),
    ),
    "binary": (
        _("Line %(line)d: this is no text file."),
        _("Export the transcript as VTT, SRT, Whisper JSON or plain text."),
    ),
    "archive": (
        _("Line 1: this is an office document or an archive, not text."),
        _("Open it and save it as plain text (.txt)."),
    ),
    "json": (
        _("Line %(line)d: the JSON cannot be read (%(why)s)."),
        _("Write the transcript again with the speech-to-text program."),
    ),
    "no_segments": (
        _("Line %(line)d: the JSON holds no segments with text."),
        _("Use the output of Whisper or WhisperX that has a list named segments."),
    ),
    "no_speech": (
        _("Line %(line)d: no speech was found in the file."),
        _("Check that the file holds what was said, one passage or caption after the other."),
    ),
    "no_speakers": (
        _("Line %(line)d: nobody is named in the file, so it cannot be told who coaches."),
        _("Put the name and a colon before each passage, such as Coach: and Client:."),
    ),
    "unknown_coach": (
        _("Nobody in the file is called %(name)s; it names %(known)s."),
        _("Write one of these names."),
    ),
}

#: code -> what was left out or assumed; a page shows them beside the result.
NOTES: dict[str, str] = {
    "no_time_order": _("A passage starts before the one above it; the order of the file was kept."),
    "end_before_start": _("A passage ends before it starts; its end was left out."),
    "bad_time": _("A time cannot be read; the passage was kept without it."),
    "empty_passage": _("A passage without words was left out."),
    "invented": _("A phrase that speech-to-text programs invent in silence was left out: %(text)s."),
    "repeated": _("A caption that repeats the one before was left out."),
    "cut": _("A passage was longer than %(limit)d characters; the rest was left out."),
    "not_speech": _("A line that is no speech was left out: %(text)s."),
    "not_utf8": _("Characters that are not UTF-8 were read as Windows-1252."),
    "unnamed": _("A passage before the first name was left out."),
    "broken_segment": _("A segment without text was left out."),
    "no_header": _("The line WEBVTT is missing; the file was read all the same."),
    "more_than_two": _("More than two people speak; all who are not left out count as coach or client."),
}


class TranscriptError(BadInput):
    """A file that cannot be read as a conversation; `code` is a key of `ERRORS`, `line` counts from 1."""

    def __init__(self, code: str, **params: Param) -> None:
        wrong, mend = ERRORS[code]
        super().__init__(f"{fill(wrong, params)} {mend}", field="file")
        self.code = code
        self.params = params
        self.line = int(params.get("line", 1))


@dataclass(frozen=True, slots=True)
class Note:
    """Something left out or assumed; `code` is a key of `NOTES`, `line` counts from 1."""

    code: str
    line: int
    params: tuple[tuple[str, Param], ...] = ()

    def __str__(self) -> str:
        return f"Line {self.line}: {fill(NOTES[self.code], dict(self.params))}"


@dataclass(frozen=True, slots=True)
class Passage:
    """What one person said in one go.

    Attributes
    ----------
    speaker : name as the file gives it, "" if it gives none
    text : what was said, one line
    start, end : seconds from the beginning of the recording, >= 0, or None; end >= start
    line : where it stands in the file, from 1; in JSON the number of the segment
    """

    speaker: str
    text: str
    start: float | None
    end: float | None
    line: int


@dataclass(frozen=True, slots=True)
class Transcript:
    """All passages of a file in its order, and what was left out.

    Attributes
    ----------
    passages : at least one
    kind : "webvtt", "srt", "whisper" or "text"
    notes : what was left out or assumed, at most `MAX_NOTES`
    n_notes : how many there were in all
    """

    passages: tuple[Passage, ...]
    kind: str
    notes: tuple[Note, ...] = ()
    n_notes: int = 0

    @property
    def speakers(self) -> tuple[str, ...]:
        """Names in the order of their first passage."""
        return tuple(dict.fromkeys(p.speaker for p in self.passages if p.speaker))


@dataclass(slots=True)
class Gathering:
    """Passages and notes while a reader works; keeps the bounds."""

    passages: list[Passage] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    n_notes: int = 0

    def note(self, code: str, line: int, **params: Param) -> None:
        """Keep a note, as long as there are not too many."""
        self.n_notes += 1
        if len(self.notes) < MAX_NOTES:
            self.notes.append(Note(code, line, tuple(params.items())))

    def add(self, speaker: str, text: str, start: float | None, end: float | None, line: int) -> None:
        """Keep a passage; one without words, or that repeats the last, becomes a note."""
        text = " ".join(_UNSAYABLE.sub(" ", text[: MAX_PASSAGE_CHARS * 2]).split())
        speaker = " ".join(_UNSAYABLE.sub(" ", speaker).split())
        if not any(character.isalnum() for character in text):
            self.note("empty_passage", line)
            return
        if len(text) > MAX_PASSAGE_CHARS:
            self.note("cut", line, limit=MAX_PASSAGE_CHARS)
            text = text[:MAX_PASSAGE_CHARS]
        if start is not None and end is not None and end < start:
            self.note("end_before_start", line)
            end = None
        last = self.passages[-1] if self.passages else None
        if last and start is not None and last.start is not None and start < last.start:
            self.note("no_time_order", line)
        if len(self.passages) >= MAX_PASSAGES:
            raise TranscriptError("too_many", line=line, limit=MAX_PASSAGES)
        self.passages.append(Passage(speaker, text, start, end, line))

    def transcript(self, kind: str, last_line: int) -> Transcript:
        """Return what was gathered; raise TranscriptError if nothing was."""
        if not self.passages:
            raise TranscriptError("no_speech", line=max(1, last_line))
        return Transcript(tuple(self.passages), kind, tuple(self.notes), self.n_notes)
