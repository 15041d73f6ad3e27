"""Transcribers for TELEMACHY_TRANSCRIBER; each is a supervision.actions.transcripts.Transcriber."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from telemachy.core.conversation.transcript import MAX_BYTES

#: Four hours of sound on a slow machine.
TIMEOUT_SECONDS = 6 * 60 * 60


def command(audio: Path) -> bytes:
    """Run the local program of TELEMACHY_TRANSCRIBE_COMMAND and return what it prints.

    {audio} in the setting stands for the file. The program is started without a shell. Raises OSError when it
    fails, takes too long or prints more than a transcript may have, ImproperlyConfigured without a setting.
    """
    words = shlex.split(settings.TRANSCRIBE_COMMAND)
    if not words or not any("{audio}" in word for word in words):
        raise ImproperlyConfigured("TELEMACHY_TRANSCRIBE_COMMAND must name a program and hold {audio}.")
    called = [word.replace("{audio}", str(audio)) for word in words]
    try:
        done = subprocess.run(  # noqa: S603 - the operator's own command, without a shell
            called, capture_output=True, check=True, timeout=TIMEOUT_SECONDS
        )
    except subprocess.SubprocessError as error:
        raise OSError(f"{words[0]} failed: {error}") from error
    if len(done.stdout) > MAX_BYTES:
        raise OSError(f"{words[0]} printed more than {MAX_BYTES} bytes")
    return done.stdout
