"""Fitting texts are found by the words that tell something; phases follow from what is written."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telemachy.core.shared.phases import Phase, phases_due
from telemachy.core.shared.retrieval import Collection

TEXTS = (
    "What would the suitors lose if they left the palace?",
    "What would change for the crew?",
    "What would change for you and for the crew of the ship, and for the harbour, the ropes and the sails?",
    "What would you do?",
)


def test_a_rare_word_counts_for_more_than_a_common_one() -> None:
    crew = Collection([*TEXTS, "The crew rows.", "The crew sings."])
    scores = crew.scores("The crew asks the suitors")
    assert scores.index(max(scores)) == 0


def test_a_long_text_gains_nothing_by_its_length() -> None:
    scores = Collection(TEXTS).scores("change for the crew")
    assert scores[1] == 1 > scores[2] > 0
    assert scores[3] == 0


@given(st.lists(st.text(), max_size=6), st.text())
def test_fits_stay_within_bounds_whatever_the_texts(texts: list[str], query: str) -> None:
    scores = Collection(texts).scores(query)
    assert len(scores) == len(texts)
    assert all(0 <= score <= 1 for score in scores)


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ({}, Phase.REALITY),
        ({"has_view": True}, Phase.OPTIONS),
        ({"has_view": True, "has_options": True}, Phase.GOAL),
        ({"has_view": True, "has_options": True, "has_decision": True, "confidence": 30}, Phase.REALITY),
        ({"has_view": True, "has_options": True, "has_decision": True, "confidence": 80}, Phase.WILL),
    ],
)
def test_the_phase_follows_from_what_the_learner_wrote(written: dict[str, bool], first: Phase) -> None:
    nothing = {"has_view": False, "has_options": False, "has_decision": False}
    assert phases_due(**nothing | written)[0] == first  # type: ignore[arg-type]


def test_every_phase_is_named_once() -> None:
    for view, options, decision in product((True, False), repeat=3):
        assert set(phases_due(has_view=view, has_options=options, has_decision=decision)) == set(Phase)


def test_coverage_tells_how_much_of_a_text_is_said_whatever_else_there_is() -> None:
    texts = Collection(["angry guest", "angry guest", "broken glass"])
    part, same, none = texts.coverage("an angry man")
    assert 0 < part == same < 1
    assert none == 0
    assert Collection(["angry guest", "a of"]).coverage("guest, angry guest") == [1.0, 0.0]
