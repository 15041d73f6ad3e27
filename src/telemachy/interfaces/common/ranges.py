"""Hands out a stored file in ranges, so that a player can begin anywhere (RFC 9110, section 14)."""

from __future__ import annotations

import re

from django.core.files import File
from django.http import FileResponse, HttpResponse, HttpResponseBase

#: Most bytes of one answer to an open range; a player asks for the next by itself.
CHUNK = 1024 * 1024
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def answer(file: File[bytes], size: int, content_type: str, asked: str) -> HttpResponseBase:
    """Return the part of the file that the Range header asks for, or all of it without one.

    Several ranges, and what is no range, get the whole file, as the RFC allows; 416 where there is nothing.
    The answer is for this reader alone and is kept nowhere.
    """
    found = _RANGE.fullmatch(asked.replace(" ", ""))
    if not found or found.groups() == ("", ""):
        whole = FileResponse(file, content_type=content_type)
        whole["Content-Length"] = str(size)
        return _guard(whole)
    first, last = _bounds(found[1], found[2], size)
    if first >= size or last < first:
        file.close()
        return _guard(HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"}))
    with file:
        file.seek(first)
        body = file.read(last - first + 1)
    headers = {"Content-Range": f"bytes {first}-{first + len(body) - 1}/{size}"}
    return _guard(HttpResponse(body, status=206, content_type=content_type, headers=headers))


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    """Return the first and the last byte, at most `CHUNK` of them; "-500" asks for the last 500."""
    if not first:
        begin, end = max(0, size - int(last)), size - 1
    else:
        begin, end = int(first), min(int(last), size - 1) if last else size - 1
    return begin, min(end, begin + CHUNK - 1)


def _guard(response: HttpResponseBase) -> HttpResponseBase:
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
