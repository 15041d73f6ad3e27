"""The adapter speaks the library's real client, to one host, and turns every failure into silence."""

from __future__ import annotations

import asyncio
import json
import re
from functools import partial
from pathlib import Path

import httpx2
import pytest
from pydantic_ai.models.function import FunctionModel
from pydantic_ai.models.test import TestModel

from telemachy.core.assist import Kind, NoReply, Prompt, Silence
from telemachy.interfaces.common import language_models

PROMPT = Prompt(Kind.SUMMARY, "Summarise it.", '{"text": "The raft leaks."}')
COMPLETION = {
    "id": "1",
    "object": "chat.completion",
    "created": 1,
    "model": "small",
    "choices": [
        {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "It leaks."}}
    ],
    "usage": {"prompt_tokens": 40, "completion_tokens": 3, "total_tokens": 43},
}
MESSAGE = {
    "id": "1",
    "type": "message",
    "role": "assistant",
    "model": "small",
    "stop_reason": "end_turn",
    "stop_sequence": None,
    "content": [{"type": "text", "text": "It leaks."}],
    "usage": {"input_tokens": 40, "output_tokens": 3},
}


@pytest.fixture
def service(settings, monkeypatch):
    """Answer the library's requests here: returns what was sent, and takes what to answer."""
    settings.ASSIST_MODEL, settings.ASSIST_KEY = "compatible:small", "secret"
    settings.ASSIST_URL, settings.ASSIST_HOST = "https://models.example/v1", "models.example"
    settings.ASSIST_SECONDS = 5
    sent: list[httpx2.Request] = []

    class Service:
        requests = sent
        response = httpx2.Response(200, json=COMPLETION)

        async def __call__(self, request: httpx2.Request) -> httpx2.Response:
            sent.append(request)
            return self.response

    one = Service()
    inside = partial(language_models.client, httpx2.MockTransport(one))
    monkeypatch.setattr(language_models, "client", inside)
    return one


LIBRARIES = ("pydantic_ai", "openai", "anthropic", "httpx2")


def test_the_library_is_loaded_in_one_module_and_only_when_somebody_asks():
    loading = re.compile(rf"^( *)(?:import|from) (?:{'|'.join(LIBRARIES)})\b", re.MULTILINE)
    found = {
        (path.name, bool(indent))
        for path in Path(language_models.__file__).parents[2].rglob("*.py")
        for indent in loading.findall(path.read_text())
    }
    assert found == {("language_models.py", True)}


def test_one_request_holds_instructions_and_data_apart(service):
    reply = language_models.ask(PROMPT)
    assert (reply.text, reply.n_input_tokens, reply.n_output_tokens) == ("It leaks.", 40, 3)
    (request,) = service.requests
    assert request.url.host == "models.example"
    assert request.headers["Authorization"] == "Bearer secret"
    body = json.loads(request.content)
    assert body["messages"][-1] == {"role": "user", "content": PROMPT.material}
    assert PROMPT.instructions in body["messages"][0]["content"]
    assert not body.get("tools")


def test_another_service_is_spoken_to_in_its_own_way(service, settings):
    settings.ASSIST_MODEL, settings.ASSIST_URL = "anthropic:small", "https://models.example"
    service.response = httpx2.Response(200, json=MESSAGE)
    assert language_models.ask(PROMPT).text == "It leaks."
    assert service.requests[0].url.path == "/v1/messages"


@pytest.mark.parametrize(
    ("status", "body"), [(401, {"error": {"message": "no"}}), (400, {"error": {"message": PROMPT.material}})]
)
def test_a_refusal_costs_nothing_and_quotes_nothing(service, monkeypatch, status, body):
    logged: list[object] = []
    monkeypatch.setattr(language_models.logger, "warning", lambda *told: logged.append(told))
    service.response = httpx2.Response(status, json=body)
    with pytest.raises(NoReply) as caught:
        language_models.ask(PROMPT)
    assert (caught.value.why, caught.value.may_cost) == (Silence.REFUSED, False)
    assert logged
    assert "raft" not in str(logged)


@pytest.mark.parametrize(
    "response", [httpx2.Response(200, content=b"<html>"), httpx2.Response(200, json={"choices": []})]
)
def test_nonsense_is_silence_that_may_have_cost(service, response):
    service.response = response
    with pytest.raises(NoReply) as caught:
        language_models.ask(PROMPT)
    assert (caught.value.why, caught.value.may_cost) == (Silence.BROKEN, True)


def test_nobody_is_followed_to_another_host(service):
    service.response = httpx2.Response(307, headers={"Location": "https://elsewhere.example/v1"})
    with pytest.raises(NoReply):
        language_models.ask(PROMPT)
    assert {request.url.host for request in service.requests} == {"models.example"}


def test_another_host_is_not_called_even_when_the_library_is_told_to(service, settings):
    settings.ASSIST_URL = "https://elsewhere.example/v1"
    with pytest.raises(NoReply):
        language_models.ask(PROMPT)
    assert service.requests == []


def test_an_answer_that_does_not_come_is_too_late(service, settings, monkeypatch):
    async def never(_messages, _info) -> None:
        await asyncio.Event().wait()

    settings.ASSIST_SECONDS = 0
    monkeypatch.setattr(language_models, "model_of", lambda _http: FunctionModel(never))
    with pytest.raises(NoReply) as caught:
        language_models.ask(PROMPT)
    assert (caught.value.why, caught.value.may_cost) == (Silence.TOO_LATE, True)


def test_the_librarys_own_test_model_goes_through(service, monkeypatch):
    monkeypatch.setattr(
        language_models, "model_of", lambda _http: TestModel(custom_output_text="Mend the raft.")
    )
    assert language_models.ask(PROMPT).text == "Mend the raft."
    assert service.requests == []
