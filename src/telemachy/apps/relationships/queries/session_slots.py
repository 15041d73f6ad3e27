"""When the people of a relationship can meet: their working weeks less what they have agreed on already."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from telemachy.apps.people.queries.clocks import zone_of
from telemachy.apps.relationships.models import Session, SessionSlot
from telemachy.core.scheduling import WorkingHours, propose_slots, working_intervals

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
USUAL = [["09:00", "17:00"]]
WEEKDAYS = 5
#: Nobody is asked to meet sooner than this.
NOTICE = timedelta(hours=20)
HORIZON_DAYS = 14
N_SUGGESTIONS = 5
#: No session is longer, so an engagement that began earlier is over.
LONGEST = timedelta(hours=8)


def suggested(
    people: Sequence[Person], *, reader: Person, now: datetime, minutes: int, besides: Session | None = None
) -> tuple[datetime, ...]:
    """Return up to five starts at which everybody works and nobody has another session.

    Starts fall on the full or half hour of the reader's clock. `besides` is the session being moved.
    """
    others = [person for person in people if person.pk != reader.pk]
    if not others:
        return ()
    busy = list(engagements(people, now, besides))
    for person in others[1:]:
        busy.extend(_away(person, now))
    slots = propose_slots(
        week_of(reader),
        zone_of(reader).key,
        week_of(others[0]),
        zone_of(others[0]).key,
        not_before=now + NOTICE,
        duration=timedelta(minutes=minutes),
        busy=busy,
        days=HORIZON_DAYS,
        limit=N_SUGGESTIONS,
    )
    return tuple(slot.start_at for slot in slots)


def engagements(
    people: Sequence[Person], now: datetime, besides: Session | None = None
) -> Iterator[tuple[datetime, datetime]]:
    """Yield when any of the people meets somebody, or has offered to."""
    seats = {"session__relationship__parties__person__in": people}
    until = now + timedelta(days=HORIZON_DAYS + 2)
    agreed = Session.objects.filter(
        relationship__parties__person__in=people,
        state="scheduled",
        starts_at__gt=now - LONGEST,
        starts_at__lt=until,
    )
    offered = SessionSlot.objects.filter(
        **seats, session__state="proposed", starts_at__gt=now, starts_at__lt=until
    )
    if besides is not None:
        agreed, offered = agreed.exclude(pk=besides.pk), offered.exclude(session=besides)
    for starts_at, minutes in agreed.distinct().values_list("starts_at", "duration_minutes"):
        if starts_at is not None:
            yield starts_at, starts_at + timedelta(minutes=minutes)
    for at, minutes in offered.distinct().values_list("starts_at", "session__duration_minutes"):
        yield at, at + timedelta(minutes=minutes)


def week_of(person: Person) -> list[WorkingHours]:
    """Return the person's working week; who says nothing works Monday to Friday, nine to five."""
    week = person.working_hours or dict.fromkeys(DAYS[:WEEKDAYS], USUAL)
    return [
        WorkingHours(DAYS.index(day), _clock(start), _clock(end))
        for day, stretches in week.items()
        for start, end in stretches
    ]


def _clock(text: str) -> time:
    """Return "24:00" as the midnight that ends the day."""
    hours, minutes = text.split(":")
    return time(int(hours) % 24, int(minutes))


def _away(person: Person, now: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield when the person does not work: for the third and further people of a circle."""
    start = now.astimezone(UTC)
    end = start + timedelta(days=HORIZON_DAYS + 2)
    first_on = start.date() - timedelta(days=1)
    for stretch in working_intervals(week_of(person), zone_of(person).key, first_on, HORIZON_DAYS + 4):
        if stretch.end_at <= start:
            continue
        if stretch.start_at > start:
            yield start, stretch.start_at
        start = stretch.end_at
    if start < end:
        yield start, end
