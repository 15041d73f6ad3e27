"""A function becomes a situation: its arguments tell the case, what it returns is the decision."""

from __future__ import annotations

import pytest

from telemachy.client import AsyncTelemachy, Situation, Telemachy
from tests import loops
from tests.client.conftest import GOAL, Scripted


@pytest.fixture
def tm(server: Scripted) -> Telemachy:
    return Telemachy("https://t.example", "k", goal=GOAL, transport=server.transport)


def test_what_a_function_returns_is_the_decision(server: Scripted, tm: Telemachy) -> None:
    @tm.situated("{customer} wants {amount} back", tags=["refund"], confidence=lambda paid: paid / 100)
    def refund(customer: str, amount: int = 60) -> int:
        return amount // 2

    assert refund("Irus") == 30
    (_, started), (step, decided) = server.steps()
    assert (started["summary"], started["tags"], started["goal_id"]) == (
        "Irus wants 60 back",
        ["refund"],
        GOAL,
    )
    assert (step, decided["decision"], decided["confidence"]) == ("decision", "30", 0.3)
    assert refund.__name__ == "refund"


def test_a_function_that_wants_the_situation_decides_by_itself(server: Scripted, tm: Telemachy) -> None:
    @tm.situated("A case", confidence=0.5)
    def answer(situation: Situation | None = None) -> str:
        assert situation is not None
        situation.decide("Refuse", why="No receipt", confidence=0.9)
        situation.outcome(True)
        return "done"

    assert answer() == "done"
    assert [step for step, _body in server.steps()] == ["situations", "decision", "outcomes"]


def test_a_function_that_fails_commits_nothing(server: Scripted, tm: Telemachy) -> None:
    @tm.situated("A case", confidence=0.5)
    def answer() -> str:
        raise KeyError("receipt")

    with pytest.raises(KeyError):
        answer()
    assert [step for step, _body in server.steps()] == ["situations"]


def test_a_coroutine_function_is_wrapped_as_well(server: Scripted) -> None:
    tm = AsyncTelemachy("https://t.example", "k", goal=GOAL, transport=server.transport)

    @tm.situated("Case of {customer}", confidence=0.5)
    async def answer(customer: str) -> str:
        return f"Refund {customer}"

    assert loops.run(answer("Irus")) == "Refund Irus"
    assert server.steps()[1][1]["decision"] == "Refund Irus"
