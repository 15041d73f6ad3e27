"""Which exercise comes next, and how the skills stand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import QuerySet, Window
from django.db.models.functions import RowNumber

from telemachy.apps.practice.models import DrillCard, DrillReview
from telemachy.core.practice import Item, Outcome, Pace, Skill, items

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

#: Exercises of one sitting: five to ten minutes.
SITTING = 8
#: How long a rating can be taken back.
UNDO_WITHIN = timedelta(minutes=30)
#: An exercise that stays away longer than this is at home.
STEADY_DAYS = 21
#: Latest answers that say how a skill goes at present.
LATEST = 10


@dataclass(frozen=True, slots=True)
class Standing:
    """How one skill stands with one person.

    n_met of the `n_latest` latest answers were found to do what was asked, n_unsure could not be told
    """

    skill: Skill
    n_items: int
    n_seen: int
    n_due: int
    n_steady: int
    n_latest: int
    n_met: int
    n_unsure: int


def next_item(person: Person, now: datetime, language: str, skill: Skill | None = None) -> Item | None:
    """Return the exercise whose turn it is: the longest due, else a new one of the skill seen least.

    None when nothing is due and everything has been seen.
    """
    found = items(language)
    cards = _cards(person, skill)
    for card in cards.filter(due_at__lte=now).order_by("due_at"):
        if card.item in found:
            return found[card.item]
    seen = {card.item: card.skill for card in cards}
    new = [item for item in found.values() if item.id not in seen and skill in (None, item.skill)]
    n_seen = Counter(seen.values())
    order = list(Skill)
    return min(new, key=lambda item: (n_seen[item.skill], order.index(item.skill)), default=None)


def pace_of(person: Person, item: Item) -> Pace:
    """Return where an exercise stands with the person."""
    card = DrillCard.objects.filter(person=person, item=item.id).first()
    return card.pace if card else Pace()


def next_due_at(person: Person, skill: Skill | None = None) -> datetime | None:
    """Return when the next exercise is due, None before the first."""
    first = _cards(person, skill).order_by("due_at").first()
    return first.due_at if first else None


def last_review(person: Person, now: datetime) -> DrillReview | None:
    """Return the rating that can still be taken back."""
    reviews = DrillReview.objects.filter(card__person=person, reviewed_at__gte=now - UNDO_WITHIN)
    return reviews.select_related("card").order_by("-reviewed_at").first()


def standings(person: Person, now: datetime) -> tuple[Standing, ...]:
    """Return how each skill stands, in the order of the path, in two queries."""
    cards = list(_cards(person, None))
    latest = _latest(person)
    n_items = Counter(item.skill for item in items().values())
    found = []
    for skill in Skill:
        own = [card for card in cards if card.skill == skill]
        outcomes = latest.get(skill, [])
        found.append(
            Standing(
                skill=skill,
                n_items=n_items[skill],
                n_seen=len(own),
                n_due=sum(card.due_at <= now for card in own),
                n_steady=sum((card.stability or 0) >= STEADY_DAYS for card in own),
                n_latest=len(outcomes),
                n_met=outcomes.count(Outcome.MET),
                n_unsure=outcomes.count(Outcome.UNSURE),
            )
        )
    return tuple(found)


def n_seen_by_skill(person: Person) -> Counter[str]:
    """Count the different exercises tried, by skill."""
    return Counter(_cards(person, None).values_list("skill", flat=True))


def _latest(person: Person) -> dict[str, list[str]]:
    """Return the outcomes of the latest answers of each skill."""
    found: dict[str, list[str]] = {}
    of_skill = Window(RowNumber(), partition_by="card__skill", order_by="-reviewed_at")
    reviews = DrillReview.objects.filter(card__person=person).annotate(place=of_skill)
    for skill, outcome in reviews.filter(place__lte=LATEST).values_list("card__skill", "outcome"):
        found.setdefault(skill, []).append(outcome)
    return found


def _cards(person: Person, skill: Skill | None) -> QuerySet[DrillCard]:
    cards = DrillCard.objects.filter(person=person)
    return cards.filter(skill=skill) if skill else cards
