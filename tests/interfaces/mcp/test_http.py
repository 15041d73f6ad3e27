"""The protocol over HTTP, with the official client: an agent's case from start to account, and refusals."""

from __future__ import annotations

import httpx
import pytest

from telemachy.apps.audit.models import Event
from telemachy.apps.integrations.models import Token
from telemachy.apps.people.actions import agents
from telemachy.apps.relationships.models import OutcomeReport, Situation
from telemachy.interfaces.api import door
from telemachy.interfaces.common import clock
from telemachy.interfaces.mcp.calls import CALLS
from tests import loops
from tests.cast import Cast


@pytest.mark.parametrize("mode", ["2026-07-28", "legacy"])
def test_an_agent_takes_a_case_from_start_to_account(cast: Cast, call_as, goal, over_http, mode) -> None:
    async def walk(client):
        goals = (await client.call_tool("list_goals", {})).structured_content["items"]
        case = {
            "goal_id": goals[0]["id"],
            "summary": "VIP asks for a refund without receipt",
            "tags": ["refund"],
        }
        started = (await client.call_tool("start_situation", case)).structured_content
        here = {"situation_id": started["situation_id"]}
        asked = {"question": "Does the clause hold?", "intended_action": "Refuse", "confidence": 0.4}
        told = (await client.call_tool("ask_mentor", here | asked)).structured_content
        assert told["state"] == "pending"
        await client.call_tool("commit_decision", here | {"decision": "Refund half", "confidence": 0.7})
        debriefing = (await client.call_tool("report_outcome", here | {"success": True})).structured_content
        assert debriefing["questions"]
        return (await client.call_tool("submit_account", here | {"outcome": "Stayed"})).structured_content

    standing = over_http(call_as(cast.argus).secret, walk, mode)
    situation = Situation.objects.get(pk=standing["situation_id"])
    assert (situation.learner, situation.state, situation.own_view) == (cast.argus, "accounted", "Refuse")


def test_what_is_offered_says_what_it_takes_and_gives(cast: Cast, call_as, over_http) -> None:
    async def walk(client):
        tools = (await client.list_tools()).tools
        resources = await client.list_resources()
        templates = await client.list_resource_templates()
        prompts = await client.list_prompts()
        profile = await client.read_resource("telemachy://me/profile")
        return tools, resources, templates, prompts, profile

    tools, resources, templates, prompts, profile = over_http(call_as(cast.argus).secret, walk)
    assert [tool.name for tool in tools] == [call.name for call in CALLS]
    assert all(tool.output_schema and tool.description for tool in tools)
    assert {tool.name for tool in tools if tool.annotations.read_only_hint} == {
        "list_goals",
        "read_help",
        "list_reviews",
        "read_situation",
        "get_learner",
    }
    assert {tool.name for tool in tools if not tool.annotations.idempotent_hint} == {"ask_mentor"}
    ask = next(tool for tool in tools if tool.name == "ask_mentor")
    assert set(ask.input_schema["required"]) == {"situation_id", "question", "intended_action", "confidence"}
    assert len(resources.resources) == len(templates.resource_templates) == 2
    assert {prompt.name for prompt in prompts.prompts} == {"baseline", "debrief", "account"}
    assert cast.argus.name in profile.contents[0].text


def test_refusals_name_what_is_wrong(cast: Cast, call_as, goal, over_http) -> None:
    async def walk(client):
        stranger = {"goal_id": "0b6f0c1e-58f1-4f6e-9a57-1a2b3c4d5e6f", "summary": "A case"}
        unknown = await client.call_tool("start_situation", stranger)
        too_sure = {"situation_id": stranger["goal_id"], "decision": "x", "confidence": 7}
        invalid = await client.call_tool("commit_decision", too_sure)
        early = await client.call_tool("start_situation", {"goal_id": str(goal.pk), "summary": "A case"})
        here = {"situation_id": early.structured_content["situation_id"]}
        out_of_order = await client.call_tool("submit_account", here | {"outcome": "Fine"})
        return unknown, invalid, out_of_order

    unknown, invalid, out_of_order = over_http(call_as(cast.argus).secret, walk)
    assert unknown.is_error
    assert "not-found: There is no such goal" in unknown.content[0].text
    assert invalid.is_error
    assert "confidence" in invalid.content[0].text
    assert out_of_order.is_error
    assert "wrong-state: " in out_of_order.content[0].text
    assert Event.objects.filter(actor_id=cast.argus.pk, verb="call.refused").count() == 2


