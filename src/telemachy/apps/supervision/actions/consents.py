"""Ask for consent to a recording, give it, and take it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.people.actions import notifications
from telemachy.apps.people.queries import clocks
from telemachy.apps.relationships.queries import relationships
from telemachy.apps.supervision.actions import assessments, files
from telemachy.apps.supervision.models import Consent, Recording, Terms
from telemachy.apps.supervision.policies import recordings as policies
from telemachy.apps.supervision.queries import consents, recordings
from telemachy.core.shared.errors import BadInput
from telemachy.core.shared.lifecycles import RECORDING

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Relationship

MAX_LISTENERS = 5
#: A conversation lies at most so far back, and is planned at most so far ahead.
FARTHEST_BACK, FARTHEST_AHEAD = timedelta(days=366), timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Offer:
    """What is proposed: for what, who hears it, and until when."""

    purpose: str
    keep_until: date
    listeners: Sequence[Person]
    for_learning: bool = False


@action
def ask(
    *, relationship: Relationship, title: str, held_on: date, offer: Offer, by: Person, now: datetime
) -> Recording:
    """Propose to record a conversation, which is the asker's own yes. Raises NotAllowed, BadInput."""
    relationship = relationships.locked(relationship)
    policies.ask(by, relationship).require()
    today = clocks.local_day(by, now)
    if not today - FARTHEST_BACK <= held_on <= today + FARTHEST_AHEAD:
        raise BadInput(
            _("Choose a day of the last year, or at most %(n)d days ahead.") % {"n": FARTHEST_AHEAD.days},
            field="held_on",
        )
    client = recordings.coachee_of(relationship)
    assert client is not None  # the policy has looked
    recording = Recording.objects.create(
        relationship=relationship,
        coach=by,
        client=client,
        title=title,
        held_on=held_on,
        state_since=now,
        created_at=now,
    )
    _propose(recording, offer, by, now)
    events.record("recording.asked", by=by, now=now, on=recording, n_listeners=len(offer.listeners))
    return recording


@action
def change_terms(*, recording: Recording, offer: Offer, by: Person, now: datetime) -> None:
    """Propose other terms; those in force hold until both agreed to these. Raises NotAllowed, BadInput."""
    recording = recordings.locked(recording)
    policies.change_terms(by, recording).require()
    _propose(recording, offer, by, now)
    events.record("recording.terms_proposed", by=by, now=now, on=recording, n_listeners=len(offer.listeners))


@action
def agree(*, recording: Recording, terms: Terms, by: Person, now: datetime) -> None:
    """Say yes to the terms one has read. Raises NotAllowed, and BadInput if they are not those any more."""
    recording = recordings.locked(recording)
    policies.agree(by, recording).require()
    if recordings.proposed(recording) != terms:
        raise BadInput(_("The terms have changed meanwhile; read them again."))
    if terms.keep_until < clocks.local_day(by, now):
        raise BadInput(_("The day until which it would be kept is over; ask for other terms."))
    _give(terms, by, now)
    agreed = set(terms.consents.filter(withdrawn_at__isnull=True).values_list("person", flat=True))
    if {recording.coach_id, recording.client_id} <= agreed:
        _put_in_force(recording, terms, now)
    other = recording.client if by.pk == recording.coach_id else recording.coach
    _tell(other, "recording.agreed", recording, by, now)
    events.record("recording.agreed", by=by, now=now, on=recording, terms=terms.number)


@action
def withdraw(*, recording: Recording, by: Person, now: datetime) -> None:
    """Take the consent back and delete the recording with all that was made of it. Raises NotAllowed."""
    recording = recordings.locked(recording)
    policies.withdraw(by, recording).require()
    told = {recording.coach, recording.client, *recordings.listeners(recording)} - {by}
    was_asked = recording.state == "asked"
    Consent.objects.filter(terms__recording=recording, person=by).update(withdrawn_at=now)
    assessments.forget_recording(recording=recording, by=by, now=now)
    files.delete_words(recording)
    recording.utterances.all().delete()
    recording.state, recording.state_since = RECORDING.target(recording.state, "withdraw"), now
    recording.title, recording.n_turns, recording.measures = "", 0, {}
    recording.save()
    for person in told if not was_asked else {recording.coach, recording.client} - {by}:
        _tell(person, "recording.withdrawn", recording, by, now)
    events.record("recording.withdrawn", by=by, now=now, on=recording)


def _propose(recording: Recording, offer: Offer, by: Person, now: datetime) -> None:
    _check(recording, offer, clocks.local_day(by, now))
    # Terms that nobody but the asker agreed to are replaced, not kept.
    recording.versions.filter(in_force_at__isnull=True).delete()
    last = recording.versions.last()
    terms = Terms.objects.create(
        recording=recording,
        number=last.number + 1 if last else 1,
        purpose=offer.purpose,
        keep_until=offer.keep_until,
        for_learning=offer.for_learning,
        proposed_by=by,
        proposed_at=now,
    )
    terms.listeners.set(offer.listeners)
    _give(terms, by, now)
    _tell(recording.client, "recording.asked", recording, by, now)


def _check(recording: Recording, offer: Offer, today: date) -> None:
    programme = recording.relationship.programme
    last_day = recordings.last_day(programme, today)
    if not max(today, recording.held_on) <= offer.keep_until <= last_day:
        raise BadInput(
            _("Choose a day that is neither past nor before the conversation, at latest %(day)s.")
            % {"day": date_format(last_day)},
            field="keep_until",
        )
    if len(offer.listeners) > MAX_LISTENERS:
        raise BadInput(_("Name at most %(n)d people.") % {"n": MAX_LISTENERS}, field="addresses")
    barred = set(recordings.barred_from(recording.relationship).values_list("pk", flat=True))
    for person in offer.listeners:
        if person.pk in (recording.coach_id, recording.client_id):
            raise BadInput(_("The two of you need not be named."), field="addresses")
        if person.organisation_id != programme.organisation_id or person.is_gone or person.is_agent:
            raise BadInput(_("%(name)s cannot be named here.") % {"name": person.name}, field="addresses")
        if person.pk in barred:
            raise BadInput(
                _("%(name)s runs the programme or leads one of you: a recording is not for them.")
                % {"name": person.name},
                field="addresses",
            )
    if offer.for_learning and not recordings.learns(programme.organisation):
        raise BadInput(_("Your organisation does not train a model of its own."), field="for_learning")


def _give(terms: Terms, by: Person, now: datetime) -> None:
    words = " ".join(consents.wording(terms, list(terms.listeners.order_by("name"))))
    Consent.objects.create(terms=terms, person=by, wording=words, given_at=now)


def _put_in_force(recording: Recording, terms: Terms, now: datetime) -> None:
    terms.in_force_at = now
    terms.save(update_fields=["in_force_at"])
    recording.terms = terms
    if recording.state == "asked":
        recording.state, recording.state_since = RECORDING.target("asked", "agree"), now
    recording.save()
    if recording.state == "ready":
        for person in recordings.listeners(recording):
            _tell(person, "recording.shared", recording, recording.coach, now)


def _tell(person: Person, kind: str, recording: Recording, other: Person, now: datetime) -> None:
    path = reverse("recording", args=[recording.pk])
    # A withdrawn recording is closed to whom its terms had named.
    if kind == "recording.withdrawn" and not recordings.is_party(person, recording):
        path = reverse("recording-list")
    key = f"{kind}:{recording.pk}:{now.isoformat()}"
    notifications.tell(person=person, kind=kind, path=path, now=now, key=key, other=other.name)
