"""A pair from the invitation to its end: everything that both of them do, in the order of time."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from telemachy.apps.relationships.actions import relationships
from telemachy.interfaces.demo.build import cases
from telemachy.interfaces.demo.build.moments import Moments, Script

if TYPE_CHECKING:
    from telemachy.apps.relationships.models import Relationship
    from telemachy.interfaces.demo.build.house import House
    from telemachy.interfaces.demo.plan.pairs import PairPlan

#: Days between the invitation and the later of the two acceptances.
CONSIDERED = 4


def build(pair: PairPlan, house: House, moments: Moments) -> Relationship:
    """Open the pair and let it live until today."""
    chance = random.Random(pair.seed)  # noqa: S311 - a demo, not a secret
    learner, mentor = house.people[pair.match.learner], house.people[pair.match.mentor]
    course = pair.course
    relationship = relationships.open_pair(
        programme=house.programmes[pair.programme.key],
        learners=[learner],
        mentor=mentor,
        by=house.manager,
        now=moments.at(course.accepted + CONSIDERED, 11),
    )
    relationships.accept(relationship=relationship, by=mentor, now=moments.at(course.accepted + 1, 8))
    if course.ending == "proposed":
        return relationship
    relationships.accept(relationship=relationship, by=learner, now=moments.at(course.accepted, 7))
    relationship.refresh_from_db()
    script = Script()
    for planned in pair.situations:
        begins, span = cases.begin(moments, planned.case.days, course.closed, chance)
        cases.Telling(
            planned=planned,
            relationship=relationship,
            learner=learner,
            mentor=mentor,
            competency=house.competencies[planned.story.competency],
            goal=None,
            begins=begins,
            span=span,
            chance=chance,
        ).schedule(script)
    script.run()
    return relationship
