"""Working weeks as quarter hours of UTC, so that the overlap of two people is a dot product."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import numpy.typing as npt

from telemachy.core.matching import errors
from telemachy.core.matching.problem import MINUTES_A_DAY, Interval, Profile

QUARTERS_A_WEEK = 7 * 24 * 4

#: Assumed of those who state a time zone but no hours.
USUAL_HOURS: tuple[Interval, ...] = tuple((day, 9 * 60, 17 * 60) for day in range(5))

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Week = npt.NDArray[np.float32]


def read_hours(week: Mapping[str, Sequence[Sequence[str]]]) -> tuple[Interval, ...]:
    """Return intervals from `{"mon": [["09:00", "17:00"]], ...}`; raise ImpossibleProfile if unreadable."""
    found: list[Interval] = []
    for day, spans in week.items():
        try:
            weekday = _DAYS.index(day)
            found.extend((weekday, _minutes(start), _minutes(end)) for start, end in spans)
        except (ValueError, TypeError):
            raise errors.ImpossibleProfile(
                f"The working hours {day!r}: {spans!r} cannot be read; write a day as mon to sun "
                'and times as ["09:00", "17:00"].',
                field="working_hours",
            ) from None
    return tuple(sorted(found))


def _minutes(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def weeks_of(profiles: Iterable[Profile], reference_date: date) -> tuple[Week, npt.NDArray[np.bool_]]:
    """Return who works in which quarter hour of the reference week, in UTC, and whose week is known.

    Returns
    -------
    float32 (n, 672) of 0 and 1, bool (n,) (False where the time zone is unknown)
    """
    monday = reference_date - timedelta(days=reference_date.weekday())
    kinds: dict[tuple[str, tuple[Interval, ...]], int] = {}
    rows: list[Week] = []
    kind_of: list[int] = []
    known: list[bool] = []
    for profile in profiles:
        kind = (profile.time_zone, profile.working_hours)
        if kind not in kinds:
            kinds[kind] = len(rows)
            rows.append(_week(profile, monday))
        kind_of.append(kinds[kind])
        known.append(bool(profile.time_zone))
    if not rows:
        return np.zeros((0, QUARTERS_A_WEEK), dtype=np.float32), np.zeros(0, dtype=bool)
    return np.stack(rows)[kind_of], np.array(known)


def _week(profile: Profile, monday: date) -> Week:
    week = np.zeros(QUARTERS_A_WEEK, dtype=np.float32)
    if not profile.time_zone:
        return week
    zone = _zone(profile)
    for day, start, end in profile.working_hours or USUAL_HOURS:
        midnight = datetime(monday.year, monday.month, monday.day, tzinfo=zone) + timedelta(days=day)
        offset = (midnight + timedelta(minutes=start)).utcoffset() or timedelta()
        first = day * MINUTES_A_DAY + start - round(offset.total_seconds() / 60)
        n_quarters = round((end - start) / 15)
        week[(round(first / 15) + np.arange(n_quarters)) % QUARTERS_A_WEEK] = 1
    return week


def _zone(profile: Profile) -> ZoneInfo:
    try:
        return ZoneInfo(profile.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise errors.ImpossibleProfile(
            f"{profile.called} has the time zone {profile.time_zone!r}, which does not exist; "
            "use a name like Europe/Vienna.",
            field="time_zone",
        ) from None
