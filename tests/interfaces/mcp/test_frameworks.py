"""Agents of three frameworks, with scripted models, go over MCP from their first call to the threshold.

Only the model is scripted: the framework finds the tools by itself, calls them over HTTP with the agent's
token, and hands their answers back. Athena rates each account as people do.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import pytest

from telemachy.apps.knowledge.models import Competency
from telemachy.apps.relationships.actions import guidance
from telemachy.apps.relationships.models import Situation, ThresholdClaim
from telemachy.interfaces.common import clock
from tests import loops
from tests.cast import Cast
from tests.interfaces.mcp.wire import Wire

#: One case, decided alone; the account is complete.
CASE = {"summary": "VIP asks for a refund without receipt", "difficulty": 5, "novelty": 5}
ACCOUNT = {"outcome": "Stayed", "criteria": "Clause 4", "risks": "Precedent", "alternatives": "Refuse"}
#: More than are needed: who has not passed by then does not pass.
MOST_CASES = 12

#: Lets an agent of a framework take one case: the wire to the product, and the agent's token.
Run = Callable[[Wire, str], Awaitable[None]]


def next_call(answers: Sequence[dict[str, Any]]) -> tuple[str, dict[str, Any]] | None:
    """Return what the scripted model calls after these answers; None when the case is closed."""
    if not answers:
        return "list_goals", {}
    if len(answers) == 1:
        return "start_situation", CASE | {"goal_id": answers[0]["items"][0]["id"]}
    here = {"situation_id": answers[1]["situation_id"]}
    steps = [
        ("commit_decision", here | {"decision": "Refund half", "rationale": "Clause 4", "confidence": 0.8}),
        ("report_outcome", here | {"success": True}),
        ("submit_account", here | ACCOUNT),
    ]
    return steps[len(answers) - 2] if len(answers) - 2 < len(steps) else None


async def pydantic_ai(wire: Wire, secret: str) -> None:
    """Run an agent of pydantic-ai."""
    from fastmcp.client.transports import StreamableHttpTransport
    from pydantic_ai import Agent
    from pydantic_ai.mcp import MCPToolset
    from pydantic_ai.messages import ModelResponse, TextPart, ToolCallPart, ToolReturnPart
    from pydantic_ai.models.function import FunctionModel

    def script(messages: Any, _info: Any) -> ModelResponse:
        parts = [part for message in messages for part in message.parts if isinstance(part, ToolReturnPart)]
        call = next_call([_read(part.content) for part in parts])
        return ModelResponse(parts=[TextPart("done") if call is None else ToolCallPart(*call)])

    headers = {"Authorization": f"Bearer {secret}"}
    tools = MCPToolset(StreamableHttpTransport(wire.url, headers=headers, httpx_client_factory=wire.http))
    agent = Agent(FunctionModel(script), toolsets=[tools])
    async with agent:
        await agent.run("Handle the next case.")


async def openai_agents(wire: Wire, secret: str) -> None:
    """Run an agent of the OpenAI Agents SDK."""
    from agents import Agent, Model, ModelResponse, RunConfig, Runner, Usage
    from agents.mcp import MCPServerStreamableHttp
    from openai.types.responses import (
        ResponseFunctionToolCall,
        ResponseOutputMessage,
        ResponseOutputText,
    )

    class Script(Model):
        async def get_response(self, **named: Any) -> Any:
            outputs = [one["output"] for one in named["input"] if one.get("type") == "function_call_output"]
            call = next_call([_read(one) for one in outputs])
            if call is None:
                text = ResponseOutputText(text="done", type="output_text", annotations=[])
                said = ResponseOutputMessage(
                    id="m", content=[text], role="assistant", status="completed", type="message"
                )
                return ModelResponse(output=[said], usage=Usage(), response_id=None)
            name, arguments = call
            called = ResponseFunctionToolCall(
                call_id=f"c{len(outputs)}", name=name, arguments=json.dumps(arguments), type="function_call"
            )
            return ModelResponse(output=[called], usage=Usage(), response_id=None)

        def stream_response(self, *_rest: Any, **_named: Any) -> Any:
            raise NotImplementedError

    headers = {"Authorization": f"Bearer {secret}"}
    params = {"url": wire.url, "headers": headers, "httpx_client_factory": wire.http}
    async with MCPServerStreamableHttp(params, client_session_timeout_seconds=30) as server:
        agent = Agent("argus", model=Script(), mcp_servers=[server])
        await Runner.run(agent, "Handle the next case.", run_config=RunConfig(tracing_disabled=True))


async def langgraph(wire: Wire, secret: str) -> None:
    """Run an agent of LangGraph."""
    import mcp
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessage, ToolMessage
    from langchain_core.outputs import ChatGeneration, ChatResult
    from langgraph.prebuilt import create_react_agent
    from mcp.client.streamable_http import streamable_http_client

    from telemachy.interfaces.mcp.langchain import tools_of

    class Script(BaseChatModel):
        @property
        def _llm_type(self) -> str:
            return "script"

        def bind_tools(self, _tools: Any, **_named: Any) -> Any:
            return self

        def _generate(self, messages: Any, *_rest: Any, **_named: Any) -> ChatResult:
            answers = [_read(one.content) for one in messages if isinstance(one, ToolMessage)]
            call = next_call(answers)
            calls = [] if call is None else [{"name": call[0], "args": call[1], "id": f"c{len(answers)}"}]
            return ChatResult(generations=[ChatGeneration(message=AIMessage("", tool_calls=calls))])

    headers = {"Authorization": f"Bearer {secret}"}
    async with (
        wire.http(headers=headers) as http,
        mcp.Client(streamable_http_client(wire.url, http_client=http)) as client,
    ):
        agent = create_react_agent(Script(), await tools_of(client))
        await agent.ainvoke({"messages": [("user", "Handle the next case.")]})


def _read(content: Any) -> dict[str, Any]:
    """Return a tool's answer: frameworks hand it to the model as an object, as JSON, or as parts of text."""
    if isinstance(content, list):
        content = content[0]["text"] if isinstance(content[0], dict) else content[0]
    found = json.loads(content) if isinstance(content, str) else content
    return _read(found["text"]) if "text" in found else found


@pytest.mark.parametrize("run", [pydantic_ai, openai_agents, langgraph])
def test_an_agent_goes_from_its_first_call_to_the_threshold(
    cast: Cast, call_as, goal, wire: Wire, run: Run
) -> None:
    competency = Competency.objects.create(
        organisation=cast.ithaca, name="Judging exceptions", created_at=clock.now()
    )
    goal.competencies.add(competency)
    cast.programme.threshold_mark = 0.5
    cast.programme.save()
    secret = call_as(cast.argus).secret
    for _case in range(MOST_CASES):
        loops.run(run(wire, secret))
        situation = Situation.objects.get(learner=cast.argus, state="accounted")
        guidance.debrief(
            situation=situation, text="You weighed it well.", score=4, by=cast.athena, now=clock.now()
        )
        if ThresholdClaim.objects.filter(learner=cast.argus, competency=competency).exists():
            break
    claim = ThresholdClaim.objects.get(learner=cast.argus)
    assert claim.p_low >= cast.programme.threshold_mark
    # One case well handled is luck: it takes several.
    assert Situation.objects.filter(learner=cast.argus, state="debriefed").count() > 1
