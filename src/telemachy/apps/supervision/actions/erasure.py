"""Forget somebody who is erased: what they speak in goes, what they said of others loses its words."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from telemachy.apps.audit.actions import action, events
from telemachy.apps.people.actions import privacy
from telemachy.apps.supervision.actions import assessments, consents
from telemachy.apps.supervision.models import Consent, Evidence, Recording, Terms
from telemachy.apps.supervision.queries import recordings
from telemachy.core.shared.redaction import redact

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person


@action
def forget(*, person: Person, by: None, now: datetime) -> None:
    """Withdraw every recording the person speaks in; elsewhere drop their pins and their name."""
    events.unchanged()
    for recording in recordings.named_in(person).exclude(state="withdrawn"):
        if recordings.is_party(person, recording):
            consents.withdraw(recording=recording, by=person, now=now)
    assessments.forget_person(person=person, by=by, now=now)
    Evidence.objects.filter(author=person).delete()
    Terms.listeners.through.objects.filter(person_id=person.pk).delete()
    called, words = privacy.called_after(person), (person.name, person.email)
    own = Recording.objects.filter(relationship__programme__organisation_id=person.organisation_id)
    mentioning = Consent.objects.filter(terms__recording__in=own.values("pk"), wording__icontains=person.name)
    for consent in mentioning:
        consent.wording = redact(consent.wording, words, called)
        consent.save(update_fields=["wording"])
