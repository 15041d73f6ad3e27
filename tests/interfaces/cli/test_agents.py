"""An agent's past cases from the command line: who brings them is the token, and each bad line is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from telemachy.apps.relationships.models import Situation, TraceImport
from telemachy.interfaces.cli import main
from tests.interfaces.api.conftest import call_as, goal  # noqa: F401 - tokens and a goal, as for the API

pytestmark = pytest.mark.django_db

GOOD = {"external_ref": "run-1", "summary": "VIP, no receipt", "decision": "Refused"}
OTHER = GOOD | {"external_ref": "run-2"}


@pytest.fixture
def bring(cast, goal, call_as, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:  # noqa: F811
    """Return a function that brings rows as a person, and returns the exit code."""

    def bring(*rows: object, by=cast.athena, options: tuple[str, ...] = ()) -> int:
        file = tmp_path / "runs.jsonl"
        file.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows))
        monkeypatch.setenv("TELEMACHY_TOKEN", call_as(by).secret)
        named = ("--relationship", str(goal.relationship_id))
        return main.main(["agents", "import-traces", str(file), *named, *options])

    return bring


def test_cases_are_taken_in_once_towards_a_goal(cast, goal, bring, capsys) -> None:  # noqa: F811
    assert bring(GOOD, OTHER, options=("--goal", str(goal.pk))) == 0
    assert capsys.readouterr().out == "Cases: 2 new, 0 there already, 0 unreadable. Taken in: 2.\n"
    cases = Situation.objects.filter(learner=cast.argus)
    assert {(case.external_ref, case.goal, case.state) for case in cases} == {
        ("run-1", goal, "accounted"),
        ("run-2", goal, "accounted"),
    }
    assert bring(GOOD, OTHER) == 0
    assert capsys.readouterr().out == "Cases: 0 new, 2 there already, 0 unreadable. Taken in: 0.\n"


def test_a_line_that_cannot_be_read_is_named_and_nothing_is_taken_in(bring, capsys) -> None:
    assert bring(GOOD, "{oops", OTHER | {"confidence": 5}) == 1
    told = capsys.readouterr()
    first, second = told.err.splitlines()
    assert "runs.jsonl:2: " in first
    assert "runs.jsonl:3: " in second
    assert "confidence" in second
    assert told.out == "Cases: 1 new, 0 there already, 2 unreadable. Taken in: 0.\n"
    assert not Situation.objects.exists()
    assert TraceImport.objects.get().state == "discarded"
    assert bring(GOOD, "{oops", options=("--skip-unreadable", "--dry-run")) == 0
    assert not Situation.objects.exists()
    assert bring(GOOD, "{oops", options=("--skip-unreadable",)) == 0
    assert Situation.objects.get().external_ref == "run-1"


def test_what_cannot_be_worked_with_is_said_in_one_line(cast, bring, capsys, monkeypatch) -> None:
    def said(code: int) -> str:
        assert code == 2
        told = capsys.readouterr()
        assert told.out == ""
        assert told.err.startswith("telemachy agents: ")
        return told.err.removeprefix("telemachy agents: ")

    assert "no such relationship" in said(bring(GOOD, by=cast.antinous))
    assert "empty" in said(bring())
    assert "reached" in said(bring(GOOD, options=("--url", "http://127.0.0.1:1")))
    assert "reached" in said(bring(GOOD, options=("--url", "no address")))
    assert "could read the token" in said(bring(GOOD, options=("--url", "http://t.example")))
    assert "no address" in said(bring(GOOD, options=("--url", "http://[")))
    here = ["agents", "import-traces", "nowhere.jsonl", "--relationship", str(cast.argus.pk)]
    assert "nowhere.jsonl cannot be read" in said(main.main(here))
    monkeypatch.setenv("TELEMACHY_TOKEN", "")
    assert "TELEMACHY_TOKEN" in said(main.main([*here[:2], __file__, *here[3:]]))
    assert not Situation.objects.exists()
