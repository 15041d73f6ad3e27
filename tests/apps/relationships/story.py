"""A pair with a past, for the tests of development and health: rows as the actions would leave them."""

from __future__ import annotations

from datetime import datetime, timedelta

from telemachy.apps.knowledge.models import Competency
from telemachy.apps.relationships.models import (
    Charter,
    Goal,
    GoalReading,
    Guidance,
    Relationship,
    Session,
    Situation,
)
from tests.cast import NOW, Cast

#: Days ago, guidance level, rating, difficulty, novelty: guidance fades and the ratings rise.
FADING = (
    (170, 4, 1, 3, 3),
    (150, 3, 2, 3, 4),
    (130, 3, 3, 4, 4),
    (110, 2, 2, 4, 4),
    (90, 2, 3, 4, 5),
    (70, 0, 3, 4, 5),
    (50, 0, 4, 5, 5),
    (35, 0, 3, 4, 5),
    (20, 0, 3, 5, 5),
    (10, 0, 4, 4, 5),
)


def competency(cast: Cast, name: str = "Holding a line") -> Competency:
    return Competency.objects.get_or_create(
        organisation=cast.ithaca, name=name, defaults={"created_at": NOW}
    )[0]


def situation(
    relationship: Relationship, learner, at: datetime, *, level: int = 0, rating: int | None = 3, **fields
) -> Situation:
    """Create a debriefed situation, or an undebriefed one with rating=None."""
    asked = level > 1
    usual = {
        "logged_at": at,
        "reasoned_at": at,
        "asked_at": at if asked else None,
        "decided_at": at + timedelta(days=1),
        "acted_at": at + timedelta(days=2),
        "accounted_at": at + timedelta(days=2),
        "debriefed_at": at + timedelta(days=3) if rating is not None else None,
        "state": "debriefed" if rating is not None else "accounted",
        "awaiting": "" if rating is not None else "mentor",
        "awaiting_since": at + timedelta(days=2),
        "recommended_level": level,
        "guided_level": level,
        "title": f"The case of {at:%d %B}",
        "own_view": "They stall until my mother gives in.",
        "decision": "Refuse, and say why.",
        "criteria": "The stores",
        "risks": "A fight",
        "alternatives": "Wait another month",
        "outcome": "They left.",
    }
    made = Situation.objects.create(
        **{**usual, "relationship": relationship, "learner": learner, "rating": rating, **fields}
    )
    if asked:
        mentor = relationship.parties.get(seat="mentor").person
        Guidance.objects.create(
            situation=made, author=mentor, level=level, text="What would they lose?", given_at=at
        )
    return made


def fading(cast: Cast, relationship: Relationship | None = None, learner=None) -> list[Situation]:
    """Create ten situations in which guidance fades and the learner comes to decide alone."""
    found = relationship or cast.relationship
    return [
        situation(
            found,
            learner or cast.telemachus,
            NOW - timedelta(days=days),
            level=level,
            rating=rating,
            difficulty=difficulty,
            novelty=novelty,
            competency=competency(cast),
        )
        for days, level, rating, difficulty, novelty in FADING
    ]


def goal(cast: Cast, **fields) -> Goal:
    """Create an active goal with a baseline and two readings."""
    made = Goal.objects.create(
        **{
            "relationship": cast.relationship,
            "learner": cast.telemachus,
            "statement": "Refuse a demand of the suitors in the open, and say why.",
            "baseline": "Gives in before he is asked twice.",
            "baseline_evidence": "Three feasts in January",
            "levels": [
                "Gives in",
                "Asks for time",
                "Refuses in private",
                "Refuses in the open",
                "Others follow",
            ],
            "state": "active",
            "created_at": NOW - timedelta(days=180),
            "due_on": (NOW + timedelta(days=30)).date(),
            **fields,
        }
    )
    made.competencies.add(competency(cast))
    for days, level in ((160, -2), (40, 1)):
        GoalReading.objects.create(
            goal=made, attainment=level, by=cast.telemachus, read_at=NOW - timedelta(days=days)
        )
    return made


def charter(cast: Cast, **fields) -> Charter:
    """Create a charter that both agreed to."""
    made = Charter.objects.create(
        **{
            "relationship": cast.relationship,
            "version": 1,
            "success": "He decides without her.",
            "cadence": "Every second week",
            "confidentiality": "What is said stays here.",
            "created_at": NOW - timedelta(days=180),
            "in_force_at": NOW - timedelta(days=179),
            **fields,
        }
    )
    for party in cast.relationship.parties.all():
        made.agreements.create(party=party, agreed_at=NOW - timedelta(days=179))
    return made


def sessions(relationship: Relationship, *days_ago: int) -> list[Session]:
    """Create sessions held so many days ago, and one planned for each negative number."""
    made = []
    for days in days_ago:
        at = NOW - timedelta(days=days)
        made.append(
            Session.objects.create(
                relationship=relationship,
                starts_at=at,
                held_at=at if days >= 0 else None,
                state="held" if days >= 0 else "scheduled",
                created_at=at,
            )
        )
    return made
