"""Lists over the API: whole, and as quick for many rows as for few."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from telemachy.apps.people.models import AgentCard
from telemachy.apps.relationships.models import ActionItem
from tests.cast import NOW, Cast, person

pytestmark = pytest.mark.django_db


def test_a_list_of_agents_asks_no_more_for_more_agents(cast: Cast, call_as) -> None:
    penelope = call_as(cast.penelope)
    penelope.get("/agents")  # the first call builds statements, and notes the use of the token
    with CaptureQueriesContext(connection) as few:
        assert len(penelope.get("/agents").json()["items"]) == 1
    for name in ("Balius", "Xanthus"):
        agent = person(cast.ithaca, name, sign_in=False, kind="agent", owner=cast.athena)
        AgentCard.objects.create(agent=agent, model="horse", changed_at=NOW)
    with CaptureQueriesContext(connection) as many:
        told = penelope.get("/agents").json()["items"]
    assert {one["model"] for one in told} == {"", "horse"}
    assert len(many) == len(few)


def test_what_is_to_be_done_is_told_to_the_last_item(cast: Cast, call_as) -> None:
    ActionItem.objects.bulk_create(
        ActionItem(relationship=cast.relationship, owner=cast.telemachus, text=f"Step {n}", created_at=NOW)
        for n in range(25)
    )
    assert len(call_as(cast.telemachus).get("/action-items").json()) == 25
