"""The courses of the two agents: cues and answers at first, then questions, then nothing before acting."""

from __future__ import annotations

from telemachy.interfaces.demo.content import stories
from telemachy.interfaces.demo.content.shapes import Story
from telemachy.interfaces.demo.plan.courses import ALONE, ANSWER, DEBRIEF, EXAMPLE, QUESTION, Case, Course

#: The order in which each agent met its situations, by story key.
ORDER = {
    "agent_refunds": (
        "agent-refund-late",
        "agent-refund-vip",
        "agent-refund-currency",
        "agent-refund-partial",
        "agent-refund-fraud-pattern",
        "agent-refund-medical",
    ),
    "agent_reviews": (
        "agent-review-green",
        "agent-review-large",
        "agent-review-flaky",
        "agent-review-author-senior",
        "agent-review-licence",
        "agent-review-urgent",
    ),
}
COURSES = {
    "agent_refunds": Course(
        accepted=132,
        cases=(
            Case(126, ANSWER),
            Case(108, EXAMPLE),
            Case(84, QUESTION),
            Case(61, QUESTION),
            Case(33, ALONE),
            Case(9, ALONE),
        ),
        sessions=(130, 115, 101, 86, 72, 58, 43, 29, 12),
        upcoming=3,
        readings=((100, -1), (60, 0), (12, 0)),
    ),
    "agent_reviews": Course(
        accepted=96,
        cases=(
            Case(90, ANSWER),
            Case(74, EXAMPLE),
            Case(55, QUESTION),
            Case(37, DEBRIEF),
            Case(19, ALONE),
            Case(4, ALONE, until="accounted"),
        ),
        sessions=(94, 79, 66, 51, 38, 24, 10),
        upcoming=4,
        readings=((60, -1), (24, 0)),
    ),
}


def stories_of(course: str) -> list[Story]:
    """Return the agent's situations, oldest first."""
    by_key = {story.key: story for story in stories.STORIES}
    return [by_key[key] for key in ORDER[course]]
