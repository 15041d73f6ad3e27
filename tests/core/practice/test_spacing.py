"""When an exercise comes back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from telemachy.core.practice import Grade, Pace, review

NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
LONGEST = timedelta(days=90)


def wait(*grades: Grade) -> timedelta:
    """Return the wait after the last of several reviews, each done when it was due."""
    pace, now = Pace(), NOW
    for grade in grades:
        pace = review(pace, grade, now)
        before, now = now, pace.due_at or now
    return now - before


def test_what_was_not_managed_comes_back_in_the_same_sitting() -> None:
    assert wait(Grade.AGAIN) <= timedelta(minutes=10)


def test_the_easier_it_was_the_longer_it_stays_away() -> None:
    waits = [wait(grade) for grade in Grade]
    assert waits == sorted(waits)
    assert waits[-1] > waits[0]


def test_the_wait_grows_with_each_success_and_shrinks_after_a_failure() -> None:
    once, twice = wait(Grade.GOOD), wait(Grade.GOOD, Grade.GOOD)
    assert once < twice < wait(Grade.GOOD, Grade.GOOD, Grade.GOOD)
    assert wait(Grade.GOOD, Grade.GOOD, Grade.AGAIN) < once


def test_the_same_rating_at_the_same_moment_gives_the_same_day_in_any_zone() -> None:
    there = NOW.astimezone(ZoneInfo("Pacific/Auckland"))
    assert review(Pace(), Grade.GOOD, NOW) == review(Pace(), Grade.GOOD, there)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(Grade), st.integers(-5, 400)), min_size=1, max_size=12))
def test_any_history_leads_to_a_day_ahead_and_never_too_far(history: list[tuple[Grade, int]]) -> None:
    pace, now = Pace(), NOW
    for grade, n_days in history:
        now += timedelta(days=n_days)
        pace = review(pace, grade, now)
        assert pace.due_at is not None
        assert pace.reviewed_at is not None
        assert timedelta() < pace.due_at - pace.reviewed_at <= LONGEST
        assert pace.difficulty is not None
        assert 1 <= pace.difficulty <= 10
