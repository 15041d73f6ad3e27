"""Where uploads are kept unless TELEMACHY_STORAGE names another place."""

from __future__ import annotations

from contextlib import suppress

from django.core.files import File
from django.core.files.storage import FileSystemStorage


class WholeFiles(FileSystemStorage):
    """A folder in which a file is kept whole or not at all, also where the disk is full."""

    def _save(self, name: str, content: File[bytes]) -> str:
        try:
            kept: str = super()._save(name, content)  # type: ignore[misc]  # missing in the stubs
            return kept
        except OSError:
            with suppress(OSError):
                self.delete(name)  # the half that was written: no row will ever name it
            raise
