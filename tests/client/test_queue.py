"""What cannot be sent is kept in order, and sent in that order later."""

from __future__ import annotations

from pathlib import Path

import pytest

from telemachy.client import AsyncTelemachy, Kept, Locked, Refused, Telemachy, Unreachable
from tests import loops
from tests.client.conftest import GOAL, Scripted, problem


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "waiting.jsonl"


def client(server: Scripted, file: Path) -> Telemachy:
    return Telemachy("https://t.example", "secret-key", goal=GOAL, queue=file, transport=server.transport)


def go_offline_in_a_case(server: Scripted, file: Path) -> None:
    with client(server, file).situation("A case") as s:
        server.is_down = True
        assert isinstance(s.decide("Refund half", confidence=0.8), Kept)
        server.is_down = False
        # There is a way again, but an outcome must not overtake its decision.
        assert isinstance(s.outcome(True), Kept)
        assert isinstance(s.account("Stayed"), Kept)
    server.seen.clear()


def test_writes_wait_in_order_and_are_sent_by_another_process(server, file, waits) -> None:
    go_offline_in_a_case(server, file)
    assert file.stat().st_mode & 0o077 == 0
    assert "secret-key" not in file.read_text()

    flushed = client(server, file).flush()
    assert (flushed.n_sent, flushed.n_kept, flushed.refused) == (3, 0, ())
    assert [step for step, _body in server.steps()] == ["decision", "outcomes", "account"]
    assert server.steps()[0][1] == {"decision": "Refund half", "rationale": "", "confidence": 0.8}
    assert client(server, file).flush().n_sent == 0


def test_another_situation_does_not_wait(server, file, waits) -> None:
    go_offline_in_a_case(server, file)
    with client(server, file).situation("Another", external_ref="s2") as s:
        assert isinstance(s.decide("Refuse", confidence=0.5), Locked)


def test_what_is_sent_twice_has_the_same_key(server, file, waits) -> None:
    with client(server, file).situation("A case") as s:
        server.seen.clear()
        server.answers = [problem(500, "internal")] * 4
        s.decide("Refund half", confidence=0.8)
    client(server, file).flush()
    assert (len(server.seen), len(set(server.keys()))) == (5, 1)


def test_nothing_is_lost_while_the_server_is_away(server, file, waits) -> None:
    go_offline_in_a_case(server, file)
    server.is_down = True
    assert client(server, file).flush().n_kept == 3
    server.is_down = False
    assert client(server, file).flush().n_sent == 3


def test_a_refused_write_is_put_aside_with_its_reason(server, file, waits) -> None:
    go_offline_in_a_case(server, file)
    server.answers = [problem(409, "wrong-state")]
    flushed = client(server, file).flush()
    [(call, refusal)] = flushed.refused
    assert (call.path, refusal.code, flushed.n_sent) == ("/situations/s1/decision", "wrong-state", 2)
    assert "wrong-state" in file.with_name("waiting.jsonl.refused").read_text()


@pytest.mark.parametrize("code", ["expired-token", "suspended-agent"])
def test_a_token_that_ended_keeps_everything(server, file, waits, code: str) -> None:
    go_offline_in_a_case(server, file)
    server.answers = [problem(401 if "token" in code else 403, code)]
    with pytest.raises(Refused, match=code):
        client(server, file).flush()
    assert client(server, file).flush().n_sent == 3


def test_what_needs_an_answer_is_not_kept(server, file, waits) -> None:
    server.is_down = True
    with pytest.raises(Unreachable), client(server, file).situation("A case"):
        pass
    assert not file.exists()


def test_with_an_event_loop_it_keeps_and_sends_as_well(server, file, waits) -> None:
    async def walk() -> tuple[object, int]:
        async with AsyncTelemachy(
            "https://t.example", "k", goal=GOAL, queue=file, transport=server.transport
        ) as tm:
            async with tm.situation("A case") as s:
                server.is_down = True
                kept = await s.decide("Refund half", confidence=0.8)
                server.is_down = False
            return kept, (await tm.flush()).n_sent

    kept, n_sent = loops.run(walk())
    assert (type(kept), n_sent) == (Kept, 1)
