"""What a pair agrees on: the charter in its versions, and goals with their readings."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from telemachy.apps.relationships.actions import charters, goals
from telemachy.interfaces.demo import content
from telemachy.interfaces.demo.content.replies import READING_NOTES

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Goal, Relationship
    from telemachy.interfaces.demo.build.house import House
    from telemachy.interfaces.demo.build.moments import Moments, Script
    from telemachy.interfaces.demo.content.shapes import GoalText
    from telemachy.interfaces.demo.plan.pairs import PairPlan

#: How the lead pair meets once the learner needs less of it.
LATER_CADENCE = (
    "Every four weeks for an hour, and by telephone when something burns. Who misses the old rhythm says so."
)
LATER_HOURS = Decimal("2.0")
LATER_LEFT_BY_LOT = 6
#: Days before today of that change.
LATER = 72
#: Days that a goal is given.
TERM = 240


def schedule_charter(
    pair: PairPlan,
    relationship: Relationship,
    seats: tuple[Person, Person],
    script: Script,
    moments: Moments,
) -> None:
    """Put the charter into the script: begun by the learner, completed by the mentor, agreed by both."""
    learner, mentor = seats
    begun, proposed, agreed = (moments.at(pair.course.accepted, hour) for hour in (9, 12, 15))
    script.add(begun, lambda: charters.draft(relationship=relationship, by=learner, now=begun))
    if pair.match.course == "unmet":
        return
    script.add(proposed, lambda: _propose(pair, relationship, mentor, 1, proposed))
    if pair.course.ending == "contracting":
        return
    script.add(agreed, lambda: charters.agree(relationship=relationship, version=2, by=learner, now=agreed))
    if pair.match.course == "lead":
        changed, accepted = moments.at(LATER, 17), moments.at(LATER - 1, 8)
        script.add(changed, lambda: _propose(pair, relationship, learner, 2, changed, later=True))
        script.add(
            accepted, lambda: charters.agree(relationship=relationship, version=3, by=mentor, now=accepted)
        )


def schedule_goals(
    pair: PairPlan,
    relationship: Relationship,
    house: House,
    script: Script,
    moments: Moments,
    chance: random.Random,
) -> dict[str, Goal]:
    """Put the goals into the script; return where they will be found, by competency, once written."""
    learner, mentor = house.people[pair.match.learner], house.people[pair.match.mentor]
    written: dict[str, Goal] = {}
    for number, text in enumerate(pair.goals):
        now = moments.at(pair.course.accepted, 16, 10 * number)
        script.add(
            now, lambda text=text, now=now: _write(pair, relationship, house, text, written, moments, now)
        )
        for days, attainment in pair.course.readings:
            read = moments.at(days, 17, 10 * number)
            note = chance.choice(READING_NOTES[attainment])
            script.add(
                read,
                lambda text=text, read=read, attainment=attainment, note=note: goals.record(
                    goal=written[text.competency], attainment=attainment, note=note, by=mentor, now=read
                ),
            )
        if pair.course.ending == "graduate":
            reached = moments.at(pair.course.ended + 1, 12)
            script.add(
                reached,
                lambda text=text, reached=reached: goals.reach(
                    goal=written[text.competency], by=learner, now=reached
                ),
            )
    return written


def _write(
    pair: PairPlan,
    relationship: Relationship,
    house: House,
    text: GoalText,
    written: dict[str, Goal],
    moments: Moments,
    now: datetime,
) -> None:
    learner = house.people[pair.match.learner]
    due = moments.on(pair.course.accepted) + timedelta(days=TERM if pair.match.course != "lead" else 290)
    written[text.competency] = goals.add(
        relationship=relationship,
        learner=learner,
        statement=text.statement,
        why=text.why,
        baseline=text.baseline,
        baseline_evidence=text.baseline_evidence,
        levels=text.levels,
        due_on=due if pair.course.specific else None,
        competencies=[house.competencies[text.competency]],
        as_draft=pair.course.ending == "contracting",
        by=learner,
        now=now,
    )
    relationship.refresh_from_db()


def _propose(
    pair: PairPlan,
    relationship: Relationship,
    by: Person,
    based_on: int,
    now: datetime,
    *,
    later: bool = False,
) -> None:
    text = content.CHARTERS[pair.programme.key]
    charters.propose(
        relationship=relationship,
        by=by,
        now=now,
        based_on=based_on,
        success=text.success,
        cadence=LATER_CADENCE if later else text.cadence,
        hours_a_month=LATER_HOURS if later else Decimal(text.hours_a_month),
        feedback_kinds=text.feedback_kinds,
        out_of_scope=text.out_of_scope,
        confidentiality=text.confidentiality,
        escalation=text.escalation,
        withheld_one_in=LATER_LEFT_BY_LOT if later else 0,
    )
