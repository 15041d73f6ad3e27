"""The scales everything is measured on: guidance levels, ratings, difficulty, attainment."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class GuidanceLevel(IntEnum):
    """The ladder from most to least direct guidance; fading walks it downwards."""

    INDEPENDENT = 0
    DEBRIEF = 1
    QUESTION = 2
    EXAMPLE = 3
    ANSWER = 4


class ProgrammeKind(StrEnum):
    """What the guiding seat does: share experience, or draw out by questions."""

    MENTORING = "mentoring"
    COACHING = "coaching"


class Shape(StrEnum):
    """Who sits with whom."""

    ONE_TO_ONE = "one_to_one"
    REVERSE = "reverse"
    GROUP = "group"
    PEER = "peer"


class Structure(StrEnum):
    """The structure dial: how much the programme prescribes."""

    LIGHT = "light"
    GUIDED = "guided"
    STRUCTURED = "structured"


class Seat(StrEnum):
    """A party's seat in a relationship, and a role in a programme."""

    LEARNER = "learner"
    MENTOR = "mentor"


#: Rating of a debriefed situation: 0 not yet, 1 beginning, 2 developing, 3 proficient, 4 exemplary.
RATING_MIN, RATING_MAX, PROFICIENT = 0, 4, 3

#: Difficulty, novelty and stakes of a situation, and pulses.
GRADE_MIN, GRADE_MAX = 1, 5

#: Goal attainment levels, written in advance (Kiresuk & Sherman 1968).
ATTAINMENT_MIN, ATTAINMENT_MAX = -2, 2

#: A coach's ladder starts here; a level above needs a stated reason ("mode shift").
COACH_CEILING = GuidanceLevel.QUESTION


def ceiling(kind: ProgrammeKind | str) -> GuidanceLevel:
    """Return the most direct guidance level of a programme kind without a mode shift."""
    return COACH_CEILING if kind == ProgrammeKind.COACHING else GuidanceLevel.ANSWER
