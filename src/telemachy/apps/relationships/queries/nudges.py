"""Whose turn it is in a pair, and when it was last reminded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Max

from telemachy.apps.relationships.models import Nudge, Party, Relationship

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

#: A pair is reminded at most once in this time.
REST = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Turn:
    """Who is to act: one seat, or "" for everybody; about what; and the situation that waits, if one does."""

    seat: str
    about: str
    persons: tuple[Person, ...]
    situation_id: UUID | None = None


def turn_of(relationship: Relationship) -> Turn:
    """Return whose turn it is: in an open invitation, in the longest waiting situation, or nobody's alone."""
    parties = list(relationship.parties.filter(left_at__isnull=True).select_related("person"))
    if relationship.state == "proposed":
        silent = [party for party in parties if party.accepted_at is None]
        return Turn("", "invitation", _persons(silent))
    if relationship.state in {"accepted", "contracting"}:
        return Turn("", "charter", _persons(parties))
    waiting = relationship.situations.exclude(awaiting="").order_by("awaiting_since").first()
    if waiting is None:
        return Turn("", "session", _persons(parties))
    acting = [
        party
        for party in parties
        if party.seat == waiting.awaiting
        and (party.seat == Party.Seat.MENTOR or party.person_id == waiting.learner_id)
    ]
    return Turn(waiting.awaiting, "situation", _persons(acting), waiting.pk)


def last_nudge_at(relationship: Relationship) -> datetime | None:
    """Return when the pair was last reminded, or None."""
    last = Nudge.objects.filter(relationship=relationship).order_by("-nudged_at").first()
    return last.nudged_at if last else None


def last_nudges(relationship_ids: Iterable[UUID]) -> dict[UUID, datetime]:
    """Return when each pair was last reminded, as far as it was."""
    rows = Nudge.objects.filter(relationship_id__in=relationship_ids).values_list("relationship_id")
    return dict(rows.annotate(last=Max("nudged_at")).order_by())


def _persons(parties: Iterable[Party]) -> tuple[Person, ...]:
    return tuple(party.person for party in parties)
