"""Long work in blocks: it can be watched, stopped between blocks, and resumed from what was kept."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from telemachy.core.matching.errors import Stopped

Array = npt.NDArray[np.generic]


@dataclass(frozen=True, slots=True)
class Work:
    """How a caller accompanies a long search.

    Attributes
    ----------
    fingerprint : tells the blocks of this search from those of others
    finished : blocks kept from an earlier time, by name
    save : called with name and content of each new block
    progress : called with the share done, 0 to 1
    stop : asked before each block
    """

    fingerprint: str
    finished: Mapping[str, bytes]
    save: Callable[[str, bytes], None] | None = None
    progress: Callable[[float], None] | None = None
    stop: Callable[[], bool] | None = None

    def each(
        self,
        stage: str,
        n: int,
        size: int,
        compute: Callable[[slice], tuple[Array, ...]],
        *,
        share: tuple[float, float] = (0.0, 1.0),
    ) -> Iterator[tuple[Array, ...]]:
        """Yield what `compute` returns for each block of `size` out of `n`, or what was kept of it.

        Parameters
        ----------
        share : of the whole work that is done before and after this stage

        Raises
        ------
        Stopped
            When the caller asks for it.
        """
        for start in range(0, n, size):
            if self.stop and self.stop():
                raise Stopped(f"The search was stopped at {stage} {start} of {n}.")
            name, end = f"{stage}-{start:09d}", min(start + size, n)
            arrays = self._kept(name)
            if arrays is None:
                arrays = compute(slice(start, end))
                if self.save:
                    self.save(name, self._packed(arrays))
            yield arrays
            self.tell(share[0] + (share[1] - share[0]) * end / n)

    def tell(self, done: float) -> None:
        """Tell the caller the share of the work that is done."""
        if self.progress:
            self.progress(done)

    def _packed(self, arrays: tuple[Array, ...]) -> bytes:
        content = io.BytesIO()
        np.savez(content, np.array(self.fingerprint), *arrays)
        return content.getvalue()

    def _kept(self, name: str) -> tuple[Array, ...] | None:
        if name not in self.finished:
            return None
        try:
            with np.load(io.BytesIO(self.finished[name]), allow_pickle=False) as content:
                arrays = tuple(content[f"arr_{at}"] for at in range(len(content.files)))
        except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile):
            return None
        return arrays[1:] if arrays and str(arrays[0]) == self.fingerprint else None


def fingerprint(arrays: list[Array], settings: Mapping[str, object]) -> str:
    """Return a text that changes with any of the arrays or settings."""
    found = hashlib.sha256(json.dumps(settings, sort_keys=True).encode())
    for array in arrays:
        found.update(f"{array.dtype}{array.shape}".encode())
        found.update(np.ascontiguousarray(array).data)
    return found.hexdigest()
