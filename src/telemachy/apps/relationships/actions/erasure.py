"""Erase a person everywhere; what a pair wrote together stays for the other, without the name."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import transaction
from django.db.models import CharField, JSONField, Model, Q, TextField
from django.utils.module_loading import import_string

from telemachy.apps.audit.actions import action, events
from telemachy.apps.people import policies
from telemachy.apps.people.actions import organisations, privacy
from telemachy.apps.programmes.actions import erasure as programmes
from telemachy.apps.relationships.actions import relationships
from telemachy.apps.relationships.models import (
    ActionItem,
    AgendaItem,
    Attachment,
    Attempt,
    CalendarFeed,
    Charter,
    Draft,
    FailureMode,
    Feedback,
    Goal,
    GoalReading,
    Guidance,
    HealthSnapshot,
    HeldGuidance,
    Intervention,
    Lesson,
    LessonCheck,
    Message,
    OutcomeReport,
    OwnLessons,
    PlanActivity,
    PlanReview,
    Rating,
    Reflection,
    Relationship,
    Session,
    SessionNote,
    Situation,
    ThresholdClaim,
    TraceImport,
)
from telemachy.core.shared.lifecycles import RELATIONSHIP
from telemachy.core.shared.redaction import redact, spellings_in_json

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

#: What a pair wrote, or somebody noted about it or keeps to themselves; how each row leads to its pair.
SHARED: dict[type[Model], str] = {
    Charter: "relationship",
    Goal: "relationship",
    GoalReading: "goal__relationship",
    PlanActivity: "relationship",
    PlanReview: "relationship",
    Session: "relationship",
    SessionNote: "session__relationship",
    AgendaItem: "session__relationship",
    ActionItem: "relationship",
    Situation: "relationship",
    Guidance: "situation__relationship",
    HeldGuidance: "situation__relationship",
    OutcomeReport: "situation__relationship",
    Message: "situation__relationship",
    Attachment: "situation__relationship",
    Rating: "situation__relationship",
    ThresholdClaim: "relationship",
    Feedback: "relationship",
    Reflection: "relationship",
    Intervention: "relationship",
    FailureMode: "relationship",
    Lesson: "failure_mode__relationship",
    LessonCheck: "lesson__failure_mode__relationship",
    Attempt: "failure_mode__relationship",
    TraceImport: "relationship",
    Draft: "person__seats__relationship",
    OwnLessons: "person__seats__relationship",
}


@action
def erase(*, person: Person, by: Person, now: datetime) -> None:
    """Erase a person at once and for good: open pairs end, private things go, shared ones lose the name.

    Raises NotAllowed for anyone else, and for the last administrator.
    """
    organisations.hold_administrators(person)  # before any pair, as when somebody is noted to have left
    policies.erase(by, person).require()
    called = privacy.called_after(person)
    programmes.forget(person=person, called=called, by=None, now=now)
    # All of them, also those that ended or were left: nobody writes the name anew while it is taken out.
    seats = Relationship.objects.filter(parties__person=person).order_by("pk")
    pks = [pair.pk for pair in seats.select_for_update(of=("self",), no_key=True)]
    for relationship in Relationship.objects.filter(parties__person=person, parties__left_at__isnull=True):
        for verb, step in (("decline", relationships.decline), ("unwind", relationships.unwind)):
            if RELATIONSHIP.allows(relationship.state, verb):
                step(relationship=relationship, by=person, now=now)
                break
    _delete_private(person)
    for model, lookup in SHARED.items():
        _take_name_out(model, lookup, pks, person, called)
    HealthSnapshot.objects.filter(programme__relationships__in=pks).delete()
    # Apps above this one that keep something of a person name their verb in their AppConfig.
    for config in apps.get_app_configs():
        if verb := getattr(config, "forget", ""):
            import_string(verb)(person=person, by=None, now=now)
    privacy.erase_person(person=person, by=by, now=now)
    events.unchanged()


def _delete_private(person: Person) -> None:
    """Delete what nobody else reads, and files, out of which no name can be taken."""
    for attachment in Attachment.objects.filter(uploaded_by=person):
        stored = attachment.file
        attachment.delete()
        transaction.on_commit(partial(stored.storage.delete, str(stored.name)))
    Draft.objects.filter(person=person).delete()
    Reflection.objects.filter(person=person, shared=False).delete()
    SessionNote.objects.filter(author=person, shared=False).delete()
    CalendarFeed.objects.filter(person=person).delete()
    OwnLessons.objects.filter(person=person).delete()
    Intervention.objects.filter(person=person).delete()


def _take_name_out(model: type[Model], lookup: str, pks: list[Any], person: Person, called: str) -> None:
    fields = [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, (CharField, TextField, JSONField)) and not field.choices
    ]
    words = [word for word in (person.name, person.email) if word]
    spellings = frozenset[str]().union(*map(spellings_in_json, words))
    mentions = Q()
    for field in fields:
        for spelled in spellings:
            mentions |= Q(**{f"{field}__icontains": spelled})
    for row in model._default_manager.filter(mentions, **{f"{lookup}__in": pks}):
        for field in fields:
            setattr(row, field, redact(getattr(row, field), words, called))
        row.save(update_fields=fields)
