"""How many questions an agent may still ask towards a goal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from telemachy.apps.relationships.models import Goal, Message, Situation
from telemachy.core.memory.asking import ASK_BUDGET

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person


@dataclass(frozen=True, slots=True)
class Budget:
    """Questions towards a goal: how many may be asked, and how many were."""

    goal: Goal
    n_allowed: int
    n_asked: int

    @property
    def n_left(self) -> int:
        """How many are left."""
        return max(self.n_allowed - self.n_asked, 0)


def budget_of(goal: Goal, learner: Person) -> Budget | None:
    """Return what is left for a goal, None for a person: people's questions are not counted.

    Each question counts, first or again, and each line the agent adds to a conversation: all of them are
    read by a human.
    """
    if not learner.is_agent:
        return None
    asked = Situation.objects.filter(goal=goal, learner=learner, asked_at__isnull=False).count()
    lines = Message.objects.filter(situation__goal=goal, author=learner).count()
    allowed = ASK_BUDGET if goal.ask_budget is None else goal.ask_budget
    return Budget(goal, allowed, asked + lines)


def is_spent(situation: Situation) -> bool:
    """Tell whether the situation's goal allows its learner no further question."""
    if not situation.learner.is_agent or situation.goal is None:
        return False
    budget = budget_of(situation.goal, situation.learner)
    return budget is not None and budget.n_left == 0
