from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from telemachy.core.shared.likeness import likeness, telling_words


def test_texts_about_the_same_are_alike() -> None:
    one = telling_words("The suitors demanded another month before the wedding")
    other = telling_words("Another month of wedding guests: the suitor demands it")
    elsewhere = telling_words("The quarterly report of the harbour office came late")
    assert likeness(one, other) > 0.5 > likeness(one, elsewhere)


def test_common_words_tell_nothing() -> None:
    assert telling_words("What would they have been doing there?") == frozenset()


def test_too_few_words_to_compare_are_unlike() -> None:
    assert likeness(telling_words("harbour"), telling_words("harbour")) == 0.0


@given(st.text(), st.text())
def test_likeness_is_symmetric_and_bounded(one: str, other: str) -> None:
    a, b = telling_words(one), telling_words(other)
    assert likeness(a, b) == likeness(b, a)
    assert 0 <= likeness(a, b) <= 1
