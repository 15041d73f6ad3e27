"""What each row of a roster would do: create, update, nothing, or why it cannot be taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from telemachy.apps.people.queries import rosters as people
from telemachy.apps.people.queries.rosters import Directory, KnownPerson
from telemachy.apps.programmes.models import Enrolment, RosterImport, RosterRow
from telemachy.apps.programmes.queries.roster_people import Identity, LineManagers, Seen, SeenPeople
from telemachy.core.roster.fields import Field
from telemachy.core.roster.problems import CellProblem, Severity
from telemachy.core.roster.rows import PersonRow
from telemachy.core.shared.scales import Seat

if TYPE_CHECKING:
    from telemachy.core.roster.rows import RosterRow as FileRow

Effect = RosterRow.Effect
Place = tuple[int, int]
#: Person -> role -> (state, capacity) of the places held in the programme.
Places = dict[UUID, dict[str, tuple[str, int]]]


@dataclass(slots=True)
class _Base:
    """The person as they are before the row: known, or of earlier rows of the same import."""

    id: UUID
    values: dict[str, Any]
    places: dict[str, tuple[str, int]]
    taken: set[str]
    line_manager_name: str = ""
    has_sign_in: bool = False


@dataclass(slots=True)
class _Draft:
    """A row in the making."""

    problems: list[dict[str, Any]]
    n_warnings: int
    person: dict[str, Any] = field(default_factory=dict)
    changes: list[dict[str, Any]] = field(default_factory=list)
    refused: bool = False

    def warn(self, code: str, *, of: Field | None = None, value: str = "", **params: str) -> None:
        """Note what was assumed or left out."""
        self.problems.append(_problem(code, of, value, params))
        self.n_warnings += 1

    def refuse(self, code: str, *, of: Field | None = None, value: str = "", **params: str) -> None:
        """Note why the row cannot be taken."""
        self.problems.append(_problem(code, of, value, params))
        self.refused = True


class Planner:
    """Plans the rows of one import batch by batch; remembers who came before, not what they said."""

    def __init__(self, roster_import: RosterImport, managers: LineManagers | None) -> None:
        self._import = roster_import
        self._organisation_id = roster_import.programme.organisation_id
        self._time_zone = people.usual_time_zone(self._organisation_id)
        self._managers = managers
        self._seen = SeenPeople()
        #: Keys of the persons that the rows so far would create.
        self.created: set[UUID] = set()

    def plan(self, file: int, rows: Sequence[FileRow]) -> list[RosterRow]:
        """Return the rows, unsaved, with what each would do."""
        persons = [row.person for row in rows if row.person]
        known = people.directory(
            self._organisation_id,
            emails={person.email for person in persons},
            external_ids={person.external_id for person in persons},
        )
        places = self._places(known)
        references = self._managers.resolve(p.line_manager for p in persons) if self._managers else {}
        batch = _Batch(self, known, places, references, self._earlier(persons))
        return [batch.plan_row(file, row) for row in rows]

    def _places(self, known: Directory) -> Places:
        ids = {person.id for each in (known.by_email, known.by_external_id) for person in each.values()}
        wanted, places = sorted(ids), Places()
        for start in range(0, len(wanted), 500):
            held = Enrolment.objects.filter(
                programme_id=self._import.programme_id, person_id__in=wanted[start : start + 500]
            )
            for person_id, role, state, capacity in held.values_list("person_id", "role", "state", "capacity"):
                places.setdefault(person_id, {})[role] = (state, capacity)
        return places

    def _earlier(self, persons: Sequence[PersonRow]) -> dict[Place, dict[str, Any]]:
        """Return what earlier batches staged for the same persons: place -> values to set."""
        lines: dict[int, list[int]] = {}
        for person in persons:
            for seen in filter(None, self._seen.find(person)):
                for file, line in seen.rows:
                    lines.setdefault(file, []).append(line)
        staged: dict[Place, dict[str, Any]] = {}
        for file, numbers in lines.items():
            for start in range(0, len(numbers), 500):
                rows = RosterRow.objects.filter(
                    roster_import=self._import,
                    effect__in=(Effect.CREATE, Effect.UPDATE),
                    file=file,
                    line__in=numbers[start : start + 500],
                )
                for line, person in rows.values_list("line", "person"):
                    staged[file, line] = person.get("values", {})
        return staged


class _Batch:
    """Plans the rows of one batch, with everything that was looked up for it."""

    def __init__(
        self,
        planner: Planner,
        known: Directory,
        places: Places,
        references: dict[str, Any],
        staged: dict[Place, dict[str, Any]],
    ) -> None:
        self._planner = planner
        self._seen = planner._seen
        self._known = known
        self._places = places
        self._references = references
        self._staged = staged

    def plan_row(self, file: int, row: FileRow) -> RosterRow:
        """Return the row with its effect."""
        draft = _Draft(
            [_told(problem) for problem in row.problems],
            sum(1 for problem in row.problems if problem.severity is Severity.WARNING),
        )
        planned = RosterRow(roster_import=self._planner._import, file=file, line=row.line, problems=draft.problems)
        if row.person is None:
            rejected = draft.n_warnings < len(draft.problems)
            planned.effect = Effect.REJECTED if rejected else Effect.SAME
        else:
            planned.name = row.person.name
            self._plan_person(draft, planned, row.person, (file, row.line))
        if planned.effect == Effect.REJECTED:
            planned.cells = [cell.replace("\0", "") for cell in row.cells]
        planned.n_warnings = draft.n_warnings
        return planned

    def _plan_person(self, draft: _Draft, planned: RosterRow, person: PersonRow, place: Place) -> None:
        seen = self._same_person(draft, person)
        known = None if draft.refused else self._match(draft, person, seen)
        if draft.refused:
            planned.effect = Effect.REJECTED
            return
        namespace = self._planner._import.pk
        if seen is None:
            key = known.id if known else Identity(person.email, person.external_id).key(namespace)
            base = self._base(key, known, None)
        else:
            base = self._base(seen.subject_id, known, seen)
        is_new = known is None and seen is None
        values = people.stated(person)
        self._set_style(draft, person)
        self._set_line_manager(draft, person, values, base.id)
        if is_new:
            values.setdefault("time_zone", self._planner._time_zone)
            draft.person["values"] = values
        else:
            self._compare(draft, base, values)
        self._take_seats(draft, base, person, is_new)
        self._remember(base.id, seen, person, place, is_new)
        self._staged[place] = draft.person.get("values", {})
        planned.subject_id = base.id
        planned.person = draft.person
        planned.changes = draft.changes
        planned.effect = Effect.CREATE if is_new else Effect.UPDATE if draft.changes else Effect.SAME

    # --- who is it ---

    def _same_person(self, draft: _Draft, person: PersonRow) -> Seen | None:
        """Return the person if earlier rows (of another file, or in the other seat) have them."""
        by_email, by_id = self._seen.find(person)
        seen = by_email or by_id
        if seen is None:
            return None
        other = {"other": str(seen.rows[0][1]), "file": self._file_name(seen.rows[0][0])}
        if by_email and by_id and by_email is not by_id:
            draft.refuse("file_two_people", **other)
        elif person.external_id and seen.external_id and person.external_id != seen.external_id:
            draft.refuse("file_other_id", of=Field.EXTERNAL_ID, value=person.external_id, **other)
        elif person.email and seen.email and person.email != seen.email:
            draft.refuse("file_other_email", of=Field.EMAIL, value=person.email, **other)
        elif person.name.casefold() != seen.name:
            draft.refuse("file_other_name", of=Field.NAME, value=person.name, **other)
        return seen

    def _file_name(self, number: int) -> str:
        return str(self._planner._import.files[number]["name"])

    def _match(self, draft: _Draft, person: PersonRow, seen: Seen | None) -> KnownPerson | None:
        """Return the person of the organisation that the row is about, or note the conflict."""
        email, number = person.email, person.external_id
        if seen is not None:
            email, number = email or seen.email, number or seen.external_id
        by_email = self._known.by_email.get(email) if email else None
        by_id = self._known.by_external_id.get(number) if number else None
        if by_email and by_id and by_email.id != by_id.id:
            names = {"name": by_email.values["name"], "other": by_id.values["name"]}
            draft.refuse("known_two_people", of=Field.EMAIL, value=person.email, **names)
            return None
        known = by_email or by_id
        if known is None:
            return None
        if known.has_left:
            draft.refuse("has_left", name=known.values["name"])
        elif number and known.external_id and known.external_id != number:
            numbers = {"name": known.values["name"], "number": known.external_id}
            draft.refuse("known_other_id", of=Field.EXTERNAL_ID, value=number, **numbers)
        elif email and known.email != email and known.has_sign_in:
            facts = {"name": known.values["name"], "email": known.email}
            draft.refuse("known_other_email", of=Field.EMAIL, value=email, **facts)
        return known

    def _base(self, key: UUID, known: KnownPerson | None, seen: Seen | None) -> _Base:
        values = dict(known.values) if known else {}
        for place in seen.rows if seen else ():
            values |= self._staged.get(place, {})
        return _Base(
            id=key,
            values=values,
            places=self._places.get(key, {}),
            taken=seen.seats if seen else set(),
            line_manager_name=known.line_manager_name if known else "",
            has_sign_in=known.has_sign_in if known else False,
        )

    # --- what would change ---

    def _set_style(self, draft: _Draft, person: PersonRow) -> None:
        if person.style and not people.style_of(person.style):
            draft.warn("style_unknown", of=Field.STYLE, value=person.style[:100])

    def _set_line_manager(self, draft: _Draft, person: PersonRow, values: dict[str, Any], own: UUID) -> None:
        word = person.line_manager
        if not word:
            return
        reference = self._references.get(word)
        if reference is None:
            return
        if reference.problem:
            draft.warn(reference.problem, of=Field.LINE_MANAGER, value=word[:100])
        elif reference.person_id == own:
            draft.warn("manager_self", of=Field.LINE_MANAGER, value=word[:100])
        else:
            values["line_manager_id"] = str(reference.person_id)

    def _compare(self, draft: _Draft, base: _Base, values: dict[str, Any]) -> None:
        changed = {name: value for name, value in values.items() if base.values.get(name) != value}
        for name, value in changed.items():
            change = {"field": name, "old": base.values.get(name), "new": value}
            if name == "line_manager_id":
                change |= {"old_name": base.line_manager_name, "new_name": self._name_of(value)}
            draft.changes.append(change)
        if changed:
            draft.person["values"] = changed

    def _name_of(self, person_id: str) -> str:
        return next((each.name for each in self._references.values() if str(each.person_id) == person_id), "")

    def _take_seats(self, draft: _Draft, base: _Base, person: PersonRow, is_new: bool) -> None:
        seats: dict[str, int | None] = {}
        for seat in person.seats:
            capacity = person.capacity if seat is Seat.MENTOR else None
            if seat.value in base.taken:
                continue
            if seat.value not in base.places:
                seats[seat.value] = capacity
                if not is_new:
                    draft.changes.append({"field": "seat", "old": "", "new": seat.value})
                continue
            state, held = base.places[seat.value]
            if state == Enrolment.State.WITHDRAWN:
                draft.warn("withdrawn", of=Field.ROLE, name=person.name)
            elif capacity and capacity != held:
                draft.person["capacity"] = capacity
                draft.changes.append({"field": "capacity", "old": held, "new": capacity})
        if seats:
            draft.person["seats"] = seats

    def _remember(self, key: UUID, seen: Seen | None, person: PersonRow, place: Place, is_new: bool) -> None:
        if seen is None:
            seen = Seen(key, person.name.casefold(), "", "", [], set())
        self._seen.remember(seen, person, place)
        if is_new:
            self._planner.created.add(key)


def _problem(code: str, of: Field | None, value: str, params: dict[str, str]) -> dict[str, Any]:
    return {"column": "", "field": of.value if of else "", "value": value, "code": code, "params": params}


def _told(problem: CellProblem) -> dict[str, Any]:
    return {
        "column": problem.column,
        "field": problem.field.value if problem.field else "",
        "value": problem.value.replace("\0", ""),
        "code": problem.code,
        "params": {name: value.replace("\0", "") for name, value in problem.params},
    }
