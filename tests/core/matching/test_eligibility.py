"""Each hard rule keeps the right pairs apart and says why with the facts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from telemachy.core import matching
from telemachy.core.matching import Rules, SeniorityRule
from tests.core.matching.people import ATHENA, NESTOR, TELEMACHUS, problem


def reasons(mentor, *, learner=TELEMACHUS, rules=None, **options):
    pool = problem(learners=[learner], mentors=[mentor], rules=rules, **options)
    return matching.why_not(pool, learner.key, mentor.key)


def codes(*args, **options):
    return [reason.code for reason in reasons(*args, **options)]


def test_a_pair_that_breaks_no_rule_has_no_reason():
    assert reasons(ATHENA) == ()


def test_nobody_mentors_themselves():
    assert codes(replace(TELEMACHUS, skills_offered=("x",))) == ["excluded_same_person"]


def test_a_forbidden_pair_is_kept_apart():
    assert codes(ATHENA, forbidden=(("telemachus", "athena"),)) == ["excluded_forbidden"]


def test_a_mentor_without_open_seats_takes_nobody():
    reason = reasons(replace(ATHENA, capacity=0))[0]
    assert reason.text({"athena": "Athena"}) == "Athena takes no learners at present"


def test_the_own_line_manager_is_excluded():
    reason = reasons(ATHENA, learner=replace(TELEMACHUS, manager_key="athena"))[0]
    assert reason.code == "excluded_reporting_line"
    assert reason.text({"athena": "Athena"}) == "Athena is above the other in the reporting line"


def test_the_manager_of_the_managers_manager_is_excluded_also_through_people_outside_the_pool():
    lines = {"steward": "laertes", "laertes": "athena"}
    assert codes(ATHENA, learner=replace(TELEMACHUS, manager_key="steward"), reporting_lines=lines) == [
        "excluded_reporting_line"
    ]


def test_a_mentor_below_the_learner_in_the_line_is_excluded():
    lines = {"athena": "mentes", "mentes": "telemachus"}
    assert reasons(ATHENA, reporting_lines=lines)[0].params["above"] == "telemachus"


def test_a_circle_of_managers_ends():
    lines = {"telemachus": "a", "a": "b", "b": "a"}
    assert codes(ATHENA, reporting_lines=lines) == []


def test_the_reporting_line_can_be_left_out():
    rules = Rules(outside_reporting_line=False)
    assert codes(ATHENA, learner=replace(TELEMACHUS, manager_key="athena"), rules=rules) == []


def test_without_a_shared_language_the_reason_names_the_languages():
    reason = reasons(replace(ATHENA, languages=("en", "la")))[0]
    assert reason.text() == "No language in common: el; en, la"
    assert codes(replace(ATHENA, languages=("en",)), rules=Rules(shared_language=False)) == []


def test_too_few_shared_working_hours_are_told_in_hours():
    far = replace(ATHENA, time_zone="America/Los_Angeles", working_hours=((0, 9 * 60, 10 * 60),))
    reason = reasons(far, rules=Rules(min_overlap_hours=2))[0]
    assert reason.code == "excluded_hours"
    assert reason.params == {"learner": "telemachus", "mentor": "athena", "hours": 0.0, "least": 2}


@pytest.mark.parametrize(
    ("rule", "mentor_level", "excluded"),
    [
        (SeniorityRule.ANY, 1, False),
        (SeniorityRule.MENTOR_ABOVE, 3, False),
        (SeniorityRule.MENTOR_ABOVE, 2, True),
        (SeniorityRule.MENTOR_ABOVE, 1, True),
        (SeniorityRule.MENTOR_BELOW, 1, False),
        (SeniorityRule.MENTOR_BELOW, 2, True),
        (SeniorityRule.MENTOR_BELOW, 3, True),
        (SeniorityRule.MENTOR_ABOVE, None, False),
    ],
)
def test_the_seniority_rule_has_a_direction(rule, mentor_level, excluded):
    found = codes(replace(ATHENA, seniority=mentor_level), rules=Rules(seniority=rule))
    assert found == (["excluded_seniority"] if excluded else [])


def test_what_is_not_known_excludes_nobody():
    unknown = replace(ATHENA, languages=(), time_zone="", seniority=None)
    assert codes(unknown, rules=Rules(seniority=SeniorityRule.MENTOR_ABOVE)) == []


def test_every_broken_rule_is_told():
    wrong = replace(NESTOR, languages=("la",), capacity=0)
    assert codes(wrong) == ["excluded_no_seats", "excluded_language"]
