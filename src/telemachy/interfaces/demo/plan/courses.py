"""The courses that pairs take: healthy, graduating, stalled, and what else goes right or wrong.

All times are days before the demo's last day. Each course is shaped so that the rule of `core.insights`
with its name speaks, and the others do not; the tests keep it that way.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from telemachy.core.shared.scales import GuidanceLevel

ANSWER, EXAMPLE, QUESTION = GuidanceLevel.ANSWER, GuidanceLevel.EXAMPLE, GuidanceLevel.QUESTION
DEBRIEF, ALONE = GuidanceLevel.DEBRIEF, GuidanceLevel.INDEPENDENT

#: How far a situation has come; the last but one step waits for the mentor.
Until = Literal["logged", "reasoned", "consulted", "guided", "decided", "accounted", "debriefed"]
Ending = Literal["", "proposed", "accepted", "contracting", "graduate", "complete", "unwind", "wind_down"]


@dataclass(frozen=True, slots=True)
class Case:
    """A situation to come: when, how it is guided, and whether its story ends well (None: either)."""

    days: int
    level: GuidanceLevel
    handled: bool | None = None
    until: Until = "debriefed"
    reasoned: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What a pair goes through."""

    accepted: int
    cases: tuple[Case, ...] = ()
    sessions: tuple[int, ...] = ()
    missed: tuple[int, ...] = ()
    upcoming: int | None = None
    specific: bool = True
    tied: bool = True
    readings: tuple[tuple[int, int], ...] = ()
    ending: Ending = ""
    ended: int = 0

    @property
    def closed(self) -> int:
        """How many days ago the pair ended, 0 while it goes on: nothing is written after that."""
        return self.ended if self.ending in ("graduate", "complete", "unwind") else 0

    @property
    def feedback(self) -> tuple[int, ...]:
        """How many days ago the learner told the mentor what helps: midway, and lately while it lives."""
        midway, lately = (self.accepted + self.closed + 3) // 2, self.closed + 28
        if self.accepted - self.closed <= 93:
            return ()
        last = min((*self.sessions, *(case.days for case in self.cases)), default=midway)
        return (midway, lately) if last <= lately + 2 else (midway,)


