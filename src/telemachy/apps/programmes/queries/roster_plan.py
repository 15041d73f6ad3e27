"""What each row of a roster would do: create, update, nothing, or why it cannot be taken."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from telemachy.apps.people.queries import rosters as people
from telemachy.apps.people.queries.rosters import Directory, KnownPerson
from telemachy.apps.programmes.models import Enrolment, RosterImport, RosterRow
from telemachy.apps.programmes.queries.roster_people import Identity, LineManagers, Seen, SeenPeople
from telemachy.core.roster import values
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
    capacity: int | None = None


@dataclass(slots=True)
class _Draft:
    """A row in the making."""

    columns: Mapping[Field, tuple[int, str]]
    problems: list[dict[str, Any]]
    n_warnings: int
    person: dict[str, Any] = field(default_factory=dict)
    changes: list[dict[str, Any]] = field(default_factory=list)
    refused: bool = False

    def warn(self, code: str, of: Field, value: str = "", **params: str) -> None:
        """Note what was assumed or left out."""
        self._add(code, of, value, params)
        self.n_warnings += 1

    def refuse(self, code: str, of: Field, value: str = "", **params: str) -> None:
        """Note why the row cannot be taken."""
        self._add(code, of, value, params)
        self.refused = True

    def _add(self, code: str, of: Field, value: str, params: dict[str, str]) -> None:
        column = self.columns[of][1] if of in self.columns else ""
        self.problems.append(
            {"column": column, "field": of.value, "value": value[:100], "code": code, "params": params}
        )


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
        self.seen = SeenPeople()
        #: Keys of the persons that the rows so far would create.
        self.created: set[UUID] = set()

    def plan(self, file: int, rows: Sequence[FileRow]) -> list[RosterRow]:
        """Return the rows, unsaved, with what each would do."""
        persons = [row.person for row in rows if row.person]
        earlier = {id(seen): seen for p in persons for seen in self.seen.find(p) if seen}.values()
        known = people.directory(
            self._organisation_id,
            emails={p.email for p in persons} | {seen.email for seen in earlier},
            external_ids={p.external_id for p in persons} | {seen.external_id for seen in earlier},
        )
        places = self._places(known)
        references = self._managers.resolve(p.line_manager for p in persons) if self._managers else {}
        batch = _Batch(self, known, places, references, self._staged(earlier))
        return [batch.plan_row(file, row) for row in rows]

    def _places(self, known: Directory) -> Places:
        ids = {person.id for each in (known.by_email, known.by_external_id) for person in each.values()}
        wanted, places = sorted(ids), Places()
        for start in range(0, len(wanted), 500):
            held = Enrolment.objects.filter(
                programme_id=self.roster_import.programme_id, person_id__in=wanted[start : start + 500]
            )
            for person_id, role, state, capacity in held.values_list(
                "person_id", "role", "state", "capacity"
            ):
                places.setdefault(person_id, {})[role] = (state, capacity)
        return places

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

    def plan_row(self, file: int, row: FileRow) -> RosterRow:
        """Return the row with its effect."""
        draft = _Draft(
            self._planner.columns[file],
            [_told(problem) for problem in row.problems],
            sum(1 for problem in row.problems if problem.severity is Severity.WARNING),
        )
        planned = RosterRow(
            roster_import=self._planner.roster_import, file=file, line=row.line, problems=draft.problems
        )
        if row.person is None:
            rejected = draft.n_warnings < len(draft.problems)
            planned.effect = Effect.REJECTED if rejected else Effect.SAME
            planned.name = self._written_name(file, row)
        else:
            planned.name = row.person.name[:200]
            self._plan_person(draft, planned, row.person, (file, row.line))
        if planned.effect == Effect.REJECTED:
            planned.cells = [cell.replace("\0", "") for cell in row.cells]
        planned.n_warnings = draft.n_warnings
        return planned

    def _written_name(self, file: int, row: FileRow) -> str:
        columns = self._planner.columns[file]
        fields = (Field.NAME,) if Field.NAME in columns else (Field.FIRST_NAME, Field.LAST_NAME)
        cells = [row.cells[columns[each][0]] for each in fields if each in columns]
        return values.one_line(" ".join(cells).replace("\0", ""))[:200]

    def _plan_person(self, draft: _Draft, planned: RosterRow, person: PersonRow, place: Place) -> None:
        seen = self._same_person(draft, person)
        known = None if draft.refused else self._match(draft, person, seen)
        if draft.refused:
            planned.effect = Effect.REJECTED
            return
        namespace = self._planner.roster_import.pk
        if seen is None:
            key = known.id if known else Identity(person.email, person.external_id).key(namespace)
            base = self._base(key, known, None)
        else:
            base = self._base(seen.subject_id, known, seen)
        is_new = known is None and seen is None
        stated = people.stated(person)
        self._set_style(draft, person)
        self._set_line_manager(draft, person, stated, base.id)
        if is_new:
            stated.setdefault("time_zone", self._planner.usual_time_zone)
            draft.person["values"] = stated | ({"capacity": person.capacity} if person.capacity else {})
        else:
            self._compare(draft, base, stated)
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
            draft.refuse("file_two_people", Field.EMAIL, person.email, **other)
        elif person.external_id and seen.external_id and person.external_id != seen.external_id:
            draft.refuse("file_other_id", Field.EXTERNAL_ID, person.external_id, **other)
        elif person.email and seen.email and person.email != seen.email:
            draft.refuse("file_other_email", Field.EMAIL, person.email, **other)
        elif person.name.casefold() != seen.name:
            draft.refuse("file_other_name", Field.NAME, person.name, **other)
        return seen

    def _file_name(self, number: int) -> str:
        return str(self._planner.roster_import.files[number]["name"])

    def _match(self, draft: _Draft, person: PersonRow, seen: Seen | None) -> KnownPerson | None:
        """Return the person of the organisation that the row is about, or note the conflict."""
        email, number = person.email, person.external_id
        if seen is not None:
            email, number = email or seen.email, number or seen.external_id
        by_email = self._known.by_email.get(email) if email else None
        by_id = self._known.by_external_id.get(number) if number else None
        if by_email and by_id and by_email.id != by_id.id:
            names = {"name": by_email.values["name"], "other": by_id.values["name"]}
            draft.refuse("known_two_people", Field.EMAIL, person.email, **names)
            return None
        known = by_email or by_id
        if known is None:
            return None
        if known.has_left:
            draft.refuse("has_left", Field.NAME, person.name, name=known.values["name"])
        elif number and known.external_id and known.external_id != number:
            numbers = {"name": known.values["name"], "number": known.external_id}
            draft.refuse("known_other_id", Field.EXTERNAL_ID, number, **numbers)
        elif email and known.email != email and known.has_sign_in:
            facts = {"name": known.values["name"], "email": known.email}
            draft.refuse("known_other_email", Field.EMAIL, email, **facts)
        return known

    def _base(self, key: UUID, known: KnownPerson | None, seen: Seen | None) -> _Base:
        current = dict(known.values if known else people.BLANK)
        for place in seen.rows if seen else ():
            current |= self._staged.get(place, {})
        return _Base(
            id=key,
            values=current,
            places=self._places.get(key, {}),
            taken=seen.seats if seen else set(),
            line_manager_name=known.line_manager_name if known else "",
            capacity=known.capacity if known else None,
        )

    # --- what would change ---

    def _set_style(self, draft: _Draft, person: PersonRow) -> None:
        if person.style and not people.style_of(person.style):
            draft.warn("style_unknown", Field.STYLE, person.style[:100])

    def _set_line_manager(self, draft: _Draft, person: PersonRow, stated: dict[str, Any], own: UUID) -> None:
        word = person.line_manager
        if not word:
            return
        reference = self._references.get(word)
        if reference is None:
            return
        if reference.problem:
            draft.warn(reference.problem, Field.LINE_MANAGER, word[:100])
        elif reference.person_id == own:
            draft.warn("manager_self", Field.LINE_MANAGER, word[:100])
        else:
            stated["line_manager_id"] = str(reference.person_id)

    def _compare(self, draft: _Draft, base: _Base, stated: dict[str, Any]) -> None:
        changed = {name: value for name, value in stated.items() if base.values[name] != value}
        for name, value in changed.items():
            change = {"field": name, "old": base.values[name], "new": value}
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
            capacity = (person.capacity or base.capacity) if seat is Seat.MENTOR else None
            if seat.value in base.taken:
                continue
            if seat.value not in base.places:
                seats[seat.value] = capacity
                if not is_new:
                    draft.changes.append({"field": "seat", "old": "", "new": seat.value})
                continue
            state, held = base.places[seat.value]
            if state == Enrolment.State.WITHDRAWN:
                draft.warn("withdrawn", Field.ROLE, name=person.name)
            elif seat is Seat.MENTOR and person.capacity and person.capacity != held:
                draft.changes.append({"field": "capacity", "old": held, "new": person.capacity})
        if seats:
            draft.person["seats"] = seats

    def _remember(self, key: UUID, seen: Seen | None, person: PersonRow, place: Place, is_new: bool) -> None:
        if seen is None:
            seen = Seen(key, person.name.casefold(), "", "", [], set())
        self._seen.remember(seen, person, place)
        if is_new:
            self._planner.created.add(key)


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
