"""Role-play with a scripted client: what the client says next depends on how the turn before is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from telemachy.core.practice.turns import TurnKind, TurnReading

#: A conversation shorter than this, in lines of the client, teaches nothing.
FEWEST_LINES = 5
#: How open the client is, from shut to telling what it is really about.
TRUST_MIN, TRUST_MAX = 0, 4
#: Kinds of turn that a line must name a successor for; giving room and what is unsure else go on as "other".
KINDS = (TurnKind.OPEN, TurnKind.CLOSED, TurnKind.REFLECTION, TurnKind.ADVICE, TurnKind.OTHER)


class Ending(StrEnum):
    """How a role-play ends."""

    MOVED = "moved"
    HALFWAY = "halfway"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Line:
    """What the client says at one point, how open the client is there, and what each kind of turn leads to.

    An ending has no successors; `why` explains it.
    """

    key: str
    says: str
    trust: int
    on: Mapping[TurnKind, str]
    ending: Ending | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A conversation to practise: who comes, what is known before, what to try, and the script."""

    id: str
    language: str
    title: str
    theme: str
    client: str
    setting: str
    task: str
    lesson: str
    minutes: int
    start: str
    lines: Mapping[str, Line]


class Client(Protocol):
    """Whoever plays the client: the script, or something else that keeps to the scenario's lines."""

    def answer(self, scenario: Scenario, at: str, turn: TurnReading) -> Line:
        """Return what is said after a turn taken at the line `at`; raises KeyError for an unknown one."""
        ...


class ScriptedClient:
    """Answers as the scenario is written."""

    def answer(self, scenario: Scenario, at: str, turn: TurnReading) -> Line:
        """Return the line that the kind of turn leads to."""
        on = scenario.lines[at].on
        return scenario.lines[on.get(turn.kind, on[TurnKind.OTHER])]


def problems(scenario: Scenario) -> list[str]:
    """Return what is wrong with a script, in English for whoever writes it; nothing for a sound one.

    Sound: every line is reached and leads on for each kind of turn, no way goes round in a circle or ends
    before the client has spoken `FEWEST_LINES` times, every ending is explained, and at least two differ.
    """
    lines = scenario.lines
    if scenario.start not in lines:
        return [f"the start {scenario.start!r} is no line"]
    found = [problem for line in lines.values() for problem in _problems_of(line, lines)]
    if found:
        return found
    reached = _reached(scenario)
    found += [f"{key}: no way leads here" for key in lines if key not in reached]
    if len({line.ending for line in lines.values() if line.ending}) < 2:
        found.append("all ways end the same")
    circle = _circle(scenario)
    if circle:
        return [*found, f"{circle}: the conversation can go round in a circle"]
    shortest = _shortest(scenario, scenario.start)
    if shortest < FEWEST_LINES:
        found.append(f"it can be over after {shortest} lines; let every way take {FEWEST_LINES}")
    return found


def _problems_of(line: Line, lines: Mapping[str, Line]) -> list[str]:
    found = []
    if not line.says.strip():
        found.append(f"{line.key}: says nothing")
    if not TRUST_MIN <= line.trust <= TRUST_MAX:
        found.append(f"{line.key}: trust must be {TRUST_MIN} to {TRUST_MAX}")
    if line.ending:
        found += [f"{line.key}: an ending leads nowhere"] if line.on else []
        found += [] if line.why.strip() else [f"{line.key}: the ending is not explained"]
        return found
    found += [f"{line.key}: nothing follows {kind}" for kind in KINDS if kind not in line.on]
    found += [f"{line.key}: {to!r} is no line" for to in line.on.values() if to not in lines]
    if len(set(line.on.values())) < 2:
        found.append(f"{line.key}: whatever is said leads to the same line")
    return found


def _reached(scenario: Scenario) -> set[str]:
    reached, frontier = set(), [scenario.start]
    while frontier:
        key = frontier.pop()
        if key not in reached:
            reached.add(key)
            frontier.extend(scenario.lines[key].on.values())
    return reached


def _circle(scenario: Scenario) -> str:
    """Return a line from which a way leads back to it, "" where there is none."""
    waiting = {key: set(line.on.values()) for key, line in scenario.lines.items()}
    while done := {key for key, to in waiting.items() if not to}:
        waiting = {key: to - done for key, to in waiting.items() if key not in done}
    return next(iter(waiting), "")


def _shortest(scenario: Scenario, key: str) -> int:
    following = scenario.lines[key].on.values()
    return 1 + min((_shortest(scenario, to) for to in set(following)), default=0)
