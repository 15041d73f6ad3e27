"""The state tables, and the page that is drawn from them."""

from __future__ import annotations

from pathlib import Path

import pytest

from telemachy.core.shared.diagrams import page
from telemachy.core.shared.errors import WrongState
from telemachy.core.shared.lifecycles import ALL, RELATIONSHIP, RELATIONSHIP_OPEN, SITUATION, Lifecycle

REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "states.md"


@pytest.mark.parametrize("lifecycle", ALL, ids=lambda lifecycle: lifecycle.name)
def test_every_state_is_reached_from_the_first(lifecycle: Lifecycle) -> None:
    reached, frontier = {lifecycle.initial}, [lifecycle.initial]
    while frontier:
        state = frontier.pop()
        for step in lifecycle.steps:
            if step.source == state and step.target not in reached:
                reached.add(step.target)
                frontier.append(step.target)
    assert reached == set(lifecycle.states)


@pytest.mark.parametrize("lifecycle", ALL, ids=lambda lifecycle: lifecycle.name)
def test_a_verb_leads_to_one_state_only(lifecycle: Lifecycle) -> None:
    routes = [(step.source, step.verb) for step in lifecycle.steps]
    assert len(routes) == len(set(routes))


def test_an_impossible_step_says_so_in_words() -> None:
    with pytest.raises(WrongState, match="A relationship that is winding down has no step “accept”"):
        RELATIONSHIP.target("winding_down", "accept")


def test_unwinding_is_possible_at_any_time_after_accepting() -> None:
    for state in set(RELATIONSHIP_OPEN) - {"proposed"}:
        assert RELATIONSHIP.allows(state, "unwind"), state


def test_a_situation_can_be_decided_without_asking() -> None:
    assert SITUATION.target("reasoned", "decide") == "decided"


def test_the_reference_page_is_what_the_tables_say() -> None:
    assert REFERENCE.read_text() == page(), (
        "make it again: python -m telemachy.core.shared.diagrams > docs/reference/states.md"
    )
