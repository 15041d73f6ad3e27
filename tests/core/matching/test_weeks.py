"""Working weeks of different zones are compared in the clock of the reference week."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from telemachy.core.matching import Problem, errors, read_hours
from telemachy.core.matching.features import Features
from tests.core.matching.people import ATHENA, TELEMACHUS


def overlap(learner_zone, mentor_zone, *, hours=(), on=date(2026, 3, 4), mentor_hours=()):
    learner = replace(TELEMACHUS, time_zone=learner_zone, working_hours=hours)
    mentor = replace(ATHENA, time_zone=mentor_zone, working_hours=mentor_hours)
    return float(Features(Problem((learner,), (mentor,), on)).overlap_hours(slice(0, 1))[0, 0])


def test_the_usual_hours_of_one_zone_overlap_in_full():
    assert overlap("Europe/Athens", "Europe/Athens") == 40


def test_the_overlap_follows_the_clock_of_the_reference_week():
    # On 4 March New York is 5 hours behind London; from 8 to 29 March it is 4.
    assert overlap("Europe/London", "America/New_York") == 15
    assert overlap("Europe/London", "America/New_York", on=date(2026, 3, 18)) == 20


def test_zones_of_quarter_hours_count_quarters():
    assert overlap("Asia/Kathmandu", "UTC") == 5 * 2.25


def test_a_week_that_crosses_the_date_line_wraps_round():
    sunday_evening = ((6, 18 * 60, 24 * 60),)
    monday_morning = ((0, 6 * 60, 12 * 60),)
    assert overlap("UTC", "Pacific/Auckland", hours=sunday_evening, mentor_hours=monday_morning) == 5


def test_an_unknown_zone_makes_the_overlap_unknown():
    assert str(overlap("", "UTC")) == "nan"


@pytest.mark.parametrize("zone", ["Ithaca/Harbour", "../etc/passwd", "Europe"])
def test_a_zone_that_does_not_exist_names_the_person(zone):
    with pytest.raises(errors.ImpossibleProfile, match="Telemachus has the time zone"):
        overlap(zone, "UTC")


def test_hours_are_read_from_days_and_times():
    assert read_hours({"tue": [["13:00", "17:30"]], "mon": [["09:00", "12:00"]]}) == (
        (0, 540, 720),
        (1, 780, 1050),
    )


@pytest.mark.parametrize(
    "week", [{"monday": [["09:00", "17:00"]]}, {"mon": [["nine", "five"]]}, {"mon": [["9:00"]]}]
)
def test_unreadable_hours_are_refused(week):
    with pytest.raises(errors.ImpossibleProfile, match="cannot be read"):
        read_hours(week)
