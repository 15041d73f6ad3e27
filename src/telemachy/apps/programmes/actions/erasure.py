"""What programmes forget of a person who is erased."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse

from telemachy.apps.audit.actions import action, events
from telemachy.apps.people.actions import notifications
from telemachy.apps.programmes import queries
from telemachy.apps.programmes.actions import pair_rules
from telemachy.apps.programmes.models import (
    Enrolment,
    MatchRun,
    Programme,
    ProgrammeManager,
    Proposal,
    RosterImport,
    RosterRow,
    Unmatched,
)
from telemachy.core.shared.redaction import redact

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from telemachy.apps.people.models import Person


@action
def forget(*, person: Person, called: str, by: None, now: datetime) -> None:
    """Withdraw the person's places, end what they run, and take their name out of imports and match runs.

    Those who run the programmes are told that somebody's place has ended, and not whose.
    """
    events.unchanged()
    held = Enrolment.objects.filter(person=person).exclude(state=Enrolment.State.WITHDRAWN)
    left = pair_rules.hold_all_of(person)  # a pair that is just being proposed is there to be ended
    held.update(state=Enrolment.State.WITHDRAWN)
    for wishes in (Enrolment.preferred, Enrolment.avoided):
        wishes.through.objects.filter(Q(enrolment__person=person) | Q(person=person)).delete()
    ProgrammeManager.objects.filter(person=person).delete()
    for programme in left:
        for told in queries.told_of(programme).exclude(pk=person.pk):
            notifications.tell(
                person=told,
                kind="enrolment.erased",
                path=reverse("programme-participants", args=[programme.pk]),
                now=now,
                programme=programme.name,
            )
    own = Programme.objects.filter(organisation_id=person.organisation_id)
    RosterRow.objects.filter(subject_id=person.pk).delete()
    places: list[tuple[QuerySet[Any], list[str]]] = [
        (
            RosterRow.objects.filter(roster_import__programme__in=own),
            ["name", "person", "cells", "problems", "changes"],
        ),
        (RosterImport.objects.filter(programme__in=own), ["files", "problem"]),
        (MatchRun.objects.filter(programme__in=own), ["report", "problem"]),
        (Proposal.objects.filter(run__programme__in=own), ["parts", "reasons", "alternatives"]),
        (Unmatched.objects.filter(run__programme__in=own), ["reason"]),
    ]
    words = (person.name, person.email)
    for rows, fields in places:
        for row in rows.only("pk", *fields).iterator(chunk_size=500):
            _redact(row, fields, words, called)


def _redact(row: Model, fields: list[str], words: tuple[str, str], called: str) -> None:
    changed = []
    for field in fields:
        before = getattr(row, field)
        after = redact(before, words, called)
        if after != before:
            setattr(row, field, after)
            changed.append(field)
    if changed:
        row.save(update_fields=changed)
