"""What the reviewing agent's trainer works with: short cases with checks, lessons that fade, past traces."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from telemachy.apps.relationships.actions import (
    guidance,
    lessons,
    memory,
    outcome_reports,
    situations,
    traces,
)
from telemachy.apps.relationships.policies import situations as policies
from telemachy.apps.relationships.queries import relationships
from telemachy.core.memory import Source
from telemachy.core.shared.scales import GuidanceLevel
from telemachy.interfaces.demo.content import agent_cases as content
from telemachy.interfaces.demo.plan import people as cast

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Relationship, Situation
    from telemachy.interfaces.demo.build.house import House
    from telemachy.interfaces.demo.build.moments import Moments, Script
    from telemachy.interfaces.demo.content.agent_cases import ShortCase

AGENT = "change.review.agent"
VERIFIER = UUID("0c0ffee0-0000-4000-8000-000000000001")
#: Days before today: past traces were brought, own lessons were written down.
BROUGHT, WROTE = 72, 18
ANSWER = "Check what it assumes before you check what follows from it: list the assumptions, then run one."


def schedule(house: House, moments: Moments, script: Script) -> None:
    """Put the cases into the script, if there is the pair."""
    if _pair(house) is None:
        return
    script.add(moments.at(BROUGHT, 10), partial(_bring, house, moments.at(BROUGHT, 10)))
    for case in content.CASES:
        script.add(moments.at(case.days, 11), partial(_live, house, case, moments.at(case.days, 11)))
    agent, wrote = house.people[AGENT], moments.at(WROTE, 15)
    script.add(wrote, partial(lessons.write_own, person=agent, text=content.OWN_LESSONS, by=agent, now=wrote))


def _pair(house: House) -> Relationship | None:
    agent = house.people.get(AGENT)
    coach = house.people[cast.COACH]
    return relationships.of_party(coach).filter(parties__person=agent).first() if agent else None


def _bring(house: House, now: datetime) -> None:
    """Bring what the agent decided elsewhere, as its harness wrote it down."""
    pair, coach, agent = _pair(house), house.people[cast.COACH], house.people[AGENT]
    if pair is None:
        return
    lines: list[dict[str, object]] = [
        {"external_ref": ref, "summary": summary, "decision": decision, "tags": ["review"]}
        | ({} if success is None else {"success": success})
        for ref, summary, decision, success in content.PAST
    ]
    lines[1]["lesson"] = content.PAST_LESSON
    held = traces.upload(
        relationship=pair,
        learner=agent,
        goal=pair.goals.filter(learner=agent).first(),
        file_name="reviews-before.jsonl",
        data="\n".join(json.dumps(line) for line in lines).encode(),
        by=coach,
        now=now,
    )
    traces.commit(trace_import=held, by=coach, now=now)


def _live(house: House, case: ShortCase, now: datetime) -> None:
    """Take one case as far as it goes, within a day. Its competency stays with the longer stories."""
    pair, coach, agent = _pair(house), house.people[cast.COACH], house.people[AGENT]
    if pair is None:
        return
    goal = pair.goals.filter(learner=agent).first()
    situation = situations.log(
        relationship=pair,
        title=case.title,
        story=case.story,
        goal=goal,
        tags=case.tags,
        by=agent,
        now=now,
    )
    memory.recall(situation=situation, by=agent, now=now)
    situations.reason(
        situation=situation,
        own_view=case.intended,
        intended_decision=case.intended,
        confidence=case.confidence,
        by=agent,
        now=now,
    )
    situation.refresh_from_db()
    if case.asks and policies.ask(agent, situation):
        situations.ask(situation=situation, question=case.asks, by=agent, now=now)
        if case.until == "asked":
            return
        answered = now + timedelta(hours=3)
        guidance.guide(situation=situation, level=GuidanceLevel.QUESTION, text=ANSWER, by=coach, now=answered)
    _decide(situation, case, agent, coach, house.manager, now + timedelta(hours=5))


def _decide(
    situation: Situation, case: ShortCase, agent: Person, coach: Person, manager: Person, now: datetime
) -> None:
    """Decide, have it checked, tell how it went, look back on it and teach."""
    situations.decide(
        situation=situation, decision=case.decision, confidence=case.confidence, by=agent, now=now
    )
    if case.checked is not None:
        outcome_reports.check(
            situation=situation,
            success=case.checked,
            verifier="release pipeline",
            verifier_id=VERIFIER,
            by=manager,
            now=now + timedelta(hours=1),
        )
    if case.until == "decided":
        return
    told = (
        "It held." if case.checked else "The release had to be taken back." if case.checked is False else ""
    )
    outcome = told or "Not in a release yet."
    situations.account(situation=situation, outcome=outcome, by=agent, now=now + timedelta(hours=2))
    if case.until == "accounted" or case.rating is None:
        return
    looked = now + timedelta(hours=4)
    if case.lesson:
        text = content.LESSONS[case.lesson]
        lessons.teach(
            situation=situation,
            source=Source.HUMAN,
            failure_mode=text.failure_mode,
            cue=text.cue,
            action=text.action,
            because=text.because,
            contrast=text.contrast,
            tags=case.tags,
            by=coach,
            now=looked,
        )
    guidance.debrief(situation=situation, text=case.said, score=case.rating, by=coach, now=looked)