@pytest.mark.usefixtures("one_minute")
def test_bounds_are_told_by_name(cast: Cast, call_as, goal, over_http, settings, monkeypatch) -> None:
    goal.ask_budget = 0
    goal.save()
    monkeypatch.setattr(door, "_tallies", {})
    settings.AGENT_CALLS_PER_MINUTE = 5  # two of them the client's own, before the first tool

    async def walk(client):
        case = {"goal_id": str(goal.pk), "summary": "A case"}
        started = (await client.call_tool("start_situation", case)).structured_content
        here = {"situation_id": started["situation_id"]}
        asked = {"question": "Which clause?", "intended_action": "Refuse", "confidence": 0.4}
        spent = await client.call_tool("ask_mentor", here | asked)
        await client.call_tool("read_help", here)
        return started, spent, await client.call_tool("read_help", here)

    started, spent, flooded = over_http(call_as(cast.argus).secret, walk)
    assert (started["may_ask"], started["asks_left"]) == (False, 0)
    assert spent.is_error
    assert "ask_mentor: budget-spent: The questions agreed" in spent.content[0].text
    assert flooded.is_error
    assert "too-many-calls: 5 calls a minute are possible. Wait for" in flooded.content[0].text


@pytest.mark.usefixtures("one_minute")
def test_messages_that_use_no_tool_count_as_calls(cast: Cast, call_as, wire, settings, monkeypatch) -> None:
    monkeypatch.setattr(door, "_tallies", {})
    settings.AGENT_CALLS_PER_MINUTE = 3
    headers = {
        "authorization": f"Bearer {call_as(cast.argus).secret}",
        "accept": "application/json, text/event-stream",
    }

    async def flood() -> list[httpx.Response]:
        sent = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
        async with wire.http(headers=headers) as http:
            return [await http.post(wire.url, json=sent) for _ in range(5)]

    answers = loops.run(flood())
    assert [one.status_code for one in answers] == [200, 200, 200, 429, 429]
    assert answers[-1].headers["Retry-After"]
    assert Event.objects.filter(verb="call.refused").count() == 1


def test_a_write_sent_again_changes_nothing_more(cast: Cast, call_as, goal, over_http) -> None:
    async def walk(client):
        case = {"goal_id": str(goal.pk), "summary": "A case", "external_ref": "ticket-7"}
        twice = [await client.call_tool("start_situation", case) for _ in range(2)]
        here = {"situation_id": twice[0].structured_content["situation_id"]}
        decision = here | {"decision": "Refund half", "confidence": 0.7}
        twice += [await client.call_tool("commit_decision", decision) for _ in range(2)]
        twice += [await client.call_tool("report_outcome", here | {"success": True}) for _ in range(2)]
        other = await client.call_tool("commit_decision", decision | {"decision": "Refund it all"})
        return twice, other, (await client.call_tool("read_situation", here)).structured_content

    twice, other, case = over_http(call_as(cast.argus).secret, walk)
    told = [one.structured_content for one in twice]
    assert told[::2] == told[1::2]
    assert (Situation.objects.count(), OutcomeReport.objects.count()) == (1, 1)
    assert "commit_decision: wrong-state: " in other.content[0].text
    assert (case["decision"], case["state"]) == ("Refund half", "decided")


def test_a_suspended_agent_is_told_why_and_a_token_that_ended_opens_nothing(
    cast: Cast, call_as, over_http, client
) -> None:
    secret = call_as(cast.argus).secret
    agents.suspend(agent=cast.argus, because="It refunds everybody.", by=cast.athena, now=clock.now())

    async def walk(client):
        return await client.call_tool("list_goals", {})

    assert "suspended-agent: This agent is suspended: It refunds" in over_http(secret, walk).content[0].text
    Token.objects.update(revoked_at=clock.now())
    answer = client.post("/mcp", {}, "application/json", headers={"authorization": f"Bearer {secret}"})
    assert (answer.status_code, answer.json()["type"]) == (401, "urn:telemachy:problem:revoked-token")


def test_a_token_of_another_organisation_sees_nothing_of_ours(cast: Cast, call_as, goal, over_http) -> None:
    async def walk(client):
        goals = await client.call_tool("list_goals", {})
        started = await client.call_tool("start_situation", {"goal_id": str(goal.pk), "summary": "A case"})
        return goals.structured_content["items"], started

    goals, started = over_http(call_as(cast.antinous).secret, walk)
    assert goals == []
    assert started.is_error
    assert not Situation.objects.filter(goal=goal).exists()


def test_without_a_token_nothing_is_told(client, db) -> None:
    answer = client.post("/mcp", {}, content_type="application/json")
    assert answer.status_code == 401
    assert "Bearer" in answer["WWW-Authenticate"]


def test_a_length_that_is_no_number_is_refused(cast: Cast, call_as, client) -> None:
    secret = call_as(cast.argus).secret
    told = {"headers": {"authorization": f"Bearer {secret}"}, "CONTENT_LENGTH": "many"}
    assert client.post("/mcp", {}, "application/json", **told).status_code == 413


def test_what_is_too_large_or_from_elsewhere_is_refused(
    cast: Cast, call_as, live_server, transactional_db
) -> None:
    headers = {
        "authorization": f"Bearer {call_as(cast.argus).secret}",
        "accept": "application/json, text/event-stream",
        "content-type": "application/json",
    }
    url = f"{live_server.url}/mcp"
    assert httpx.post(url, content="x" * (1024 * 1024 + 1), headers=headers).status_code == 413
    sent = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    elsewhere = headers | {"origin": "https://elsewhere.example"}
    assert httpx.post(url, json=sent, headers=elsewhere).status_code == 403
