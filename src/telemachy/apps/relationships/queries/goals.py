"""What may be known of goals, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q, QuerySet

from telemachy.apps.knowledge import queries as knowledge
from telemachy.apps.relationships.models import Goal, GoalReading, Party
from telemachy.apps.relationships.queries.relationships import held_by, mentored_by
from telemachy.core.goals import t_score

if TYPE_CHECKING:
    from telemachy.apps.knowledge.models import Competency
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Relationship

#: A combined score of fewer goals says no more than the goal itself.
MIN_GOALS_TO_COMBINE = 2


def of_party(person: Person) -> QuerySet[Goal]:
    """Return the goals the person may read: own ones, and those of learners the person mentors.

    Other learners of a circle are not among them, nor is whoever runs the programme.
    """
    return Goal.objects.filter(
        Q(learner=person, relationship__in=held_by(person)) | Q(relationship__in=mentored_by(person)),
        relationship__programme__organisation_id=person.organisation_id,
    )


def for_page(person: Person) -> QuerySet[Goal]:
    """Return `of_party` with everything that a page of goals names or its policies ask for."""
    seats = Party.objects.select_related("person")
    readings = GoalReading.objects.select_related("by").order_by("read_at", "pk")
    return (
        of_party(person)
        .select_related("relationship__programme", "learner", "written_by")
        .prefetch_related(
            "competencies",
            Prefetch("readings", queryset=readings),
            Prefetch("relationship__parties", queryset=seats),
        )
    )


def in_relationship(relationship: Relationship, person: Person) -> QuerySet[Goal]:
    """Return the goals of a relationship that the person may read, those under way first."""
    return for_page(person).filter(relationship=relationship)


def learners(relationship: Relationship, person: Person) -> list[Person]:
    """Return for whom the person may write goals and plans: a learner for themselves, a mentor for each."""
    held = relationship.parties.filter(left_at__isnull=True).select_related("person").order_by("person__name")
    parties = list(held)
    own = [party.person for party in parties if party.person_id == person.pk and party.seat == "learner"]
    is_mentor = any(party.person_id == person.pk and party.seat == "mentor" for party in parties)
    return [party.person for party in parties if party.seat == "learner"] if is_mentor else own


def competencies_for(relationship: Relationship, person: Person) -> list[Competency]:
    """Return the competencies a goal may name: the programme's, or else all of the organisation."""
    named = list(relationship.programme.competencies.filter(archived_at__isnull=True))
    return named or list(knowledge.competencies_of(person))


def levels_written(goal: Goal) -> bool:
    """Tell whether all five attainment levels have words."""
    return len(goal.levels) == 5 and all(text.strip() for text in goal.levels)


def is_frozen(goal: Goal) -> bool:
    """Tell whether the levels are fixed: a reading has been taken on them."""
    return goal.readings.exists()


def combined_score(goals: Iterable[Goal]) -> float | None:
    """Return the T-score of the goals that have a reading: 50 is as expected; None for fewer than two."""
    latest = [list(goal.readings.all())[-1:] for goal in goals if goal.state in {"active", "reached"}]
    attained = [reading.attainment for readings in latest for reading in readings]
    return t_score(attained) if len(attained) >= MIN_GOALS_TO_COMBINE else None
