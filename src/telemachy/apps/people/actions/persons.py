"""Add persons to an organisation and change them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.base import batches, insert_many
from telemachy.apps.people import queries
from telemachy.apps.people.models import Invitation, Organisation, Person
from telemachy.apps.people.queries import rosters
from telemachy.core.shared.errors import BadInput, WrongState

if TYPE_CHECKING:
    from telemachy.apps.audit.actions.events import Actor

#: Persons written at once; bounds the memory.
BATCH = 2_000


class NewPerson(NamedTuple):
    """A person to add, with the key they get; `values` are fields of queries.rosters.FIELDS."""

    id: UUID
    values: dict[str, Any]


class PersonChange(NamedTuple):
    """Fields to set, each only if it still holds the old value."""

    id: UUID
    old: dict[str, Any]
    new: dict[str, Any]


@action
def add(
    *, organisation_id: UUID, name: str, email: str, by: Person | None, now: datetime, **fields: Any
) -> Person:
    """Add a person to the organisation. Raises BadInput when somebody there has the e-mail address."""
    email = email.strip().lower()
    queries.hold_organisation(organisation_id)
    known = Person.objects.filter(organisation_id=organisation_id, email=email).first() if email else None
    if known is not None and known.is_gone:
        text = _("Somebody with this e-mail address has left. An administrator can note that they are back.")
        raise BadInput(text, field="email")
    if known is not None:
        raise BadInput(_("Somebody with this e-mail address is here already."), field="email")
    organisation = Organisation.objects.get(pk=organisation_id)
    fields.setdefault("time_zone", organisation.time_zone)
    person = Person.objects.create(
        organisation=organisation, name=name, email=email, created_at=now, **fields
    )
    events.record("person.added", by=by, now=now, on=person, organisation_id=organisation_id)
    return person


@action
def add_many(*, organisation_id: UUID, people: Iterable[NewPerson], by: Actor | None, now: datetime) -> int:
    """Add many persons in one step and return how many.

    Raises IntegrityError when somebody with the same key, e-mail address or personnel number is there.
    """
    n_added = 0
    for batch in batches(people, BATCH):
        rows = ({"id": new.id, **new.values} for new in batch)
        insert_many(Person, rows, organisation_id=organisation_id, created_at=now)
        n_added += len(batch)
    _record_many("person.added_many", n_added, organisation_id, by, now)
    return n_added


@action
def change_many(
    *, organisation_id: UUID, changes: Iterable[PersonChange], by: Actor | None, now: datetime
) -> int:
    """Change many persons in one step and return how many changes were made.

    Raises WrongState when a person is gone or no longer holds an old value, IntegrityError when a new e-mail
    address or personnel number is somebody else's.
    """
    n_changed = 0
    for batch in batches(changes, BATCH // 4):
        persons = Person.objects.filter(organisation_id=organisation_id, erased_at__isnull=True)
        by_id = persons.in_bulk([change.id for change in batch])
        for change in batch:
            _set(by_id.get(change.id), change)
        _end_links((change.id for change in batch if "email" in change.new), now)
        fields = sorted({name for change in batch for name in change.new})
        if fields:
            # An upsert that always meets its row: many times faster than bulk_update's CASE for each field.
            Person.objects.bulk_create(
                by_id.values(), update_conflicts=True, unique_fields=["id"], update_fields=fields
            )
        n_changed += len(batch)
    _record_many("person.changed_many", n_changed, organisation_id, by, now)
    return n_changed


def _set(person: Person | None, change: PersonChange) -> None:
    if person is None or person.is_gone:
        raise WrongState(_("Somebody on the list is not in the organisation any more."))
    for name, old in change.old.items():
        if rosters.comparable(getattr(person, name)) != rosters.comparable(old):
            raise WrongState(_("%(name)s was changed in the meantime.") % {"name": person.name})
    if "email" in change.new and person.user_id is not None:
        raise WrongState(_("%(name)s signs in with the present address; it stays.") % {"name": person.name})
    for name, value in change.new.items():
        setattr(person, name, value)


def _end_links(person_ids: Iterable[UUID], now: datetime) -> None:
    """End invitations on their way: a link proves the address that it was sent to, and no other."""
    waiting = Invitation.objects.filter(accepted_at__isnull=True, revoked_at__isnull=True)
    waiting.filter(person_id__in=list(person_ids)).update(revoked_at=now)


def _record_many(verb: str, count: int, organisation_id: UUID, by: Actor | None, now: datetime) -> None:
    if count:
        events.record(verb, by=by, now=now, organisation_id=organisation_id, n=count)
    else:
        events.unchanged()
