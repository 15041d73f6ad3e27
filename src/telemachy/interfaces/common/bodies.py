"""A bound on what is sent, asked for before anything reads it."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from telemachy.core.conversation.transcript import MAX_BYTES as MAX_TRANSCRIPT_BYTES
from telemachy.interfaces.common.middleware import PersonRequest

Handler = Callable[[HttpRequest], HttpResponse]

#: The most files that one form takes: rosters of mentors and of learners apart.
MAX_FILES = 2


class BodyLimitMiddleware:
    """Answer 413 to a body that no page takes; who is not signed in sends forms, never files.

    Comes after PersonMiddleware; the check against forged requests, which reads the body, runs later.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: PersonRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) <= limit(request):
            return self.get_response(request)
        return render(request, "413.html", status=413)


def limit(request: PersonRequest) -> int:
    """Return how many bytes this sender may send at once."""
    form = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if request.person is None:
        return form
    recording = settings.MAX_RECORDING_BYTES + MAX_TRANSCRIPT_BYTES
    return form + max(MAX_FILES * settings.MAX_ROSTER_BYTES, settings.MAX_ATTACHMENT_BYTES, recording)
