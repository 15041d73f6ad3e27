"""What an agent may ask of humans towards a goal, and no more."""

from __future__ import annotations

import pytest

from telemachy.apps.relationships.actions import guidance, memory, situations
from telemachy.apps.relationships.models import Goal
from telemachy.apps.relationships.policies import situations as policies
from telemachy.apps.relationships.queries import budgets, withholding
from telemachy.core.memory.asking import ASK_BUDGET
from telemachy.core.shared.errors import BadInput, BudgetSpent, NotAllowed
from tests.apps.relationships import story
from tests.cast import NOW, Cast, pair


@pytest.fixture
def goal(cast: Cast) -> Goal:
    """A goal of Argus, mentored by Athena, with two questions."""
    cast.pair = pair(cast.programme, cast.athena, cast.argus)
    return add(cast, budget=2)


def add(cast: Cast, budget: int | None) -> Goal:
    return Goal.objects.create(
        relationship=cast.pair,
        learner=cast.argus,
        statement="Refunds",
        state="active",
        ask_budget=budget,
        created_at=NOW,
    )


def case(cast: Cast, goal: Goal | None):
    return situations.log(relationship=cast.pair, by=cast.argus, now=NOW, title="A case", goal=goal)


def ask(cast: Cast, situation) -> None:
    situations.ask(situation=situation, question="May I?", by=cast.argus, now=NOW)


def test_each_question_counts_first_or_again_and_then_no_more_is_taken(cast: Cast, goal: Goal) -> None:
    one = case(cast, goal)
    ask(cast, one)
    guidance.guide(situation=one, level=2, text="Why?", by=cast.athena, now=NOW)
    ask(cast, one)
    budget = budgets.budget_of(goal, cast.argus)
    assert budget is not None
    assert (budget.n_asked, budget.n_left) == (2, 0)
    other = case(cast, goal)
    with pytest.raises(BudgetSpent, match="used up"):
        ask(cast, other)
    other.refresh_from_db()
    assert (other.state, other.asked) == ("logged", "")
    assert "used up" in policies.ask(cast.argus, other).reason


def test_a_line_of_conversation_is_no_way_round(cast: Cast, goal: Goal) -> None:
    one, two = case(cast, goal), case(cast, goal)
    ask(cast, one)
    ask(cast, two)
    with pytest.raises(BudgetSpent):
        guidance.converse(situation=one, text="And?", by=cast.argus, now=NOW)
    guidance.converse(situation=one, text="Go on alone.", by=cast.athena, now=NOW)


def test_a_question_left_to_the_learner_by_lot_counts_once_it_cannot_wait(
    cast: Cast, goal: Goal, monkeypatch
) -> None:
    story.charter(cast, relationship=cast.pair, withheld_one_in=2)
    monkeypatch.setattr(withholding, "falls_on", lambda situation_id, chance: True)
    kept = [case(cast, goal) for _ in range(3)]
    for one in kept:
        ask(cast, one)
    for one in kept[:2]:
        situations.insist(situation=one, by=cast.argus, now=NOW)
    with pytest.raises(BudgetSpent, match="used up"):
        situations.insist(situation=kept[2], by=cast.argus, now=NOW)


def test_a_spent_goal_takes_nothing_from_another(cast: Cast, goal: Goal) -> None:
    for _ in range(2):
        ask(cast, case(cast, goal))
    ask(cast, case(cast, add(cast, budget=1)))
    ask(cast, case(cast, None))


def test_more_goals_bring_an_agent_no_more_questions_than_its_mentor_allows(
    cast: Cast, goal: Goal, monkeypatch
) -> None:
    first = add(cast, budget=None)
    assert budgets.budget_of(first, cast.argus) == budgets.Budget(first, ASK_BUDGET, 0)
    monkeypatch.setattr(budgets, "ASK_BUDGET", 3)
    for own in (first, add(cast, budget=None), None):
        ask(cast, case(cast, own))
    for more in (add(cast, budget=None), None):
        with pytest.raises(BudgetSpent, match="used up"):
            ask(cast, case(cast, more))
    memory.allow_asking(goal=first, n=2, by=cast.athena, now=NOW)
    ask(cast, case(cast, first))
    ask(cast, case(cast, goal))


def test_deciding_alone_stays_possible_when_nothing_is_left(cast: Cast, goal: Goal) -> None:
    memory.allow_asking(goal=goal, n=0, by=cast.athena, now=NOW)
    one = case(cast, goal)
    situations.decide(situation=one, decision="Refuse", by=cast.argus, now=NOW)
    one.refresh_from_db()
    assert one.state == "decided"


def test_people_are_not_counted(cast: Cast) -> None:
    goal = Goal.objects.create(
        relationship=cast.relationship,
        learner=cast.telemachus,
        statement="Lead",
        state="active",
        ask_budget=0,
        created_at=NOW,
    )
    one = situations.log(
        relationship=cast.relationship, by=cast.telemachus, now=NOW, title="A case", goal=goal
    )
    situations.ask(situation=one, question="May I?", by=cast.telemachus, now=NOW)
    assert budgets.budget_of(goal, cast.telemachus) is None


def test_only_a_human_mentor_changes_the_number_within_bounds(cast: Cast, goal: Goal) -> None:
    for who in (cast.argus, cast.eurycleia, cast.antinous):
        with pytest.raises(NotAllowed):
            memory.allow_asking(goal=goal, n=5, by=who, now=NOW)
    for wrong in (-1, 10_001):
        with pytest.raises(BadInput):
            memory.allow_asking(goal=goal, n=wrong, by=cast.athena, now=NOW)
