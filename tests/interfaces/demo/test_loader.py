"""The demo organisation loads through the product's own actions, once, and the same every time."""

from __future__ import annotations

from datetime import date

import pytest

from telemachy.apps.people.models import Person
from telemachy.apps.relationships.models import Relationship, Situation
from telemachy.interfaces.demo import loader

TODAY = date(2026, 3, 3)


@pytest.mark.django_db
def test_loading_twice_changes_nothing():
    first = loader.load(seed=1, today=TODAY)
    counts = [model.objects.count() for model in (Person, Relationship, Situation)]

    second = loader.load(seed=1, today=TODAY)

    assert first.loaded
    assert not second.loaded
    assert counts == [model.objects.count() for model in (Person, Relationship, Situation)]
    assert counts[0] == 120
