"""How far somebody is on the way to a credential: hours, months and passed recordings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class HoursKind(StrEnum):
    """What an hour was: alone with the mentor coach, in a group, or own coaching with a client."""

    INDIVIDUAL = "individual"
    GROUP = "group"
    CLIENT = "client"


@dataclass(frozen=True, slots=True)
class Hours:
    """Time spent on a day; confirmed: whom it was spent with says so, too."""

    on: date
    kind: HoursKind
    minutes: int
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class RuleSet:
    """What a credential asks for; 0 means that it is not asked for."""

    mentor_coaching_hours: float = 10
    #: Of these, hours in a group count up to here.
    most_group_hours: float = 7
    #: Calendar months between the first and the last hour of mentor coaching.
    months: int = 3
    client_hours: float = 0
    #: Recordings in which every rated competency came to proficient.
    passed_recordings: int = 0


class Requirement(StrEnum):
    """One thing a rule set asks for."""

    MENTOR_COACHING_HOURS = "mentor_coaching_hours"
    MONTHS = "months"
    CLIENT_HOURS = "client_hours"
    PASSED_RECORDINGS = "passed_recordings"


@dataclass(frozen=True, slots=True)
class Line:
    """How one requirement stands.

    have, need : what is there and what is needed
    uncounted : what is there but does not count
    confirmed : how much of `have` the other party has confirmed; None where nobody confirms
    group_left : how many more hours in a group would count; None where that is no question
    """

    requirement: Requirement
    have: float
    need: float
    uncounted: float = 0.0
    confirmed: float | None = None
    group_left: float | None = None

    @property
    def met(self) -> bool:
        """Whether it is fulfilled."""
        return self.have >= self.need

    @property
    def missing(self) -> float:
        """How much is missing, 0 when nothing is."""
        return max(self.need - self.have, 0.0)


@dataclass(frozen=True, slots=True)
class Readiness:
    """Every requirement of a rule set and how it stands; `from_on` is when the months will be over."""

    lines: tuple[Line, ...]
    from_on: date | None = None

    @property
    def ready(self) -> bool:
        """Whether every requirement is met; a rule set that asks for nothing makes nobody ready."""
        return bool(self.lines) and all(line.met for line in self.lines)


def readiness(rules: RuleSet, hours: Sequence[Hours], *, n_passed: int) -> Readiness:
    """Return what a rule set asks for and how far it is fulfilled.

    Parameters
    ----------
    rules : RuleSet
        What is asked for.
    hours : sequence of Hours
        In any order; hours of a day or more to come must be left out by the caller.
    n_passed : int
        Recordings in which every rated competency came to proficient.
    """
    coached = [one for one in hours if one.kind is not HoursKind.CLIENT]
    group = _sum(coached, HoursKind.GROUP)
    counted_group = min(group, rules.most_group_hours)
    client = _sum(hours, HoursKind.CLIENT)
    confirmed = [one for one in hours if one.confirmed]
    first = min((one.on for one in coached), default=None)
    last = max((one.on for one in coached), default=None)
    lines = (
        Line(
            Requirement.MENTOR_COACHING_HOURS,
            _sum(coached, HoursKind.INDIVIDUAL) + counted_group,
            rules.mentor_coaching_hours,
            group - counted_group,
            _sum(confirmed, HoursKind.INDIVIDUAL)
            + min(_sum(confirmed, HoursKind.GROUP), rules.most_group_hours),
            rules.most_group_hours - counted_group,
        ),
        Line(Requirement.MONTHS, months_between(first, last) if first and last else 0, rules.months),
        Line(
            Requirement.CLIENT_HOURS,
            client,
            rules.client_hours,
            confirmed=_sum(confirmed, HoursKind.CLIENT),
        ),
        Line(Requirement.PASSED_RECORDINGS, n_passed, rules.passed_recordings),
    )
    from_on = add_months(first, rules.months) if first else None
    return Readiness(tuple(line for line in lines if line.need > 0), from_on)


def months_between(first: date, last: date) -> int:
    """Return how many whole calendar months lie between two days, the second not before the first."""
    n_months = (last.year - first.year) * 12 + last.month - first.month
    return n_months if last >= add_months(first, n_months) else n_months - 1


def add_months(day: date, n_months: int) -> date:
    """Return the same day some months later, the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + n_months, 12)
    for dom in range(day.day, 27, -1):
        try:
            return date(year, month + 1, dom)
        except ValueError:
            continue
    return date(year, month + 1, day.day)


def _sum(hours: Sequence[Hours], kind: HoursKind) -> float:
    return sum(one.minutes for one in hours if one.kind is kind) / 60
