"""What a matching problem is made of: profiles, weights, hard rules, decisions made beforehand."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import Any

from telemachy.core.matching import errors

#: A weekly interval in the person's own zone: weekday (0 Monday), start and end in minutes since midnight.
Interval = tuple[int, int, int]

MINUTES_A_DAY = 1440


@dataclass(frozen=True, slots=True)
class Profile:
    """A person as matching sees them; what is not known is "", (), or None.

    Attributes
    ----------
    seniority : 1 to 7
    languages : codes, the one spoken best first
    time_zone : IANA name
    working_hours : weekly intervals, local; () means Monday to Friday, 9 to 17, where the zone is known
    goals_text : a learner's goals; a mentor's own words on what they can help with
    style : the style that a learner seeks or a mentor has
    manager_key : key of the line manager
    capacity : a mentor's open seats; 0 keeps the mentor out of this match
    preferred : keys of the people this person asks for
    """

    key: str
    name: str = ""
    function: str = ""
    seniority: int | None = None
    skills_offered: tuple[str, ...] = ()
    skills_sought: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    time_zone: str = ""
    working_hours: tuple[Interval, ...] = ()
    goals_text: str = ""
    style: str = ""
    manager_key: str = ""
    capacity: int = 1
    preferred: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Raise ImpossibleProfile for values that cannot be worked with."""
        if not self.key:
            raise errors.ImpossibleProfile(f"{self.name or 'A person'} has no key.", field="key")
        if self.seniority is not None and not 1 <= self.seniority <= 7:
            raise errors.ImpossibleProfile(
                f"{self.called} has seniority {self.seniority}; it must be 1 to 7.", field="seniority"
            )
        if self.capacity < 0:
            raise errors.CapacityTooSmall(
                f"{self.called} has a capacity of {self.capacity}; it must be 0 or more.", field="capacity"
            )
        for day, start, end in self.working_hours:
            if not (0 <= day <= 6 and 0 <= start < end <= MINUTES_A_DAY):
                raise errors.ImpossibleProfile(
                    f"{self.called} has working hours {(day, start, end)}; a weekday is 0 to 6 and "
                    f"minutes run from 0 to {MINUTES_A_DAY}, the start before the end.",
                    field="working_hours",
                )

    @property
    def called(self) -> str:
        """The name, or the key where there is none."""
        return self.name or self.key


class Component(StrEnum):
    """The named parts of a score, in the order they are shown."""

    SKILLS = "skills"
    SENIORITY = "seniority"
    FUNCTION = "function"
    HOURS = "hours"
    LANGUAGES = "languages"
    GOALS = "goals"
    STYLE = "style"
    PREFERENCES = "preferences"


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each component counts, each in [0, 1]; only their proportions matter."""

    skills: float = 0.30
    seniority: float = 0.10
    function: float = 0.05
    hours: float = 0.15
    languages: float = 0.10
    goals: float = 0.15
    style: float = 0.05
    preferences: float = 0.10

    def __post_init__(self) -> None:
        """Raise ImpossibleProfile for weights outside [0, 1] or all zero."""
        for name, value in self.as_dict().items():
            if not (_is_number(value) and 0 <= value <= 1):
                raise errors.ImpossibleProfile(
                    f"The weight of {name} is {value!r}; it must be a number from 0 to 1.", field=name
                )
        if not any(self.as_dict().values()):
            raise errors.ImpossibleProfile("All weights are 0; give at least one a value.", field="weights")

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> Weights:
        """Return weights from names and values, the default for names left out; raise for other names."""
        _refuse_unknown(values, [component.value for component in Component], "weight")
        return cls(**values)

    def as_dict(self) -> dict[str, float]:
        """Return name -> weight in the order of Component."""
        return {component.value: getattr(self, component.value) for component in Component}

    def shares(self) -> dict[Component, float]:
        """Return each component's share of the score; the shares sum to 1."""
        total = sum(self.as_dict().values())
        return {component: getattr(self, component.value) / total for component in Component}


class SeniorityRule(StrEnum):
    """Which side must be the more senior one."""

    ANY = "any"
    MENTOR_ABOVE = "mentor_above"
    MENTOR_BELOW = "mentor_below"


