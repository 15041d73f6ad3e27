"""Forget somebody who is erased: what they speak in goes, what they said of others loses its words."""

from __future__ import annotations

from datetime import datetime
from itertools import product
from typing import TYPE_CHECKING, Any

from django.db.models import Field, Model, Q, TextField

from telemachy.apps.audit.actions import action, events
from telemachy.apps.people.actions import privacy
from telemachy.apps.relationships.queries import clients
from telemachy.apps.supervision.actions import assessments, consents, rooms
from telemachy.apps.supervision.models import (
    Assessment,
    CaseNote,
    CompetencyRating,
    Consent,
    DevelopmentPoint,
    Evidence,
    HoursEntry,
    Letter,
    LetterQuote,
    Recording,
    Review,
    SupervisionCase,
    Terms,
)
from telemachy.apps.supervision.queries import recordings
from telemachy.core.shared.redaction import redact
from telemachy.core.supervision import redact as redact_name

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

#: What else is written in mentor coaching, and how each row leads to its organisation. What was said in a
#: recording stays as it was said, until its day is over.
_WRITTEN: dict[type[Model], str] = {
    Recording: "coach__organisation",
    Evidence: "author__organisation",
    Review: "coach__organisation",
    Assessment: "assessor__organisation",
    CompetencyRating: "assessment__assessor__organisation",
    Letter: "review__coach__organisation",
    LetterQuote: "letter__review__coach__organisation",
    DevelopmentPoint: "coach__organisation",
    HoursEntry: "coach__organisation",
}
#: Fields of one line in which a name can stand, beside all texts.
_LINES = frozenset({"alias", "title", "with_name", "note"})


@action
def forget(*, person: Person, by: None, now: datetime) -> None:
    """Withdraw every recording the person speaks in, leave supervision; elsewhere drop pins and name."""
    events.unchanged()
    for recording in recordings.named_in(person).exclude(state="withdrawn"):
        if recordings.is_party(person, recording):
            consents.withdraw(recording=recording, by=person, now=now)
    for recording in Recording.objects.filter(evidence__author=person).distinct().order_by("pk"):
        recordings.locked(recording)  # a letter may just be quoting a pin of theirs
    assessments.forget_person(person=person, by=by, now=now)
    Evidence.objects.filter(author=person).delete()
    rooms.forget_person(person=person, by=by, now=now)
    Terms.listeners.through.objects.filter(person_id=person.pk).delete()
    called, words = privacy.called_after(person), (person.name, person.email)
    own = Recording.objects.filter(relationship__programme__organisation_id=person.organisation_id)
    mentioning = Consent.objects.filter(terms__recording__in=own.values("pk"), wording__icontains=person.name)
    for consent in mentioning:
        consent.wording = redact(consent.wording, words, called)
        consent.save(update_fields=["wording"])
    for model, organisation in _WRITTEN.items():
        mentions = _mentions(model, words)
        for row in model._default_manager.filter(mentions, **{organisation: person.organisation_id}):
            _take_name_out(row, words, "", called)
    _take_name_out_of_supervision(person, words, called)


def _take_name_out_of_supervision(person: Person, words: tuple[str, str], called: str) -> None:
    """Take the name out of the cases and notes of others, drafts among them.

    Whoever met the person may have written a first name alone: from their words each part of the name goes.
    """
    SupervisionCase.objects.filter(relationship__parties__person=person).update(relationship=None)
    met = frozenset(clients.ever_met_by(person).values_list("pk", flat=True))
    for model, owner in ((SupervisionCase, "owner"), (CaseNote, "author")):
        mentions = _mentions(model, words) | Q(**{f"{owner}__in": met})
        organisation = {f"{owner}__organisation": person.organisation_id}
        for row in model._default_manager.filter(mentions, **organisation):
            _take_name_out(row, words, person.name if getattr(row, f"{owner}_id") in met else "", called)


def _fields(model: type[Model]) -> list[Field[Any, Any]]:
    """Return the fields in which people write as they like."""
    return [one for one in model._meta.concrete_fields if isinstance(one, TextField) or one.name in _LINES]


def _mentions(model: type[Model], words: tuple[str, str]) -> Q:
    found = Q()
    for field, word in product(_fields(model), filter(None, words)):
        found |= Q(**{f"{field.name}__icontains": word})
    return found


def _take_name_out(row: Model, words: tuple[str, str], name: str, called: str) -> None:
    """Take words, and each part of the name, out of a row."""
    if changed := [one.name for one in _fields(type(row)) if _forget_in(row, one, words, name, called)]:
        row.save(update_fields=changed)


def _forget_in(row: Model, field: Field[Any, Any], words: tuple[str, str], name: str, called: str) -> bool:
    """Take them out of one field; return whether anything was there."""
    before: str = getattr(row, field.name)
    after = redact_name(redact(before, words, called), name, called)
    # What stands there now may be longer than the name.
    setattr(row, field.name, after[: field.max_length])
    return after != before
