"""Situations, from the day they are logged to the day they are debriefed."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from telemachy.apps.relationships.actions import guidance, situations, thresholds
from telemachy.apps.relationships.queries import thresholds as threshold_queries
from telemachy.core.shared.scales import GuidanceLevel, ceiling
from telemachy.interfaces.demo.content.replies import DEBRIEF_REPLIES, MODE_SHIFTS

if TYPE_CHECKING:
    from telemachy.apps.knowledge.models import Competency
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Goal, Relationship, Situation
    from telemachy.interfaces.demo.build.moments import Moments, Script
    from telemachy.interfaces.demo.content.shapes import Story
    from telemachy.interfaces.demo.plan.courses import Case
    from telemachy.interfaces.demo.plan.pairs import SituationPlan

#: How far into its time each step of a situation comes.
PACE = {
    "logged": 0.0,
    "reasoned": 0.01,
    "consulted": 0.03,
    "guided": 0.15,
    "decided": 0.3,
    "accounted": 0.8,
    "debriefed": 1.0,
}
STEPS = tuple(PACE)


@dataclass(slots=True)
class Telling:
    """One situation on its way: who tells it, who answers, and when."""

    planned: SituationPlan
    relationship: Relationship
    learner: Person
    mentor: Person
    competency: Competency
    #: By competency; filled when the pair has written them.
    goals: dict[str, Goal]
    begins: datetime
    span: timedelta
    chance: random.Random
    situation: Situation | None = None

    @property
    def story(self) -> Story:
        """What happened."""
        return self.planned.story

    @property
    def case(self) -> Case:
        """How it is handled."""
        return self.planned.case

    def schedule(self, script: Script) -> None:
        """Put every step that the case reaches into the script."""
        asked = self.case.level > GuidanceLevel.INDEPENDENT or self.case.until == "consulted"
        for step in STEPS[: STEPS.index(self.case.until) + 1]:
            skipped = (step == "reasoned" and not self.case.reasoned) or (
                step in ("consulted", "guided") and not asked
            )
            if not skipped:
                moment = self._moment(step)
                script.add(moment, lambda step=step, moment=moment: getattr(self, f"_{step}")(moment))

    def _moment(self, step: str) -> datetime:
        return self.begins + self.span * PACE[step]

    def _logged(self, now: datetime) -> None:
        self.situation = situations.log(
            relationship=self.relationship,
            title=self.story.title,
            story=self.story.story,
            stakes=self.story.stakes,
            competency=self.competency,
            goal=self.goals.get(self.story.competency),
            difficulty=self.story.difficulty,
            novelty=self.story.novelty,
            by=self.learner,
            now=now,
        )

    def _reasoned(self, now: datetime) -> None:
        situations.reason(
            situation=self._told(),
            own_view=self.story.own_view,
            options="\n".join(self.story.options),
            own_questions=self.story.own_question,
            intended_decision=self.story.intended,
            confidence=self.story.confidence,
            by=self.learner,
            now=now,
        )

    def _consulted(self, now: datetime) -> None:
        situations.ask(situation=self._told(), question=self.story.own_question, by=self.learner, now=now)

    def _guided(self, now: datetime) -> None:
        shifts = self.case.level > ceiling(self.relationship.kind)
        guidance.guide(
            situation=self._told(),
            level=int(self.case.level),
            text=self._words(),
            mode_shift_reason=self.chance.choice(MODE_SHIFTS) if shifts else "",
            by=self.mentor,
            now=now,
        )

    def _decided(self, now: datetime) -> None:
        situations.decide(situation=self._told(), decision=self.story.decision, by=self.learner, now=now)

    def _accounted(self, now: datetime) -> None:
        situations.account(
            situation=self._told(),
            outcome=self.story.outcome,
            criteria=self.story.criteria,
            risks=self.story.risks,
            alternatives=self.story.alternatives,
            by=self.learner,
            now=now,
        )

    def _debriefed(self, now: datetime) -> None:
        guidance.debrief(
            situation=self._told(),
            text="\n\n".join((self.story.debrief, *self.story.debrief_questions)),
            score=self.story.rating,
            comment=self.story.rating_comment,
            by=self.mentor,
            now=now,
        )
        claims = threshold_queries.of_party(self.mentor).filter(situation=self._told(), state="claimed")
        for claim in claims:
            thresholds.confirm(claim=claim, by=self.mentor, now=now)

    def _words(self) -> str:
        return {
            GuidanceLevel.ANSWER: self.story.answer,
            GuidanceLevel.EXAMPLE: self.story.example,
            GuidanceLevel.QUESTION: self.story.question,
        }.get(self.case.level) or self.chance.choice(DEBRIEF_REPLIES)

    def _told(self) -> Situation:
        if self.situation is None:
            raise RuntimeError(f"{self.story.key} was not logged yet")
        return self.situation


def begin(moments: Moments, days: int, ended: int, chance: random.Random) -> tuple[datetime, timedelta]:
    """Return when a situation begins and how long it takes until it is debriefed at the latest."""
    begins = moments.at(days, chance.randint(7, 15), chance.randint(0, 59))
    most = moments.end - timedelta(days=ended) - begins - timedelta(hours=2)
    return begins, min(most, timedelta(days=chance.randint(6, 13), hours=chance.randint(0, 20)))
