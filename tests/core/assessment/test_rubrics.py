"""Rubrics as data: read back what was written, and what is wrong is named."""

from __future__ import annotations

from typing import Any

import pytest

from telemachy.core.assessment import EXAMPLES, read_rubric
from telemachy.core.shared.errors import BadInput

GOOD: dict[str, Any] = {
    "levels": [{"name": "Beginning"}, {"name": "Proficient", "text": "Most of the time."}],
    "proficient": 2,
    "competencies": [
        {
            "code": "1",
            "name": "Listening",
            "markers": [{"code": "1.1", "text": "Gives back what was meant."}],
            "levels": ["Waits for a pause to speak.", "Lets silence work."],
        },
        {"code": "2", "name": "Presence"},
    ],
}


def test_a_rubric_is_read_and_given_back() -> None:
    rubric = read_rubric(GOOD)
    assert rubric.codes == ("1", "2")
    assert rubric.competency("1").markers[0].text == "Gives back what was meant."
    assert rubric.competency("3") is None
    assert read_rubric(rubric.as_data()) == rubric


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"levels": [{"name": "Only"}]}, "2 to 7 levels"),
        ({"levels": [{"name": "A"}, {"name": "A"}]}, "“A” is there twice"),
        ({"levels": [{"name": ""}, {"name": "A"}]}, "name of level 1 is missing"),
        ({"proficient": 1}, "above the lowest"),
        ({"proficient": None}, "above the lowest"),
        ({"competencies": []}, "1 to 30 competencies"),
        ({"competencies": "Listening"}, "not a list"),
        ({"competencies": [{"code": "one two", "name": "x"}]}, "“one two” is no code"),
        ({"competencies": [{"code": "1", "name": "x"}, {"code": "1", "name": "y"}]}, "“1” is there twice"),
        ({"competencies": [{"code": "1", "name": "x\x00"}]}, "not a text"),
        ({"competencies": [{"code": "1", "name": "x" * 121}]}, "121 characters; at most 120"),
        ({"competencies": [{"code": "1", "name": "x", "levels": ["one"]}]}, "describes 1 levels"),
        ({"competencies": [{"code": "1", "name": "x", "markers": [{"code": "1"}]}]}, "is missing"),
        ({"competencies": [3]}, "code of competency 1 is not a text"),
    ],
)
def test_what_is_wrong_is_named(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read_rubric({**GOOD, **changes})


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.key)
def test_every_example_can_be_taken_over(example) -> None:
    assert read_rubric(example.rubric.as_data()) == example.rubric
    assert len(example.rubric.competencies) >= 6
