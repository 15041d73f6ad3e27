"""Bounds that agents and programs run into: questions towards a goal, guidance a minute."""

from __future__ import annotations

from uuid import uuid4

import pytest

from telemachy.apps.audit.models import Event
from telemachy.interfaces.api import middleware
from tests.cast import Cast


def started(argus, goal, number: int = 1) -> dict:
    body = {"goal_id": str(goal.pk), "summary": f"Case {number}", "external_ref": f"r{number}"}
    return argus.post("/situations", body).json()


def ask(argus, key: str):
    question = {"question": "Which?", "intended_action": "Refuse", "confidence": 0.4}
    return argus.post(f"/situations/{key}/help", question)


def test_a_spent_budget_is_told_before_and_named_when_asked(cast: Cast, call_as, goal) -> None:
    goal.ask_budget = 1
    goal.save()
    argus = call_as(cast.argus)
    first = started(argus, goal)
    assert (first["may_ask"], first["asks_left"]) == (True, 1)
    assert ask(argus, first["situation_id"]).status_code == 200
    second = started(argus, goal, 2)
    assert (second["may_ask"], second["asks_left"]) == (False, 0)
    assert "used up" in second["why_not"]
    refused = ask(argus, second["situation_id"])
    assert (refused.status_code, refused.json()["type"]) == (403, "urn:telemachy:problem:budget-spent")
    assert not Event.objects.filter(verb="situation.asked", subject_id=second["situation_id"]).exists()


@pytest.mark.usefixtures("one_minute")
def test_a_trainers_flood_of_guidance_is_stopped_and_nobody_elses(cast: Cast, call_as, monkeypatch) -> None:
    assert middleware.GUIDANCE_A_MINUTE == 20
    monkeypatch.setattr(middleware, "GUIDANCE_A_MINUTE", 2)
    athena, address = call_as(cast.athena), f"/situations/{uuid4()}/guidance"
    answers = [athena.post(address, {"text": "Look", "level": 2}) for _ in range(3)]
    assert [one.status_code for one in answers] == [404, 404, 429]
    assert answers[-1].json()["type"] == "urn:telemachy:problem:too-many-calls"
    assert athena.get("/reviews").status_code == 200
    assert call_as(cast.nestor).post(address, {"text": "Look", "level": 2}).status_code == 404
