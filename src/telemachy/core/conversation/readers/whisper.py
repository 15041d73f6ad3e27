"""JSON of Whisper, WhisperX and whisper.cpp."""

from __future__ import annotations

import json
import math
from typing import Any

from telemachy.core.conversation.readers.clock import MAX_SECONDS, seconds
from telemachy.core.conversation.readers.names import clean_name
from telemachy.core.conversation.transcript import Gathering, Transcript, TranscriptError

#: Above this probability of silence, a stock phrase was not said.
_SILENCE = 0.6
#: What Whisper writes over silence, learnt from the subtitles it was trained on.
_INVENTED = frozenset(
    {
        "thank you", "thank you very much", "thanks for watching", "thank you for watching", "you", "bye",
        "please subscribe", "subtitles by the amara org community", "untertitel der amara org community",
    }
)  # fmt: skip


def read_whisper(text: str, gathering: Gathering) -> Transcript:
    """Read the segments; raise TranscriptError if the JSON is broken or has none.

    A passage's `line` is the number of its segment, for JSON often is a single line.
    """
    for number, segment in enumerate(_segments(_load(text)), start=1):
        said = segment.get("text") if isinstance(segment, dict) else None
        if not isinstance(said, str):
            gathering.note("broken_segment", number)
            continue
        if _is_invented(said, segment):
            gathering.note("invented", number, text=" ".join(said.split())[:60])
            continue
        start, end = _times(segment)
        if start is None and "start" in segment:
            gathering.note("bad_time", number)
        speaker = segment.get("speaker")
        name = clean_name(speaker) if isinstance(speaker, str) else ""
        gathering.add(name, said, start, end, number)
    return gathering.transcript("whisper", 1)


def _load(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise TranscriptError("json", line=error.lineno, why=error.msg) from None
    except RecursionError:
        raise TranscriptError("json", line=1, why="nested too deeply") from None
    except ValueError:  # a number of thousands of digits
        raise TranscriptError("json", line=1, why="a number is too long") from None


def _segments(loaded: Any) -> list[Any]:
    if isinstance(loaded, dict):
        loaded = loaded.get("segments") or loaded.get("transcription") or loaded.get("results")
    if not isinstance(loaded, list) or not any(isinstance(one, dict) and "text" in one for one in loaded):
        raise TranscriptError("no_segments", line=1)
    return loaded


def _is_invented(said: str, segment: dict[str, Any]) -> bool:
    silence = _number(segment.get("no_speech_prob"))
    if silence is None or silence < _SILENCE:
        return False
    words = "".join(c if c.isalnum() else " " for c in said[:100].casefold()).split()
    return " ".join(words) in _INVENTED


def _times(segment: dict[str, Any]) -> tuple[float | None, float | None]:
    offsets = segment.get("offsets")
    if isinstance(offsets, dict):  # whisper.cpp counts milliseconds
        start, end = _number(offsets.get("from")), _number(offsets.get("to"))
        return (_moment(start / 1000) if start is not None else None,
                _moment(end / 1000) if end is not None else None)  # fmt: skip
    return _moment(segment.get("start")), _moment(segment.get("end"))


def _moment(value: Any) -> float | None:
    if isinstance(value, str) and ":" in value:
        return seconds(value[:20])
    number = _number(value)
    return number if number is not None and 0 <= number <= MAX_SECONDS else None


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value[:40] if isinstance(value, str) else value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None
