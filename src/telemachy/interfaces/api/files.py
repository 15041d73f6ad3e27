"""Files over the API: sent as they are in the body of a call, handed out as downloads."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files import File
from django.http import FileResponse, HttpResponseBase

from telemachy.core.conversation.transcript import MAX_BYTES as MAX_TRANSCRIPT_BYTES
from telemachy.core.memory.traces import MAX_BYTES as MAX_TRACE_BYTES
from telemachy.interfaces.api.problems import Problem
from telemachy.interfaces.common.lookups import NotFound

if TYPE_CHECKING:
    from django.db.models.fields.files import FieldFile
    from django.http import HttpRequest

    from telemachy.interfaces.api.door import CallRequest

MEDIA_TYPE = "application/octet-stream"
_BINARY = {"schema": {"type": "string", "format": "binary"}}
#: What an operation says that takes a file, and one that hands one out.
TAKES: dict[str, Any] = {"requestBody": {"required": True, "content": {MEDIA_TYPE: _BINARY}}}
GIVES: dict[str, Any] = {"responses": {200: {"content": {MEDIA_TYPE: _BINARY}}}}
#: So much of a file is held in memory while it comes in; the rest waits on the disk.
_IN_MEMORY = 1024 * 1024
_CHUNK = 64 * 1024


def most_bytes(path: str) -> int | None:
    """Return how large a file an address takes, None where it takes none."""
    sizes = {
        "attachments": settings.MAX_ATTACHMENT_BYTES,
        "audio": settings.MAX_RECORDING_BYTES,
        "transcript": MAX_TRANSCRIPT_BYTES,
        "traces": MAX_TRACE_BYTES,
    }
    return sizes.get(path.rpartition("/")[2])


@contextmanager
def receiving(request: CallRequest) -> Iterator[None]:
    """Read a file that is sent to its end, before any transaction holds a lock, and let it go afterwards."""
    if request.content_type != MEDIA_TYPE or most_bytes(request.path_info) is None:
        yield
        return
    digest = hashlib.sha256()
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as kept:
        while part := request.read(_CHUNK):
            digest.update(part)
            kept.write(part)
        sent: File[bytes] = File(kept, name="file")
        sent.size = kept.tell()
        kept.seek(0)
        request.sent_file, request.sent_digest = sent, digest.hexdigest()
        yield


def taken(request: HttpRequest) -> File[bytes]:
    """Return the file of a call. Raises Problem when something else was sent."""
    file: File[bytes] | None = getattr(request, "sent_file", None)
    if file is None:
        raise Problem("no-file", f"Send the file as it is, with a header Content-Type: {MEDIA_TYPE}.")
    return file


def download(stored: FieldFile, name: str, media_type: str) -> HttpResponseBase:
    """Hand a stored file out as a download, whatever it is. Raises NotFound when the storage lost it."""
    try:
        opened = stored.open("rb")
    except OSError as error:
        raise NotFound("file") from error
    answer = FileResponse(opened, as_attachment=True, filename=name, content_type=media_type)
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
