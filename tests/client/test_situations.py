"""Asking waits for an answer as long as it was told to; a goal is found by its words."""

from __future__ import annotations

import httpx
import pytest

from telemachy.client import Telemachy, UnknownGoal
from tests.client.conftest import GOAL, STARTED, Scripted

PENDING = {"situation_id": "s1", "state": "pending", "recommended_level": 2, "guidance": []}
ATHENA = {"id": "a", "name": "Athena", "kind": "human"}
WORD = {"help_id": "h", "level": 2, "form": "question", "text": "Which clause?", "provenance": ATHENA}
GIVEN = PENDING | {"state": "given", "guidance": [WORD | {"given_at": "2026-03-03T09:00:00Z"}]}


def answers(*told: object) -> list[httpx.Response | Exception]:
    return [httpx.Response(200, json=one) for one in told]


@pytest.mark.parametrize(
    ("wait", "n_looks", "text"),
    [(0.0, 0, ""), (3.0, 2, "Which clause?"), (2.0, 1, ""), (60.0, 2, "Which clause?")],
)
def test_asking_waits_as_long_as_told(server: Scripted, waits, wait: float, n_looks: int, text: str) -> None:
    server.answers = answers(STARTED, PENDING, PENDING, GIVEN)
    tm = Telemachy("https://t.example", "k", goal=GOAL, transport=server.transport)
    with tm.situation("A case") as s:
        assert s.ask("Which?", intended="Refuse", confidence=0.4, wait=wait).text == text
    assert len(waits) == n_looks
    assert sum(waits) <= wait


def goal_row(key: str, statement: str) -> dict[str, str]:
    return {"id": key, "relationship_id": "r", "statement": statement, "baseline": "", "state": "active"}


def test_a_goal_is_found_by_its_words_on_any_page_and_asked_for_once(server: Scripted) -> None:
    first = {"items": [goal_row("g1", "Decide deliveries alone")], "next": "more"}
    second = {"items": [goal_row("g2", "Decide Refunds alone")], "next": None}
    server.answers = answers(first, second, STARTED, STARTED)
    tm = Telemachy("https://t.example", "k", goal="refunds", transport=server.transport)
    for _case in range(2):
        with tm.situation("A case"):
            pass
    assert [request.method for request in server.seen] == ["GET", "GET", "POST", "POST"]
    assert server.seen[1].url.params["cursor"] == "more"
    assert b'"goal_id": "g2"' in server.seen[3].content


def test_words_of_two_goals_choose_neither(server: Scripted) -> None:
    rows = [goal_row("g1", "Decide deliveries alone"), goal_row("g2", "Decide refunds alone")]
    server.answers = answers({"items": rows, "next": None})
    tm = Telemachy("https://t.example", "k", goal="alone", transport=server.transport)
    with pytest.raises(UnknownGoal, match="2 goals contain"), tm.situation("A case"):
        pass
