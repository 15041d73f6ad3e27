"""Open, accept, decline, unwind and close relationships."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from telemachy.apps.audit.actions import action, events
from telemachy.apps.people.actions import notifications
from telemachy.apps.relationships.models import Party, Relationship
from telemachy.apps.relationships.policies import relationships as policies
from telemachy.core.shared.lifecycles import RELATIONSHIP

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.programmes.models import Programme, Proposal


@action
def open_pair(
    *,
    programme: Programme,
    learners: Sequence[Person],
    mentor: Person,
    by: Person | None,
    now: datetime,
    proposal: Proposal | None = None,
) -> Relationship:
    """Open a proposed relationship and invite everyone to accept; the caller has asked the policy."""
    relationship = Relationship.objects.create(
        programme=programme,
        proposal=proposal,
        kind=programme.kind,
        shape=programme.shape,
        state_since=now,
        cadence_days=programme.cadence_days,
        chemistry=programme.chemistry,
        created_at=now,
    )
    seats = [(mentor, Party.Seat.MENTOR), *((learner, Party.Seat.LEARNER) for learner in learners)]
    Party.objects.bulk_create(
        Party(relationship=relationship, person=person, seat=seat) for person, seat in seats
    )
    for person, seat in seats:
        others = learners if seat == Party.Seat.MENTOR else [mentor]
        notifications.tell(
            person=person,
            kind="pair.proposed",
            path=_path(relationship),
            now=now,
            other=", ".join(other.name for other in others),
            programme=programme.name,
        )
    events.record("relationship.opened", by=by, now=now, on=relationship, organisation_id=programme.organisation_id)
    return relationship


@action
def accept(*, relationship: Relationship, by: Person, now: datetime) -> None:
    """Accept one's seat; when everyone has, the pair goes on to its charter. Raises NotAllowed."""
    relationship = _locked(relationship)
    policies.accept(by, relationship).require()
    relationship.parties.filter(person=by).update(accepted_at=now)
    events.record("relationship.accepted", by=by, now=now, on=relationship)
    if relationship.parties.filter(accepted_at__isnull=True, left_at__isnull=True).exists():
        _tell_others(relationship, by, "pair.accepted", now)
        return
    move(relationship, "accept", now)
    move(relationship, "contract", now)
    _tell_others(relationship, by, "pair.ready", now)


@action
def decline(*, relationship: Relationship, by: Person, now: datetime) -> None:
    """Decline before the charter; no reason is asked for, kept or shown. Raises NotAllowed."""
    relationship = _locked(relationship)
    policies.decline(by, relationship).require()
    move(relationship, "decline", now)
    _tell_others(relationship, by, "pair.declined", now)
    events.record("relationship.declined", by=by, now=now, on=relationship)


@action
def unwind(*, relationship: Relationship, by: Person, now: datetime) -> None:
    """End the relationship without fault; no reason is asked for, kept or shown. Raises NotAllowed."""
    relationship = _locked(relationship)
    policies.unwind(by, relationship).require()
    move(relationship, "unwind", now)
    _tell_others(relationship, by, "pair.unwound", now)
    events.record("relationship.unwound", by=by, now=now, on=relationship)


def move(relationship: Relationship, verb: str, now: datetime) -> None:
    """Take one step of the lifecycle inside the caller's action. Raises WrongState."""
    relationship.state = RELATIONSHIP.target(relationship.state, verb)
    relationship.state_since = now
    if relationship.state == "active" and relationship.active_at is None:
        relationship.active_at = now
    if relationship.state in RELATIONSHIP.final():
        relationship.closed_at = now
    relationship.save(update_fields=["state", "state_since", "active_at", "closed_at"])


def _locked(relationship: Relationship) -> Relationship:
    """Return the row as it is now, held until the transaction ends: two clicks at once make one step."""
    return Relationship.objects.select_for_update().select_related("programme").get(pk=relationship.pk)


def _tell_others(relationship: Relationship, by: Person, kind: str, now: datetime) -> None:
    for party in relationship.parties.filter(left_at__isnull=True).exclude(person=by).select_related("person"):
        notifications.tell(
            person=party.person,
            kind=kind,
            path=_path(relationship),
            now=now,
            other=by.name,
            programme=relationship.programme.name,
        )


def _path(relationship: Relationship) -> str:
    return reverse("relationship", args=[relationship.pk])
