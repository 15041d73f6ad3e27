"""What may be known of recordings: all by those whom the terms in force name, nothing by anybody else."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q, QuerySet

from telemachy.apps.people import queries as people
from telemachy.apps.people.queries import clocks
from telemachy.apps.relationships.queries import relationships
from telemachy.apps.supervision.models import Consent, Recording, RecordingRules, Terms, Utterance

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime
    from uuid import UUID

    from telemachy.apps.people.models import Organisation, Person
    from telemachy.apps.programmes.models import Programme
    from telemachy.apps.relationships.models import Relationship

#: Turns of one part of a recording on a page: an hour and a half of lively talk.
PART = 500
#: Four hours of sound take a slow machine six, and others may be in the queue before them.
TRANSCRIBED_WITHIN = timedelta(hours=12)
#: What a recording may still hold sound or words in.
HOLDING = ("agreed", "transcribing", "mapping", "coding", "ready")


def named_in(person: Person) -> QuerySet[Recording]:
    """Return the recordings the person may open: as coach or client, or named by the terms in force.

    Whoever was named and runs the programme today, or leads one of the two, is kept out while that lasts.
    """
    own = Q(coach=person) | Q(client=person)
    named = Q(terms__in=Terms.objects.filter(listeners=person)) & Q(state__in=(*HOLDING, "expired"))
    found = Recording.objects.filter(
        own | (named & ~_bar(person)), relationship__programme__organisation=person.organisation_id
    )
    return found.select_related("coach", "client", "relationship__programme", "terms")


def _bar(person: Person) -> Q:
    """Ask for recordings that the person must not hear today; `barred_from` asks it of a relationship."""
    leads = Q(coach__line_manager=person) | Q(client__line_manager=person)
    return leads | Q(relationship__programme__managers__person=person)


def has_any(person: Person) -> bool:
    """Tell whether there is any recording that the person may open."""
    return named_in(person).exists()


def readable_by(person: Person) -> QuerySet[Recording]:
    """Return the recordings whose turns the person may read."""
    return named_in(person).filter(state="ready")


def of_relationship(person: Person, relationship: Relationship) -> QuerySet[Recording]:
    """Return the pair's recordings that the person may open, the latest first."""
    return named_in(person).filter(relationship=relationship).order_by("-held_on", "-created_at")


def is_party(person: Person, recording: Recording) -> bool:
    """Tell whether the person is the coach or the client."""
    return person.pk in (recording.coach_id, recording.client_id)


def is_named(person: Person, recording: Recording) -> bool:
    """Tell whether the terms in force name the person, as a party or as a listener who is not barred."""
    return is_party(person, recording) or person in listeners(recording)


def listeners(recording: Recording) -> list[Person]:
    """Return who besides coach and client may hear and read it; empty before everybody agreed."""
    if recording.terms is None:
        return []
    barred = barred_from(recording.relationship).values("pk")
    return list(recording.terms.listeners.exclude(pk__in=barred).order_by("name"))


def hearing(recording_ids: Collection[UUID]) -> set[tuple[UUID, UUID]]:
    """Return each of the recordings with the key of every one of its `listeners` who is still here."""
    if not recording_ids:
        return set()
    rows = Recording.objects.filter(pk__in=recording_ids)
    here = rows.filter(terms__listeners__left_at__isnull=True, terms__listeners__erased_at__isnull=True)
    barred = ("relationship__programme__managers__person", "relationship__parties__person__line_manager")
    found = set(here.values_list("pk", "terms__listeners"))
    return found.difference(*(rows.values_list("pk", by) for by in barred))


def proposed(recording: Recording) -> Terms | None:
    """Return the latest terms if somebody has still to agree to them."""
    latest = recording.versions.prefetch_related("listeners", "consents__person").last()
    return latest if latest is not None and latest.in_force_at is None else None


def consents(terms: Terms) -> list[Consent]:
    """Return who agreed to the terms, first things first."""
    return list(terms.consents.select_related("person").order_by("given_at"))


def has_agreed(person: Person, terms: Terms) -> bool:
    """Tell whether the person's yes to these terms is there."""
    return terms.consents.filter(person=person, withdrawn_at__isnull=True).exists()


def latest_of(person: Person) -> Recording | None:
    """Return the recording that the person last asked consent for as its coach."""
    return Recording.objects.filter(coach=person).order_by("-created_at").first()


def coachee_of(relationship: Relationship) -> Person | None:
    """Return the one learner of a pair; None in a circle, where everybody would have to agree."""
    learners = [party for party in relationships.seated(relationship) if party.seat == "learner"]
    return learners[0].person if len(learners) == 1 else None


def barred_from(relationship: Relationship) -> QuerySet[Person]:
    """Return who may not be named: whoever runs the programme, and the line managers of the two."""
    runs = Q(manages__programme=relationship.programme_id)
    leads = Q(reports__in=relationship.parties.values("person"))
    return relationship.programme.organisation.persons.filter(runs | leads).distinct()


