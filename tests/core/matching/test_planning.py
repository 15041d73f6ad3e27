"""A pool of profiles becomes explained proposals."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from telemachy.core import matching
from telemachy.core.matching import Component, Rules, SeniorityRule, Weights
from tests.core.matching.people import ATHENA, NESTOR, TELEMACHUS, learners, problem


def only(*names):
    """Weights of the named components alone."""
    return Weights.read({component.value: float(component.value in names) for component in Component})


def score_with(mentor, *names, learner=TELEMACHUS, rules=None):
    """Return score and parts of one pair with only these components weighed."""
    found = matching.plan(problem(learners=[learner], mentors=[mentor], weights=only(*names), rules=rules))
    return found.proposals[0].score, {part.name: part for part in found.proposals[0].parts}


def test_the_better_mentor_is_proposed_with_the_reasons_that_set_them_apart():
    proposal = matching.plan(problem()).proposals[0]
    assert proposal.mentor == "athena"
    said = [reason.text() for reason in proposal.reasons]
    assert "The learner's goals and the mentor's words share: assembly, negotiate" in said
    assert 2 <= len(said) <= 3
    assert not any("Languages" in text for text in said)  # both mentors speak Greek: it decides nothing


def test_the_skills_part_is_the_share_of_skills_sought():
    score, parts = score_with(NESTOR, "skills")
    assert score == 0.5
    assert parts["skills"].value == 0.5
    assert not parts["skills"].missing


def test_missing_data_is_neutral_and_shown_as_missing():
    score, parts = score_with(replace(ATHENA, skills_offered=()), "skills")
    assert score == 0.5
    assert parts["skills"].missing


@pytest.mark.parametrize(
    ("component", "change", "value"),
    [
        ("seniority", {"seniority": 4}, 1.0),
        ("seniority", {"seniority": 6}, 0.5),
        ("seniority", {"seniority": 2}, 0.5),
        ("function", {"function": "estate"}, 0.0),
        ("function", {"function": "Fleet"}, 1.0),
        ("hours", {"working_hours": ((0, 540, 1020),)}, 0.4),
        ("hours", {}, 1.0),
        ("languages", {"languages": ("la", "el")}, 1.0),
        ("style", {"style": "Direct"}, 1.0),
        ("style", {"style": "reflective"}, 0.0),
        ("style", {"style": ""}, 0.5),
        ("preferences", {}, 0.5),
        ("preferences", {"preferred": ("telemachus",)}, 1.0),
        ("preferences", {"preferred": ("nobody of this pool",)}, 0.5),
        ("goals", {"goals_text": ""}, 0.5),
    ],
)
def test_each_component_scores_what_it_says(component, change, value):
    assert score_with(replace(ATHENA, **change), component)[0] == pytest.approx(value)


def test_a_second_language_counts_less_than_the_first():
    learner = replace(TELEMACHUS, languages=("el", "en"))
    assert score_with(replace(ATHENA, languages=("en",)), "languages", learner=learner)[0] == 0.5


def test_reverse_mentoring_turns_the_seniority_part():
    junior = replace(ATHENA, seniority=3)
    senior = replace(TELEMACHUS, seniority=5)
    rules = Rules(seniority=SeniorityRule.MENTOR_BELOW)
    assert score_with(junior, "seniority", learner=senior, rules=rules)[0] == 1.0


def test_a_learner_who_asked_for_another_mentor_scores_the_rest_lower():
    pool = problem(learners=[replace(TELEMACHUS, preferred=("nestor",))], weights=only("preferences"))
    proposal = matching.plan(pool).proposals[0]
    assert (proposal.mentor, proposal.score) == ("nestor", 1.0)
    assert proposal.reasons[0].text() == "The learner asked for this mentor"
    assert proposal.alternatives[0].score == 0.0


def test_shared_rare_words_make_goals_alike():
    pool = problem(weights=only("goals"))
    proposal = matching.plan(pool).proposals[0]
    assert proposal.mentor == "athena"
    assert proposal.score > 0.5 > proposal.alternatives[0].score


def test_the_only_possible_mentor_is_called_that():
    proposal = matching.plan(problem(mentors=[ATHENA])).proposals[0]
    assert proposal.reasons[0].code == "only_candidate"


def test_nothing_that_stands_out_is_said_as_such():
    blank = matching.Profile(key="blank")
    mentors = [matching.Profile(key="a"), matching.Profile(key="b")]
    reasons = matching.plan(problem(learners=[blank], mentors=mentors)).proposals[0].reasons
    assert [reason.code for reason in reasons] == ["best_for_the_pool"]


def test_a_lock_holds_against_a_hard_rule_and_says_so():
    wrong = replace(NESTOR, languages=("la",))
    proposal = matching.plan(problem(mentors=[ATHENA, wrong], locked=(("telemachus", "nestor"),))).proposals[
        0
    ]
    assert (proposal.mentor, proposal.locked) == ("nestor", True)
    assert proposal.reasons[0].text().endswith("speaks against it: no shared language")


def test_an_unmatched_learner_is_told_which_rules_excluded_how_many():
    mentors = [replace(ATHENA, languages=("la",)), replace(NESTOR, capacity=0)]
    found = matching.plan(problem(mentors=mentors))
    assert found.report.outcome == "no_candidates"
    assert found.unmatched[0].reason.text() == (
        "The hard rules exclude every mentor (2): no open seats 1, no shared language 1"
    )


def test_an_unmatched_learner_is_told_how_many_compete_for_how_few_seats():
    found = matching.plan(problem(learners=learners(5), mentors=[replace(ATHENA, capacity=3), NESTOR]))
    assert [entry.reason.code for entry in found.unmatched] == ["unmatched_capacity"]
    assert found.unmatched[0].reason.params == {
        "n_eligible": 2,
        "n_learners": 5,
        "n_seats": 4,
        "n_mentors": 2,
        "n_short": 1,
    }
    assert [seat.extra_matched for seat in found.seats] == [1, 1]


def test_a_pool_without_mentors_or_learners_has_a_named_outcome():
    assert matching.plan(problem(mentors=[])).unmatched[0].reason.code == "unmatched_no_mentors"
    assert matching.plan(problem(learners=[])).report.outcome == "no_learners"


def test_the_report_counts_pairs_ranks_and_load():
    pool = [*learners(2), replace(TELEMACHUS, languages=("la",))]
    report = matching.plan(problem(learners=pool, mentors=[replace(ATHENA, capacity=2), NESTOR])).report
    assert (report.n_learners, report.n_matched, report.n_seats) == (3, 2, 3)
    assert report.matched_share == pytest.approx(2 / 3)
    assert report.mentor_load == ((0, 1), (2, 1))
    assert report.median_rank_learner == 1
    assert report.median_rank_mentor == 1
    assert report.min_score == report.mean_score == report.p10_score
    assert report.is_optimal


def test_the_median_rank_grows_when_somebody_gets_the_second_choice():
    report = matching.plan(problem(learners=learners(2))).report
    assert report.median_rank_learner == 1.5


def test_a_plan_is_ready_for_json():
    told = json.loads(json.dumps(matching.plan(problem(learners=learners(3))).as_dict()))
    assert told["proposals"][0]["parts"][0]["name"] == "skills"
    assert set(told) == {"proposals", "unmatched", "seats", "report"}
    assert told["unmatched"][0]["reason"]["code"] == "unmatched_capacity"


def test_a_pool_larger_than_one_block_is_matched_whole():
    found = matching.plan(problem(learners=learners(300), mentors=[replace(ATHENA, capacity=400)]))
    assert found.report.n_matched == 300
    assert {proposal.mentor for proposal in found.proposals} == {"athena"}