def healthy(rng: random.Random, cadence: int) -> Course:
    """Meet as agreed; guidance fades from examples to questions."""
    accepted = rng.randint(150, 262)
    levels = (ANSWER, EXAMPLE, EXAMPLE, QUESTION, QUESTION, DEBRIEF, ALONE)
    days = _spread(rng, accepted - 14, 20, len(levels))
    cases = [Case(day, level, level <= DEBRIEF or None) for day, level in zip(days, levels, strict=True)]
    newest = Case(rng.randint(2, 6), QUESTION, until=rng.choice(("reasoned", "guided", "decided")))
    return Course(
        accepted=accepted,
        cases=(*cases, newest),
        sessions=_rhythm(rng, accepted - 6, 5, cadence),
        upcoming=rng.randint(2, 9),
        readings=((accepted // 2, -1), (30, 0)),
    )


def graduating(rng: random.Random, cadence: int) -> Course:
    """Meet less because the learner decides alone."""
    accepted = rng.randint(245, 268)
    levels = (ANSWER, EXAMPLE, EXAMPLE, QUESTION, QUESTION, ALONE, ALONE, ALONE)
    days = _spread(rng, accepted - 12, 66, len(levels))
    cases = [Case(day, level, level == ALONE or None) for day, level in zip(days, levels, strict=True)]
    return Course(
        accepted=accepted,
        cases=(*cases, Case(rng.randint(12, 30), ALONE, handled=True)),
        sessions=(*_rhythm(rng, accepted - 6, 68, cadence), *((38,) if cadence <= 14 else ())),
        upcoming=rng.randint(6, 16),
        readings=((190, -1), (120, 0), (50, 1)),
        ending=rng.choice(("", "wind_down")),
        ended=14,
    )


def graduated(rng: random.Random, cadence: int) -> Course:
    """Close after the learner has become independent."""
    course = graduating(rng, cadence)
    return Course(
        accepted=course.accepted,
        cases=course.cases,
        sessions=course.sessions,
        readings=(*course.readings, (20, 2)),
        ending="graduate",
        ended=rng.randint(4, 10),
    )


def completed(rng: random.Random, cadence: int) -> Course:
    """Close at the end of the programme, with some of it reached."""
    accepted = rng.randint(215, 250)
    levels = (EXAMPLE, QUESTION, QUESTION, QUESTION, DEBRIEF)
    days = _spread(rng, accepted - 12, 50, len(levels))
    return Course(
        accepted=accepted,
        cases=tuple(Case(day, level) for day, level in zip(days, levels, strict=True)),
        sessions=_rhythm(rng, accepted - 6, 40, cadence),
        readings=((150, -1), (45, 0)),
        ending="complete",
        ended=rng.randint(25, 36),
    )


def stalled(rng: random.Random, cadence: int) -> Course:
    """Fall silent although the learner is not independent."""
    accepted = rng.randint(190, 250)
    last = rng.randint(62, 95)
    levels = (ANSWER, EXAMPLE, EXAMPLE, QUESTION)
    days = _spread(rng, accepted - 14, last + 8, len(levels))
    return Course(
        accepted=accepted,
        cases=tuple(Case(day, level) for day, level in zip(days, levels, strict=True)),
        sessions=_rhythm(rng, accepted - 6, last, cadence),
        missed=(last - cadence,),
        readings=((last + 30, -1),),
    )


def dependent(rng: random.Random, cadence: int) -> Course:
    """Take every decision to the mentor, sooner rather than later."""
    accepted = rng.randint(170, 210)
    earlier = [Case(day, ANSWER) for day in _spread(rng, 112, 64, 4)]
    recent = [
        Case(day, ANSWER if number % 2 else EXAMPLE, reasoned=number % 3 == 0)
        for number, day in enumerate(_spread(rng, 56, 4, 7))
    ]
    return Course(
        accepted=accepted,
        cases=(*earlier, *recent),
        sessions=_rhythm(rng, accepted - 6, 4, cadence),
        upcoming=rng.randint(2, 8),
        readings=((90, -1), (25, -1)),
    )


def alike_early(rng: random.Random, cadence: int) -> Course:
    """Get answers and examples in turn, as the mentor gives to everybody; decide nothing alone yet."""
    return _alike(rng, cadence, ())


def alike_middle(rng: random.Random, cadence: int) -> Course:
    """Get the same mix, and decide the first cases alone."""
    return _alike(rng, cadence, (None, None, None))


def alike_late(rng: random.Random, cadence: int) -> Course:
    """Get the same mix, although much is decided alone, and well."""
    return _alike(rng, cadence, (True, True, True, True))


def _alike(rng: random.Random, cadence: int, alone: tuple[bool | None, ...]) -> Course:
    accepted = rng.randint(235, 262)
    levels = (ANSWER, EXAMPLE, ANSWER, EXAMPLE, ANSWER, EXAMPLE, ANSWER)
    guided = [
        Case(day, level)
        for day, level in zip(_spread(rng, accepted - 12, 8, len(levels)), levels, strict=True)
    ]
    own = [Case(day, ALONE, handled) for day, handled in zip((58, 44, 30, 16), alone, strict=False)]
    return Course(
        accepted=accepted,
        cases=tuple(sorted((*guided, *own), key=lambda case: -case.days)),
        sessions=_rhythm(rng, accepted - 6, 5, cadence),
        upcoming=rng.randint(2, 9),
        readings=((120, -1), (35, 0)),
    )


def drifting(rng: random.Random, cadence: int) -> Course:
    """Let the sessions slip while single cases still come in."""
    accepted = rng.randint(160, 240)
    last = cadence + cadence // 2 + rng.randint(6, 9)
    levels = (ANSWER, EXAMPLE, QUESTION, QUESTION)
    days = _spread(rng, accepted - 14, last + 12, len(levels))
    cases = [Case(day, level) for day, level in zip(days, levels, strict=True)]
    return Course(
        accepted=accepted,
        cases=(*cases, Case(rng.randint(12, 18), QUESTION, until="decided")),
        sessions=_rhythm(rng, accepted - 6, last, cadence),
        missed=(last - cadence,),
        readings=((80, -1),),
    )


def over_helped(rng: random.Random, cadence: int) -> Course:
    """Get answers where an example or a question would have done."""
    accepted = rng.randint(150, 220)
    earlier = [Case(day, ANSWER, handled=True) for day in _spread(rng, 120, 66, 2)]
    recent = [Case(day, ANSWER, handled=True) for day in _spread(rng, 54, 8, 4)]
    return Course(
        accepted=accepted,
        cases=(*earlier, *recent),
        sessions=_rhythm(rng, accepted - 6, 6, cadence),
        upcoming=rng.randint(3, 9),
        readings=((70, -1), (20, 0)),
    )


def undirected(rng: random.Random, cadence: int) -> Course:
    """Meet gladly and often, about nothing in particular."""
    accepted = rng.randint(150, 220)
    return Course(
        accepted=accepted,
        cases=(Case(rng.randint(90, 110), EXAMPLE),),
        sessions=_rhythm(rng, accepted - 6, 5, cadence),
        upcoming=rng.randint(3, 9),
        specific=False,
        tied=False,
    )


def unanswered(rng: random.Random, cadence: int) -> Course:
    """Work well, but one question has waited for the mentor for days."""
    course = healthy(rng, cadence)
    waiting = Case(rng.randint(5, 10), QUESTION, until="consulted")
    return Course(
        accepted=course.accepted,
        cases=(*course.cases[:-1], waiting),
        sessions=course.sessions,
        upcoming=course.upcoming,
        readings=course.readings,
    )


def new(rng: random.Random, cadence: int) -> Course:
    """Have met once or twice; the first case is on the table."""
    accepted = rng.randint(22, 34)
    return Course(
        accepted=accepted,
        cases=(Case(rng.randint(2, 7), EXAMPLE, until="reasoned"),),
        sessions=(accepted - rng.randint(6, 9), rng.randint(3, 6)),
        upcoming=rng.randint(6, 12),
    )


def contracting(rng: random.Random, cadence: int) -> Course:
    """Have accepted and a draft charter, and a first meeting in the calendar."""
    return Course(accepted=rng.randint(5, 9), upcoming=rng.randint(2, 5), ending="contracting")


def from_letter(rng: random.Random, cadence: int) -> Course:
    """Have accepted and a draft charter; what to work on comes from a feedback letter."""
    return contracting(rng, cadence)


def unmet(rng: random.Random, cadence: int) -> Course:
    """Have accepted weeks ago and never met."""
    return Course(accepted=rng.randint(17, 24), ending="contracting")


def waiting(rng: random.Random, cadence: int) -> Course:
    """Have been proposed; one of the two has not answered yet."""
    return Course(accepted=rng.randint(2, 5), ending="proposed")


def unwound(rng: random.Random, cadence: int) -> Course:
    """Were ended by one of the two, without fault."""
    accepted = rng.randint(130, 200)
    return Course(
        accepted=accepted,
        cases=(Case(accepted - 25, EXAMPLE),),
        sessions=_rhythm(rng, accepted - 8, accepted - 40, cadence),
        ending="unwind",
        ended=accepted - 55,
    )


COURSES: dict[str, Callable[[random.Random, int], Course]] = {
    course.__name__: course
    for course in (
        healthy,
        graduating,
        graduated,
        completed,
        stalled,
        dependent,
        alike_early,
        alike_middle,
        alike_late,
        drifting,
        over_helped,
        undirected,
        unanswered,
        new,
        contracting,
        from_letter,
        unmet,
        waiting,
        unwound,
    )
}


def _spread(rng: random.Random, first: int, last: int, n: int) -> tuple[int, ...]:
    """Return n days from `first` down to `last` days ago, evenly with a little noise."""
    step = (first - last) / max(n - 1, 1)
    noise = max(int(step / 4), 0)
    inner = [round(first - step * number) + rng.randint(-noise, noise) for number in range(1, n - 1)]
    return tuple(sorted((first, *inner, last), reverse=True)) if n > 1 else (first,)


def _rhythm(rng: random.Random, first: int, last: int, cadence: int) -> tuple[int, ...]:
    """Return the days of sessions held every `cadence` days or so, ending exactly at `last`."""
    days, day = [], last
    while day <= first:
        days.append(day)
        day += cadence + rng.randint(-1, 1)
    return tuple(reversed(days))
