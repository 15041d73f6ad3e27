"""Who a roster names: one person in several rows, and line managers by address, number or name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID, uuid5

from telemachy.apps.people.queries import rosters as people
from telemachy.core.roster.rows import PersonRow, RosterRow


class Identity(NamedTuple):
    """What a row identifies its person by; one of the two may be ""."""

    email: str
    external_id: str

    def key(self, namespace: UUID) -> UUID:
        """Return the key that the person will get if nobody is known by this identity."""
        return uuid5(namespace, self.email or f"#{self.external_id}")


@dataclass(slots=True)
class Seen:
    """A person of earlier rows of the same import."""

    subject_id: UUID
    name: str
    email: str
    external_id: str
    #: Places of their rows: (file, line).
    rows: list[tuple[int, int]]
    seats: set[str]


@dataclass(slots=True)
class SeenPeople:
    """Everybody of the rows so far, by what identifies them."""

    by_email: dict[str, Seen] = field(default_factory=dict)
    by_external_id: dict[str, Seen] = field(default_factory=dict)

    def find(self, person: PersonRow) -> tuple[Seen | None, Seen | None]:
        """Return who has the row's e-mail address and who has its personnel number."""
        by_email = self.by_email.get(person.email) if person.email else None
        by_id = self.by_external_id.get(person.external_id) if person.external_id else None
        return by_email, by_id

    def remember(self, seen: Seen, person: PersonRow, place: tuple[int, int]) -> None:
        """Note one more row of this person."""
        seen.rows.append(place)
        seen.seats.update(seat.value for seat in person.seats)
        seen.email = seen.email or person.email
        seen.external_id = seen.external_id or person.external_id
        if seen.email:
            self.by_email.setdefault(seen.email, seen)
        if seen.external_id:
            self.by_external_id.setdefault(seen.external_id, seen)


class Reference(NamedTuple):
    """Whom a line manager's cell means; `problem` is a code of queries.rosters when it cannot be told."""

    person_id: UUID | None = None
    name: str = ""
    problem: str = ""


AMBIGUOUS = Identity("", "")


class LineManagers:
    """Finds line managers among the rows of the import, wherever they stand, and in the organisation."""

    def __init__(self, namespace: UUID, organisation_id: UUID) -> None:
        self._namespace = namespace
        self._organisation_id = organisation_id
        self._by_word: dict[str, Identity] = {}
        self._by_name: dict[str, Identity] = {}
        self._found: dict[str, Reference] = {}
        #: Keys of new persons who are somebody's line manager.
        self.expected: set[UUID] = set()

    def read(self, rows: Iterable[RosterRow]) -> None:
        """Take in who is in a file; its columns for identity and name are enough."""
        for row in rows:
            if person := row.person:
                identity = Identity(person.email, person.external_id)
                for word in identity:
                    if word:
                        identity = self._by_word.setdefault(word, identity)
                name = person.name.casefold()
                if self._by_name.setdefault(name, identity) != identity:
                    self._by_name[name] = AMBIGUOUS

    def resolve(self, references: Iterable[str]) -> dict[str, Reference]:
        """Return whom each reference means."""
        wanted = {each for each in references if each}
        new = wanted - self._found.keys()
        if new:
            self._look_up(new)
        return {each: self._found[each] for each in wanted}

    def _look_up(self, words: set[str]) -> None:
        in_file = {word: self._by_word.get(word) or self._by_name.get(word.casefold()) for word in words}
        identities = [identity for identity in in_file.values() if identity]
        elsewhere = {word for word, identity in in_file.items() if identity is None}
        known = people.directory(
            self._organisation_id,
            emails={i.email for i in identities} | {word for word in elsewhere if "@" in word},
            external_ids={i.external_id for i in identities} | elsewhere,
            names=elsewhere,
        )
        for word, identity in in_file.items():
            self._found[word] = (
                self._of_file(word, identity, known) if identity else self._of_organisation(word, known)
            )

    def _of_file(self, word: str, identity: Identity, known: people.Directory) -> Reference:
        if identity is AMBIGUOUS:
            return Reference(problem="manager_ambiguous")
        person = known.by_email.get(identity.email) or known.by_external_id.get(identity.external_id)
        if person:
            return Reference(person.id, person.values["name"])
        key = identity.key(self._namespace)
        self.expected.add(key)
        return Reference(key, word)

    @staticmethod
    def _of_organisation(word: str, known: people.Directory) -> Reference:
        named = known.by_name.get(word, [])
        if len(named) > 1:
            return Reference(problem="manager_ambiguous")
        person = known.by_email.get(word) or known.by_external_id.get(word) or (named[0] if named else None)
        return Reference(person.id, person.values["name"]) if person else Reference(problem="manager_unknown")