@dataclass(frozen=True, slots=True)
class Rules:
    """Hard rules: a pair that breaks one is never proposed. What is not known breaks no rule.

    Attributes
    ----------
    outside_reporting_line : neither may be above the other in the line of managers, up to the top
    shared_language : both must speak one language
    min_overlap_hours : working hours a week that both must share, 0 for no such rule
    seniority : who must be the more senior; `mentor_below` is the rule of reverse mentoring
    """

    outside_reporting_line: bool = True
    shared_language: bool = True
    min_overlap_hours: float = 2.0
    seniority: SeniorityRule = SeniorityRule.ANY

    def __post_init__(self) -> None:
        """Raise ImpossibleProfile for hours that no week has."""
        if not (_is_number(self.min_overlap_hours) and 0 <= self.min_overlap_hours <= 168):
            raise errors.ImpossibleProfile(
                f"min_overlap_hours is {self.min_overlap_hours!r}; it must be a number from 0 to 168.",
                field="min_overlap_hours",
            )

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> Rules:
        """Return rules from names and values, the default for names left out; raise for anything else."""
        _refuse_unknown(values, [rule.name for rule in fields(cls)], "rule")
        for name in ("outside_reporting_line", "shared_language"):
            if not isinstance(values.get(name, True), bool):
                raise errors.ImpossibleProfile(f"The rule {name} must be true or false.", field=name)
        given = dict(values)
        if "seniority" in given:
            allowed = [rule.value for rule in SeniorityRule]
            if given["seniority"] not in allowed:
                raise errors.ImpossibleProfile(
                    f"The rule seniority is {given['seniority']!r}; it must be one of {', '.join(allowed)}.",
                    field="seniority",
                )
            given["seniority"] = SeniorityRule(given["seniority"])
        return cls(**given)

    def as_dict(self) -> dict[str, object]:
        """Return name -> value as JSON can hold it."""
        return {
            "outside_reporting_line": self.outside_reporting_line,
            "shared_language": self.shared_language,
            "min_overlap_hours": self.min_overlap_hours,
            "seniority": self.seniority.value,
        }


@dataclass(frozen=True, slots=True)
class Problem:
    """A pool and what to do with it.

    Attributes
    ----------
    learners, mentors : each key once a side; a person may stand on both sides. Tuples do; for a pool too
        large to hold, so does a sequence that makes each profile when asked: it is gone through from first
        to last when the problem is made and when it is matched, and asked for single people to explain pairs
    locked, forbidden : pairs (learner key, mentor key); a locked pair holds even against the hard rules
    seed : decides among equally good matchings
    reference_date : the week whose clock offsets (summer time) the working hours are compared in
    reporting_lines : person key -> manager key, for people outside the pool
    """

    learners: Sequence[Profile]
    mentors: Sequence[Profile]
    reference_date: date
    weights: Weights = field(default_factory=Weights)
    rules: Rules = field(default_factory=Rules)
    locked: tuple[tuple[str, str], ...] = ()
    forbidden: tuple[tuple[str, str], ...] = ()
    seed: int = 0
    reporting_lines: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raise the named error for doubled people, unknown keys and decisions that contradict."""
        learner_of = index((person.key for person in self.learners), "learner")
        mentor_of = index((person.key for person in self.mentors), "mentor")
        for learner, mentor in (*self.locked, *self.forbidden):
            for key, known, side in ((learner, learner_of, "learner"), (mentor, mentor_of, "mentor")):
                if key not in known:
                    raise errors.UnknownPerson(
                        f"A locked or forbidden pair names {key}, who is no {side} of the pool.", field=side
                    )
        both = set(self.locked) & set(self.forbidden)
        if both:
            learner, mentor = min(both)
            raise errors.LockedAndForbidden(f"{learner} with {mentor} is locked and forbidden; undo one.")
        self._check_locks(mentor_of)

    def _check_locks(self, mentor_of: Mapping[str, int]) -> None:
        held: dict[str, int] = {}
        mentor_kept: dict[str, str] = {}
        for learner, mentor in dict.fromkeys(self.locked):
            if learner in mentor_kept:
                raise errors.LockNotPossible(
                    f"{learner} is locked to {mentor_kept[learner]} and to {mentor}; keep one of them."
                )
            mentor_kept[learner] = mentor
            held[mentor] = held.get(mentor, 0) + 1
            holder = self.mentors[mentor_of[mentor]]
            if held[mentor] > holder.capacity:
                raise errors.LockOverCapacity(
                    f"More learners are locked to {holder.called} than the capacity of {holder.capacity} "
                    "allows."
                )


def index(keys: Iterable[str], side: str) -> dict[str, int]:
    """Return key -> position; raise DuplicatePerson for a key listed twice."""
    found: dict[str, int] = {}
    for position, key in enumerate(keys):
        if key in found:
            raise errors.DuplicatePerson(f"{key} is listed twice as {side}.", field="key")
        found[key] = position
    return found


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _refuse_unknown(values: Mapping[str, Any], allowed: list[str], what: str) -> None:
    for name in values:
        if name not in allowed:
            raise errors.ImpossibleProfile(
                f"There is no {what} called {name!r}; there are: {', '.join(allowed)}.", field=str(name)
            )
