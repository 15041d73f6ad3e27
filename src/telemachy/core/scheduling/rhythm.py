"""Cadence: when the next meeting is expected, and whether a pair drifts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from telemachy.core.shared.errors import BadInput

#: A meeting may be late by this share of the agreed cadence before a pair counts as drifting.
GRACE = 0.5


class CadenceStatus(StrEnum):
    """Whether a pair meets as often as it agreed."""

    ON_TRACK = "on_track"
    DUE = "due"
    DRIFTING = "drifting"


@dataclass(frozen=True, slots=True)
class Cadence:
    """`n_days_late` counts days past `expected_on`, 0 when on track."""

    status: CadenceStatus
    expected_on: date
    last_held_on: date | None
    n_days_late: int


def cadence(
    held_on: Iterable[date], every_days: int, *, started_on: date, today: date, next_on: date | None = None
) -> Cadence:
    """Compare the meetings held with the agreed cadence.

    Parameters
    ----------
    held_on : iterable of date
        Days of the sessions held, in any order.
    every_days : int
        Agreed days between two sessions, at least 1.
    started_on : date
        When the pair began; the first meeting is expected one cadence later.
    today : date
        The day of the question.
    next_on : date, optional
        The next scheduled session, if any; lateness is then measured up to it.

    Returns
    -------
    Cadence
        Due when late by up to half a cadence, drifting beyond that.

    Raises
    ------
    BadInput
        If `every_days` is less than 1.
    """
    if every_days < 1:
        raise BadInput("A cadence is at least one day.", field="every_days")
    last = max((day for day in held_on if day <= today), default=None)
    expected = (last or started_on) + timedelta(days=every_days)
    meets_on = next_on if next_on is not None and next_on >= today else today
    late = max((meets_on - expected).days, 0)
    if late == 0:
        status = CadenceStatus.ON_TRACK
    elif late <= GRACE * every_days:
        status = CadenceStatus.DUE
    else:
        status = CadenceStatus.DRIFTING
    return Cadence(status, expected, last, late)
