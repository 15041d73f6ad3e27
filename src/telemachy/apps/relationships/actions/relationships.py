"""Open, accept, decline, call off, unwind and close relationships."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.people.actions import notifications
from telemachy.apps.programmes import queries as programmes
from telemachy.apps.relationships.actions import charters, sessions, situations
from telemachy.apps.relationships.actions.activation import activate_if_ready
from telemachy.apps.relationships.actions.steps import hold, move, tell_others
from telemachy.apps.relationships.models import Party, Relationship
from telemachy.apps.relationships.policies import relationships as policies
from telemachy.apps.relationships.queries import relationships as queries
from telemachy.core.shared.errors import BadInput

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.programmes.models import Programme, Proposal

#: How far ahead a chemistry meeting may be.
LONGEST_WAIT = timedelta(days=92)

#: Steps of a pair that is under way, and who may take them.
STEPS = {
    "wind_down": policies.wind_down,
    "resume": policies.resume,
    "graduate": policies.graduate,
    "complete": policies.complete,
}


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
    events.record(
        "relationship.opened", by=by, now=now, on=relationship, organisation_id=programme.organisation_id
    )
    return relationship


@action
def accept(*, relationship: Relationship, by: Person, now: datetime) -> None:
    """Accept one's seat; when everyone has, the pair goes on to its charter. Raises NotAllowed."""
    relationship = hold(relationship)
    policies.accept(by, relationship).require()
    relationship.parties.filter(person=by).update(accepted_at=now)
    events.record("relationship.accepted", by=by, now=now, on=relationship)
    everybody = _go_on_if_all_accepted(relationship, now)
    tell_others(relationship, "pair.ready" if everybody else "pair.accepted", _path(relationship), by, now)


@action
def decline(*, relationship: Relationship, by: Person, now: datetime) -> None:
    """Decline before the charter; no reason is asked for, kept or shown. Raises NotAllowed."""
    relationship = hold(relationship)
    policies.decline(by, relationship).require()
    _part(relationship, "decline", "pair.declined", by, now)
    events.record("relationship.declined", by=by, now=now, on=relationship)


@action
def meet(*, relationship: Relationship, at: datetime, by: Person, now: datetime) -> None:
    """Note when the parties meet before they decide. Raises NotAllowed, BadInput."""
    relationship = hold(relationship)
    policies.meet(by, relationship).require()
    if not now < at < now + LONGEST_WAIT:
        raise BadInput(_("Choose a time within the next three months."), field="at")
    relationship.chemistry_at = at
    relationship.save(update_fields=["chemistry_at"])
    tell_others(relationship, "pair.chemistry", _path(relationship), by, now)
    events.record("relationship.chemistry", by=by, now=now, on=relationship)


@action
def unwind(*, relationship: Relationship, by: Person, now: datetime) -> None:
    """End the relationship without fault; no reason is asked for, kept or shown. Raises NotAllowed."""
    relationship = hold(relationship)
    policies.unwind(by, relationship).require()
    _part(relationship, "unwind", "pair.unwound", by, now)
    events.record("relationship.unwound", by=by, now=now, on=relationship)


@action
def call_off(*, relationship: Relationship, by: Person, now: datetime) -> None:
    """Take a proposal back, or end what nobody is left to end; no reason is asked for, kept or shown.

    Raises NotAllowed.
    """
    relationship = hold(relationship)
    policies.call_off(by, relationship).require()
    was_proposal = relationship.state in {"proposed", "accepted"}
    _end(relationship, "call_off", "pair.taken_back" if was_proposal else "pair.called_off", by, now)
    events.record("relationship.called_off", by=by, now=now, on=relationship)


