"""Parts of other actions: store the files of a recording and take them away, never half."""

from __future__ import annotations

import uuid
from contextlib import contextmanager
from functools import partial
from typing import IO, TYPE_CHECKING

from django.core.files import File
from django.db import transaction
from django.db.models.fields.files import FieldFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from telemachy.apps.supervision.models import Recording


class Keeper:
    """Stores files under names that tell nothing, and remembers which."""

    def __init__(self) -> None:
        self.kept: list[tuple[FieldFile, str]] = []

    def __call__(self, field: FieldFile, content: IO[bytes] | File[bytes], ending: str) -> str:
        """Store the content for a field and return its name."""
        name = field.field.generate_filename(field.instance, f"{uuid.uuid4().hex}{ending}")
        file = content if isinstance(content, File) else File(content)
        stored = field.storage.save(name, file)
        self.kept.append((field, stored))
        return stored


@contextmanager
def storing() -> Iterator[Keeper]:
    """Let files be stored; if what follows fails, none of them stays."""
    keeper = Keeper()
    try:
        yield keeper
    except BaseException:
        for field, name in keeper.kept:
            field.storage.delete(name)
        raise


def delete_file(stored: FieldFile) -> None:
    """Have a stored file deleted when the transaction commits."""
    if stored:
        transaction.on_commit(partial(stored.storage.delete, str(stored.name)))


def delete_words(recording: Recording) -> None:
    """Take sound, transcript and what quotes it out of the row, and have the files deleted."""
    delete_file(recording.audio)
    delete_file(recording.transcript)
    recording.audio = recording.transcript = ""
    recording.audio_type, recording.audio_size = "", 0
    recording.notes, recording.n_notes, recording.seats = [], 0, {}
