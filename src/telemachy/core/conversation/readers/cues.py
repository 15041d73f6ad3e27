"""WebVTT and SRT as Zoom, Teams, Meet and captioning programs write them.

Own lines rather than a library: those for WebVTT leave entities and know one voice a cue, those for SRT give
up at the first broken cue. The tests hold this reader against them where they read a file at all.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from telemachy.core.conversation.readers.clock import TIME, seconds
from telemachy.core.conversation.readers.names import clean_name, names_in, split_name
from telemachy.core.conversation.transcript import Gathering, Transcript

_TIMING = re.compile(rf"\s*({TIME})\s*--+>\s*({TIME})?(?:\s|$)")
_ARROW = re.compile(r"--+>")
#: What stands alone above a timing line: a number, a GUID, Teams' GUID/12-0.
_CUE_ID = re.compile(r"\s*(?:\d{1,9}|[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}(?:/[\d-]{1,20})?)\s*")
_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,60})?[ \t]+((?:[^<>]|</?[bicu]\b[^<>]{0,20}>){0,200})>|</v>")
_TAG = re.compile(r"</?(?:[bicuv]|ruby|rt|lang|font)\b[^<>]{0,200}>|<[\d:.]{3,20}>|\{\\[^{}]{0,40}\}")
_DIALOGUE = re.compile(r"\s*[-–—]\s+(?=\S)")
#: Lines above the first time that are looked through for a timing line.
_HEAD = 400
#: A caption that says at least so many words again right after itself is a rolling one.
_ROLLING_WORDS = 3
_ROLLING_GAP = 1.0


@dataclass(frozen=True, slots=True)
class _Cue:
    line: int
    start: float | None
    end: float | None
    lines: tuple[str, ...]


def is_cues(lines: Sequence[str]) -> bool:
    """Tell whether a file is WebVTT or SRT, also one without its first line."""
    return lines[0].strip().startswith("WEBVTT") or any(_TIMING.match(line) for line in lines[:_HEAD])


def read_cues(lines: Sequence[str], gathering: Gathering) -> Transcript:
    """Read all cues in the order of the file; raise TranscriptError if none holds speech."""
    is_vtt = lines[0].strip().startswith("WEBVTT")
    cues = list(_cues(lines, gathering))
    names = names_in(cue.lines[0] for cue in cues if cue.lines and "<v" not in cue.lines[0])
    kind = "webvtt" if is_vtt or any("." in line for line in lines[:_HEAD] if _TIMING.match(line)) else "srt"
    if kind == "webvtt" and not is_vtt:
        gathering.note("no_header", 1)
    speaker, before = "", ""
    last_end: float | None = None
    for cue in cues:
        is_next = cue.start is None or last_end is None or abs(cue.start - last_end) <= _ROLLING_GAP
        spoken = _without_repeat(cue.lines, before) if is_next and before else cue.lines
        before, last_end = " ".join(" ".join(cue.lines).split()), cue.end
        if cue.lines and not spoken:
            gathering.note("repeated", cue.line)
            continue
        for name, text in _voices(spoken, names):
            # Zoom names the speaker on the first cue of a turn only; "-" means nobody knows.
            speaker = "" if name is None else name or speaker
            gathering.add(speaker, text, cue.start, cue.end, cue.line)
    return gathering.transcript(kind, len(lines))


def _cues(lines: Sequence[str], gathering: Gathering) -> Iterator[_Cue]:
    at = 0
    while at < len(lines):
        timing = _TIMING.match(lines[at])
        if not timing:
            if _ARROW.search(lines[at]):
                # A broken timing line is still the border between two cues: keep what is said below it.
                gathering.note("bad_time", at + 1)
                first, at = at + 1, _end_of_cue(lines, at + 1)
                yield _Cue(first, None, None, _said(lines[first:at]))
            else:
                at += 1
            continue
        start, end = seconds(timing.group(1)), seconds(timing.group(2) or "")
        if start is None or (timing.group(2) and end is None):
            gathering.note("bad_time", at + 1)
        first, at = at + 1, _end_of_cue(lines, at + 1)
        yield _Cue(first, start, end, _said(lines[first:at]))


def _end_of_cue(lines: Sequence[str], at: int) -> int:
    """Return where the text that begins at `at` ends: at a blank line or the next timing line."""
    while at < len(lines) and lines[at].strip() and not _ARROW.search(lines[at]):
        at += 1
    return at


def _said(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the lines of speech; an id at the end belongs to the next cue, whose blank line is missing."""
    kept = [line for line in lines if line.strip()]
    if len(kept) > 1 and _CUE_ID.fullmatch(kept[-1]):
        kept.pop()
    return tuple(kept)


def _voices(lines: Sequence[str], names: frozenset[str]) -> Iterator[tuple[str | None, str]]:
    """Yield (name, text); a name of "" goes on with the speaker before, None is somebody unknown."""
    whole = "\n".join(lines)
    if "<v" in whole:
        yield from _tagged(whole)
        return
    if sum(bool(_DIALOGUE.match(line)) for line in lines) >= 2:
        for line in lines:
            found = _DIALOGUE.match(line)
            yield None, _plain(line[found.end() :] if found else line)
        return
    collected: list[str] = []
    current = ""
    for line in lines:
        name, text = split_name(_plain(line), names)
        if name:
            if collected:
                yield current, " ".join(collected)
            current, collected = name, []
        collected.append(text)
    yield current, " ".join(collected)


def _tagged(text: str) -> Iterator[tuple[str | None, str]]:
    at, name = 0, ""
    for tag in _VOICE.finditer(text):
        if text[at : tag.start()].strip():
            yield name, _plain(text[at : tag.start()])
        name, at = clean_name(tag.group(1)) if tag.group(1) else "", tag.end()
    if text[at:].strip():
        yield name, _plain(text[at:])


def _plain(text: str) -> str:
    return html.unescape(_TAG.sub("", text))


def _without_repeat(lines: Sequence[str], before: str) -> Sequence[str]:
    """Leave out leading lines that end the cue before: captions that roll say every line twice."""
    kept = list(lines)
    while kept:
        head = " ".join(kept[0].split())
        if len(head.split()) >= _ROLLING_WORDS and (before == head or before.endswith(f" {head}")):
            kept.pop(0)
        else:
            break
    return kept
