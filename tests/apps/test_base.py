"""Statements that are built once answer for whatever keys they are asked with."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from telemachy.apps.base import Known
from telemachy.apps.people.models import Person
from telemachy.apps.relationships.models import Situation
from telemachy.apps.relationships.queries import situations
from tests.world import build

pytestmark = pytest.mark.django_db


def test_a_known_question_is_built_once_and_asked_with_other_keys(cast) -> None:
    built = []

    def of_both(person, organisation):
        built.append(person)
        return Person.objects.filter(organisation_id=organisation, pk=person, is_administrator=True)

    known = Known[Person](of_both)
    assert known.rows(cast.penelope.pk, cast.ithaca.pk) == [cast.penelope]
    assert known.rows(cast.penelope.pk, cast.antinous.organisation_id) == []
    assert known.rows(cast.telemachus.pk, cast.ithaca.pk) == []
    assert len(built) == 1


def test_a_known_question_brings_along_what_it_names(cast) -> None:
    known = Known[Person](lambda key: Person.objects.select_related("organisation", "owner").filter(pk=key))
    with CaptureQueriesContext(connection) as asked:
        penelope = known.row(cast.penelope.pk)
        assert penelope is not None
        assert (penelope.organisation, penelope.owner) == (cast.ithaca, None)
        assert known.row(cast.argus.pk).owner == cast.argus.owner
        assert known.row(cast.ithaca.pk) is None
    assert len(asked.captured_queries) == 3


def test_a_situation_is_found_by_its_pair_alone(cast) -> None:
    found = build(cast).rows["situation"]
    for person in (cast.athena, cast.telemachus):
        assert situations.one_of_party(person, found.pk) == found
    for person in (cast.penelope, cast.eurycleia, cast.antinous):
        assert situations.one_of_party(person, found.pk) is None


def test_a_situation_that_is_held_brings_along_what_its_policies_ask_for(cast) -> None:
    found = build(cast).rows["situation"]
    with transaction.atomic():
        held = situations.held(found.pk)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert situations.seat_of(held, cast.athena) == "mentor"
            assert held.learner == cast.telemachus
            assert held.relationship.programme == cast.programme
        assert not asked.captured_queries
        found.delete()
        with pytest.raises(Situation.DoesNotExist):
            situations.held(found.pk)
