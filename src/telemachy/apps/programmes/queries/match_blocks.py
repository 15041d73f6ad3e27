"""What a large match run has worked out so far, kept in the storage until it is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from telemachy.apps.programmes.models import MatchRun


class Blocks(Mapping[str, bytes]):
    """The blocks of one run by name; each is read when it is asked for, so memory holds one at a time."""

    def __init__(self, match_run: MatchRun) -> None:
        self._folder = f"match-runs/{match_run.pk}"

    def __getitem__(self, name: str) -> bytes:
        """Return a block; raise KeyError where there is none."""
        if name not in self:
            raise KeyError(name)
        with default_storage.open(self._path(name), "rb") as stream:
            content: bytes = stream.read()
        return content

    def __contains__(self, name: object) -> bool:
        """Tell whether a block is kept."""
        return default_storage.exists(self._path(str(name)))

    def __iter__(self) -> Iterator[str]:
        """Return the names of the blocks."""
        try:
            _folders, names = default_storage.listdir(self._folder)
        except FileNotFoundError:
            return iter(())
        return iter(sorted(names))

    def __len__(self) -> int:
        """Return how many blocks there are."""
        return sum(1 for _name in self)

    def keep(self, name: str, content: bytes) -> None:
        """Keep a block, in place of one of the same name."""
        default_storage.delete(self._path(name))
        default_storage.save(self._path(name), ContentFile(content))

    def forget(self) -> None:
        """Delete them all: the run is over, one way or the other."""
        for name in list(self):
            default_storage.delete(self._path(name))

    def _path(self, name: str) -> str:
        return f"{self._folder}/{name}"


def files_among(names: Iterable[str]) -> set[str]:
    """Return which of the names of files, each below the key of its run, belong to runs under way."""
    under_way = MatchRun.objects.filter(
        pk__in={name.split("/")[1] for name in names}, state__in=("queued", "running")
    )
    keys = {str(pk) for pk in under_way.values_list("pk", flat=True)}
    return {name for name in names if name.split("/")[1] in keys}
