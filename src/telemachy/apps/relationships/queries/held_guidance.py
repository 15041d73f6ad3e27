"""What agents in the mentor's seat want to send, and who reads it first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from telemachy.apps.relationships.models import HeldGuidance, Party, Situation
from telemachy.apps.relationships.queries.relationships import mentored_by
from telemachy.apps.relationships.queries.situations import mentors_of

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person


def to_decide(person: Person) -> QuerySet[HeldGuidance]:
    """Return what waits for the person: of agents they answer for, and of seats they share; oldest first."""
    return _decidable(person).filter(state=HeldGuidance.State.HELD).order_by("held_at", "pk")


def visible_to(person: Person) -> QuerySet[HeldGuidance]:
    """Return what the person may read of it: what they decide on, and what they wrote."""
    return (_decidable(person) | _rows().filter(author=person)).distinct()


def asked_of_agents(person: Person) -> QuerySet[Situation]:
    """Return situations whose learner waits for an agent that has written nothing yet, longest waiting first.

    Those alone in which the person would decide on what the agent writes.
    """
    if person.is_agent:
        return Situation.objects.none()
    agents = Party.objects.filter(person__kind="agent", seat=Party.Seat.MENTOR, left_at__isnull=True)
    pairs = agents.filter(Q(person__owner=person) | Q(relationship__in=mentored_by(person)))
    waiting = Situation.objects.filter(
        relationship__in=pairs.values("relationship"),
        relationship__closed_at__isnull=True,
        relationship__programme__organisation_id=person.organisation_id,
        state="consulted",
    ).exclude(held__state=HeldGuidance.State.HELD)
    return waiting.select_related("learner", "relationship__programme").order_by("awaiting_since", "pk")


def is_decider(held: HeldGuidance, person: Person) -> bool:
    """Tell whether the person decides on it: the agent's owner, or a human in the same mentor's seat."""
    if person.is_agent:
        return False
    return person.pk == held.author.owner_id or person in mentors_of(held.situation.relationship)


def open_for(situation: Situation, author: Person, kind: str) -> HeldGuidance | None:
    """Return what the author already has waiting for a situation, or None."""
    return situation.held.filter(author=author, kind=kind, state=HeldGuidance.State.HELD).first()


def _decidable(person: Person) -> QuerySet[HeldGuidance]:
    if person.is_agent:
        return HeldGuidance.objects.none()
    mine = Q(author__owner=person) | Q(situation__relationship__in=mentored_by(person))
    return _rows().filter(mine, author__organisation_id=person.organisation_id)


def _rows() -> QuerySet[HeldGuidance]:
    return HeldGuidance.objects.select_related(
        "author", "situation__learner", "situation__relationship__programme"
    )
