"""Weekly working hours in a time zone, as stretches of real time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from telemachy.core.shared.errors import BadInput

DAYS_PER_WEEK = 7


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """Local working time on one weekday (0 Monday .. 6 Sunday); ends the next day if `end <= start`."""

    weekday: int
    start: time
    end: time

    def __post_init__(self) -> None:
        if not 0 <= self.weekday < DAYS_PER_WEEK:
            raise BadInput(
                f"A weekday lies between 0 (Monday) and 6 (Sunday), not {self.weekday}.", field="weekday"
            )


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """A stretch of time in UTC, `start_at` included, `end_at` not."""

    start_at: datetime
    end_at: datetime

    @property
    def duration(self) -> timedelta:
        """How long it is."""
        return self.end_at - self.start_at


def zone_of(name: str) -> ZoneInfo:
    """Return the IANA time zone of that name; raise BadInput when there is none."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise BadInput(
            f"There is no time zone “{name}”; use a name such as Europe/Athens.", field="time_zone"
        ) from error


def working_intervals(
    hours: Iterable[WorkingHours], zone: str, start_on: date, days: int
) -> tuple[Interval, ...]:
    """Return the working time of `days` local days from `start_on`, in UTC, sorted and merged.

    Parameters
    ----------
    hours : iterable of WorkingHours
        The week; a weekday may occur several times (a lunch break) or not at all.
    zone : str
        IANA name, for example "Europe/Athens".
    start_on : date
        First local day.
    days : int
        How many local days.

    Raises
    ------
    BadInput
        If the zone does not exist.

    Notes
    -----
    Wall clock times are resolved as in PEP 495 with fold 0: a start inside the hour that spring skips moves
    on by that hour, and 9 to 17 is nine hours long on the autumn day that repeats one of them.
    """
    tz = zone_of(zone)
    week = list(hours)
    found = []
    for offset in range(days):
        day = start_on + timedelta(days=offset)
        for stretch in week:
            if stretch.weekday == day.weekday():
                end_on = day if stretch.end > stretch.start else day + timedelta(days=1)
                found.append(Interval(_utc(day, stretch.start, tz), _utc(end_on, stretch.end, tz)))
    return merge(found)


def _utc(day: date, wall: time, tz: ZoneInfo) -> datetime:
    return datetime.combine(day, wall, tzinfo=tz).astimezone(UTC)


def merge(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """Return the intervals sorted, with touching and overlapping ones joined and empty ones dropped."""
    joined: list[Interval] = []
    for interval in sorted(i for i in intervals if i.start_at < i.end_at):
        if joined and interval.start_at <= joined[-1].end_at:
            last = joined.pop()
            interval = Interval(last.start_at, max(last.end_at, interval.end_at))
        joined.append(interval)
    return tuple(joined)


def intersect(a: Sequence[Interval], b: Sequence[Interval]) -> tuple[Interval, ...]:
    """Return the time in both, each sorted and merged as `working_intervals` returns it."""
    shared = []
    i = j = 0
    while i < len(a) and j < len(b):
        start, end = max(a[i].start_at, b[j].start_at), min(a[i].end_at, b[j].end_at)
        if start < end:
            shared.append(Interval(start, end))
        if a[i].end_at < b[j].end_at:
            i += 1
        else:
            j += 1
    return tuple(shared)


def overlap_hours_per_week(
    a_hours: Iterable[WorkingHours],
    a_zone: str,
    b_hours: Iterable[WorkingHours],
    b_zone: str,
    *,
    week_of: date,
) -> float:
    """Return how many hours a week both work at the same time, in the week of `week_of`.

    The week matters: between two zones that change their clocks on different days the overlap differs for a
    few weeks a year. Counted from Monday 00:00 to Monday 00:00 UTC.
    """
    monday = week_of - timedelta(days=week_of.weekday())
    start = datetime.combine(monday, time(), tzinfo=UTC)
    week = (Interval(start, start + timedelta(days=DAYS_PER_WEEK)),)
    # Local days begin up to 14 hours before and 12 after UTC's, and a night shift ends a day later.
    first, days = monday - timedelta(days=2), DAYS_PER_WEEK + 4
    a = working_intervals(a_hours, a_zone, first, days)
    b = working_intervals(b_hours, b_zone, first, days)
    shared = intersect(intersect(a, b), week)
    return sum((interval.duration for interval in shared), timedelta()) / timedelta(hours=1)
