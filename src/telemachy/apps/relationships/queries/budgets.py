"""How many questions an agent may still ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from telemachy.apps.relationships.models import Goal, Message, Situation
from telemachy.core.memory.asking import ASK_BUDGET

if TYPE_CHECKING:
    from uuid import UUID

    from telemachy.apps.people.models import Person


@dataclass(frozen=True, slots=True)
class Budget:
    """Questions that may be asked and that were: towards one goal, or all that has no number of its own."""

    goal: Goal | None
    n_allowed: int
    n_asked: int

    @property
    def n_left(self) -> int:
        """How many are left."""
        return max(self.n_allowed - self.n_asked, 0)

    @property
    def is_shared(self) -> bool:
        """Whether it is one number for all goals on which the mentor has said nothing."""
        return self.goal is None or self.goal.ask_budget is None


def budget_of(goal: Goal, learner: Person) -> Budget | None:
    """Return what is left for a goal, None for a person: people's questions are not counted.

    Goals on which no mentor has set a number share one with each other and with situations of no goal: an
    agent writes goals itself, and gets no further question by it. Each question counts, first or again, and
    each line the agent adds to a conversation: all of them are read by a human.
    """
    return _budget(goal, goal.relationship_id, learner) if learner.is_agent else None


def is_spent(situation: Situation) -> bool:
    """Tell whether the situation's learner may ask no further question in it."""
    learner = situation.learner
    return learner.is_agent and _budget(situation.goal, situation.relationship_id, learner).n_left == 0


def _budget(goal: Goal | None, relationship_id: UUID, learner: Person) -> Budget:
    own = None if goal is None else goal.ask_budget
    if own is None:
        situations = Situation.objects.filter(
            Q(goal=None) | Q(goal__ask_budget=None), relationship=relationship_id, learner=learner
        )
    else:
        situations = Situation.objects.filter(goal=goal, learner=learner)
    asked = situations.filter(asked_at__isnull=False).count()
    lines = Message.objects.filter(situation__in=situations, author=learner).count()
    return Budget(goal, ASK_BUDGET if own is None else own, asked + lines)
