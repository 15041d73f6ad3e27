"""A pair from the invitation to its end: everything that both of them do, put into the script."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from telemachy.apps.relationships.actions import relationships
from telemachy.interfaces.demo.build import agreements, cases, plans, voices
from telemachy.interfaces.demo.build.meetings import Meetings

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Goal, Relationship
    from telemachy.interfaces.demo.build.house import House
    from telemachy.interfaces.demo.build.moments import Moments, Script
    from telemachy.interfaces.demo.plan.pairs import PairPlan

#: Days between the invitation and the later of the two acceptances.
CONSIDERED = 4
#: Days from winding down to the close.
FAREWELL = 14


def schedule(pair: PairPlan, house: House, moments: Moments, script: Script) -> None:
    """Open the pair, and put its life until today into the script."""
    chance = random.Random(pair.seed)  # noqa: S311 - a demo, not a secret
    learner, mentor = seats = house.people[pair.match.learner], house.people[pair.match.mentor]
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
        return
    relationships.accept(relationship=relationship, by=learner, now=moments.at(course.accepted, 7))
    relationship.refresh_from_db()
    agreements.schedule_charter(pair, relationship, seats, script, moments)
    goals = agreements.schedule_goals(pair, relationship, house, script, moments, chance)
    Meetings(pair, relationship, learner, mentor, goals, moments, script, chance).schedule()
    if course.ending != "contracting":
        _situations(pair, relationship, house, goals, script, moments, chance)
        plans.schedule(pair, relationship, house, script, moments, chance)
        voices.schedule(pair, relationship, seats, script, moments, chance)
        _ending(pair, relationship, seats, script, moments)


def _situations(
    pair: PairPlan,
    relationship: Relationship,
    house: House,
    goals: dict[str, Goal],
    script: Script,
    moments: Moments,
    chance: random.Random,
) -> None:
    for planned in pair.situations:
        begins, span = cases.begin(moments, planned.case.days, pair.course.closed, chance)
        cases.Telling(
            planned=planned,
            relationship=relationship,
            learner=house.people[pair.match.learner],
            mentor=house.people[pair.match.mentor],
            competency=house.competencies[planned.story.competency],
            goals=goals,
            begins=begins,
            span=span,
            chance=chance,
        ).schedule(script)


def _ending(
    pair: PairPlan,
    relationship: Relationship,
    seats: tuple[Person, Person],
    script: Script,
    moments: Moments,
) -> None:
    learner, mentor = seats
    ended = pair.course.ended
    closed = moments.at(ended, 17)
    match pair.course.ending:
        case "unwind":
            script.add(
                closed, lambda: relationships.unwind(relationship=relationship, by=learner, now=closed)
            )
        case "wind_down":
            _step(relationship, "wind_down", mentor, ended, script, moments)
        case "graduate" | "complete" as verb:
            _step(relationship, "wind_down", mentor, ended + FAREWELL, script, moments)
            _step(relationship, verb, mentor, ended, script, moments)


def _step(
    relationship: Relationship, verb: str, by: Person, days: int, script: Script, moments: Moments
) -> None:
    now = moments.at(days, 17)
    script.add(now, lambda: relationships.step(relationship=relationship, verb=verb, by=by, now=now))
    script.add(now, relationship.refresh_from_db)
