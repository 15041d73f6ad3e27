"""The people of the tests: who they are stays the same everywhere.

Athena mentors Telemachus in Ithaca's programme, which Eurycleia runs. Nestor supervises. Argus is an
agent. Penelope administers Ithaca. Antinous belongs to another organisation: nothing of Ithaca
exists for him.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib.auth.hashers import make_password

from telemachy.apps.people.models import Organisation, Person, User
from telemachy.apps.programmes.models import Enrolment, Programme, ProgrammeManager
from telemachy.apps.relationships.models import Party, Relationship

#: A Tuesday morning.
NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
PASSWORD = "the wine-dark sea"


@dataclass
class Cast:
    """Everybody, and the one pair they start with (active)."""

    ithaca: Organisation
    athena: Person
    telemachus: Person
    nestor: Person
    eurycleia: Person
    argus: Person
    penelope: Person
    antinous: Person
    programme: Programme
    relationship: Relationship


def person(organisation: Organisation, name: str, *, sign_in: bool = True, **fields: object) -> Person:
    """Create a person with a sign-in name@organisation.example."""
    (created,) = _settle(_described(organisation, name, sign_in=sign_in, **fields))
    return created


def _described(organisation: Organisation, name: str, *, sign_in: bool = True, **fields: object) -> Person:
    email = f"{name.lower().replace(' ', '.')}@{organisation.slug}.example"
    return Person(
        organisation=organisation,
        user=User(email=email, password=make_password(PASSWORD)) if sign_in else None,
        name=name,
        email=email if sign_in else "",
        created_at=NOW,
        **fields,
    )


def _settle(*people: Person) -> list[Person]:
    """Write people down in two steps, however many they are: most tests begin with it."""
    User.objects.bulk_create([one.user for one in people if one.user])
    return Person.objects.bulk_create(people)


def pair(programme: Programme, mentor: Person, learner: Person, *, state: str = "active") -> Relationship:
    """Create a relationship in a state, both parties having accepted."""
    relationship = Relationship.objects.create(
        programme=programme,
        kind=programme.kind,
        shape=programme.shape,
        state=state,
        state_since=NOW,
        created_at=NOW,
        active_at=NOW if state == "active" else None,
    )
    Party.objects.bulk_create(
        Party(relationship=relationship, person=one, seat=seat, accepted_at=NOW)
        for one, seat in ((mentor, "mentor"), (learner, "learner"))
    )
    return relationship


def assemble() -> Cast:
    """Create the cast."""
    ithaca, suitors = Organisation.objects.bulk_create(
        Organisation(name=name, slug=name.lower(), created_at=NOW) for name in ("Ithaca", "Suitors")
    )
    athena = _described(ithaca, "Athena", time_zone="Europe/Athens", seniority=6, skills_offered=["strategy"])
    telemachus = _described(
        ithaca, "Telemachus", time_zone="Europe/Lisbon", seniority=3, skills_sought=["strategy"]
    )
    eurycleia = _described(ithaca, "Eurycleia")
    argus = _described(
        ithaca, "Argus", sign_in=False, kind="agent", owner=athena, purpose="Answers refund requests."
    )
    nestor = _described(ithaca, "Nestor")
    penelope = _described(ithaca, "Penelope", is_administrator=True)
    antinous = _described(suitors, "Antinous", is_administrator=True)
    _settle(athena, telemachus, eurycleia, argus, nestor, penelope, antinous)
    programme = Programme.objects.create(
        organisation=ithaca, name="Voyage", kind="mentoring", shape="one_to_one", state="open", created_at=NOW
    )
    ProgrammeManager.objects.create(programme=programme, person=eurycleia, since=NOW)
    Enrolment.objects.bulk_create(
        [
            Enrolment(programme=programme, person=athena, role="mentor", capacity=2, created_at=NOW),
            Enrolment(programme=programme, person=telemachus, role="learner", created_at=NOW),
        ]
    )
    return Cast(
        ithaca=ithaca,
        athena=athena,
        telemachus=telemachus,
        nestor=nestor,
        eurycleia=eurycleia,
        argus=argus,
        penelope=penelope,
        antinous=antinous,
        programme=programme,
        relationship=pair(programme, athena, telemachus),
    )
