"""What Django's checks say of this installation: `telemachy manage check`, and each `manage migrate`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning
from django.utils.module_loading import import_string

PREFIX = "TELEMACHY_"
#: How like a setting a name must be to pass for a slip of the pen.
ALIKE = 0.75


def check_installation(**_: Any) -> list[CheckMessage]:
    """Return what an operator should mend before people come."""
    return [*_misspelt(), *_missing_classes(), *_half_set(), *_closed_folders(), *_mail_to_the_log()]


def _misspelt() -> Iterator[CheckMessage]:
    known = {name.removeprefix(PREFIX) for name in settings.NAMES}
    given = {name.removeprefix(PREFIX) for name in settings.GIVEN_NAMES}
    for name in sorted(given - known):
        meant = get_close_matches(name, known, n=1, cutoff=ALIKE)
        if meant and not name.startswith("TEST_"):
            yield Warning(
                f"{PREFIX}{name} is set, but there is no such setting.",
                hint=f"Did you mean {PREFIX}{meant[0]}?",
                id="telemachy.W001",
            )


def _missing_classes() -> Iterator[CheckMessage]:
    paths = {
        "TELEMACHY_STORAGE": settings.STORAGES["default"]["BACKEND"],
        "TELEMACHY_EMAIL_BACKEND": settings.EMAIL_BACKEND,
        "TELEMACHY_TRANSCRIBER": settings.TRANSCRIBER,
    }
    for name, path in paths.items():
        try:
            if path:
                import_string(path)
        except ImportError as error:
            yield Error(f"{name} cannot be used: {error}", id="telemachy.E001")


def _half_set() -> Iterator[CheckMessage]:
    transcribes = settings.TRANSCRIBER == "telemachy.interfaces.common.transcribers.command"
    if transcribes and "{audio}" not in settings.TRANSCRIBE_COMMAND:
        yield Error(
            "TELEMACHY_TRANSCRIBER runs a command, and TELEMACHY_TRANSCRIBE_COMMAND names none with {audio}.",
            id="telemachy.E003",
        )
    if settings.ASSIST_MODEL.startswith(("openai:", "anthropic:")) and not settings.ASSIST_KEY:
        yield Error("TELEMACHY_ASSIST_MODEL needs TELEMACHY_ASSIST_KEY.", id="telemachy.E004")


def _closed_folders() -> Iterator[CheckMessage]:
    if not settings.STORAGES["default"]["BACKEND"].endswith(("WholeFiles", "FileSystemStorage")):
        return  # an object store has no folder here
    folder = Path(settings.MEDIA_ROOT)
    while not folder.exists():
        folder = folder.parent
    if not (folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)):
        yield Error(
            f"Uploads cannot be kept in {settings.MEDIA_ROOT}: this user may not write to {folder}.",
            id="telemachy.E002",
        )


def _mail_to_the_log() -> Iterator[CheckMessage]:
    if settings.EMAIL_BACKEND.endswith("console.EmailBackend") and not (settings.DEBUG or settings.DEMO):
        yield Warning(
            "Mail goes to the worker's log, names and secret links with it, and reaches nobody.",
            hint="Set TELEMACHY_SMTP_HOST.",
            id="telemachy.W002",
        )
