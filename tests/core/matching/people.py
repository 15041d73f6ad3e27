"""Profiles and problems for the tests of matching: the cast, and a short way to change it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from telemachy.core.matching import Problem, Profile, Rules

MARCH = date(2026, 3, 4)

TELEMACHUS = Profile(
    key="telemachus",
    name="Telemachus",
    function="Estate",
    seniority=2,
    skills_sought=("Negotiation", "Leading a crew"),
    languages=("el",),
    time_zone="Europe/Athens",
    goals_text="Speak before the assembly and negotiate with the suitors",
    style="direct",
)
ATHENA = Profile(
    key="athena",
    name="Athena",
    function="Strategy",
    seniority=6,
    skills_offered=("negotiation", "strategy"),
    languages=("el", "en"),
    time_zone="Europe/Athens",
    goals_text="I can help you to negotiate and to win an assembly over",
    style="direct",
)
NESTOR = Profile(
    key="nestor",
    name="Nestor",
    function="Estate",
    seniority=7,
    skills_offered=("Leading  a CREW",),
    languages=("el",),
    time_zone="Europe/Athens",
    goals_text="Long tales of horses and of war",
    style="reflective",
)


def problem(*, learners=(TELEMACHUS,), mentors=(ATHENA, NESTOR), rules=None, **options) -> Problem:
    """Return a problem of the cast, changed where said."""
    return Problem(tuple(learners), tuple(mentors), MARCH, rules=rules or Rules(), **options)


def learners(n: int, **changes) -> tuple[Profile, ...]:
    """Return n learners like Telemachus."""
    return tuple(replace(TELEMACHUS, key=f"learner-{i}", name=f"Learner {i}", **changes) for i in range(n))
