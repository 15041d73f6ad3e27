"""The development plan: what the learner takes on, what is done, and the quarterly look at it."""

from __future__ import annotations

import random
from datetime import datetime
from typing import TYPE_CHECKING

from telemachy.apps.relationships.actions import plans
from telemachy.interfaces.demo.content.replies import PLAN_REVIEWS

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import PlanActivity, Relationship
    from telemachy.interfaces.demo.build.house import House
    from telemachy.interfaces.demo.build.moments import Moments, Script
    from telemachy.interfaces.demo.content.shapes import ActivityText
    from telemachy.interfaces.demo.plan.pairs import PairPlan

#: Days after the start: when the plan is made, and what lies between two activities.
MADE, APART = 12, 30
QUARTER = 91


def schedule(
    pair: PairPlan,
    relationship: Relationship,
    house: House,
    script: Script,
    moments: Moments,
    chance: random.Random,
) -> None:
    """Put the plan of a pair that works on goals into the script."""
    learner, mentor = house.people[pair.match.learner], house.people[pair.match.mentor]
    course = pair.course
    if not course.specific or course.accepted < 2 * MADE:
        return
    for number, text in enumerate(pair.activities):
        due = course.accepted - MADE - APART * (number + 1)
        made, commented = (
            moments.at(course.accepted - MADE, 18, number),
            moments.at(course.accepted - MADE - 1, 9),
        )
        done = moments.at(due + chance.randint(-4, 9), 15)
        held: list[PlanActivity] = []
        script.add(
            made,
            lambda text=text, made=made, due=due, held=held: held.append(
                _add(relationship, house, text, due, learner, moments, made)
            ),
        )
        if text.mentor_comment:
            script.add(
                commented,
                lambda held=held, text=text, commented=commented: plans.comment(
                    activity=held[0], text=text.mentor_comment, by=mentor, now=commented
                ),
            )
        if made < done < moments.at(course.closed + 2) and chance.random() < 0.85:
            script.add(
                done,
                lambda held=held, done=done: plans.mark_done(activity=held[0], by=learner, now=done),
            )
    for days in (course.accepted - QUARTER, course.accepted - 2 * QUARTER):
        if days > course.closed + 2:
            _review(relationship, learner, mentor, chance.choice(PLAN_REVIEWS), moments.at(days, 17), script)


def _add(
    relationship: Relationship,
    house: House,
    text: ActivityText,
    due: int,
    learner: Person,
    moments: Moments,
    now: datetime,
) -> PlanActivity:
    return plans.add_activity(
        relationship=relationship,
        kind=text.kind,
        title=text.title,
        competency=house.competencies[text.competency],
        due_on=moments.on(due),
        by=learner,
        now=now,
    )


def _review(
    relationship: Relationship, learner: Person, mentor: Person, note: str, now: datetime, script: Script
) -> None:
    script.add(
        now,
        lambda: plans.review(relationship=relationship, learner=learner, note=note, by=mentor, now=now),
    )
