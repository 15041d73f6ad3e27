"""The waiting queue over the API."""

from __future__ import annotations

import pytest

from telemachy.apps.programmes.models import Enrolment
from tests.cast import NOW, Cast, person

pytestmark = pytest.mark.django_db


def test_a_manager_reads_who_waits_and_for_whom_there_is_a_mentor(cast: Cast, call_as) -> None:
    for name, role in (("Peisistratus", "learner"), ("Nausicaa", "learner"), ("Mentes", "mentor")):
        who = person(cast.ithaca, name, sign_in=False, languages=["el"])
        Enrolment.objects.create(programme=cast.programme, person=who, role=role, created_at=NOW)
    Enrolment.objects.filter(person=cast.athena).update(capacity=1)  # Telemachus has that seat
    told = call_as(cast.eurycleia).get(f"/programmes/{cast.programme.pk}/waiting").json()
    assert told["is_asked_today"]
    rows = {row["learner"]["person"]["name"]: row for row in told["rows"]}
    assert rows.keys() == {"Peisistratus", "Nausicaa"}
    offered = [row["mentor"]["person"]["name"] for row in rows.values() if row["mentor"]]
    assert offered == ["Mentes"]
    assert {row["reason"]["code"] for row in rows.values() if not row["mentor"]} == {"unmatched_capacity"}
