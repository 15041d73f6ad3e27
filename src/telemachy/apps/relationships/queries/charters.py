"""Charters of a pair: the one in force, the one that waits for agreement, what changed, two edits at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING

from django.db.models import Prefetch, QuerySet

from telemachy.apps.relationships.models import Charter, Party
from telemachy.apps.relationships.queries import relationships

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Relationship

#: The sections of a charter, in the order they are read.
SECTIONS = (
    "success",
    "cadence",
    "hours_a_month",
    "feedback_kinds",
    "out_of_scope",
    "confidentiality",
    "escalation",
    "withheld_one_in",
    "begin_by_lot",
)
#: What is no running text, and what it is before anything is agreed.
NUMBERS: dict[str, Decimal | int | None] = {
    "hours_a_month": None,
    "withheld_one_in": 0,
    "begin_by_lot": False,
}

Value = str | Decimal | int | None
Text = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Change:
    """One section that two versions word differently."""

    section: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class Merged:
    """One section after two edits of the same version.

    `value` is what the writer goes on from, `theirs` what the other party proposed meanwhile, and
    `both` tells that the two changed it differently, so that nobody but the writer can decide.
    """

    section: str
    value: Value
    theirs: Value
    both: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a relationship's charter stands: what holds, what waits, and for whom."""

    latest: Charter | None
    in_force: Charter | None
    agreed: tuple[Party, ...]
    missing: tuple[Party, ...]

    @property
    def pending(self) -> Charter | None:
        """The version that waits for agreement, if one does."""
        if self.latest is None or self.latest.in_force_at is not None:
            return None
        return self.latest


def with_versions(rows: QuerySet[Relationship]) -> QuerySet[Relationship]:
    """Return the relationships with every version of their charters, for a page that only reads them."""
    versions = Charter.objects.select_related("proposed_by").prefetch_related("agreements")
    return rows.prefetch_related(Prefetch("charters", versions))


def standing(relationship: Relationship) -> Standing:
    """Return where the relationship's charter stands."""
    versions = history(relationship)
    latest = versions[0] if versions else None
    in_force = next((one for one in versions if one.in_force_at is not None), None)
    held = [party for party in relationship.parties.all() if party.left_at is None]
    parties = sorted(held, key=lambda party: (party.seat, party.pk))
    waited_for = relationships.waited_for(parties)
    who = {agreement.party_id for agreement in latest.agreements.all()} if latest is not None else set()
    return Standing(
        latest,
        in_force,
        tuple(party for party in parties if party.pk in who),
        tuple(party for party in waited_for if party.pk not in who),
    )


def history(relationship: Relationship) -> list[Charter]:
    """Return every version, latest first."""
    return list(relationship.charters.all())


def version(relationship: Relationship, number: int) -> Charter | None:
    """Return one version, or None."""
    return relationship.charters.filter(version=number).select_related("proposed_by").first()


def compared_with(relationship: Relationship, standing: Standing, reader: Person) -> Charter | None:
    """Return the version that the latest is read against: what the reader agreed to last, or what holds.

    For somebody who has agreed to nothing before, and where nothing holds, it is the version before.
    """
    if standing.latest is None:
        return None
    seats = {party.pk for party in relationship.parties.all() if party.person_id == reader.pk}
    earlier = history(relationship)[1:]
    agreed_to = (one for one in earlier if any(said.party_id in seats for said in one.agreements.all()))
    holds = (one for one in earlier if one.in_force_at is not None)
    return next(chain(agreed_to, holds, earlier), None)


def text_of(charter: Charter | None) -> dict[str, Value]:
    """Return the sections of a version; those of no version are empty."""
    if charter is None:
        return {section: NUMBERS.get(section, "") for section in SECTIONS}
    return {section: getattr(charter, section) for section in SECTIONS}


def changes(before: Text, after: Text) -> list[Change]:
    """Return the sections whose words differ."""
    return [
        Change(section, before[section], after[section])
        for section in SECTIONS
        if not alike(before[section], after[section])
    ]


def merge(base: Text, mine: Text, theirs: Text) -> list[Merged]:
    """Bring two edits of the same version together, section by section.

    What only one of the two changed is taken over. Where both did, mine stays and theirs is shown beside it.
    """
    merged = []
    for section in SECTIONS:
        they_changed = not alike(base[section], theirs[section])
        i_changed = not alike(base[section], mine[section])
        value = theirs[section] if they_changed and not i_changed else mine[section]
        both = they_changed and i_changed and not alike(mine[section], theirs[section])
        merged.append(Merged(section, value, theirs[section], both))
    return merged


def alike(one: Value, other: Value) -> bool:
    """Tell whether two wordings are the same; how lines end and what surrounds the text does not count."""
    return _plain(one) == _plain(other)


def _plain(value: Value) -> Value:
    return "\n".join(value.splitlines()).strip() if isinstance(value, str) else value


def draft_key(relationship: Relationship) -> str:
    """Return the key under which a party's unsent edit of the charter is kept."""
    return f"charter:{relationship.pk}"
