"""The people of the tests: who they are stays the same everywhere.

Athena mentors Telemachus in Ithaca's programme, which Eurycleia runs. Nestor supervises. Argus is an
agent. Penelope administers Ithaca. Antinous belongs to another organisation: nothing of Ithaca
exists for him.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

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
    email = f"{name.lower().replace(' ', '.')}@{organisation.slug}.example"
    user = User.objects.create_user(email, PASSWORD) if sign_in else None
    return Person.objects.create(
        organisation=organisation,
        user=user,
        name=name,
        email=email if sign_in else "",
        created_at=NOW,
        **fields,
    )


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
    Party.objects.create(relationship=relationship, person=mentor, seat="mentor", accepted_at=NOW)
    Party.objects.create(relationship=relationship, person=learner, seat="learner", accepted_at=NOW)
    return relationship


def assemble() -> Cast:
    """Create the cast."""
    ithaca = Organisation.objects.create(name="Ithaca", slug="ithaca", created_at=NOW)
    suitors = Organisation.objects.create(name="Suitors", slug="suitors", created_at=NOW)
    athena = person(ithaca, "Athena", time_zone="Europe/Athens", seniority=6, skills_offered=["strategy"])
    telemachus = person(
        ithaca, "Telemachus", time_zone="Europe/Lisbon", seniority=3, skills_sought=["strategy"]
    )
    eurycleia = person(ithaca, "Eurycleia")
    argus = person(
        ithaca, "Argus", sign_in=False, kind="agent", owner=athena, purpose="Answers refund requests."
    )
    programme = Programme.objects.create(
        organisation=ithaca, name="Voyage", kind="mentoring", shape="one_to_one", state="open", created_at=NOW
    )
    ProgrammeManager.objects.create(programme=programme, person=eurycleia, since=NOW)
    Enrolment.objects.create(programme=programme, person=athena, role="mentor", capacity=2, created_at=NOW)
    Enrolment.objects.create(programme=programme, person=telemachus, role="learner", created_at=NOW)
    return Cast(
        ithaca=ithaca,
        athena=athena,
        telemachus=telemachus,
        nestor=person(ithaca, "Nestor"),
        eurycleia=eurycleia,
        argus=argus,
        penelope=person(ithaca, "Penelope", is_administrator=True),
        antinous=person(suitors, "Antinous", is_administrator=True),
        programme=programme,
        relationship=pair(programme, athena, telemachus),
    )
