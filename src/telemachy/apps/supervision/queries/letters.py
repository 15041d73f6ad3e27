"""What a feedback letter holds, and what it can quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telemachy.apps.relationships.queries import relationships
from telemachy.apps.supervision.models import DevelopmentPoint, Letter, LetterQuote
from telemachy.apps.supervision.queries import assessments

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Relationship
    from telemachy.apps.supervision.models import Evidence, Review


def of_review(review: Review) -> Letter | None:
    """Return the letter of a review, if one was begun."""
    return Letter.objects.filter(review=review).prefetch_related("quotes").first()


def quotes(letter: Letter) -> list[LetterQuote]:
    """Return what it quotes, in the order of the recording."""
    return list(letter.quotes.select_related("evidence__author"))


def points(review: Review) -> list[DevelopmentPoint]:
    """Return the development points of a review's letter."""
    return list(review.points.select_related("goal"))


def quotable(review: Review, writer: Person) -> list[Evidence]:
    """Return the pins that the letter can quote: all that the writer may see."""
    return assessments.evidence(review, writer)


def home_of_goals(coach: Person, writer: Person) -> Relationship | None:
    """Return the relationship in which the coach learns from a letter's writer, if one is under way."""
    mentored = relationships.of_party(writer).filter(parties__person=writer, parties__seat="mentor")
    learning = relationships.of_party(coach).filter(
        parties__person=coach, parties__seat="learner", state__in=("contracting", "active", "winding_down")
    )
    return learning.filter(pk__in=mentored.values("pk")).order_by("-created_at").first()
