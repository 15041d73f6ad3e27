from __future__ import annotations

import errno
import os

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


def test_a_full_disk_leaves_no_half_of_a_file(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    assert default_storage.save("kept/whole.txt", ContentFile(b"whole")) == "kept/whole.txt"
    write, n_written = os.fdopen, []

    class Full:
        """A file on a disk that takes one piece and no more."""

        def __init__(self, file) -> None:
            self.file = file

        def write(self, piece: bytes) -> int:
            if n_written:
                raise OSError(errno.ENOSPC, "No space left on device")
            n_written.append(len(piece))
            return self.file.write(piece)

        def close(self) -> None:
            self.file.close()

    monkeypatch.setattr(os, "fdopen", lambda *given: Full(write(*given)))
    with pytest.raises(OSError, match="No space left"):
        default_storage.save("kept/half.txt", ContentFile(b"x" * 200_000))
    assert n_written
    assert [path.name for path in tmp_path.rglob("*.txt")] == ["whole.txt"]
