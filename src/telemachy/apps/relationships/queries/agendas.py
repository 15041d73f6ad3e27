"""What an agenda can be made of: open situations, goals under way, and actions not done yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, QuerySet

from telemachy.apps.relationships.models import ActionItem, AgendaItem, Goal, Party, Session, Situation
from telemachy.apps.relationships.queries import sessions
from telemachy.apps.relationships.queries import situations as situation_queries
from telemachy.apps.relationships.queries.relationships import held_by
from telemachy.core.shared.lifecycles import SITUATION

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Relationship

#: Of each kind; an agenda of more is no agenda.
MAX_EACH = 6
#: What has a date before what has none, on every database.
_SOONEST = (F("due_on").asc(nulls_last=True), "created_at", "pk")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something worth a point of the agenda; `kind` is situation, goal or action_item."""

    kind: str
    subject: Situation | Goal | ActionItem
    text: str
    note: str = ""


def suggestions(session: Session, person: Person) -> list[Suggestion]:
    """Return what the person can bring to the session and is not on its agenda yet.

    In a circle everybody brings own situations and goals only: a title on the agenda is read by all.
    """
    taken = {key for row in session.agenda.values_list("situation", "goal", "action_item") for key in row}
    found = [
        *(Suggestion("situation", one, one.title) for one in _situations(session, person)),
        *(Suggestion("goal", one, one.statement) for one in _goals(session, person)),
        *(Suggestion("action_item", one, one.text, one.owner.name) for one in _earlier_actions(session)),
    ]
    return [one for one in found if one.subject.pk not in taken]


def kind_of(subject: Situation | Goal | ActionItem) -> str:
    """Return the kind under which a suggestion names its subject."""
    return {Situation: "situation", Goal: "goal", ActionItem: "action_item"}[type(subject)]


def agenda_of(session: Session) -> QuerySet[AgendaItem]:
    """Return the points in their order."""
    return session.agenda.select_related("situation", "goal", "action_item").order_by("position", "pk")


def open_actions(relationship: Relationship) -> QuerySet[ActionItem]:
    """Return who still has to do what, the earliest date first."""
    return ActionItem.objects.filter(relationship=relationship, done_at__isnull=True).order_by(*_SOONEST)


def actions_for(session: Session) -> list[ActionItem]:
    """Return the actions agreed on in the session, and those of earlier ones that are still open."""
    own = ActionItem.objects.filter(session=session)
    earlier = open_actions(session.relationship).filter(created_at__lt=session.created_at)
    rows = (own | earlier).select_related("owner").order_by(*_SOONEST)
    return list(rows[:50])


def open_actions_of(person: Person) -> QuerySet[ActionItem]:
    """Return what the person still has to do, in all relationships that are under way."""
    mine = ActionItem.objects.filter(
        owner=person, done_at__isnull=True, relationship__state__in=sessions.UNDER_WAY
    )
    return mine.select_related("session", "relationship__programme").order_by(*_SOONEST)


def items_of(person: Person) -> QuerySet[AgendaItem]:
    """Return the agenda points that the person may work on."""
    return AgendaItem.objects.filter(session__in=sessions.of_party(person)).select_related(
        "session__relationship__programme"
    )


def actions_of(person: Person) -> QuerySet[ActionItem]:
    """Return the action items of the person's relationships."""
    return ActionItem.objects.filter(relationship__in=held_by(person)).select_related(
        "relationship__programme", "session", "owner"
    )


def _situations(session: Session, person: Person) -> list[Situation]:
    rows = situation_queries.of_party(person).filter(
        relationship=session.relationship, imported_from__isnull=True
    )
    if _is_circle(session):
        rows = rows.filter(learner=person)
    return list(rows.exclude(state__in=SITUATION.final()).order_by("awaiting_since", "logged_at")[:MAX_EACH])


def _earlier_actions(session: Session) -> QuerySet[ActionItem]:
    """Return what is still to be done from before; what this session itself agrees on is no point of it."""
    earlier = open_actions(session.relationship).exclude(session=session)
    return earlier.select_related("owner")[:MAX_EACH]


def _goals(session: Session, person: Person) -> list[Goal]:
    rows = sessions.goals_for(session.relationship, person).filter(state__in=("draft", "active"))
    if _is_circle(session):
        rows = rows.filter(learner=person)
    return list(rows.order_by("created_at")[:MAX_EACH])


def _is_circle(session: Session) -> bool:
    seats = session.relationship.parties.all()
    return sum(one.seat == Party.Seat.LEARNER and one.left_at is None for one in seats) > 1
