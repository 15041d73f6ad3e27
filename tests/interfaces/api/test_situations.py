"""An agent goes through a situation over the API, with a person as its mentor."""

from __future__ import annotations

import pytest

from telemachy.apps.audit.models import Event
from telemachy.apps.relationships.models import Situation
from tests.cast import pair

pytestmark = pytest.mark.django_db


def test_an_agent_goes_from_case_to_debrief(cast, goal, call_as) -> None:
    argus, athena = call_as(cast.argus), call_as(cast.athena)
    started = argus.post(
        "/situations", {"goal_id": str(goal.pk), "summary": "VIP, no receipt", "tags": ["Refund"]}
    )
    assert started.status_code == 201, started.content
    told = started.json()
    assert told["may_ask"] is True
    key = told["situation_id"]

    asked = argus.post(
        f"/situations/{key}/help",
        {"question": "Which clause?", "intended_action": "Refuse", "confidence": 0.4},
    )
    assert asked.json()["state"] == "pending"
    [review] = athena.get("/reviews").json()
    assert (review["situation_id"], review["intended_action"], review["confidence"]) == (key, "Refuse", 0.4)

    given = athena.post(
        f"/situations/{key}/guidance",
        {
            "level": 2,
            "text": "What does clause 4 say?",
            "cue": "VIP",
            "action": "Look",
            "because": "Goodwill",
        },
    )
    assert (given.json()["situation_id"], given.json()["state"]) == (key, "given")
    [help_] = argus.get(f"/situations/{key}/help").json()["guidance"]
    assert (help_["form"], help_["provenance"]["name"]) == ("question", "Athena")
    assert "What does clause 4 say?" in help_["text"]

    decision = {"decision": "Refund half", "rationale": "Clause 4", "confidence": 0.8}
    assert argus.post(f"/situations/{key}/decision", decision).status_code == 200
    outcome = argus.post(f"/situations/{key}/outcomes", {"success": True})
    assert len(outcome.json()["questions"]) >= 4
    account = {"outcome": "Stayed", "criteria": "Loyalty", "risks": "Abuse", "alternatives": "Voucher"}
    assert argus.post(f"/situations/{key}/account", account).json()["awaiting"] == "mentor"
    rated = athena.post(f"/situations/{key}/ratings", {"score": 3, "judgment_shown": "Weighed well."})
    assert rated.status_code == 201, rated.content

    situation = Situation.objects.get(pk=key)
    assert (situation.state, situation.rating, situation.decision_confidence) == ("debriefed", 3, 80)
    assert (situation.confidence, situation.intended_decision, situation.tags) == (40, "Refuse", ["refund"])
    learner = athena.get(f"/relationships/{goal.relationship_id}/learner").json()
    assert learner["goals"][0]["baseline"] == "Refuses whatever has no receipt"
    assert learner["asking"] == {"n_situations": 1, "n_asked": 1, "n_asked_after_reasoning": 1, "n_alone": 0}


def test_every_write_is_in_the_trail_with_the_token(cast, goal, call_as) -> None:
    argus = call_as(cast.argus)
    argus.post("/situations", {"goal_id": str(goal.pk), "summary": "VIP, no receipt"})
    event = Event.objects.get(verb="situation.logged")
    assert (event.actor_id, event.data["token"]) == (cast.argus.pk, str(cast.argus.tokens.get().pk))


def test_the_same_reference_is_the_same_situation(cast, goal, call_as) -> None:
    argus = call_as(cast.argus)
    case = {"goal_id": str(goal.pk), "summary": "VIP", "external_ref": "ticket-7"}
    first, second = (argus.post("/situations", case).json()["situation_id"] for _ in range(2))
    assert first == second


def test_an_agent_that_mentors_reads_why_its_lesson_was_refused(cast, call_as) -> None:
    relationship = pair(cast.programme, cast.argus, cast.nestor)
    nestor, argus, owner = call_as(cast.nestor), call_as(cast.argus), call_as(cast.argus.owner)
    logged = nestor.post("/situations/log", {"relationship_id": str(relationship.pk), "title": "A storm"})
    key = logged.json()["id"]
    nestor.post(f"/situations/{key}/question", {"question": "Which way?"})
    words = {"failure_mode": "Sails by day", "cue": "Clouds", "action": "Wait", "because": "Clouds pass"}
    given = argus.post(f"/situations/{key}/guidance", {"level": 3, "text": "Wait", **words}).json()

    refused = owner.post(f"/lessons/{given['lesson_id']}/refuse", {"because": "Not in a storm"})
    assert refused.status_code == 200, refused.content
    [told] = argus.get("/lessons").json()["items"]
    assert (told["state"], told["decided_because"]) == ("refused", "Not in a storm")
