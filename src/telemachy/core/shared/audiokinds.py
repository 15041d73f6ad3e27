"""What kind of sound a file holds by its content; pictures that move are no sound."""

from __future__ import annotations

from typing import IO

#: Bytes at the beginning that are looked at.
HEAD = 65_536
#: The largest description of tracks (`moov`) that is read of an MP4.
MAX_TRACKS_BYTES = 16 * 1024 * 1024
#: Parts of an MP4 looked at before giving up.
_MAX_PARTS = 10_000

MP3, MP4, WAV, OGG, FLAC, WEBM = (
    *("audio/mpeg", "audio/mp4", "audio/wav", "audio/ogg"),
    *("audio/flac", "audio/webm"),
)
#: Media type -> the ending its stored file gets.
ENDINGS = {MP3: ".mp3", MP4: ".m4a", WAV: ".wav", OGG: ".ogg", FLAC: ".flac", WEBM: ".webm"}


def audio_kind_of(file: IO[bytes]) -> str | None:
    """Return the media type of a file of sound, None for anything else, films among it.

    Parameters
    ----------
    file : binary file
        Seekable; left at its start. The head is read, and of an MP4 the description of its tracks.
    """
    file.seek(0)
    head = file.read(HEAD)
    kind = _magic(head)
    if kind == MP4 and _shows_pictures(file):
        kind = None
    if kind == WEBM and any(codec in head for codec in (b"V_VP8", b"V_VP9", b"V_AV1", b"V_MPEG")):
        kind = None
    file.seek(0)
    return kind


def _magic(head: bytes) -> str | None:
    if head.startswith(b"ID3") or _is_mpeg_frame(head):
        return MP3
    if head[4:8] == b"ftyp":
        return MP4
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return WAV
    if head.startswith(b"OggS"):
        return OGG if b"\x80theora" not in head[:512] else None
    if head.startswith(b"fLaC"):
        return FLAC
    if head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head[:64]:
        return WEBM
    return None


def _is_mpeg_frame(head: bytes) -> bool:
    """Tell whether a frame of layer III begins: eleven bits set, then a version and rates that exist."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return False
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    rate, sampling = head[2] >> 4, head[2] >> 2 & 3
    return version != 1 and layer == 1 and rate not in (0, 15) and sampling != 3


def _shows_pictures(file: IO[bytes]) -> bool:
    """Tell whether an MP4 has a track of pictures, or hides its tracks: sound that cannot be told apart."""
    at = 0
    for _part in range(_MAX_PARTS):
        file.seek(at)
        head = file.read(16)
        if len(head) < 8:
            return True
        size, name = int.from_bytes(head[:4], "big"), head[4:8]
        if size == 1:
            size = int.from_bytes(head[8:16], "big")
        if name == b"moov":
            file.seek(at)
            return size > MAX_TRACKS_BYTES or b"vide" in file.read(size)
        if size < 8:
            return True
        at += size
    return True
