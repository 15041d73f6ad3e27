"""Bytes to lines of text, in any of the encodings that transcripts come in."""

from __future__ import annotations

import codecs
import re

from telemachy.core.conversation.transcript import MAX_BYTES, Gathering, TranscriptError

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
#: Zip (docx, odt), old Office, rich text; PDF, gzip, RIFF (wav), Ogg, MP3 with a tag.
_ARCHIVES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")
_BINARY = (b"%PDF", b"\x1f\x8b", b"RIFF", b"OggS", b"ID3", b"\x1aE\xdf\xa3")
#: Marks of writing direction and of no width: they are not said and would hide that two names are one.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
#: Control characters other than tab and line ends.
_CONTROL = re.compile("[\x01-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_LINE_END = re.compile("\r\n?")


def decode(data: bytes, gathering: Gathering) -> str:
    """Return the text with plain line ends; raise TranscriptError for what is no text."""
    if not data.strip():
        raise TranscriptError("empty")
    if len(data) > MAX_BYTES:
        raise TranscriptError("too_large", limit_mb=MAX_BYTES // (1024 * 1024))
    if data.startswith(_ARCHIVES):
        raise TranscriptError("archive")
    if data.startswith(_BINARY):
        raise TranscriptError("binary", line=1)
    text = _LINE_END.sub("\n", _to_text(data, gathering))
    if "\0" in text:
        raise TranscriptError("binary", line=text.count("\n", 0, text.index("\0")) + 1)
    return _CONTROL.sub(" ", _INVISIBLE.sub("", text))


def _to_text(data: bytes, gathering: Gathering) -> str:
    if data.startswith(_UTF16):
        return data.decode("utf-16", errors="replace")
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        gathering.note("not_utf8", data.count(b"\n", 0, error.start) + 1)
    # Line by line: a file pasted together from two programs has two encodings.
    return "\n".join(_line_to_text(line) for line in data.split(b"\n"))


def _line_to_text(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")
