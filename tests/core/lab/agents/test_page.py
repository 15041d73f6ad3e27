"""The page of the experiment names its limits beside its figures and links the pictures there are."""

from __future__ import annotations

import re
from dataclasses import replace

from telemachy.core.lab.agents import arms, run
from telemachy.core.lab.agents.page import JUDGED, WRONG, drawings, page
from telemachy.core.lab.agents.run import Agent, Plan

PLAN = Plan(4, 20, 4, 4, 8, budget=3, exam=3, exam_every=10)


def test_the_page_has_limits_goals_and_a_picture_for_each_link() -> None:
    names = [arm.name for arm in arms.ARMS]
    who = [Agent(world, "cases", name, 1) for world in run.WORLDS for name in names]
    results = run.experiment(who, PLAN)
    generic, ours = arms.BATCH_GENERIC.name, arms.FADED.name
    erring = [Agent(world, "cases", name, 1) for world in JUDGED for name in (generic, ours)]
    errors = run.experiment(erring, replace(PLAN, wrong_rate=WRONG))
    text = page(results, errors, PLAN)
    assert text.count("**Limits.**") == len(run.WORLDS)
    assert "not claims about language models" in " ".join(text.split())
    assert text.count("novel accuracy against none, better") == len(JUDGED)
    assert set(re.findall(r"\]\((lab-agents[^)]+)\)", text)) == drawings(results, PLAN).keys()
    assert not re.search(r"\{\w+", text)
