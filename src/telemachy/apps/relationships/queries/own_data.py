"""Everything a person may see about themselves, for the person to take along."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Model, Q, QuerySet
from django.db.models.fields.files import FieldFile, FileField
from django.utils.module_loading import import_string

from telemachy.apps.people.queries import privacy as people
from telemachy.apps.programmes.queries import own_data as programmes
from telemachy.apps.relationships.models import (
    ActionItem,
    Attachment,
    CalendarFeed,
    Draft,
    FailureMode,
    Feedback,
    Goal,
    Guidance,
    Intervention,
    Lesson,
    Message,
    OwnLessons,
    Party,
    PlanActivity,
    PlanReview,
    Pulse,
    Rating,
    Reflection,
    SessionNote,
    Situation,
    ThresholdClaim,
)

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

_SECRET = {"id", "token_digest"}


def everything(person: Person) -> dict[str, Any]:
    """Return what every app knows of the person, ready for DjangoJSONEncoder."""
    own = Q(person=person)
    return {
        **people.own_data(person),
        **programmes.own_data(person),
        "relationships": [_relationship(party) for party in _seats(person)],
        "situations": [_situation(situation) for situation in _situations(person)],
        "given": {
            "guidance": _rows(Guidance.objects.filter(author=person)),
            "messages": _rows(Message.objects.filter(author=person)),
            "ratings": _rows(Rating.objects.filter(rater=person)),
            "lessons": _rows(Lesson.objects.filter(author=person)),
            "feedback": _rows(Feedback.objects.filter(author=person)),
            "independent_ratings": list(
                ThresholdClaim.objects.filter(rater=person, rated_at__isnull=False).values(
                    "score", "rated_at"
                )
            ),
        },
        "signals": list(_about(person).values(*_SIGNAL)),
        "interventions": _rows(Intervention.objects.filter(by=person)),
        "thresholds": _rows(ThresholdClaim.objects.filter(learner=person)),
        "feedback_received": _rows(Feedback.objects.filter(about=person)),
        "own_lessons": _rows(OwnLessons.objects.filter(own)),
        "failure_modes": _rows(FailureMode.objects.filter(learner=person)),
        "pulses": _rows(Pulse.objects.filter(own)),
        "reflections": _rows(Reflection.objects.filter(own)),
        "drafts": _rows(Draft.objects.filter(own)),
        "calendar_feeds": _rows(CalendarFeed.objects.filter(own)),
        **_kept_above(person),
    }


def _kept_above(person: Person) -> dict[str, Any]:
    """Return what apps above this one keep of the person: each that does names its query in its AppConfig."""
    found: dict[str, Any] = {}
    for config in apps.get_app_configs():
        if query := getattr(config, "own_data", ""):
            found |= import_string(query)(person)
    return found


#: What a programme noted about a person: which signal, and when. The plans in it are somebody else's words.
_SIGNAL = ("code", "evidence", "state", "opened_at", "taken_at", "done_at", "closed_at", "outcome")


def _about(person: Person) -> QuerySet[Intervention]:
    """Return the signals about the person as a mentor, and about pairs of theirs."""
    own = Q(person=person) | Q(relationship__parties__person=person)
    return Intervention.objects.filter(own).distinct().order_by("opened_at")


def files(person: Person) -> Iterator[tuple[str, FieldFile]]:
    """Yield the files a person uploaded or got on a situation of theirs, each with a name of its own."""
    mine = Attachment.objects.filter(Q(uploaded_by=person) | Q(situation__learner=person)).distinct()
    for number, attachment in enumerate(mine.order_by("uploaded_at", "pk"), start=1):
        yield f"files/{number:03d}-{attachment.name}", attachment.file


def counts(person: Person) -> dict[str, int]:
    """Return how much goes and how much stays when the person is erased."""
    return {
        "drafts": Draft.objects.filter(person=person).count(),
        "reflections": Reflection.objects.filter(person=person, shared=False).count(),
        "private_notes": SessionNote.objects.filter(author=person, shared=False).count(),
        "files": Attachment.objects.filter(uploaded_by=person).count(),
        "situations": Situation.objects.filter(learner=person).count(),
        "goals": Goal.objects.filter(learner=person).count(),
        "guidance": Guidance.objects.filter(author=person).count(),
        "shared_notes": SessionNote.objects.filter(author=person, shared=True).count(),
    }


def _seats(person: Person) -> QuerySet[Party]:
    return Party.objects.filter(person=person).select_related("relationship__programme")


def _situations(person: Person) -> QuerySet[Situation]:
    return Situation.objects.filter(learner=person).select_related("competency").order_by("logged_at")


def _relationship(party: Party) -> dict[str, Any]:
    pair, person = party.relationship, party.person_id
    others = pair.parties.exclude(pk=party.pk).select_related("person")
    own = {"learner_id": person}
    sessions = []
    # Whoever has left a circle reads no more of it than what they wrote, and nothing of what came after.
    shared = Q(shared=True) if party.left_at is None else Q(pk__in=[])
    seen = Q() if party.left_at is None else Q(created_at__lte=party.left_at)
    for session in pair.sessions.filter(seen).order_by("created_at"):
        notes = session.notes.filter(shared | Q(author_id=person))
        agenda = session.agenda.all() if party.left_at is None else session.agenda.none()
        sessions.append(_row(session) | {"agenda": _rows(agenda), "notes": _rows(notes)})
    return _row(pair) | {
        "programme": pair.programme.name,
        "seat": party.seat,
        "accepted_at": party.accepted_at,
        "with": [other.person.name for other in others],
        "charters": _rows(pair.charters.filter(seen)),
        "goals": [_row(goal) | {"readings": _rows(goal.readings.all())} for goal in pair.goals.filter(**own)],
        "plan": _rows(PlanActivity.objects.filter(relationship=pair, **own)),
        "plan_reviews": _rows(PlanReview.objects.filter(relationship=pair, **own)),
        "sessions": sessions,
        "action_items": _rows(ActionItem.objects.filter(relationship=pair, owner_id=person)),
    }


def _situation(situation: Situation) -> dict[str, Any]:
    return _row(situation) | {
        "competency": situation.competency.name if situation.competency else "",
        "guidance": [_row(item) | {"from": item.author.name} for item in _by(situation.guidance)],
        "messages": [_row(item) | {"from": item.author.name} for item in _by(situation.messages)],
        "ratings": _rows(situation.ratings.all()),
        "files": list(situation.attachments.values_list("name", flat=True)),
    }


def _by(rows: Any) -> Any:
    return rows.select_related("author")


def _row(row: Model) -> dict[str, Any]:
    """Return the row's own fields; keys of other rows and secrets tell the person nothing."""
    return {
        field.name: getattr(row, field.name)
        for field in row._meta.concrete_fields
        if not field.is_relation and field.name not in _SECRET and not isinstance(field, FileField)
    }


def _rows(rows: QuerySet[Any]) -> list[dict[str, Any]]:
    return [_row(row) for row in rows]
