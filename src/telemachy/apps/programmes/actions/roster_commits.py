"""Take the previewed rows in: all of them in one transaction, or none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.base import batches, insert_many
from telemachy.apps.people.actions import persons
from telemachy.apps.people.actions.persons import NewPerson, PersonChange
from telemachy.apps.programmes import policies
from telemachy.apps.programmes.actions.rosters import forget_files
from telemachy.apps.programmes.models import Enrolment, RosterImport, RosterRow
from telemachy.apps.programmes.queries import rosters as queries
from telemachy.core.shared.errors import WrongState
from telemachy.core.shared.lifecycles import ROSTER_IMPORT

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

Effect = RosterRow.Effect
_BATCH = 2_000


@action
def apply(*, roster_import: RosterImport, by: Person, now: datetime) -> None:
    """Apply every valid row, exactly as the preview showed it; doing it twice does it once.

    Raises NotAllowed when `by` does not run the programme any more; WrongState or IntegrityError when people
    or places changed since the preview. Nothing is kept then.
    """
    roster_import = queries.locked(roster_import)
    if roster_import.state != "committing":
        events.unchanged()
        return
    policies.change(by, roster_import.programme).require()
    places = _Places(roster_import, now)
    organisation_id = roster_import.programme.organisation_id
    persons.add_many(
        organisation_id=organisation_id, people=_new_people(roster_import, places), by=by, now=now
    )
    places.save()
    persons.change_many(
        organisation_id=organisation_id, changes=_changes(roster_import, places), by=by, now=now
    )
    places.save()
    places.set_capacities()
    places.vouch()
    places.set_wishes()
    roster_import.state = ROSTER_IMPORT.target("committing", "finish")
    roster_import.committed_at = now
    forget_files(roster_import)
    roster_import.save(update_fields=["state", "committed_at", "files"])
    events.record("roster.committed", by=by, now=now, on=roster_import, **roster_import.counts)


class _Places:
    """Places in the programme to be given and changed, kept small until the persons are there."""

    def __init__(self, roster_import: RosterImport, now: datetime) -> None:
        self._programme_id = roster_import.programme_id
        self._now = now
        self._new: list[tuple[UUID, str, int | None]] = []
        self._capacities: list[tuple[UUID, int, int]] = []
        self._vouched: list[UUID] = []
        self._wishes: list[tuple[UUID, str, list[str]]] = []

    def take(self, row: _Staged) -> None:
        """Note the seats that a row takes, the capacity that it changes, and whose address it vouches for."""
        seats = row.person.get("seats", {})
        self._new += [(row.subject_id, role, capacity) for role, capacity in seats.items()]
        for change in row.changes:
            if change["field"] == "capacity":
                self._capacities.append((row.subject_id, change["old"], change["new"]))
            elif change["field"] == "proved":
                self._vouched.append(row.subject_id)
        self._wishes += [
            (row.subject_id, of, list(named)) for of, named in row.person.get("wishes", {}).items()
        ]

    def save(self) -> None:
        """Give the places noted so far. Raises IntegrityError when somebody holds one already."""
        for batch in batches(self._new, _BATCH):
            rows = (
                {"id": uuid4(), "person_id": person_id, "role": role, "capacity": capacity or 1}
                for person_id, role, capacity in batch
            )
            insert_many(
                Enrolment, rows, programme_id=self._programme_id, source="roster", created_at=self._now
            )
        self._new.clear()

    def set_capacities(self) -> None:
        """Change the capacities noted. Raises WrongState when one is not what it was."""
        by_person = {person_id: (old, new) for person_id, old, new in self._capacities}
        for ids in batches(by_person, 500):
            held = Enrolment.objects.filter(
                programme_id=self._programme_id, role=Enrolment.Role.MENTOR, person_id__in=ids
            )
            mentors = list(held)
            for mentor in mentors:
                old, new = by_person[mentor.person_id]
                if mentor.capacity != old:
                    raise WrongState(_("A mentor's capacity was changed in the meantime."))
                mentor.capacity = new
            Enrolment.objects.bulk_update(mentors, ["capacity"], batch_size=100)

    def vouch(self) -> None:
        """Take places behind a link as given by the roster: whoever runs the programme knows the address."""
        for ids in batches(self._vouched, 500):
            behind_link = Enrolment.objects.filter(programme_id=self._programme_id, source="link")
            behind_link.filter(person_id__in=ids).update(source="roster")

    def set_wishes(self) -> None:
        """Set whom people would like and rather not, in every place they hold in the programme."""
        for of in ("preferred", "avoided"):
            by_person = {person_id: named for person_id, named_of, named in self._wishes if named_of == of}
            for ids in batches(by_person, 500):
                for place in Enrolment.objects.filter(programme_id=self._programme_id, person_id__in=ids):
                    getattr(place, of).set(by_person[place.person_id])


class _Staged(NamedTuple):
    """What a commit needs of a row."""

    subject_id: UUID
    person: dict[str, Any]
    changes: list[dict[str, Any]]


def _rows(roster_import: RosterImport, effect: str) -> Iterator[_Staged]:
    rows = roster_import.rows.filter(effect=effect, subject_id__isnull=False).order_by("file", "line")
    return (_Staged(*row) for row in rows.values_list(*_Staged._fields).iterator(chunk_size=_BATCH))


def _new_people(roster_import: RosterImport, places: _Places) -> Iterator[NewPerson]:
    for row in _rows(roster_import, Effect.CREATE):
        places.take(row)
        yield NewPerson(row.subject_id, row.person["values"])


def _changes(roster_import: RosterImport, places: _Places) -> Iterator[PersonChange]:
    for row in _rows(roster_import, Effect.UPDATE):
        places.take(row)
        values = row.person.get("values", {})
        old = {change["field"]: change["old"] for change in row.changes if change["field"] in values}
        yield PersonChange(row.subject_id, old, values)
