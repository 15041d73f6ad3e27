"""Goals: whose they are, where they stand, and how a pair becomes active."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from telemachy.apps.audit.models import Event
from telemachy.apps.knowledge.models import Competency
from telemachy.apps.people.models import Notification
from telemachy.apps.relationships.actions import charters
from telemachy.apps.relationships.actions import goals as actions
from telemachy.apps.relationships.models import Goal, Party, Relationship
from telemachy.apps.relationships.queries import goals as queries
from telemachy.apps.relationships.queries.activation import missing_to_begin
from telemachy.core.shared.errors import BadInput, NotAllowed
from tests.cast import NOW, Cast, person

LEVELS = [f"I refuse {n} of 5 requests." for n in range(5)]
SPECIFIC = {
    "statement": "I decline three of five requests that the household cannot carry, judged by Athena.",
    "baseline": "Last month I declined none of nine requests.",
    "levels": LEVELS,
    "due_on": date(2026, 9, 1),
}


@pytest.fixture
def pair(cast: Cast) -> Relationship:
    """The pair of the cast, before its charter."""
    cast.programme.charter_draft = {"success": "He decides alone."}
    cast.programme.save()
    Relationship.objects.filter(pk=cast.relationship.pk).update(state="contracting", active_at=None)
    return Relationship.objects.get(pk=cast.relationship.pk)


def own_goal(cast: Cast, **fields) -> Goal:
    words = {**SPECIFIC, **fields}
    return actions.add(
        relationship=cast.relationship,
        learner=cast.telemachus,
        by=cast.telemachus,
        now=NOW,
        as_draft=False,
        **words,
    )


def agree_on_charter(pair: Relationship, cast: Cast) -> None:
    charters.draft(relationship=pair, by=cast.athena, now=NOW)
    charters.agree(relationship=pair, by=cast.athena, now=NOW, version=1)
    charters.agree(relationship=pair, by=cast.telemachus, now=NOW, version=1)


def state_of(pair: Relationship) -> str:
    pair.refresh_from_db()
    return pair.state


def test_pair_begins_when_the_goal_comes_last(cast: Cast, pair: Relationship) -> None:
    agree_on_charter(pair, cast)
    assert missing_to_begin(pair) == ("goal",)
    assert state_of(pair) == "contracting"
    own_goal(cast)
    assert state_of(pair) == "active"
    assert pair.active_at == NOW
    told = Notification.objects.filter(kind="pair.active").values_list("person__name", flat=True)
    assert sorted(told) == ["Athena", "Telemachus"]


def test_pair_begins_when_the_charter_comes_last(cast: Cast, pair: Relationship) -> None:
    own_goal(cast)
    assert missing_to_begin(pair) == ("charter",)
    agree_on_charter(pair, cast)
    assert state_of(pair) == "active"
    assert Event.objects.filter(verb="relationship.activated").count() == 1


def test_pair_waits_for_a_baseline(cast: Cast, pair: Relationship) -> None:
    agree_on_charter(pair, cast)
    goal = own_goal(cast, baseline=" ")
    assert (state_of(pair), missing_to_begin(pair)) == ("contracting", ("baseline",))
    actions.revise(goal=goal, by=cast.telemachus, now=NOW, **SPECIFIC)
    assert state_of(pair) == "active"


def test_active_pair_stays_active(cast: Cast) -> None:
    own_goal(cast)
    assert not Event.objects.filter(verb="relationship.activated").exists()


def test_what_the_mentor_writes_is_the_learners_only_by_their_word(cast: Cast, pair: Relationship) -> None:
    goal = actions.add(relationship=pair, learner=cast.telemachus, by=cast.athena, now=NOW, **SPECIFIC)
    assert (goal.state, goal.written_by) == ("draft", cast.athena)
    assert Notification.objects.get(person=cast.telemachus).kind == "goal.proposed"
    with pytest.raises(NotAllowed, match="Only the learner"):
        actions.agree(goal=goal, by=cast.athena, now=NOW)
    actions.agree(goal=goal, by=cast.telemachus, now=NOW)
    goal.refresh_from_db()
    assert (goal.state, goal.agreed_at) == ("active", NOW)
    with pytest.raises(NotAllowed, match="learner's own now"):
        actions.revise(goal=goal, by=cast.athena, now=NOW, **SPECIFIC)


def test_mentor_cannot_make_a_goal_the_learners_at_once(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        actions.add(
            relationship=cast.relationship,
            learner=cast.telemachus,
            by=cast.athena,
            now=NOW,
            as_draft=False,
            **SPECIFIC,
        )
    assert not Goal.objects.exists()


def test_gaps_are_kept_and_never_refuse(cast: Cast) -> None:
    goal = own_goal(cast, statement="Be more confident", baseline="", levels=[], due_on=None)
    assert goal.state == "active"
    assert set(goal.gaps) >= {"observable", "measured", "when", "baseline", "levels_missing"}
    actions.revise(goal=goal, by=cast.telemachus, now=NOW, **SPECIFIC)
    goal.refresh_from_db()
    assert goal.gaps == []


def test_readings_fix_the_levels_and_nothing_else(cast: Cast) -> None:
    goal = own_goal(cast)
    actions.record(goal=goal, by=cast.athena, now=NOW, attainment=-1, note="Twice.")
    actions.record(goal=goal, by=cast.telemachus, now=NOW + timedelta(days=1), attainment=0)
    with pytest.raises(BadInput, match="write a new goal") as refused:
        actions.revise(
            goal=goal, by=cast.telemachus, now=NOW, **{**SPECIFIC, "levels": [*LEVELS[:4], "All of them."]}
        )
    assert refused.value.field == "levels"
    actions.revise(goal=goal, by=cast.telemachus, now=NOW, **{**SPECIFIC, "why": "The stores run out."})
    goal.refresh_from_db()
    assert (goal.why, goal.levels) == ("The stores run out.", LEVELS)
    assert [reading.attainment for reading in goal.readings.all()] == [-1, 0]


def test_reading_needs_levels_and_a_goal_that_is_worked_on(cast: Cast) -> None:
    goal = own_goal(cast, levels=[])
    with pytest.raises(NotAllowed, match="five attainment levels first"):
        actions.record(goal=goal, by=cast.athena, now=NOW, attainment=0)
    other = own_goal(cast)
    for attainment in (-3, 3):
        with pytest.raises(BadInput, match="between −2"):
            actions.record(goal=other, by=cast.athena, now=NOW, attainment=attainment)
    actions.drop(goal=other, by=cast.telemachus, now=NOW)
    with pytest.raises(NotAllowed, match="while a goal is worked on"):
        actions.record(goal=other, by=cast.athena, now=NOW, attainment=0)


def test_reach_and_reopen_are_the_learners(cast: Cast) -> None:
    goal = own_goal(cast)
    with pytest.raises(NotAllowed, match="learner says when"):
        actions.reach(goal=goal, by=cast.athena, now=NOW)
    actions.reach(goal=goal, by=cast.telemachus, now=NOW)
    goal.refresh_from_db()
    assert (goal.state, goal.reached_at) == ("reached", NOW)
    with pytest.raises(NotAllowed, match="moved on"):
        actions.reach(goal=goal, by=cast.telemachus, now=NOW)
    actions.reopen(goal=goal, by=cast.telemachus, now=NOW)
    goal.refresh_from_db()
    assert (goal.state, goal.reached_at) == ("active", None)


def test_mentor_takes_back_the_own_draft_alone(cast: Cast) -> None:
    words = {"relationship": cast.relationship, "learner": cast.telemachus, "now": NOW}
    of_mentor = actions.add(by=cast.athena, statement="I decide.", **words)
    of_learner = actions.add(by=cast.telemachus, statement="I decide.", **words)
    actions.drop(goal=of_mentor, by=cast.athena, now=NOW)
    with pytest.raises(NotAllowed):
        actions.drop(goal=of_learner, by=cast.athena, now=NOW)


def test_second_revision_of_the_same_text_is_told_of_the_first(cast: Cast) -> None:
    goal = actions.add(
        relationship=cast.relationship, learner=cast.telemachus, by=cast.athena, now=NOW, **SPECIFIC
    )
    actions.revise(goal=goal, by=cast.athena, now=NOW, based_on=0, **{**SPECIFIC, "why": "First."})
    with pytest.raises(actions.RevisedMeanwhile) as meanwhile:
        actions.revise(goal=goal, by=cast.telemachus, now=NOW, based_on=0, **{**SPECIFIC, "why": "Second."})
    assert meanwhile.value.goal.why == "First."
    goal.refresh_from_db()
    assert goal.why == "First."


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"statement": "  "}, "statement"),
        ({"levels": ["one", "two"]}, "levels"),
        ({"due_on": date(2026, 3, 2)}, "due_on"),
    ],
)
def test_bad_words_name_their_field(cast: Cast, fields: dict, field: str) -> None:
    with pytest.raises(BadInput) as refused:
        own_goal(cast, **fields)
    assert refused.value.field == field
    assert not Goal.objects.exists()


def test_competencies_of_others_are_refused(cast: Cast) -> None:
    foreign = Competency.objects.create(
        organisation=cast.antinous.organisation, name="Waiting", created_at=NOW
    )
    with pytest.raises(BadInput, match="your organisation"):
        own_goal(cast, competencies=[foreign])
    assert not Goal.objects.exists()


def test_goals_are_the_pairs_and_in_a_circle_the_learners_own(cast: Cast) -> None:
    goal = own_goal(cast)
    peisistratus = person(cast.ithaca, "Peisistratus")
    Party.objects.create(relationship=cast.relationship, person=peisistratus, seat="learner", accepted_at=NOW)
    assert list(queries.of_party(cast.telemachus)) == list(queries.of_party(cast.athena)) == [goal]
    for other in (peisistratus, cast.eurycleia, cast.nestor, cast.penelope, cast.antinous):
        assert not queries.of_party(other).exists()
    assert queries.learners(cast.relationship, cast.athena) == [peisistratus, cast.telemachus]
    assert queries.learners(cast.relationship, peisistratus) == [peisistratus]
    with pytest.raises(NotAllowed):
        actions.add(
            relationship=cast.relationship,
            learner=cast.telemachus,
            by=peisistratus,
            now=NOW,
            statement="I go.",
        )


def test_combined_score_needs_two_goals_with_readings(cast: Cast) -> None:
    goals = [own_goal(cast), own_goal(cast)]
    actions.record(goal=goals[0], by=cast.athena, now=NOW, attainment=0)
    assert queries.combined_score(queries.for_page(cast.athena)) is None
    actions.record(goal=goals[1], by=cast.athena, now=NOW, attainment=0)
    assert queries.combined_score(queries.for_page(cast.athena)) == 50


def test_ended_pair_is_only_read(cast: Cast) -> None:
    goal = own_goal(cast)
    Relationship.objects.filter(pk=cast.relationship.pk).update(state="graduated", closed_at=NOW)
    with pytest.raises(NotAllowed, match="has ended"):
        actions.record(goal=goal, by=cast.athena, now=NOW, attainment=0)
    with pytest.raises(NotAllowed, match="has ended"):
        own_goal(cast)
