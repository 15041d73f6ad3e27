"""A bound that agents run into: the questions towards a goal."""

from __future__ import annotations

from telemachy.apps.audit.models import Event
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
