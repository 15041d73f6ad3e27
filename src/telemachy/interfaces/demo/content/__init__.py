"""What the demo organisation is made of: texts written for it, and nothing that runs."""

from telemachy.interfaces.demo.content import (
    goals_leading,
    goals_more,
    people_a,
    people_b,
)
from telemachy.interfaces.demo.content.activities import ACTIVITIES
from telemachy.interfaces.demo.content.charters import CHARTERS
from telemachy.interfaces.demo.content.competencies import COMPETENCIES
from telemachy.interfaces.demo.content.questions import QUESTIONS
from telemachy.interfaces.demo.content.reflections import REFLECTIONS
from telemachy.interfaces.demo.content.sessions import SESSIONS

GOALS = goals_leading.GOALS + goals_more.GOALS
PEOPLE = people_a.PEOPLE + people_b.PEOPLE

__all__ = [
    "ACTIVITIES",
    "CHARTERS",
    "COMPETENCIES",
    "GOALS",
    "PEOPLE",
    "QUESTIONS",
    "REFLECTIONS",
    "SESSIONS",
]
