"""Statements that are built once answer for whatever keys they are asked with."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

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


def test_a_known_list_narrows_by_what_is_named_and_reads_no_more_than_asked_for(cast) -> None:
    def of(organisation, **narrowed):
        rows = Person.objects.filter(organisation_id=organisation, **narrowed)
        return rows.values_list("name", "created_at").order_by("name")

    known = Known[Any](of)
    names = [row.name for row in known.rows(cast.ithaca.pk)]
    assert names == sorted(names)
    assert known.rows(cast.ithaca.pk, at_most=2) == known.rows(cast.ithaca.pk)[:2]
    assert [row.name for row in known.rows(cast.ithaca.pk, name="Athena")] == ["Athena"]
    assert known.rows(cast.ithaca.pk, name="Antinous") == []
    assert len(known.rows(cast.ithaca.pk, created_at=cast.athena.created_at)) >= 1
    assert known.rows(cast.ithaca.pk, created_at=cast.athena.created_at - timedelta(days=1)) == []


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