@action
def step(*, relationship: Relationship, verb: str, by: Person, now: datetime) -> None:
    """Wind down, resume, graduate or complete. Raises NotAllowed, BadInput."""
    if verb not in STEPS:
        raise BadInput(_("There is no such step."))
    relationship = hold(relationship)
    STEPS[verb](by, relationship).require()
    move(relationship, verb, now)
    tell_others(relationship, f"pair.{verb}", _path(relationship), by, now)
    events.record(f"relationship.{verb}", by=by, now=now, on=relationship)


def go_on_without(*, person: Person, by: Person, now: datetime) -> None:
    """Take the steps of relationships that waited for nobody but somebody who has left the organisation."""
    for relationship in queries.of_party(person).filter(closed_at__isnull=True).order_by("pk"):
        _go_on_without(hold(relationship), by, now)


def _part(relationship: Relationship, verb: str, news: str, by: Person, now: datetime) -> None:
    """Let somebody go: one learner leaves a circle that goes on, anybody else ends the relationship."""
    learners = _learners(relationship)
    leaving = next((party for party in learners if party.person_id == by.pk), None)
    if leaving is not None and len(learners) > 1:
        sessions.leave(relationship=relationship, by=by, now=now)
        situations.leave(relationship=relationship, by=by, now=now)
        leaving.left_at = now
        leaving.save(update_fields=["left_at"])
        tell_others(relationship, "pair.left", _path(relationship), by, now)
        _tell_managers(relationship, [leaving], by, now)
        _go_on_without(relationship, by, now)
        return
    _end(relationship, verb, news, by, now)


def _end(relationship: Relationship, verb: str, news: str, by: Person, now: datetime) -> None:
    move(relationship, verb, now)
    tell_others(relationship, news, _path(relationship), by, now)
    _tell_managers(relationship, _learners(relationship), by, now)


def _learners(relationship: Relationship) -> list[Party]:
    held = relationship.parties.filter(left_at__isnull=True, seat=Party.Seat.LEARNER)
    return list(held.select_related("person"))


def _go_on_without(relationship: Relationship, by: Person, now: datetime) -> None:
    """Take the steps that waited for nobody but whoever has left."""
    if _go_on_if_all_accepted(relationship, now):
        _tell_ready(relationship, now)
    if charters.settle(relationship, by, now):
        for party in queries.seated(relationship):
            path = reverse("charter", args=[relationship.pk])
            notifications.tell(person=party.person, kind="charter.settled", path=path, now=now)
        activate_if_ready(relationship=relationship, by=by, now=now)


def _go_on_if_all_accepted(relationship: Relationship, now: datetime) -> bool:
    if relationship.state != "proposed":
        return False
    if any(party.accepted_at is None for party in queries.waited_for(queries.seated(relationship))):
        return False
    move(relationship, "accept", now)
    move(relationship, "contract", now)
    return True


def _tell_ready(relationship: Relationship, now: datetime) -> None:
    """Say to all who are still there that nobody's yes is missing any more, and with whom they go on."""
    there = [party for party in queries.seated(relationship) if not party.person.is_gone]
    for party in there:
        others = ", ".join(other.person.name for other in there if other.seat != party.seat)
        notifications.tell(
            person=party.person, kind="pair.ready", path=_path(relationship), now=now, other=others
        )


def _tell_managers(relationship: Relationship, learners: list[Party], by: Person, now: datetime) -> None:
    """Say that learners who are still there, and in the programme, are in the pool; never who decided it."""
    places = relationship.programme.enrolments.filter(role="learner", state="withdrawn")
    withdrawn = set(places.values_list("person_id", flat=True))
    waiting = [party for party in learners if not party.person.is_gone and party.person_id not in withdrawn]
    for manager in programmes.told_of(relationship.programme).exclude(pk=by.pk):
        for party in waiting:
            notifications.tell(
                person=manager,
                kind="pair.free",
                path=reverse("match-run-list", args=[relationship.programme_id]),
                now=now,
                learner=party.person.name,
                programme=relationship.programme.name,
            )


def _path(relationship: Relationship) -> str:
    return reverse("relationship", args=[relationship.pk])
