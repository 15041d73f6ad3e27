"""Meeting slots that suit both: inside working hours, away from their edges, spread over the days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from telemachy.core.scheduling.hours import (
    Interval,
    WorkingHours,
    intersect,
    merge,
    working_intervals,
    zone_of,
)
from telemachy.core.shared.errors import BadInput

STEP = timedelta(minutes=30)
#: More room than this before or after a slot makes it no better.
ROOM_ENOUGH = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class _Candidate:
    slot: Interval
    on: date
    room: timedelta


def propose_slots(
    a_hours: Iterable[WorkingHours],
    a_zone: str,
    b_hours: Iterable[WorkingHours],
    b_zone: str,
    *,
    not_before: datetime,
    duration: timedelta,
    busy: Iterable[tuple[datetime, datetime]] = (),
    days: int = 14,
    limit: int = 5,
) -> tuple[Interval, ...]:
    """Return up to `limit` slots in which both work and neither is busy, earliest first.

    Parameters
    ----------
    a_hours, b_hours : iterable of WorkingHours
        The two weeks.
    a_zone, b_zone : str
        IANA names. Slots start on the full or half hour of `a_zone`'s clock.
    not_before : datetime
        Aware; the earliest start.
    duration : timedelta
        Length of a slot, more than 0.
    busy : iterable of (start, end)
        Aware; either party's engagements.
    days : int
        How far ahead to look, in days of `a_zone`.
    limit : int
        Most slots to return.

    Raises
    ------
    BadInput
        If a zone does not exist, a datetime has no zone, or the duration is not positive.

    Notes
    -----
    On each day the slot with most room (up to an hour) from the edges of either's working time and from
    engagements wins, the earlier one among equals. Days are picked evenly over the period; only when there
    are fewer days than slots does a day give a second one.
    """
    if duration <= timedelta():
        raise BadInput("A meeting must last longer than no time at all.", field="duration")
    _require_zone(not_before, "not_before")
    tz = zone_of(a_zone)
    start_on = not_before.astimezone(tz).date() - timedelta(days=1)
    a = working_intervals(a_hours, a_zone, start_on, days + 1)
    b = working_intervals(b_hours, b_zone, start_on - timedelta(days=1), days + 3)
    free = _subtract(intersect(a, b), merge(_interval(start, end) for start, end in busy))
    by_day: dict[date, list[_Candidate]] = defaultdict(list)
    for stretch in free:
        for slot in _starts(stretch, duration, not_before, stretch.start_at.astimezone(tz).utcoffset()):
            on = slot.start_at.astimezone(tz).date()
            by_day[on].append(_Candidate(slot, on, _room(slot, stretch)))
    return tuple(sorted(c.slot for c in _choose(by_day, limit)))


def _require_zone(moment: datetime, field: str) -> None:
    if moment.tzinfo is None:
        raise BadInput("A moment needs its time zone.", field=field)


def _interval(start: datetime, end: datetime) -> Interval:
    _require_zone(start, "busy")
    _require_zone(end, "busy")
    return Interval(start, end)


def _subtract(free: Sequence[Interval], busy: Sequence[Interval]) -> list[Interval]:
    """Return what is left of `free`; both sorted and merged."""
    left: list[Interval] = []
    for stretch in free:
        start = stretch.start_at
        for engagement in busy:
            if engagement.end_at <= start or engagement.start_at >= stretch.end_at:
                continue
            if engagement.start_at > start:
                left.append(Interval(start, engagement.start_at))
            start = max(start, engagement.end_at)
        if start < stretch.end_at:
            left.append(Interval(start, stretch.end_at))
    return left


def _starts(
    stretch: Interval, duration: timedelta, not_before: datetime, utcoffset: timedelta | None
) -> Iterator[Interval]:
    """Yield the slots inside `stretch` that start on a half hour of a clock `utcoffset` ahead of UTC."""
    earliest = max(stretch.start_at, not_before.astimezone(stretch.start_at.tzinfo))
    wall = earliest + (utcoffset or timedelta())
    past = timedelta(minutes=wall.minute, seconds=wall.second, microseconds=wall.microsecond) % STEP
    start = earliest + (STEP - past if past else timedelta())
    while start + duration <= stretch.end_at:
        yield Interval(start, start + duration)
        start += STEP


def _room(slot: Interval, stretch: Interval) -> timedelta:
    return min(slot.start_at - stretch.start_at, stretch.end_at - slot.end_at, ROOM_ENOUGH)


def _choose(by_day: dict[date, list[_Candidate]], limit: int) -> Iterator[_Candidate]:
    """Yield the best of evenly spread days, then the next best, never two that overlap."""
    taken: list[_Candidate] = []
    while len(taken) < limit:
        round_ = [best for day in sorted(by_day) if (best := _best(by_day[day], taken))]
        if not round_:
            break
        taken.extend(_spread(round_, limit - len(taken)))
    yield from taken


def _best(candidates: Sequence[_Candidate], taken: Sequence[_Candidate]) -> _Candidate | None:
    open_ = [c for c in candidates if not any(_overlap(c.slot, other.slot) for other in taken)]
    return min(open_, key=lambda c: (-c.room, c.slot.start_at), default=None)


def _overlap(a: Interval, b: Interval) -> bool:
    return a.start_at < b.end_at and b.start_at < a.end_at


def _spread(candidates: Sequence[_Candidate], n: int) -> list[_Candidate]:
    """Return `n` of the candidates at even distances, the first among them, or all if fewer."""
    if len(candidates) <= n:
        return list(candidates)
    return [candidates[i * len(candidates) // n] for i in range(n)]
