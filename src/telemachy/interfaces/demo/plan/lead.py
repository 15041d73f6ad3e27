"""The pair that every picture shows: nine months in which the mentor's part shrinks to nothing.

Seventeen situations in the order of `stories.LEAD`. With the rating of the fifteenth the learner passes the
threshold in difficult conversations, and the mentor confirms it. The last but one is harder still: decided
alone and accounted for, it waits for its debrief.
"""

from __future__ import annotations

from telemachy.interfaces.demo.plan.courses import ALONE, ANSWER, DEBRIEF, EXAMPLE, QUESTION, Case, Course

COURSE = Course(
    accepted=266,
    cases=(
        Case(258, ANSWER),
        Case(243, ANSWER),
        Case(229, EXAMPLE),
        Case(214, EXAMPLE),
        Case(199, QUESTION),
        Case(183, EXAMPLE),
        Case(168, QUESTION),
        Case(152, QUESTION),
        Case(135, QUESTION),
        Case(119, ALONE),
        Case(104, ALONE),
        Case(91, DEBRIEF),
        Case(76, ALONE),
        Case(64, ALONE),
        Case(38, ALONE),
        Case(5, ALONE, until="accounted"),
        Case(1, ALONE, until="reasoned"),
    ),
    sessions=(262, 248, 233, 219, 206, 191, 178, 162, 149, 134, 121, 106, 92, 70, 42, 14),
    missed=(56,),
    upcoming=2,
    readings=((230, -2), (170, -1), (110, 0), (45, 1)),
)
