"""The conversations a person means to have, and had."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from telemachy.apps.people.queries import clocks
from telemachy.apps.practice.models import Commitment

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

#: From this local hour on, people are reminded.
MORNING = 8


def of_person(person: Person) -> QuerySet[Commitment]:
    """Return the person's own, the latest first."""
    return Commitment.objects.filter(person=person).order_by("-due_on", "-made_at")


def open_of(person: Person) -> QuerySet[Commitment]:
    """Return those neither reflected on nor dropped, the most pressing first."""
    settled = Q(reflected_at__isnull=False) | Q(dropped_at__isnull=False)
    return of_person(person).exclude(settled).order_by("due_on", "made_at")


def settled_of(person: Person) -> QuerySet[Commitment]:
    """Return those reflected on, the latest first."""
    return of_person(person).filter(reflected_at__isnull=False)


def locked(commitment: Commitment) -> Commitment:
    """Return the row as it stands, held until the transaction ends."""
    rows = Commitment.objects.select_for_update(of=("self",)).select_related("person")
    return rows.get(pk=commitment.pk)


def to_remind(now: datetime) -> list[Commitment]:
    """Return whose conversation is due today, and whose was due yesterday, and nobody has said so yet."""
    today = now.date()
    near = Commitment.objects.filter(
        Q(reminded_at__isnull=True) | Q(asked_how_at__isnull=True),
        reflected_at__isnull=True,
        dropped_at__isnull=True,
        due_on__range=(today - timedelta(days=7), today + timedelta(days=1)),
        person__left_at__isnull=True,
        person__erased_at__isnull=True,
    ).select_related("person")
    return [one for one in near if is_due(one, now) or is_over(one, now)]


def is_due(commitment: Commitment, now: datetime) -> bool:
    """Tell whether it is the morning of the day, where the person is, and no reminder went out."""
    return (
        commitment.reminded_at is None
        and _local(commitment.person, now) >= (commitment.due_on, MORNING)
        and not is_over(commitment, now)
    )


def is_over(commitment: Commitment, now: datetime) -> bool:
    """Tell whether the day after has begun, and nobody has asked how it went."""
    after = commitment.due_on + timedelta(days=1)
    return commitment.asked_how_at is None and _local(commitment.person, now) >= (after, MORNING)


def _local(person: Person, now: datetime) -> tuple[date, int]:
    there = clocks.local(person, now)
    return there.date(), there.hour
