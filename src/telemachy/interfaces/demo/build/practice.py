"""Let the lead mentor have practised, so that the pages show what they are like after some weeks."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from telemachy.apps.practice.actions import commitments, drills, role_plays
from telemachy.apps.practice.queries import role_plays as plays
from telemachy.core.practice import Grade, Skill, items
from telemachy.interfaces.demo.content import practice as content
from telemachy.interfaces.demo.plan import people as cast

if TYPE_CHECKING:
    from datetime import datetime

    from telemachy.apps.people.models import Person
    from telemachy.interfaces.demo.build.house import House
    from telemachy.interfaces.demo.build.moments import Moments, Script

LANGUAGE = "en"


def schedule(house: House, moments: Moments, script: Script) -> None:
    """Put the sittings, role-plays and conversations into the script."""
    mentor = house.people[cast.LEAD_MENTOR]
    tried: set[str] = set()
    for days, exercises in sorted(content.SITTINGS.items(), reverse=True):
        for number, item in enumerate(exercises):
            now = moments.at(days, 12, 30) + timedelta(minutes=number)
            script.add(now, partial(_rate, mentor, item, item not in tried, now))
            tried.add(item)
    for days, (scenario, said) in content.ROLE_PLAYS.items():
        now = moments.at(days, 13)
        script.add(now, partial(_play, mentor, scenario, said, now))
    for conversation in content.CONVERSATIONS:
        script.add(moments.at(conversation.planned, 8), partial(_converse, mentor, conversation, moments))


def _rate(mentor: Person, item: str, is_first: bool, now: datetime) -> None:
    exercise = items(LANGUAGE)[item]
    answer = exercise.phase if exercise.skill == Skill.PHASE else exercise.models[0]
    grade = Grade.GOOD
    if is_first and item in content.FIRST_TRIES:
        answer, grade = content.FIRST_TRIES[item], Grade.AGAIN
    drills.rate(item=item, answer=answer, grade=grade, language=LANGUAGE, by=mentor, now=now)


def _play(mentor: Person, scenario: str, said: tuple[str, ...], now: datetime) -> None:
    role_play = role_plays.begin(scenario=scenario, language=LANGUAGE, by=mentor, now=now)
    for number, text in enumerate(said, start=1):
        if plays.of_person(mentor).get(pk=role_play.pk).ended_at is None:
            at = now + timedelta(minutes=number)
            role_plays.speak(role_play=role_play, text=text, by=mentor, now=at)


def _converse(mentor: Person, one: content.Conversation, moments: Moments) -> None:
    now = moments.at(one.planned, 8)
    commitment = commitments.commit(
        partner=one.partner,
        topic=one.topic,
        due_on=moments.on(one.due),
        by=mentor,
        now=now,
    )
    if one.due > 0:
        commitments.reflect(
            commitment=commitment,
            asked=one.asked,
            noticed=one.noticed,
            differently=one.differently,
            by=mentor,
            now=moments.at(one.due, 16),
        )
