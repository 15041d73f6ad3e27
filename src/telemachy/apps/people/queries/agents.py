"""AI agents and what is declared of them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from telemachy.apps.people.models import AgentCard, Person


def visible_to(person: Person) -> QuerySet[Person]:
    """Return the agents the person looks after: those they answer for, and all for administrators."""
    present = Person.objects.filter(
        organisation_id=person.organisation_id,
        kind=Person.Kind.AGENT,
        left_at__isnull=True,
        erased_at__isnull=True,
    )
    mine = Q(owner=person) | Q(pk=person.pk)
    found = present if person.is_administrator else present.filter(mine)
    return found.select_related("owner", "card").order_by("name", "pk")


def card_of(agent: Person) -> AgentCard:
    """Return the agent's card, an empty one where nothing was declared yet."""
    return getattr(agent, "card", None) or AgentCard(agent=agent)
