"""The demo's texts are complete, unlike each other, and long enough to be believed."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from telemachy.core import goals as goal_checks
from telemachy.core.shared.scales import ProgrammeKind
from telemachy.interfaces.demo import content
from telemachy.interfaces.demo.content import organisation
from telemachy.interfaces.demo.content.shapes import Story
from telemachy.interfaces.demo.content.stories import LEAD, REFUNDS, REVIEWS, STORIES

PLACEHOLDERS = {"client", "colleague", "other", "manager", "site"}
SHORTEST = {
    "story": 120,
    "own_view": 40,
    "answer": 30,
    "example": 30,
    "question": 20,
    "decision": 40,
    "outcome": 40,
}
GOALS = [goal for goals in content.GOALS.values() for goal in goals]
COMPETENCY_KEYS = {competency.key for competency in content.COMPETENCIES}


def texts(value: object) -> Iterator[str]:
    """Yield every text inside a piece of content."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from texts(item)
    elif isinstance(value, dict):
        yield from texts(tuple(value.values()))
    elif dataclasses.is_dataclass(value):
        yield from texts(tuple(getattr(value, field.name) for field in dataclasses.fields(value)))


EVERYTHING = (
    STORIES,
    content.ACTIVITIES,
    content.CHARTERS,
    content.COMPETENCIES,
    content.GOALS,
    content.PEOPLE,
    content.QUESTIONS,
    content.REFLECTIONS,
    content.SESSIONS,
    organisation.PROGRAMMES,
    organisation.AGENTS,
)


def test_there_is_as_much_content_as_the_demo_promises():
    assert len(STORIES) >= 45
    assert len(LEAD) >= 12
    assert len(content.PEOPLE) + len(organisation.AGENTS) == 120
    assert len(content.COMPETENCIES) >= 10
    assert len(GOALS) >= 25
    assert len(content.QUESTIONS) >= 60
    assert len({site.time_zone for site in organisation.SITES}) == 6
    assert len({language for site in organisation.SITES for language in site.languages}) == 4
    assert {programme.kind for programme in organisation.PROGRAMMES} == set(ProgrammeKind)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.key)
def test_a_story_has_every_part(story: Story):
    for field in dataclasses.fields(story):
        value = getattr(story, field.name)
        assert value, field.name
        assert field.name not in SHORTEST or len(value) >= SHORTEST[field.name], field.name
    assert 1 <= story.difficulty <= 5
    assert 1 <= story.novelty <= 5
    assert 0 <= story.rating <= 4
    assert 0 <= story.confidence <= 100
    assert story.competency in COMPETENCY_KEYS
    assert len(story.options) >= 2
    assert len(story.title) <= 120


def test_no_title_key_or_long_text_is_used_twice():
    for values in (
        [story.title for story in STORIES],
        [story.key for story in STORIES],
        [goal.statement for goal in GOALS],
        [question.text for question in content.QUESTIONS],
        [person.key for person in content.PEOPLE],
        [person.name for person in content.PEOPLE],
        [text for text in texts(STORIES) if len(text) > 60],
    ):
        repeated = [value for value, count in Counter(values).items() if count > 1]
        assert repeated == []


def test_no_text_is_a_filler_or_badly_set():
    for text in texts(EVERYTHING):
        assert not re.search(r"lorem|ipsum|dolor sit|\bTODO\b|\bTBD\b|xxx", text, re.I), text
        assert text == " ".join(text.split()), text


def test_placeholders_are_only_those_that_the_loader_fills():
    for text in texts(EVERYTHING):
        assert set(re.findall(r"{(.*?)}", text)) <= PLACEHOLDERS, text
    for story in LEAD:
        assert not any("{" in text for text in texts(story)), story.key


def test_late_stories_earn_clearly_better_ratings_than_early_ones():
    by_stage = {
        stage: [story.rating for story in STORIES if story.stage == stage] for stage in ("early", "late")
    }
    assert (
        sum(by_stage["late"]) / len(by_stage["late"]) >= sum(by_stage["early"]) / len(by_stage["early"]) + 1
    )


def test_every_goal_is_specific_once_it_has_a_date():
    for goal in GOALS:
        gaps = goal_checks.check(
            goal.statement, goal.baseline, goal.levels, baseline_evidence=goal.baseline_evidence
        )
        assert [gap.code for gap in gaps] == ["when"], goal.statement
        assert goal.competency in COMPETENCY_KEYS


def test_agents_have_situations_of_their_own_kind():
    assert {story.competency for story in REFUNDS} == {"policy-judgement"}
    assert {story.competency for story in REVIEWS} == {"review-judgement"}


def test_sessions_charters_and_activities_cover_every_programme():
    keys = {programme.key for programme in organisation.PROGRAMMES}
    assert set(content.CHARTERS) == keys
    assert {"leading", "onboarding", "reverse", "agents"} == set(content.SESSIONS)
    assert {activity.competency for activity in content.ACTIVITIES} == COMPETENCY_KEYS
    people = {person.key for person in content.PEOPLE}
    assert {agent.owner for agent in organisation.AGENTS} <= people


def test_vague_goals_are_as_vague_as_they_must_be():
    for goal in content.VAGUE_GOALS:
        gaps = goal_checks.check(
            goal.statement, goal.baseline, goal.levels, baseline_evidence=goal.baseline_evidence
        )
        assert len(gaps) >= 3
