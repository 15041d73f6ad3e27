"""Working weeks as quarter hours of UTC, so that the overlap of two people is a dot product."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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

Week = npt.NDArray[np.uint8]


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


class Kinds:
    """Every distinct week of a pool once; number 0 is the week that is not known.

    Parameters
    ----------
    reference_date : date
        A day of the week whose clock offsets hold.
    """

    def __init__(self, reference_date: date) -> None:
        self._monday = reference_date - timedelta(days=reference_date.weekday())
        self._number_of_hours: dict[tuple[str, tuple[Interval, ...]], int] = {}
        self._number_of_week: dict[bytes, int] = {}
        self._weeks: list[Week] = [np.zeros(QUARTERS_A_WEEK, dtype=np.uint8)]

    def number(self, profile: Profile) -> int:
        """Return the number of a person's week; raise ImpossibleProfile for a zone that does not exist."""
        if not profile.time_zone:
            return 0
        hours = (profile.time_zone, profile.working_hours)
        if hours not in self._number_of_hours:
            week = _week(profile, self._monday)
            number = self._number_of_week.setdefault(week.tobytes(), len(self._weeks))
            if number == len(self._weeks):
                self._weeks.append(week)
            self._number_of_hours[hours] = number
        return self._number_of_hours[hours]

    def quarters(self) -> Week:
        """Return the weeks by number, uint8 (n_kinds, 672): 1 in the quarter hours of UTC that are worked."""
        return np.stack(self._weeks)


def _week(profile: Profile, monday: date) -> Week:
    week = np.zeros(QUARTERS_A_WEEK, dtype=np.uint8)
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
