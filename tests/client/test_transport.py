"""A call is tried again while that can help, as the same call, and not longer."""

from __future__ import annotations

import httpx
import pytest

from telemachy.client import (
    AsyncTelemachy,
    AsyncTrainer,
    ClearText,
    Refused,
    Telemachy,
    Trainer,
    Unreachable,
)
from tests import loops
from tests.client.conftest import GOAL, Scripted, problem


def client(server: Scripted) -> Telemachy:
    return Telemachy("https://t.example", "k", goal=GOAL, transport=server.transport)


def begin(tm: Telemachy) -> str:
    with tm.situation("A case") as situation:
        return situation.id


def test_a_busy_server_is_given_the_time_it_asks_for(server: Scripted, waits: list[float]) -> None:
    server.answers = [httpx.Response(429, headers={"Retry-After": "7"}), httpx.Response(503)]
    assert begin(client(server)) == "s1"
    assert waits[0] == 7.0
    assert 0.5 <= waits[1] <= 1.0
    assert len(set(server.keys())) == 1
    assert len({request.content for request in server.seen}) == 1


def test_a_date_to_wait_for_counts_from_the_servers_clock(server: Scripted, waits: list[float]) -> None:
    told = {"Date": "Tue, 03 Mar 2026 09:00:00 GMT", "Retry-After": "Tue, 03 Mar 2026 09:00:20 GMT"}
    server.answers = [httpx.Response(503, headers=told)]
    begin(client(server))
    assert waits == [20.0]


def test_a_connection_that_broke_is_tried_again(server: Scripted, waits: list[float]) -> None:
    server.answers = [httpx.ReadTimeout("no answer"), httpx.ConnectError("refused")]
    assert begin(client(server)) == "s1"
    assert len(set(server.keys())) == 1


def test_it_gives_up_in_the_end(server: Scripted, waits: list[float]) -> None:
    server.answers = [httpx.Response(502)] * 9
    with pytest.raises(Unreachable, match="502"):
        begin(client(server))
    assert (len(server.seen), len(waits)) == (4, 3)


def test_a_wait_too_long_is_not_begun(server: Scripted, waits: list[float]) -> None:
    server.answers = [httpx.Response(429, headers={"Retry-After": "3600"})]
    with pytest.raises(Unreachable):
        begin(client(server))
    assert waits == []


@pytest.mark.parametrize("kind", [Telemachy, AsyncTelemachy, Trainer, AsyncTrainer])
def test_a_key_is_sent_in_clear_text_to_ones_own_machine_only(kind) -> None:
    for url in ("http://t.example", "HTTP://localhost.t.example:8000/"):
        with pytest.raises(ClearText, match="https"):
            kind(url, "k")
    for url in ("https://t.example", "http://localhost:8000", "http://[::1]:8000", "http://127.0.0.1"):
        assert kind(url, "k") is not None


def test_a_refusal_is_not_tried_again(server: Scripted, waits: list[float]) -> None:
    server.answers = [problem(403, "suspended-agent")]
    with pytest.raises(Refused, match=r"For a reason \(403 suspended-agent\)"):
        begin(client(server))
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, text="<p>Welcome to the proxy</p>"),
        httpx.Response(200, json={"situation_id": "s1"}),
        httpx.Response(404, json=["not", "a", "problem"]),
        httpx.Response(302, headers={"Location": "https://elsewhere.example"}),
    ],
)
def test_another_server_is_told_apart(server: Scripted, answer: httpx.Response) -> None:
    server.answers = [answer]
    with pytest.raises(Refused, match="does not answer as Telemachy does"):
        begin(client(server))


def test_with_an_event_loop_it_waits_as_well(server: Scripted, waits: list[float]) -> None:
    server.answers = [httpx.Response(429, headers={"Retry-After": "7"})]

    async def walk() -> str:
        async with (
            AsyncTelemachy("https://t.example", "k", goal=GOAL, transport=server.transport) as tm,
            tm.situation("A case") as situation,
        ):
            return situation.id

    assert loops.run(walk()) == "s1"
    assert waits == [7.0]
