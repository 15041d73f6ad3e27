"""Plain text: Otter, Teams and Meet as pasted, and notes with `Coach:` and `Client:`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from telemachy.core.conversation.readers.clock import TIME, seconds
from telemachy.core.conversation.readers.names import candidate, clean_name, names_in, split_name
from telemachy.core.conversation.transcript import Gathering, Transcript

#: A time before the words: "[00:01:02] ", "(1:02) ", "00:01:02 - ".
_LEADING_TIME = re.compile(rf"\s*[\[(]?\s*({TIME})(?:\s*[\])])?(?:\s*[-–—|]?\s+|$)")
#: "Athena  0:03" alone in its line (Otter, Teams), also "Athena (0:03)" and "Athena (she/her)  1:02:03".
_NAME_AND_TIME = re.compile(rf"\s*(\S[^:\n]{{0,80}}?)\s*(?:\s|[\[(])\s*({TIME})[\])]?\s*")
#: "Athena (00:01:02): well …"
_NAME_TIME_COLON = re.compile(rf"\s*([^:\n]{{1,60}}?)\s*[\[(]({TIME})[\])]\s*:\s*")
#: "[pause]", "(laughs)", "<crosstalk>" within speech.
_REMARK = re.compile(r"\[[^\[\]\n]{1,60}\]|\((?:[a-z][a-z ]{2,30})\)|<[^<>\n]{1,60}>")
_NOT_SPEECH = re.compile(
    r"\s*(?:transcribed by https?://|.{1,60} (?:started|stopped) transcription|"
    r"(?:transcription|meeting) (?:started|ended)\b|"
    r"(?:this|the) (?:editable )?transcript (?:was|is|has been) |"
    r"(?:note|notes|nb|attendees|participants|topic|date|agenda|subject|location|duration)\s*:|"
    r"[-=_*#~\s]{3,}$|https?://\S+\s*$)",
    re.I,
)
#: A line with a name and a time is shorter than this.
_HEADER_CHARS = 160
#: Characters of a line that a note shows.
_SHOWN = 60


@dataclass(slots=True)
class _Turn:
    """The passage being read, line by line."""

    speaker: str = ""
    start: float | None = None
    line: int = 1
    texts: list[str] | None = None


def read_plain(lines: Sequence[str], gathering: Gathering) -> Transcript:
    """Read passages under names; raise TranscriptError if there is no speech or nobody is named."""
    bodies = [_LEADING_TIME.sub("", line, count=1) for line in lines]
    names = names_in(body for body in bodies if body.strip() and not _NOT_SPEECH.match(body))
    has_names = bool(names) or any(_header(line) for line in lines)
    turn = _Turn(texts=None if has_names else [])
    block: float | None = None  # Meet gives a time every five minutes, alone in its line
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        if _NOT_SPEECH.match(line):
            gathering.note("not_speech", number, text=line.strip()[:_SHOWN])
            continue
        opened = _opening(line, names)
        if opened:
            speaker, start, text = opened
            if has_names and not speaker and not text.strip():
                block = start
                continue
            _keep(turn, gathering)
            turn = _Turn(speaker or turn.speaker, start if start is not None else block, number, [text])
            block = None
            if not turn.speaker and has_names:
                turn.texts = None
                if text.strip():
                    gathering.note("unnamed", number)
        elif turn.texts is None:
            gathering.note("unnamed", number)
        else:
            turn.texts.append(line)
    _keep(turn, gathering)
    return gathering.transcript("text", len(lines))


def _opening(line: str, names: frozenset[str]) -> tuple[str, float | None, str] | None:
    """Return (name or "", start, text) if the line begins a passage."""
    header = _header(line)
    if header:
        return header[0], header[1], ""
    with_time = _NAME_TIME_COLON.match(line) if "(" in line or "[" in line else None
    if with_time and candidate(f"{with_time.group(1)}: x"):
        return clean_name(with_time.group(1)), seconds(with_time.group(2)), line[with_time.end() :]
    time = _LEADING_TIME.match(line)
    body = line[time.end() :] if time else line
    name, text = split_name(body, names)
    if not name and not time:
        return None
    return name, seconds(time.group(1)) if time else None, text


def _header(line: str) -> tuple[str, float | None] | None:
    """Return (name, start) of a line that holds only these."""
    line = line.rstrip()
    ends_in_time = len(line) < _HEADER_CHARS and (line[-1:].isdigit() or line.endswith((")", "]")))
    found = _NAME_AND_TIME.fullmatch(line) if ends_in_time else None
    if not found or not candidate(f"{found.group(1)}: x"):
        return None
    return clean_name(found.group(1)), seconds(found.group(2))


def _keep(turn: _Turn, gathering: Gathering) -> None:
    if not turn.texts:
        return
    text = _REMARK.sub(" ", " ".join(turn.texts))
    if text.strip():
        gathering.add(turn.speaker, text, turn.start, None, turn.line)
