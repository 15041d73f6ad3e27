"""Taking names out of texts."""

from __future__ import annotations

import pytest

from telemachy.core.shared.redaction import redact


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ask Ann, or ANN LEE.", "Ask X, or X."),
        ("Annual meetings, Annette", "Annual meetings, Annette"),
        ("ann.lee@sea.example writes", "X writes"),
        ("Ann's boat; (Ann)", "X's boat; (X)"),
        ("nothing", "nothing"),
    ],
)
def test_whole_words_go_whatever_their_case(text, expected) -> None:
    assert redact(text, ["Ann", "Ann Lee", "ann.lee@sea.example", ""], "X") == expected


def test_json_keeps_its_shape_and_its_keys() -> None:
    value = {"Ann": ["Ann", 3, None, {"with": "Ann and Bo"}]}
    assert redact(value, ["Ann"], "X") == {"Ann": ["X", 3, None, {"with": "X and Bo"}]}


def test_without_words_nothing_is_touched() -> None:
    value = ["Ann"]
    assert redact(value, ["", ""], "X") is value
