"""The protocol over standard input and output, started as a coding agent starts it."""

from __future__ import annotations

import subprocess
import sys

import mcp

from telemachy.interfaces.cli import main
from tests import loops
from tests.cast import Cast

COMMAND = [sys.executable, "-m", "telemachy.interfaces.cli.main", "mcp"]


def test_an_agent_reads_its_goals_from_an_installation_elsewhere(
    cast: Cast, call_as, goal, live_server, transactional_db
) -> None:
    started = mcp.StdioServerParameters(
        command=COMMAND[0],
        args=[*COMMAND[1:], "--url", live_server.url],
        env={"TELEMACHY_TOKEN": call_as(cast.argus).secret, "PYTHONPATH": "src"},
    )

    async def walk():
        async with mcp.Client(started) as client:
            return (await client.call_tool("list_goals", {})).structured_content["items"]

    assert [one["statement"] for one in loops.run(walk())] == [goal.statement]


def test_without_a_token_it_says_what_is_missing() -> None:
    done = subprocess.run(COMMAND, env={"PYTHONPATH": "src"}, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "TELEMACHY_TOKEN" in done.stderr
    assert done.stdout == ""


def test_a_token_is_not_sent_in_clear_text(monkeypatch, capsys) -> None:
    monkeypatch.setenv("TELEMACHY_TOKEN", "tm_1")
    assert main.main(["mcp", "--url", "http://t.example"]) == 2
    assert "could read the token" in capsys.readouterr().err
