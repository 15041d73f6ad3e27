"""What is sent for each kind of help, made of rows: the least that the task needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telemachy.apps.relationships.queries import guidance
from telemachy.apps.relationships.queries import situations as cases
from telemachy.core.assist import (
    Prompt,
    client_prompt,
    draft_prompt,
    goal_prompt,
    questions_prompt,
    summary_prompt,
)
from telemachy.core.goals.specificity import TEXTS
from telemachy.core.shared.scales import GuidanceLevel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from telemachy.apps.people.models import Person
    from telemachy.apps.practice.models import RolePlay, RolePlayTurn
    from telemachy.apps.relationships.models import Goal, Situation
    from telemachy.core.practice import Scenario

#: A conversation of fewer entries is read as quickly as its summary.
FEWEST_ENTRIES = 5


def questions(situation: Situation) -> Prompt:
    """Return the prompt for questions that the mentor might ask."""
    return questions_prompt(_case(situation), _seats(situation))


def draft(situation: Situation, agent: Person) -> Prompt:
    """Return the prompt for an agent's guidance, at the level that is recommended."""
    return draft_prompt(_case(situation), level_of(situation), agent.purpose, _seats(situation))


def level_of(situation: Situation) -> GuidanceLevel:
    """Return the level at which an agent's guidance is drafted: what is recommended, else a question."""
    recommended = situation.recommended_level
    return GuidanceLevel.QUESTION if recommended is None else GuidanceLevel(recommended)


def summary(situation: Situation) -> Prompt:
    """Return the prompt for a summary of what was said about a situation."""
    thread = [(one.author.name, one.text) for one in guidance.thread(situation) if one.text]
    return summary_prompt(thread, _seats(situation))


def speakers(situation: Situation) -> list[Person]:
    """Return whose words stand in the conversation about a situation."""
    return list({one.author for one in guidance.thread(situation)})


def is_long(situation: Situation) -> bool:
    """Tell whether there is enough to summarise."""
    return len(guidance.thread(situation)) >= FEWEST_ENTRIES


def goal(one: Goal) -> Prompt:
    """Return the prompt for a more specific wording of a goal."""
    told = {"statement": one.statement, "why it matters": one.why, "where it starts": one.baseline}
    if one.due_on is not None:
        told["due on"] = one.due_on.isoformat()
    seats = _numbered([one.learner], cases.mentors_of(one.relationship))
    return goal_prompt(told, [TEXTS[code][0] for code in one.gaps if code in TEXTS], seats)


def writers(one: Goal) -> list[Person]:
    """Return whose words a goal may hold."""
    return [one.learner] if one.written_by is None else [one.learner, one.written_by]


def client(role_play: RolePlay, turn: RolePlayTurn, script: Scenario) -> Prompt:
    """Return the prompt for what the client answers to a turn."""
    said, answered = [], ""
    for one in role_play.turns.all():
        if one.pk == turn.pk:
            break
        said.append((answered or script.lines[one.heard].says, one.text))
        answered = one.answer
    who = f"{script.client}. {script.setting}"
    line = script.lines[turn.led_to].says
    return client_prompt(who, said, turn.text, line, [("coach", role_play.person.name)])


def _case(situation: Situation) -> dict[str, str]:
    return {
        "case": situation.title,
        "what happened": situation.story,
        "own view": situation.own_view,
        "options": situation.options,
        "intended decision": situation.intended_decision,
        "question": situation.asked,
    }


def _seats(situation: Situation) -> list[tuple[str, str]]:
    return _numbered([situation.learner], cases.mentors_of(situation.relationship))


def _numbered(learners: Iterable[Person], mentors: Iterable[Person]) -> list[tuple[str, str]]:
    found = [("learner", one.name) for one in learners]
    return found + [("mentor" if n == 0 else f"mentor {n + 1}", one.name) for n, one in enumerate(mentors)]
