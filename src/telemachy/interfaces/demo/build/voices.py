"""What people say about their work together: pulses, feedback, reflections."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from telemachy.apps.relationships.actions import feedback, pulses, reflections
from telemachy.interfaces.demo import content
from telemachy.interfaces.demo.content.replies import FEEDBACK_TO_LEARNER, FEEDBACK_TO_MENTOR

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Relationship
    from telemachy.interfaces.demo.build.moments import Moments, Script
    from telemachy.interfaces.demo.plan.pairs import PairPlan

#: Days before today on which pairs are asked how it feels, and what.
ASKED = ((150, "safety"), (75, "value"), (45, "clarity"), (30, "reliance"), (12, "safety"))
#: How it feels, by course: the lowest and the highest answer.
MOODS = {"stalled": (2, 3), "drifting": (2, 4), "undirected": (3, 4), "unwound": (2, 3)}
GOOD_MOOD = (4, 5)

#: The first reflections are the lead learner's own; they name her people.
N_LEAD_ONLY = 2


def schedule(
    pair: PairPlan,
    relationship: Relationship,
    seats: tuple[Person, Person],
    script: Script,
    moments: Moments,
    chance: random.Random,
) -> None:
    """Put what the pair says about itself into the script; agents are not asked."""
    learner, mentor = seats
    if learner.is_agent:
        return
    _pulses(pair, relationship, seats, script, moments, chance)
    told = chance.sample(FEEDBACK_TO_MENTOR, len(pair.course.feedback))
    for days, texts in zip(pair.course.feedback, told, strict=True):
        _feedback(relationship, mentor, learner, texts, script, moments, days)
    for days in pair.course.feedback[:1]:
        answer = chance.choice(FEEDBACK_TO_LEARNER)
        _feedback(relationship, learner, mentor, answer, script, moments, days - 2)
    _reflections(pair, relationship, learner, script, moments, chance)


def _pulses(
    pair: PairPlan,
    relationship: Relationship,
    seats: tuple[Person, Person],
    script: Script,
    moments: Moments,
    chance: random.Random,
) -> None:
    low, high = MOODS.get(pair.match.course, GOOD_MOOD)
    for days, question in ASKED:
        if not pair.course.closed < days < pair.course.accepted - 10:
            continue
        for person in seats:
            now = moments.at(days, chance.randint(8, 16))
            answer = chance.randint(low, high)
            script.add(
                now,
                lambda person=person, now=now, question=question, answer=answer: pulses.answer(
                    relationship=relationship, question=question, answer=answer, by=person, now=now
                ),
            )


def _feedback(
    relationship: Relationship,
    about: Person,
    by: Person,
    texts: tuple[str, str],
    script: Script,
    moments: Moments,
    days: int,
) -> None:
    helped, wish = texts
    now = moments.at(days, 16)
    script.add(
        now,
        lambda: feedback.give(
            relationship=relationship, about=about, helped=helped, wish=wish, by=by, now=now
        ),
    )


def _reflections(
    pair: PairPlan,
    relationship: Relationship,
    learner: Person,
    script: Script,
    moments: Moments,
    chance: random.Random,
) -> None:
    if pair.match.course == "lead":
        written = [content.REFLECTIONS[number] for number in (7, 4, 9, 13, 11, 12, 1, 0)]
        days = [8 + 7 * number for number in reversed(range(len(written)))]
    else:
        written = chance.sample(content.REFLECTIONS[N_LEAD_ONLY:], 2)
        days = [day for day in (35, 14) if max(pair.course.closed, 1) < day < pair.course.accepted]
    for day, (prompt, text) in zip(days, written, strict=False):
        now = moments.at(day, 18)
        script.add(
            now,
            lambda now=now, prompt=prompt, text=text: reflections.write(
                relationship=relationship,
                prompt=prompt,
                text=text,
                shared=chance.random() < 0.3,
                by=learner,
                now=now,
            ),
        )
