"""What a credential asks for, and what is still missing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telemachy.core.assessment import Hours, HoursKind, Requirement, RuleSet, readiness
from telemachy.core.assessment.readiness import add_months, months_between

TEN_HOURS = RuleSet(mentor_coaching_hours=10, most_group_hours=7, months=3, passed_recordings=1)


def hour(on: date, kind: str = "individual", hours: float = 1) -> Hours:
    return Hours(on, HoursKind(kind), round(hours * 60))


def line(found, requirement: Requirement):
    return next(one for one in found.lines if one.requirement is requirement)


def test_ten_hours_over_three_months_with_seven_in_a_group_are_enough() -> None:
    hours = [hour(date(2026, 1, 31), "group", 7), hour(date(2026, 2, 1), hours=2), hour(date(2026, 4, 30))]
    assert readiness(TEN_HOURS, hours, n_passed=1).ready


def test_group_hours_above_the_most_are_shown_but_not_counted() -> None:
    found = readiness(TEN_HOURS, [hour(date(2026, 1, 1), "group", 9.5)], n_passed=1)
    hours = line(found, Requirement.MENTOR_COACHING_HOURS)
    assert (hours.have, hours.uncounted, hours.missing, hours.met) == (7, 2.5, 3, False)


def test_ten_hours_in_a_week_are_not_three_months() -> None:
    found = readiness(TEN_HOURS, [hour(date(2026, 1, day), hours=5) for day in (5, 9)], n_passed=1)
    assert not found.ready
    assert line(found, Requirement.MONTHS).missing == 3
    assert found.from_on == date(2026, 4, 5)


def test_hours_with_clients_are_counted_apart() -> None:
    rules = RuleSet(mentor_coaching_hours=1, most_group_hours=1, months=0, client_hours=100)
    found = readiness(rules, [hour(date(2026, 1, 5), "client", 99.5), hour(date(2026, 1, 5))], n_passed=0)
    assert line(found, Requirement.CLIENT_HOURS).missing == 0.5
    assert line(found, Requirement.MENTOR_COACHING_HOURS).met
    assert [one.requirement for one in found.lines] == ["mentor_coaching_hours", "client_hours"]


def test_nothing_logged_and_nothing_asked_make_nobody_ready() -> None:
    assert not readiness(TEN_HOURS, [], n_passed=0).ready
    assert not readiness(RuleSet(0, 0, 0), [], n_passed=3).ready


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2026, 1, 31), date(2026, 4, 30), 3),
        (date(2026, 1, 31), date(2026, 4, 29), 2),
        (date(2025, 12, 15), date(2026, 3, 14), 2),
        (date(2024, 2, 29), date(2025, 2, 28), 12),
        (date(2026, 1, 1), date(2026, 1, 1), 0),
    ],
)
def test_months_are_calendar_months(first: date, last: date, months: int) -> None:
    assert months_between(first, last) == months


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
def test_some_months_later_are_that_many_months(day: date, n_months: int) -> None:
    assert months_between(day, add_months(day, n_months)) == n_months


@given(
    st.lists(
        st.tuples(
            st.dates(date(2026, 1, 1), date(2027, 1, 1)), st.sampled_from(HoursKind), st.integers(1, 600)
        )
    )
)
def test_more_hours_never_make_less_ready(rows) -> None:
    hours = [Hours(*row) for row in rows]
    before, after = (readiness(TEN_HOURS, hours[:n], n_passed=1) for n in (len(hours) // 2, len(hours)))
    assert all(now.have >= then.have for then, now in zip(before.lines, after.lines, strict=True))
