"""Forget somebody who is erased: what they speak in goes, what they said of others loses its words."""

from __future__ import annotations

from datetime import datetime
from itertools import product
from typing import TYPE_CHECKING

from django.db.models import Q, TextField

from telemachy.apps.audit.actions import action, events
from telemachy.apps.people.actions import privacy
from telemachy.apps.supervision.actions import assessments, consents, rooms
from telemachy.apps.supervision.models import CaseNote, Consent, Evidence, Recording, SupervisionCase, Terms
from telemachy.apps.supervision.queries import recordings
from telemachy.core.shared.redaction import redact

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person


@action
def forget(*, person: Person, by: None, now: datetime) -> None:
    """Withdraw every recording the person speaks in, leave supervision; elsewhere drop pins and name."""
    events.unchanged()
    for recording in recordings.named_in(person).exclude(state="withdrawn"):
        if recordings.is_party(person, recording):
            consents.withdraw(recording=recording, by=person, now=now)
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
    _take_name_out_of_supervision(person, words, called)


def _take_name_out_of_supervision(person: Person, words: tuple[str, str], called: str) -> None:
    """Take the name out of the cases and notes of others, drafts among them."""
    for model, owner in ((SupervisionCase, "owner"), (CaseNote, "author")):
        fields = [field.name for field in model._meta.concrete_fields if isinstance(field, TextField)]
        fields += ["alias", "title"] if model is SupervisionCase else []
        mentions = Q()
        for field, word in product(fields, filter(None, words)):
            mentions |= Q(**{f"{field}__icontains": word})
        rows = model._default_manager.filter(
            mentions, **{f"{owner}__organisation_id": person.organisation_id}
        )
        for row in rows:
            for field in fields:
                setattr(row, field, redact(getattr(row, field), words, called))
            row.save(update_fields=fields)
