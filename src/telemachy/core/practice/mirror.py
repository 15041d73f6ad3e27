"""A mentor's own mix by month: what the guidance asked and told, beside what was recommended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from telemachy.core.conversation import DraftKind, mark_draft
from telemachy.core.shared.scales import GuidanceLevel


@dataclass(frozen=True, slots=True)
class Written:
    """A piece of guidance: when, its text, and the level recommended for it, if any."""

    on: date
    text: str
    recommended: int | None


@dataclass(frozen=True, slots=True)
class MonthOfWriting:
    """A month's guidance: pieces that ask, that do both, that tell.

    n_to_ask : pieces for which a question or less was recommended, of `n_recommended` with a recommendation
    """

    month: date
    n_asking: int = 0
    n_mixed: int = 0
    n_telling: int = 0
    n_to_ask: int = 0
    n_recommended: int = 0

    @property
    def n(self) -> int:
        """All pieces with words."""
        return self.n_asking + self.n_mixed + self.n_telling


def months_of_writing(pieces: Sequence[Written]) -> tuple[MonthOfWriting, ...]:
    """Return the mix of each month from the first to the last piece, empty months included.

    Read by the rules of `core.conversation.mark_draft`, with their limits: form, not intent.
    """
    found: dict[date, list[tuple[DraftKind, int | None]]] = {}
    for piece in pieces:
        kind = mark_draft(piece.text).kind
        if kind != DraftKind.EMPTY:
            found.setdefault(piece.on.replace(day=1), []).append((kind, piece.recommended))
    if not found:
        return ()
    return tuple(_month(month, found.get(month, [])) for month in _months(min(found), max(found)))


def _month(month: date, read: list[tuple[DraftKind, int | None]]) -> MonthOfWriting:
    kinds = [kind for kind, _recommended in read]
    levels = [level for _kind, level in read if level is not None]
    return MonthOfWriting(
        month=month,
        n_asking=kinds.count(DraftKind.QUESTION),
        n_mixed=kinds.count(DraftKind.MIXED),
        n_telling=kinds.count(DraftKind.ANSWER),
        n_to_ask=sum(level <= GuidanceLevel.QUESTION for level in levels),
        n_recommended=len(levels),
    )


def _months(first: date, last: date) -> list[date]:
    found = [first]
    while found[-1] < last:
        month = found[-1]
        found.append(date(month.year + month.month // 12, month.month % 12 + 1, 1))
    return found
