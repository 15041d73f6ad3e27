"""Whose words may leave, and in which words they were told so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from telemachy.apps.assist.models import Agreement
from telemachy.apps.assist.queries import budgets

if TYPE_CHECKING:
    from collections.abc import Iterable

    from telemachy.apps.assist.queries.budgets import Place
    from telemachy.apps.people.models import Person


def answers_for(person: Person) -> Person:
    """Return who decides about a person's words: an agent's owner for the agent, else the person."""
    return person.owner if person.is_agent and person.owner is not None else person


def of_person(person: Person) -> Agreement | None:
    """Return the agreement that holds for the model as it is set now, None where there is none."""
    place = budgets.place()
    if place is None:
        return None
    return Agreement.objects.filter(
        person=person, host=place.host, model=place.model, withdrawn_at__isnull=True
    ).first()


def missing(people: Iterable[Person]) -> list[Person]:
    """Return those of the people whose agreement is missing, by name."""
    asked = {answers_for(one): one for one in people}
    place = budgets.place()
    if place is None:
        return sorted(asked, key=lambda one: one.name)
    holding = Q(host=place.host, model=place.model, withdrawn_at__isnull=True, person__in=list(asked))
    agreed = set(Agreement.objects.filter(holding).values_list("person", flat=True))
    return sorted((one for one in asked if one.pk not in agreed), key=lambda one: one.name)


def notice(place: Place) -> list[str]:
    """Return what is said before the first word leaves, a sentence or two on each point."""
    return [
        _(
            "When somebody asks for it, text is sent to %(host)s, where the model %(model)s runs. Nothing is "
            "sent by itself."
        )
        % {"host": place.host, "model": place.model},
        _(
            "For questions and drafts: what the learner wrote about the case up to the decision. For a "
            "summary: the conversation about one situation. For a goal: the goal. In a role-play: the scene "
            "and what is said in it. Nothing else of yours."
        ),
        _(
            "Your names are replaced by seats such as “the mentor”, and e-mail addresses are taken out. What "
            "you tell in the text itself is sent as it is, so others may be recognised by it."
        ),
        _(
            "What the model's operator does with the text is up to the contract that this installation has "
            "with them. Telemachy keeps no copy of what was sent, only who asked, for what kind of help, and "
            "how much it took."
        ),
        _(
            "Words of a pair are sent only if each of you whose words they are has agreed. You can take it "
            "back at any time; what was sent before stays sent."
        ),
    ]


def latest(person: Person) -> Agreement | None:
    """Return the person's latest agreement, to whatever model, withdrawn or not."""
    return Agreement.objects.filter(person=person).order_by("-agreed_at").first()
