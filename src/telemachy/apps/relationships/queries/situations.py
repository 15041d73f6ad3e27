"""What may be known of situations, and the lists of them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from telemachy.apps.base import Known
from telemachy.apps.relationships.models import Goal, Party, Relationship, Situation
from telemachy.apps.relationships.queries import relationships
from telemachy.apps.relationships.queries.relationships import held_by
from telemachy.core.shared.lifecycles import SITUATION

if TYPE_CHECKING:
    from uuid import UUID

    from telemachy.apps.people.models import Person

#: Waiting longer than this is shown as late.
LATE_AFTER = timedelta(days=3)

#: Whose turn it is in each state.
TURNS = {
    "logged": "learner",
    "reasoned": "learner",
    "consulted": "mentor",
    "guided": "learner",
    "decided": "learner",
    "acted": "learner",
    "accounted": "mentor",
    "debriefed": "",
}

#: States before the decision: guidance still counts.
BEFORE_DECISION = frozenset({"logged", "reasoned", "consulted", "guided"})


def of_party(person: Person) -> QuerySet[Situation]:
    """Return the situations the person may read: own ones, and those of learners the person mentors.

    Other learners of a circle are not among them, nor is whoever runs the programme.
    """
    return _of_party(person.pk, person.organisation_id)


def listed(person: Any, organisation: Any, **fields: Any) -> QuerySet[Situation]:
    """Return `of_party` from keys, or places for keys (`Known`), where fields have these values."""
    return _of_party(person, organisation).filter(**fields)


def one_of_party(person: Person, key: UUID) -> Situation | None:
    """Return the situation with this key if it is one of `of_party`, at little cost."""
    return _ONE_OF_PARTY.row(person.pk, person.organisation_id, key)


def held(key: UUID) -> Situation:
    """Return the situation as it is now, held until the transaction ends, with what its policies ask for.

    Its pair is held before it (PostgreSQL holds the rows of one statement in the order in which they are
    named), as by whoever ends the pair or leaves it. Raises Situation.DoesNotExist.
    """
    return _with_seats(_HELD.row(key))


def kept(key: UUID) -> Situation:
    """Return the same, held against changes alone: for what adds to a situation and takes no step of it.

    Raises Situation.DoesNotExist.
    """
    return _with_seats(_KEPT.row(key))


def _with_seats(situation: Situation | None) -> Situation:
    if situation is None:
        raise Situation.DoesNotExist
    relationships.hold_seats(situation.relationship)
    return situation


def _of_party(person_id: UUID, organisation_id: UUID) -> QuerySet[Situation]:
    inside = {"relationship__programme__organisation_id": organisation_id}
    mentored = Party.objects.filter(
        person_id=person_id, seat=Party.Seat.MENTOR, left_at__isnull=True, **inside
    )
    # A learner's situations are of their own organisation: no join is asked for each row of a long list.
    own = Q(learner_id=person_id)
    return Situation.objects.filter(own | Q(relationship__in=mentored.values("relationship")))


def _to_hold(key: Any) -> QuerySet[Situation]:
    rows = Situation.objects.select_for_update(of=("relationship", "self"), no_key=True)
    return rows.select_related("relationship__programme", "learner").filter(pk=key)


_HELD = Known[Situation](_to_hold)
_KEPT = Known[Situation](_to_hold, shared=True)
_ONE_OF_PARTY = Known[Situation](
    lambda person, organisation, key: _of_party(person, organisation).filter(pk=key).order_by()
)


def in_programme(programme_id: UUID | None) -> QuerySet[Situation]:
    """Return the situations of one programme, for what checks them without reading them."""
    if programme_id is None:
        return Situation.objects.none()
    return Situation.objects.filter(relationship__programme_id=programme_id)


def for_page(person: Person) -> QuerySet[Situation]:
    """Return `of_party` with everything a page of one situation names."""
    named = of_party(person).select_related("relationship__programme", "learner", "competency", "goal")
    return named.prefetch_related("relationship__parties__person")


def seat_of(situation: Situation, person: Person) -> str:
    """Return "learner", "mentor", or "" for somebody who has no part in the situation."""
    if situation.learner_id == person.pk:
        return Party.Seat.LEARNER.value
    mentors = (mentor.pk for mentor in mentors_of(situation.relationship))
    return Party.Seat.MENTOR.value if person.pk in mentors else ""


def is_learner_seated(situation: Situation) -> bool:
    """Tell whether the learner still has a seat: who left a circle keeps what they wrote, for reading."""
    seats = (one for one in situation.relationship.parties.all() if one.left_at is None)
    return any(one.person_id == situation.learner_id for one in seats)


def mentors_of(relationship: Relationship) -> list[Person]:
    """Return who sits in the mentor's seat."""
    seats = (one for one in relationship.parties.all() if one.seat == Party.Seat.MENTOR)
    return sorted((one.person for one in seats if one.left_at is None), key=lambda mentor: mentor.name)


def agent_mentors_of(relationship: Relationship) -> list[Person]:
    """Return the agents in the mentor's seat, each with its owner, who reads what is asked of it."""
    agents = {mentor.pk for mentor in mentors_of(relationship) if mentor.is_agent}
    if not agents:
        return []
    seats = Party.objects.filter(relationship=relationship, person__in=agents)
    return [seat.person for seat in seats.select_related("person__owner")]


def loggable(person: Person) -> QuerySet[Relationship]:
    """Return the relationships in which the person may log a situation."""
    return Relationship.objects.filter(
        pk__in=held_by(person, Party.Seat.LEARNER), state__in=("contracting", "active", "winding_down")
    ).order_by("created_at")


def open_of(learner: Person) -> QuerySet[Situation]:
    """Return the learner's own situations that can go on, those where it is the learner's turn first."""
    seated = Situation.objects.filter(learner=learner, relationship__in=held_by(learner))
    own = seated.filter(relationship__closed_at__isnull=True).exclude(state__in=SITUATION.final())
    return own.select_related("competency").order_by("awaiting", "awaiting_since")


def closed_of(learner: Person) -> QuerySet[Situation]:
    """Return the debriefed situations, and those left open when the pair ended or one left; latest first."""
    over = Q(state__in=SITUATION.final()) | Q(relationship__closed_at__isnull=False)
    over |= ~Q(relationship__in=held_by(learner))
    return Situation.objects.filter(over, learner=learner).select_related("competency").order_by("-logged_at")


def goals_for(relationship: Relationship, learner: Person) -> QuerySet[Goal]:
    """Return the learner's goals in the relationship to which a situation may belong."""
    return relationship.goals.filter(learner=learner, state__in=("draft", "active")).order_by("created_at")
