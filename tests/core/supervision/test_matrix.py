"""The pattern matrix: what repeats is what shows with two clients, however cases come in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telemachy.core.supervision import REPEATS_FROM, Entry, Pattern, matrix

ORDER = [one.value for one in Pattern]
DAY = date(2026, 3, 1)
CLIENTS = ("Birch", "Heron", "Harbour", "Granite")
few = settings(max_examples=25)
entries = st.lists(
    st.builds(
        Entry,
        client=st.sampled_from(CLIENTS),
        patterns=st.lists(st.sampled_from(ORDER), max_size=4).map(tuple),
        on=st.integers(0, 300).map(lambda days: DAY + timedelta(days=days)),
        shared=st.booleans(),
    ),
    max_size=12,
)


def case(client: str, *patterns: str, days: int = 0, shared: bool = True) -> Entry:
    return Entry(client, patterns, DAY + timedelta(days=days), shared)


@few
@given(entries, st.randoms(use_true_random=False))
def test_the_order_of_cases_changes_nothing(found, lot) -> None:
    mixed = list(found)
    lot.shuffle(mixed)
    assert matrix(found, ORDER) == matrix(mixed, ORDER)


@few
@given(entries)
def test_each_cell_counts_the_cases_that_show_the_pattern(found) -> None:
    made = matrix(found, ORDER)
    for client in CLIENTS:
        for pattern in ORDER:
            showing = [one for one in found if one.client == client and pattern in one.patterns]
            cell = made.cell(client, pattern)
            assert (cell.n_shared, cell.n) == (sum(one.shared for one in showing), len(showing))


@few
@given(entries)
def test_what_repeats_shows_with_two_clients_since_its_first_case(found) -> None:
    repeats = {one.pattern: one for one in matrix(found, ORDER).repeats}
    for pattern in ORDER:
        showing = [one for one in found if pattern in one.patterns]
        n_clients = len({one.client for one in showing})
        assert (pattern in repeats) == (n_clients >= REPEATS_FROM)
        if pattern in repeats:
            assert repeats[pattern].n_clients == n_clients
            assert repeats[pattern].since == min(one.on for one in showing)


@few
@given(entries, entries)
def test_a_further_case_never_makes_a_pattern_repeat_less(found, more) -> None:
    before = {one.pattern: one.n_clients for one in matrix(found, ORDER).repeats}
    after = {one.pattern: one.n_clients for one in matrix([*found, *more], ORDER).repeats}
    assert all(after[pattern] >= n for pattern, n in before.items())


def test_a_client_is_the_same_however_the_name_is_typed() -> None:
    made = matrix([case("Birch", "hurrying"), case(" BIRCH ", "hurrying", days=3)], ORDER)
    assert made.clients == ("Birch",)
    assert made.repeats == ()
    assert made.cell("Birch", "hurrying").n_shared == 2


def test_columns_that_show_with_most_clients_come_first_and_clients_without_pattern_count() -> None:
    made = matrix(
        [case("Birch", "advising", "rescuing"), case("Heron", "rescuing", days=9), case("Harbour", days=20)],
        ORDER,
    )
    assert made.patterns == ("rescuing", "advising")
    assert made.clients == ("Birch", "Heron", "Harbour")


def test_an_unknown_pattern_is_named() -> None:
    with pytest.raises(ValueError, match="no such pattern: snoring"):
        matrix([case("Birch", "snoring")], ORDER)


def test_nothing_written_is_an_empty_matrix() -> None:
    made = matrix([], ORDER)
    assert (made.clients, made.patterns, made.repeats) == ((), (), ())
