"""What practice keeps of a person, for the person to take along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telemachy.apps.practice.models import Commitment, DrillReview, MirrorChoice, RolePlay

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person


def own_data(person: Person) -> dict[str, Any]:
    """Return answers, conversations, plans and the choice about the mirror."""
    reviews = DrillReview.objects.filter(card__person=person).order_by("reviewed_at")
    written = ("partner", "topic", "due_on", "made_at", "asked", "noticed", "differently", "reflected_at")
    return {
        "practice": {
            "answers": list(reviews.values("card__item", "answer", "outcome", "grade", "reviewed_at")),
            "role_plays": [
                {
                    "scenario": play.scenario,
                    "started_at": play.started_at,
                    "ending": play.ending,
                    "turns": list(play.turns.values("text", "kind", "answer", "said_at")),
                }
                for play in RolePlay.objects.filter(person=person).prefetch_related("turns")
            ],
            "conversations": list(Commitment.objects.filter(person=person).values(*written)),
            "mirror": list(MirrorChoice.objects.filter(person=person).values("on", "chosen_at")),
        }
    }
