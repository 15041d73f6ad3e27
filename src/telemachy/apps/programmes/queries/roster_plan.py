"""What each row of a roster would do: create, update, nothing, or why it cannot be taken."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from telemachy.apps.people.queries import rosters as people
from telemachy.apps.people.queries.rosters import Directory, KnownPerson
from telemachy.apps.programmes.models import Enrolment, RosterImport, RosterRow
from telemachy.apps.programmes.queries.roster_people import (
    Identity,
    LineManagers,
    Reference,
    Seen,
    SeenPeople,
)
from telemachy.core.roster import values
from telemachy.core.roster.fields import Field
from telemachy.core.roster.problems import CellProblem, Severity
from telemachy.core.roster.rows import PersonRow
from telemachy.core.shared.scales import Seat

if TYPE_CHECKING:
    from telemachy.core.roster.rows import RosterRow as FileRow

Effect = RosterRow.Effect
#: Whom one may name as preferred at most, in a file as by hand.
MOST_WISHES = 5
Place = tuple[int, int]
#: State, capacity and whether the address is not proved, of a place held in the programme.
Held = tuple[str, int, bool]
Places = dict[UUID, dict[str, Held]]


@dataclass(slots=True)
class _Base:
    """The person as they are before the row: known, or of earlier rows of the same import."""

    id: UUID
    values: dict[str, Any]
    places: dict[str, Held]
    taken: set[str]
    line_manager_name: str = ""
    capacity: int | None = None


@dataclass
class PlannedRow:
    """A row of the file with what it would do; its fields are those of a staged row."""

    file: int
    line: int
    problems: list[dict[str, Any]]
    n_warnings: int
    name: str = ""
    effect: str = Effect.SAME
    subject_id: UUID | None = None
    person: dict[str, Any] = field(default_factory=dict)
    changes: list[dict[str, Any]] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)


class Planner:
    """Plans the rows of one import batch by batch; remembers who came before, not what they said."""

    def __init__(self, roster_import: RosterImport, managers: LineManagers | None) -> None:
        self.roster_import = roster_import
        self.columns = [
            _columns(*each) for each in zip(roster_import.files, roster_import.mappings, strict=True)
        ]
        self._organisation_id = roster_import.programme.organisation_id
        self.usual_time_zone = people.usual_time_zone(self._organisation_id)
        self._managers = managers
        #: (person, "preferred" or "avoided") -> person key -> name, as the programme has it.
        self.wishes: dict[tuple[UUID, str], dict[str, str]] = {}
        self.seen = SeenPeople()
        #: Keys of the persons that the rows so far would create.
        self.created: set[UUID] = set()

    def plan(self, file: int, rows: Sequence[FileRow]) -> list[PlannedRow]:
        """Return the rows with what each would do."""
        persons = [row.person for row in rows if row.person]
        earlier = {id(seen): seen for p in persons for seen in self.seen.find(p) if seen}.values()
        known = people.directory(
            self._organisation_id,
            emails={p.email for p in persons} | {seen.email for seen in earlier},
            external_ids={p.external_id for p in persons} | {seen.external_id for seen in earlier},
        )
        places = self._places(known)
        self.wishes = self._wishes(places)
        named = (word for p in persons for word in (p.line_manager, *p.preferred, *p.avoided))
        references = self._managers.resolve(named) if self._managers else {}
        batch = _Batch(self, known, places, references, self._staged(earlier))
        return [batch.plan_row(file, row) for row in rows]

    def _places(self, known: Directory) -> Places:
        ids = {person.id for each in (known.by_email, known.by_external_id) for person in each.values()}
        wanted, places = sorted(ids), Places()
        for start in range(0, len(wanted), 500):
            held = Enrolment.objects.filter(
                programme_id=self.roster_import.programme_id, person_id__in=wanted[start : start + 500]
            )
            told = ("role", "state", "capacity", "source", "person__user")
            for place in held.select_related("person").only(*told):
                facts = (place.state, place.capacity, place.is_unproved)
                places.setdefault(place.person_id, {})[place.role] = facts
        return places

    def _wishes(self, places: Places) -> dict[tuple[UUID, str], dict[str, str]]:
        """Return whom those who hold places named so far."""
        found: dict[tuple[UUID, str], dict[str, str]] = {}
        wanted = sorted(places) if self._managers else []
        for of in (Field.PREFERRED.value, Field.AVOIDED.value):
            for start in range(0, len(wanted), 500):
                held = Enrolment.objects.filter(
                    programme_id=self.roster_import.programme_id,
                    person_id__in=wanted[start : start + 500],
                    **{f"{of}__isnull": False},
                )
                for person_id, other, name in held.values_list("person_id", of, f"{of}__name"):
                    found.setdefault((person_id, of), {})[str(other)] = name
        return found

    def _staged(self, earlier: Collection[Seen]) -> dict[Place, dict[str, Any]]:
        """Return what earlier batches staged for these persons: place -> values to set."""
        lines: dict[int, list[int]] = {}
        for seen in earlier:
            for file, line in seen.rows:
                lines.setdefault(file, []).append(line)
        staged: dict[Place, dict[str, Any]] = {}
        for file, numbers in lines.items():
            for start in range(0, len(numbers), 500):
                rows = RosterRow.objects.filter(
                    roster_import=self.roster_import,
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
        self._seen = planner.seen
        self._known = known
        self._places = places
        self._references = references
        self._staged = staged

    def plan_row(self, file: int, row: FileRow) -> PlannedRow:
        """Return the row with its effect."""
        problems = [_told(problem) for problem in row.problems]
        n_warnings = sum(1 for problem in row.problems if problem.severity is Severity.WARNING)
        planned = PlannedRow(file, row.line, problems, n_warnings)
        if row.person is not None:
            planned.name = row.person.name[:200]
            self._plan_person(planned, row.person)
        else:
            planned.name = self._written_name(file, row)
            if n_warnings < len(problems):
                planned.effect = Effect.REJECTED
        if planned.effect == Effect.REJECTED:
            planned.cells = [cell.replace("\0", "") for cell in row.cells]
        return planned

    def _written_name(self, file: int, row: FileRow) -> str:
        columns = self._planner.columns[file]
        fields = (Field.NAME,) if Field.NAME in columns else (Field.FIRST_NAME, Field.LAST_NAME)
        cells = [row.cells[columns[each][0]] for each in fields if each in columns]
        return values.one_line(" ".join(cells).replace("\0", ""))[:200]

    def _plan_person(self, row: PlannedRow, person: PersonRow) -> None:
        seen = self._same_person(row, person)
        known = self._match(row, person, seen) if row.effect != Effect.REJECTED else None
        if row.effect == Effect.REJECTED:
            return
        is_new = known is None and seen is None
        base = self._base(person, known, seen)
        stated = people.stated(person)
        self._check_style(row, person)
        self._set_line_manager(row, person, stated, base.id)
        if is_new:
            stated.setdefault("time_zone", self._planner.usual_time_zone)
            row.person["values"] = stated | ({"capacity": person.capacity} if person.capacity else {})
        else:
            self._compare(row, base, stated)
        self._take_seats(row, base, person, is_new)
        self._take_wishes(row, base, person)
        row.subject_id = base.id
        row.effect = Effect.CREATE if is_new else Effect.UPDATE if row.changes else Effect.SAME
        self._remember(row, seen, person)

    def _warn(self, row: PlannedRow, code: str, of: Field, value: str = "", **params: str) -> None:
        """Note what was assumed or left out."""
        column = self._planner.columns[row.file].get(of, (0, ""))[1]
        row.problems.append(
            {"column": column, "field": of.value, "value": value[:100], "code": code, "params": params}
        )
        row.n_warnings += 1

    def _refuse(self, row: PlannedRow, code: str, of: Field, value: str, **params: str) -> None:
        """Note why the row cannot be taken."""
        self._warn(row, code, of, value, **params)
        row.n_warnings -= 1
        row.effect = Effect.REJECTED

    # --- who is it ---

    def _same_person(self, row: PlannedRow, person: PersonRow) -> Seen | None:
        """Return the person if earlier rows (of another file, or in the other seat) have them."""
        by_email, by_id = self._seen.find(person)
        seen = by_email or by_id
        if seen is None:
            return None
        other = {"other": str(seen.rows[0][1]), "file": self._file_name(seen.rows[0][0])}
        if by_email and by_id and by_email is not by_id:
            self._refuse(row, "file_two_people", Field.EMAIL, person.email, **other)
        elif person.external_id and seen.external_id and person.external_id != seen.external_id:
            self._refuse(row, "file_other_id", Field.EXTERNAL_ID, person.external_id, **other)
        elif person.email and seen.email and person.email != seen.email:
            self._refuse(row, "file_other_email", Field.EMAIL, person.email, **other)
        elif person.name.casefold() != seen.name:
            self._refuse(row, "file_other_name", Field.NAME, person.name, **other)
        return seen

    def _file_name(self, number: int) -> str:
        return str(self._planner.roster_import.files[number]["name"])

    def _match(self, row: PlannedRow, person: PersonRow, seen: Seen | None) -> KnownPerson | None:
        """Return the person of the organisation that the row is about, or note the conflict."""
        email, number = person.email, person.external_id
        if seen is not None:
            email, number = email or seen.email, number or seen.external_id
        by_email = self._known.by_email.get(email) if email else None
        by_id = self._known.by_external_id.get(number) if number else None
        if by_email and by_id and by_email.id != by_id.id:
            names = {"name": by_email.values["name"], "other": by_id.values["name"]}
            self._refuse(row, "known_two_people", Field.EMAIL, person.email, **names)
            return None
        known = by_email or by_id
        if known is None:
            return None
        if known.has_left:
            self._refuse(row, "has_left", Field.NAME, person.name, name=known.values["name"])
        elif number and known.external_id and known.external_id != number:
            numbers = {"name": known.values["name"], "number": known.external_id}
            self._refuse(row, "known_other_id", Field.EXTERNAL_ID, number, **numbers)
        elif email and known.email != email and known.has_sign_in:
            facts = {"name": known.values["name"], "email": known.email}
            self._refuse(row, "known_other_email", Field.EMAIL, email, **facts)
        return known

    def _base(self, person: PersonRow, known: KnownPerson | None, seen: Seen | None) -> _Base:
        identity = Identity(person.email, person.external_id)
        own = seen.subject_id if seen else known.id if known else identity.key(self._planner.roster_import.pk)
        current = dict(known.values if known else people.BLANK)
        for place in seen.rows if seen else ():
            current |= self._staged.get(place, {})
        return _Base(
            id=own,
            values=current,
            places=self._places.get(own, {}),
            taken=seen.seats if seen else set(),
            line_manager_name=known.line_manager_name if known else "",
            capacity=known.capacity if known else None,
        )

    # --- what would change ---

    def _check_style(self, row: PlannedRow, person: PersonRow) -> None:
        if person.style and not people.style_of(person.style):
            self._warn(row, "style_unknown", Field.STYLE, person.style[:100])

    def _set_line_manager(
        self, row: PlannedRow, person: PersonRow, stated: dict[str, Any], own: UUID
    ) -> None:
        word = person.line_manager
        if not word:
            return
        reference = self._references.get(word)
        if reference is None:
            return
        if reference.problem:
            self._warn(row, reference.problem, Field.LINE_MANAGER, word[:100])
        elif reference.person_id == own:
            self._warn(row, "manager_self", Field.LINE_MANAGER, word[:100])
        else:
            stated["line_manager_id"] = str(reference.person_id)

    def _compare(self, row: PlannedRow, base: _Base, stated: dict[str, Any]) -> None:
        changed = {name: value for name, value in stated.items() if base.values[name] != value}
        for name, value in changed.items():
            change = {"field": name, "old": base.values[name], "new": value}
            if name == "line_manager_id":
                change |= {"old_name": base.line_manager_name, "new_name": self._name_of(value)}
            row.changes.append(change)
        if changed:
            row.person["values"] = changed

    def _name_of(self, person_id: str) -> str:
        return next((each.name for each in self._references.values() if str(each.person_id) == person_id), "")

    def _take_seats(self, row: PlannedRow, base: _Base, person: PersonRow, is_new: bool) -> None:
        seats: dict[str, int | None] = {}
        for seat in person.seats:
            capacity = (person.capacity or base.capacity) if seat is Seat.MENTOR else None
            if seat.value in base.taken:
                continue
            if seat.value not in base.places:
                seats[seat.value] = capacity
                if not is_new:
                    row.changes.append({"field": "seat", "old": "", "new": seat.value})
                continue
            state, held, is_unproved = base.places[seat.value]
            if is_unproved and state != Enrolment.State.WITHDRAWN:
                row.changes.append({"field": "proved", "old": "", "new": seat.value})
            if state == Enrolment.State.WITHDRAWN:
                self._warn(row, "withdrawn", Field.ROLE, name=person.name)
            elif seat is Seat.MENTOR and person.capacity and person.capacity != held:
                row.changes.append({"field": "capacity", "old": held, "new": person.capacity})
        if seats:
            row.person["seats"] = seats

    def _take_wishes(self, row: PlannedRow, base: _Base, person: PersonRow) -> None:
        """Set whom the person would like and rather not, where the row says so, in place of what was said."""
        said = {Field.PREFERRED: person.preferred, Field.AVOIDED: person.avoided}
        avoided = self._persons(row, Field.AVOIDED, base.id, said[Field.AVOIDED])
        liked = self._persons(row, Field.PREFERRED, base.id, said[Field.PREFERRED])
        for both in liked.keys() & avoided.keys():
            self._warn(row, "wish_both", Field.PREFERRED, liked.pop(both)[:100])
        for extra in list(liked)[MOST_WISHES:]:
            self._warn(row, "wish_many", Field.PREFERRED, liked.pop(extra)[:100])
        wishes: dict[str, dict[str, str]] = {}
        for of, named in ((Field.PREFERRED, liked), (Field.AVOIDED, avoided)):
            old = self._planner.wishes.get((base.id, of.value), {})
            if said[of] and old.keys() != named.keys():
                wishes[of.value] = named
                row.changes.append(
                    {"field": of.value, "old": ", ".join(old.values()), "new": ", ".join(named.values())}
                )
        if wishes:
            row.person["wishes"] = wishes

    def _persons(self, row: PlannedRow, of: Field, own: UUID, words: Sequence[str]) -> dict[str, str]:
        """Return person key -> name of those whom a cell names, and note whom it cannot mean."""
        found = {}
        for word in words:
            reference = self._references.get(word, Reference(problem="manager_unknown"))
            if reference.person_id is None:
                code = "wish_ambiguous" if reference.problem == "manager_ambiguous" else "wish_unknown"
                self._warn(row, code, of, word[:100])
            elif reference.person_id == own:
                self._warn(row, "wish_self", of, word[:100])
            else:
                found[str(reference.person_id)] = reference.name
        return found

    def _remember(self, row: PlannedRow, seen: Seen | None, person: PersonRow) -> None:
        assert row.subject_id is not None
        if seen is None:
            seen = Seen(row.subject_id, person.name.casefold(), "", "", [], set())
        place = (row.file, row.line)
        self._seen.remember(seen, person, place)
        self._staged[place] = row.person.get("values", {})
        if row.effect == Effect.CREATE:
            self._planner.created.add(row.subject_id)


def _columns(file: dict[str, Any], mapping: dict[str, Any]) -> dict[Field, tuple[int, str]]:
    """Return where each field stands in a file: its column and the column's name."""
    return {
        Field(name): (int(index), file["header"][int(index)]) for index, name in mapping["columns"].items()
    }


def _told(problem: CellProblem) -> dict[str, Any]:
    return {
        "column": problem.column,
        "field": problem.field.value if problem.field else "",
        "value": problem.value.replace("\0", ""),
        "code": problem.code,
        "params": {name: value.replace("\0", "") for name, value in problem.params},
    }
