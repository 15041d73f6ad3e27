"""Every pair with its situations, goals and sessions: which story when, guided how."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from telemachy.core.shared.scales import PROFICIENT, ProgrammeKind, ceiling
from telemachy.interfaces.demo import content
from telemachy.interfaces.demo.content import organisation, stories
from telemachy.interfaces.demo.content.organisation import ProgrammeText
from telemachy.interfaces.demo.content.shapes import ActivityText, GoalText, SessionText, Story
from telemachy.interfaces.demo.plan import agents, lead
from telemachy.interfaces.demo.plan.casting import Match, People
from telemachy.interfaces.demo.plan.courses import COURSES, Case, Course

POOLS = {"leadership": stories.LEADING, "onboarding": stories.ONBOARDING, "reverse": stories.REVERSE}
STAGES = ("early", "middle", "late")


@dataclass(frozen=True, slots=True)
class SituationPlan:
    """A story with its names filled in, and the case it is told in."""

    story: Story
    case: Case


@dataclass(frozen=True, slots=True, kw_only=True)
class PairPlan:
    """One relationship from the invitation to where it stands today."""

    match: Match
    programme: ProgrammeText
    course: Course
    goals: tuple[GoalText, ...]
    situations: tuple[SituationPlan, ...]
    sessions: tuple[SessionText, ...]
    activities: tuple[ActivityText, ...]
    seed: int


def plan_pairs(people: People, found: Sequence[Match], rng: random.Random) -> list[PairPlan]:
    """Give each pair its course, goals and stories; no mentor hears a story twice where that can be."""
    programmes = {programme.key: programme for programme in organisation.PROGRAMMES}
    heard: dict[str, set[str]] = defaultdict(set)
    plans = []
    for match in found:
        programme = programmes[match.programme]
        course = _course(match, programme, rng)
        told = _told(match, course, heard[match.mentor], rng)
        heard[match.mentor].update(story.key for story in told)
        names = _names(match, people, rng)
        plans.append(
            PairPlan(
                match=match,
                programme=programme,
                course=course,
                goals=_goals(match, course, told, rng),
                situations=tuple(
                    SituationPlan(story if match.course == "lead" else _filled(story, rng, names), case)
                    for story, case in zip(told, course.cases, strict=True)
                ),
                sessions=_session_texts(match),
                activities=_activities(told),
                seed=rng.getrandbits(32),
            )
        )
    return plans


def _course(match: Match, programme: ProgrammeText, rng: random.Random) -> Course:
    if match.course == "lead":
        return lead.COURSE
    if match.course in agents.COURSES:
        return agents.COURSES[match.course]
    course = COURSES[match.course](rng, programme.cadence_days)
    course = _thinned(course, len(POOLS[match.programme]))
    if programme.kind == ProgrammeKind.COACHING and match.course != "dependent":
        course = replace(course, cases=tuple(_asked(case) for case in course.cases))
    return course


def _asked(case: Case) -> Case:
    """A coach asks where a mentor would show."""
    return replace(case, level=min(case.level, ceiling(ProgrammeKind.COACHING)))


def _thinned(course: Course, most: int) -> Course:
    """Leave out cases after the first until there are few enough for the stories of the programme."""
    extra = max(len(course.cases) - most, 0)
    return replace(course, cases=(*course.cases[:1], *course.cases[1 + extra :]))


def _told(match: Match, course: Course, heard: set[str], rng: random.Random) -> list[Story]:
    """Choose a story for each case: early ones first, in the end as well or as badly as the case wants."""
    if match.course == "lead":
        return list(stories.LEAD)
    if match.course in agents.COURSES:
        return agents.stories_of(match.course)
    pool = list(POOLS[match.programme])
    rng.shuffle(pool)
    if match.course == "dependent":
        return _level_ground(pool)[: len(course.cases)]
    pool.sort(key=lambda story: story.key in heard)
    return _chosen(pool, course.cases)


def _chosen(pool: list[Story], cases: Sequence[Case]) -> list[Story]:
    """Serve first the cases that must end well, latest first; the others go from early to late."""
    chosen: dict[int, Story] = {}
    for number in reversed([number for number, case in enumerate(cases) if case.handled]):
        good = [story for story in pool if story.rating >= PROFICIENT] or pool
        chosen[number] = max(good, key=lambda story: STAGES.index(story.stage))
        pool.remove(chosen[number])
    for number in range(len(cases)):
        if number not in chosen:
            wanted = number * len(STAGES) // len(cases)
            chosen[number] = min(pool, key=lambda story: abs(STAGES.index(story.stage) - wanted))
            pool.remove(chosen[number])
    return [chosen[number] for number in range(len(cases))]


def _level_ground(pool: list[Story]) -> list[Story]:
    """Order stories so that they get no harder: every third by difficulty first, then the rest."""
    ranked = sorted(pool, key=lambda story: story.difficulty)
    return ranked[::3] + [story for number, story in enumerate(ranked) if number % 3]


def _goals(match: Match, course: Course, told: Sequence[Story], rng: random.Random) -> tuple[GoalText, ...]:
    if match.course == "lead":
        return content.GOALS["leadership"][:2]
    if match.course == "from_letter":
        return ()
    if not course.specific:
        return (content.VAGUE_GOALS[2 if match.programme == "reverse" else rng.randrange(2)],)
    if match.course in agents.COURSES:
        return tuple(g for g in content.GOALS["agents"] if g.competency == told[0].competency)
    goals = content.GOALS[match.programme]
    exercised = [story.competency for story in told]
    fitting = [goal for goal in goals if goal.competency in exercised] or list(goals)
    rng.shuffle(fitting)
    by_competency = {goal.competency: goal for goal in fitting}
    return tuple(by_competency.values())[: rng.choice((1, 2))]


def _names(match: Match, people: People, rng: random.Random) -> dict[str, str]:
    manager = people[match.learner].manager or people[match.learner].owner
    return {"manager": people[manager].first_name, "client": rng.choice(organisation.CLIENTS)}


def _filled(story: Story, rng: random.Random, names: dict[str, str]) -> Story:
    """Put names into a story: the pair's own client mostly, colleagues as they come."""
    colleague, other = rng.sample(organisation.COLLEAGUES, 2)
    client = names["client"] if rng.random() < 0.6 else rng.choice(organisation.CLIENTS)
    known = {
        **names,
        "client": client,
        "colleague": colleague,
        "other": other,
        "site": rng.choice(organisation.PAST_SITES),
    }
    return replace(story, **{field.name: _fill(getattr(story, field.name), known) for field in fields(story)})


def _fill(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, str):
        return value.format_map(names)
    if isinstance(value, tuple):
        return tuple(_fill(item, names) for item in value)
    return value


def _session_texts(match: Match) -> tuple[SessionText, ...]:
    if match.course in agents.COURSES:
        return content.SESSIONS["agents"]
    return content.SESSIONS["leading" if match.programme == "leadership" else match.programme]


def _activities(told: Sequence[Story]) -> tuple[ActivityText, ...]:
    exercised = {story.competency for story in told}
    return tuple(activity for activity in content.ACTIVITIES if activity.competency in exercised)[:5]
