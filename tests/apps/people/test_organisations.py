"""The organisation: administrators, leaving, agents, addresses."""

from __future__ import annotations

import pytest

from telemachy.apps.audit.models import Event
from telemachy.apps.people import queries
from telemachy.apps.people.actions import organisations
from telemachy.core.shared.errors import BadInput, NotAllowed
from tests.cast import NOW, person

pytestmark = pytest.mark.django_db


def test_the_last_administrator_stays(cast) -> None:
    with pytest.raises(NotAllowed, match="last administrator"):
        organisations.end_administrator(person=cast.penelope, by=cast.penelope, now=NOW)
    organisations.make_administrator(person=cast.athena, by=cast.penelope, now=NOW)
    organisations.end_administrator(person=cast.penelope, by=cast.athena, now=NOW)
    cast.penelope.refresh_from_db()
    assert not cast.penelope.is_administrator
    with pytest.raises(NotAllowed):
        organisations.mark_left(person=cast.athena, by=cast.athena, now=NOW)


def test_an_administrator_without_sign_in_does_not_count_as_another_one(cast) -> None:
    person(cast.ithaca, "Laertes", sign_in=False, is_administrator=True)
    with pytest.raises(NotAllowed, match="last administrator"):
        organisations.end_administrator(person=cast.penelope, by=cast.penelope, now=NOW)


@pytest.mark.parametrize("verb", ["make_administrator", "mark_left"])
def test_only_administrators_of_the_same_organisation_change_people(cast, verb) -> None:
    for stranger in (cast.antinous, cast.eurycleia):
        with pytest.raises(NotAllowed):
            getattr(organisations, verb)(person=cast.athena, by=stranger, now=NOW)


def test_who_left_cannot_come_in_until_brought_back(cast) -> None:
    organisations.mark_left(person=cast.athena, by=cast.penelope, now=NOW)
    assert queries.person_of(cast.athena.user) is None
    assert Event.objects.filter(verb="person.left", subject_id=str(cast.athena.pk)).exists()
    organisations.bring_back(person=cast.athena, by=cast.penelope, now=NOW)
    assert queries.person_of(cast.athena.user) == cast.athena


def test_an_agent_needs_a_person_who_answers_for_it(cast) -> None:
    agent = organisations.register_agent(
        name="Phaeacian", purpose="Steers ships.", owner=cast.athena, by=cast.penelope, now=NOW
    )
    assert agent.is_agent
    assert agent.owner == cast.athena
    for owner in (cast.antinous, cast.argus):
        with pytest.raises(BadInput):
            organisations.register_agent(name="X", purpose="", owner=owner, by=cast.penelope, now=NOW)


def test_an_address_is_corrected_until_its_person_signs_in_with_it(cast) -> None:
    mentes = person(cast.ithaca, "Mentes", sign_in=False)
    organisations.correct_address(person=mentes, email="Mentes@Taphos.example", by=cast.penelope, now=NOW)
    assert mentes.email == "mentes@taphos.example"
    with pytest.raises(BadInput, match="already"):
        organisations.correct_address(person=mentes, email=cast.nestor.email, by=cast.penelope, now=NOW)
    with pytest.raises(NotAllowed, match="signs in with this address"):
        organisations.correct_address(person=cast.athena, email="p@x.example", by=cast.penelope, now=NOW)
