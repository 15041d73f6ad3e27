"""What the demo organisation is made of: texts written for it, and nothing that runs."""

from telemachy.interfaces.demo.content import goals_further, goals_leading, people_a, people_b
from telemachy.interfaces.demo.content.activities import ACTIVITIES
from telemachy.interfaces.demo.content.charters import CHARTERS
from telemachy.interfaces.demo.content.competencies import COMPETENCIES
from telemachy.interfaces.demo.content.questions import QUESTIONS
from telemachy.interfaces.demo.content.reflections import REFLECTIONS
from telemachy.interfaces.demo.content.sessions import SESSIONS

#: By programme; agents have their own.
GOALS = {
    "leadership": goals_leading.GOALS,
    "onboarding": goals_further.ONBOARDING,
    "reverse": goals_further.REVERSE,
    "agents": goals_further.AGENTS,
}
VAGUE_GOALS = goals_further.VAGUE
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
    "VAGUE_GOALS",
]