def listener_by_address(asker: Person, address: str) -> Person | None:
    """Return who of the asker's organisation has the address and can sign in."""
    found = people.by_email(asker, address)
    return found if found is not None and found.user_id is not None and not found.is_agent else None


def coached_by(person: Person) -> QuerySet[Relationship]:
    """Return the pairs of people under way in which the person is mentor or coach, and could record."""
    rows = relationships.for_page(person).filter(parties__seat="mentor", parties__person=person)
    rows = rows.exclude(shape="group").exclude(parties__person__kind="agent")
    return rows.filter(state__in=("active", "winding_down")).distinct()


# --- turns --------------------------------------------------------------------------------------


def turns_of(recording: Recording) -> QuerySet[Utterance]:
    """Return the turns of a recording in their order."""
    return recording.utterances.order_by("number")


def turns(recording: Recording, part: int = 1) -> list[Utterance]:
    """Return the turns of one part, from 1."""
    first = (part - 1) * PART
    return list(turns_of(recording).filter(number__gte=first, number__lt=first + PART))


def n_parts(recording: Recording) -> int:
    """Return in how many parts a recording is shown."""
    return max(1, -(-recording.n_turns // PART))


# --- how long things are kept -------------------------------------------------------------------


def keep_days(organisation: Organisation) -> int:
    """Return the most days that an organisation keeps sound and words."""
    rules = rules_of(organisation)
    return min(settings.RECORDING_DAYS, rules.keep_days) if rules else settings.RECORDING_DAYS


def rules_of(organisation: Organisation) -> RecordingRules | None:
    """Return what the organisation laid down, or None."""
    return RecordingRules.objects.filter(organisation=organisation).first()


def learns(organisation: Organisation) -> bool:
    """Tell whether pairs may be asked to let corrected sentences train the organisation's own model."""
    rules = rules_of(organisation)
    return rules is not None and rules.learning


def learnt_from(organisation: Organisation) -> QuerySet[Utterance]:
    """Return the corrected turns of recordings whose terms in force allow to train on them."""
    allowed = Recording.objects.filter(
        relationship__programme__organisation=organisation, terms__for_learning=True, state="ready"
    )
    found = Utterance.objects.filter(recording__in=allowed, corrected__isnull=False)
    return found.select_related("recording__coach", "recording__client").order_by("recording", "number")


def keep_days_in(programme: Programme) -> int:
    """Return the most days that a programme keeps sound and words: its own, within the organisation's."""
    allowed = keep_days(programme.organisation)
    return min(allowed, programme.recording_days or allowed)


def last_day(programme: Programme, today: date) -> date:
    """Return the latest day until which a recording of today may be kept."""
    return today + timedelta(days=keep_days_in(programme))


def to_expire(now: datetime) -> list[Recording]:
    """Return the recordings whose day is over where the coach is, or older than programme and others keep."""
    holding = Recording.objects.filter(state__in=HOLDING)
    holding = holding.select_related("relationship__programme", "terms", "coach")
    tomorrow = now.date() + timedelta(days=1)  # somewhere it is that by now
    over = {
        one.pk
        for one in holding.filter(terms__keep_until__lt=tomorrow)
        if one.terms is not None and one.terms.keep_until < clocks.local_day(one.coach, now)
    }
    past = Q(pk__in=over)
    rules = dict(RecordingRules.objects.values_list("organisation", "keep_days"))
    for organisation_id, days in rules.items():
        mine = Q(relationship__programme__organisation=organisation_id)
        past |= mine & Q(uploaded_at__lt=now - timedelta(days=min(days, settings.RECORDING_DAYS)))
    own_days = holding.order_by().values_list("relationship__programme__recording_days", flat=True).distinct()
    for n in filter(None, own_days):
        shorter = Q(relationship__programme__recording_days=n)
        past |= shorter & Q(uploaded_at__lt=now - timedelta(days=n))
    past |= Q(uploaded_at__lt=now - timedelta(days=settings.RECORDING_DAYS))
    return list(holding.filter(past))


# --- for jobs and pages -------------------------------------------------------------------------


def waiting_too_long(now: datetime) -> list[Recording]:
    """Return the recordings whose transcript should have come long ago: whoever wrote it was lost."""
    return list(Recording.objects.filter(state="transcribing", state_since__lt=now - TRANSCRIBED_WITHIN))


def coded() -> list[Recording]:
    """Return the recordings of all organisations that are coded and still hold their words."""
    return list(Recording.objects.filter(state="ready"))


def in_state(pk: str, state: str) -> Recording | None:
    """Return a recording that a job waits for, if it is still in the state the job was queued for."""
    found = Recording.objects.select_related("relationship__programme", "coach", "client", "terms")
    return found.filter(pk=pk, state=state).first()


def locked(recording: Recording) -> Recording:
    """Hold the row for the action that asked, and read it afresh."""
    return (
        Recording.objects.select_for_update(of=("self",))
        .select_related("coach", "client", "relationship__programme__organisation", "terms")
        .get(pk=recording.pk)
    )
