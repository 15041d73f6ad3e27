"""Who sits with whom: so many pairs of each course, mentors never from the own reporting line."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from telemachy.interfaces.demo.content import organisation
from telemachy.interfaces.demo.plan import people as cast
from telemachy.interfaces.demo.plan.people import PersonPlan, reports_to

People = dict[str, PersonPlan]

#: How many pairs of each course a programme has, besides the ones cast by name.
NUMBERS: dict[str, dict[str, int]] = {
    "leadership": {
        "graduating": 3,
        "graduated": 2,
        "healthy": 6,
        "unanswered": 1,
        "stalled": 3,
        "dependent": 2,
        "drifting": 2,
        "over_helped": 2,
        "undirected": 2,
        "new": 2,
        "contracting": 1,
        "waiting": 1,
        "unwound": 1,
    },
    "onboarding": {
        "graduating": 2,
        "graduated": 1,
        "completed": 2,
        "healthy": 3,
        "unanswered": 1,
        "stalled": 1,
        "dependent": 1,
        "drifting": 1,
        "new": 1,
        "unmet": 1,
        "waiting": 1,
    },
    "reverse": {"healthy": 3, "drifting": 1, "undirected": 1, "graduating": 1, "new": 1, "waiting": 1},
}

#: Pairs whose people are chosen: programme, course, learner, mentor. The lead pair has its own course.
BY_NAME = (
    ("leadership", "lead", cast.LEAD_LEARNER, cast.LEAD_MENTOR),
    ("leadership", "healthy", "zuzana.kovarova", cast.LEAD_MENTOR),
    ("leadership", "waiting", "helena.pacheco", cast.LEAD_MENTOR),
    ("leadership", "from_letter", cast.COACH, cast.LEAD_MENTOR),
    ("leadership", "alike_early", "grace.nakato", cast.ALIKE_MENTOR),
    ("leadership", "alike_middle", "olga.sitnikova", cast.ALIKE_MENTOR),
    ("leadership", "alike_late", "priya.ranade", cast.ALIKE_MENTOR),
    ("onboarding", "healthy", cast.SECOND_LEARNER, cast.COACH),
    ("onboarding", "new", "peter.lokwang", cast.COACH),
    ("onboarding", "agent_refunds", "refund.desk.agent", "tessa.vollmer"),
    ("onboarding", "agent_reviews", "change.review.agent", cast.COACH),
)


@dataclass(frozen=True, slots=True)
class Match:
    """A learner and a mentor in a programme, and the course they take."""

    programme: str
    course: str
    learner: str
    mentor: str

    @property
    def key(self) -> str:
        """A name that stays the same from one loading to the next."""
        return f"{self.programme}:{self.learner}:{self.mentor}"


@dataclass(frozen=True, slots=True)
class Pool:
    """Who has a place in a programme; learners beyond the pairs wait for a match."""

    learners: tuple[str, ...]
    mentors: tuple[str, ...]


def pools(people: People, rng: random.Random) -> dict[str, Pool]:
    """Return who is enrolled in each programme."""
    humans = [person for person in people.values() if not person.is_agent]
    busy = {cast.ADMINISTRATOR, cast.MANAGER, "tessa.vollmer"}
    free = [person for person in humans if person.key not in busy]
    experienced = [p.key for p in free if (p.seniority or 0) >= 5 and p.key != cast.COACH]
    leading = [p.key for p in free if p.seniority in (3, 4) and p.function != "People"]
    newest = [p.key for p in free if p.seniority == 1]
    settling = [p.key for p in free if p.seniority == 2]
    # Everybody reports to the chief executive in the end, so nobody could be her mentor.
    directors = [
        p.key for p in free if (p.seniority or 0) >= 6 and p.function != "Board" and p.key != cast.LEAD_MENTOR
    ]
    young = [p.key for p in free if p.seniority in (2, 3) and p.function in ("Digital", "Engineering")]
    coaches = [p.key for p in free if p.function == "People"]
    named = _named("leadership", "learner")
    chosen = [*named, *rng.sample([key for key in leading if key not in named], 36)]
    early = _named("onboarding", "learner")
    return {
        "leadership": Pool(tuple(chosen), tuple(experienced)),
        "onboarding": Pool(
            (*early, *(key for key in newest if key not in early), *rng.sample(settling, 8)),
            tuple(dict.fromkeys((*coaches, "tessa.vollmer", *rng.sample(leading, 6)))),
        ),
        "reverse": Pool(tuple(rng.sample(directors, 9)), tuple(rng.sample(young, 10))),
    }


def matches(people: People, places: dict[str, Pool], rng: random.Random) -> list[Match]:
    """Return every pair of the demo, those cast by name first."""
    found = [Match(*row) for row in BY_NAME]
    for programme in organisation.PROGRAMMES:
        pool = places[programme.key]
        taken = {match.learner for match in found if match.programme == programme.key}
        learners = [key for key in pool.learners if key not in taken]
        rng.shuffle(learners)
        load = Counter(match.mentor for match in found if match.programme == programme.key)
        load[cast.LEAD_MENTOR] = load[cast.COACH] = load[cast.ALIKE_MENTOR] = 99
        for course in _listed(NUMBERS[programme.key]):
            learner = learners.pop()
            mentor = _mentor_for(learner, pool.mentors, load, people, rng)
            load[mentor] += 1
            found.append(Match(programme.key, course, learner, mentor))
    return found


def _mentor_for(
    learner: str, mentors: Iterable[str], load: Counter[str], people: People, rng: random.Random
) -> str:
    """Return a mentor with few learners, a shared language and no place in the learner's line."""
    able = [
        key
        for key in mentors
        if key != learner
        and not reports_to(learner, key, people)
        and not reports_to(key, learner, people)
        and set(people[key].languages) & set(people[learner].languages)
    ]
    fewest = min(load[key] for key in able)
    return rng.choice([key for key in able if load[key] == fewest])


def _listed(numbers: dict[str, int]) -> list[str]:
    return [course for course, number in numbers.items() for _ in range(number)]


def _named(programme: str, seat: str) -> list[str]:
    return [row[2 if seat == "learner" else 3] for row in BY_NAME if row[0] == programme]
