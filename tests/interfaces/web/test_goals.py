"""The pages of goals: the check beside the form, whose goal it is, where it stands."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from telemachy.apps.knowledge.models import Competency
from telemachy.apps.relationships.actions import goals as actions
from telemachy.apps.relationships.models import Goal, GoalReading, Party, Relationship
from tests.cast import NOW, Cast, person

LEVELS = {f"level_{n}": f"I refuse {n} of 5 requests." for n in range(5)}
GOAL = {
    "statement": "I decline three of five requests that the household cannot carry.",
    "why": "The stores run out.",
    "baseline": "Last month I declined none of nine requests.",
    "baseline_evidence": "",
    "due_on": "2100-09-01",
    **LEVELS,
}


@pytest.fixture
def learner(cast: Cast, sign_in):
    return sign_in(cast.telemachus)


@pytest.fixture
def mentor(cast: Cast, sign_in):
    return sign_in(cast.athena)


def add(client, cast: Cast, **fields):
    return client.post(reverse("goal-add", args=[cast.relationship.pk]), {**GOAL, **fields})


def written(client, cast: Cast, **fields) -> Goal:
    answer = add(client, cast, **fields)
    assert answer.status_code == 302, answer.context["form"].errors
    return Goal.objects.latest("created_at")


def page(client, goal: Goal) -> str:
    answer = client.get(reverse("goal", args=[goal.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def step(client, goal: Goal, name: str, **data):
    return client.post(reverse(f"goal-{name}", args=[goal.pk]), data)


def test_the_page_of_a_goal_reads_the_seats_once(cast: Cast, mentor) -> None:
    goal = actions.add(
        relationship=cast.relationship,
        learner=cast.telemachus,
        statement="I speak first in council.",
        by=cast.telemachus,
        now=NOW,
    )
    with CaptureQueriesContext(connection) as seen:
        page(mentor, goal)
    seats = [query for query in seen if query["sql"].startswith('SELECT "relationships_party"."id"')]
    assert len(seats) == 1


def test_learners_goal_is_theirs_at_once_or_a_draft(cast: Cast, learner, mentor) -> None:
    assert written(learner, cast).state == "active"
    draft = written(learner, cast, as_draft="1", statement="I speak first in council.")
    assert draft.state == "draft"
    assert "A draft of yours" in page(learner, draft)
    assert "awaiting Telemachus" in page(mentor, draft)


def test_mentors_goal_waits_for_the_learner(cast: Cast, learner, mentor) -> None:
    goal = written(mentor, cast)
    assert "Athena suggests this goal" in page(learner, goal)
    assert step(mentor, goal, "agree").status_code == 403
    step(learner, goal, "agree")
    assert "Where it stands" in page(learner, goal)
    assert step(mentor, goal, "revise").status_code == 403
    answer = learner.post(reverse("goal-agree", args=[goal.pk]), follow=True)
    assert "has moved on" in answer.content.decode()


def test_gaps_are_shown_and_never_refuse(cast: Cast, learner) -> None:
    empty = dict.fromkeys(LEVELS, "")
    goal = written(learner, cast, statement="Be more confident", baseline="", due_on="", **empty)
    text = page(learner, goal)
    assert "things would make it more specific" in text
    assert "It names a state of mind or a quality that nobody can watch." in text
    assert "Write the five attainment levels first" in text


def test_check_answers_while_typing(cast: Cast, learner) -> None:
    url = reverse("goal-check", args=[cast.relationship.pk])
    text = learner.post(
        url, {"statement": "Be more confident"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "Swap it for something a colleague could see you do" in text
    assert "It has no date." in text
    text = learner.post(url, GOAL, headers={"HX-Request": "true"}).content.decode()
    assert "Nothing is missing" in text
    assert not Goal.objects.exists()


def test_check_works_without_script(cast: Cast, learner) -> None:
    answer = add(learner, cast, check="1", due_on="")
    assert answer.status_code == 200
    assert "It has no date." in answer.content.decode()
    assert GOAL["why"] in answer.content.decode()
    assert not Goal.objects.exists()


def test_bad_date_keeps_the_words_and_names_the_field(cast: Cast, learner) -> None:
    for due_on in ("2020-01-01", "soon", "0001-01-01"):
        answer = add(learner, cast, due_on=due_on)
        assert answer.status_code == 422
        assert 'href="#id_due_on"' in answer.content.decode()
        assert GOAL["baseline"] in answer.content.decode()
    assert not Goal.objects.exists()


def test_readings_over_time_and_then_fixed_levels(cast: Cast, learner, mentor) -> None:
    goal = written(learner, cast)
    step(mentor, goal, "record", attainment="-1", note="Once, and it held.")
    step(learner, goal, "record", attainment="0")
    text = page(learner, goal)
    assert "Once, and it held." in text
    assert "0 · As expected" in text
    form = learner.get(reverse("goal-revise", args=[goal.pk])).content.decode()
    assert "The levels are fixed since the first reading" in form
    step(learner, goal, "revise", **{**GOAL, "level_4": "Something else", "why": "New", "based_on": "0"})
    goal.refresh_from_db()
    assert (goal.levels[4], goal.why) == (LEVELS["level_4"], "New")


@pytest.mark.parametrize("attainment", ["", "3", "x", "0.5"])
def test_bad_reading_is_told_and_not_kept(cast: Cast, learner, attainment: str) -> None:
    goal = written(learner, cast)
    answer = step(learner, goal, "record", attainment=attainment, note="As I saw it")
    assert answer.status_code == 422
    assert "As I saw it" in answer.content.decode()
    assert not GoalReading.objects.exists()


def test_reach_reopen_drop(cast: Cast, learner) -> None:
    goal = written(learner, cast)
    for name, state in (("reach", "reached"), ("reopen", "active"), ("drop", "dropped")):
        step(learner, goal, name)
        goal.refresh_from_db()
        assert goal.state == state
    assert "It is reached" not in page(learner, goal)


def test_two_revisions_at_once_are_both_shown(cast: Cast, learner, mentor) -> None:
    goal = written(mentor, cast)
    step(mentor, goal, "revise", **{**GOAL, "why": "The suitors eat.", "based_on": "0"})
    answer = step(learner, goal, "revise", **{**GOAL, "why": "I am of age.", "based_on": "0"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "I am of age.</textarea>" in text
    assert "The suitors eat." in text
    assert 'name="based_on" value="1"' in text
    step(learner, goal, "revise", **{**GOAL, "why": "Both.", "based_on": "1"})
    goal.refresh_from_db()
    assert goal.why == "Both."


def test_revising_keeps_a_competency_that_is_no_longer_offered(cast: Cast, learner) -> None:
    listening = Competency.objects.create(organisation=cast.ithaca, name="Listening", created_at=NOW)
    goal = written(learner, cast, competencies=[str(listening.pk)])
    Competency.objects.update(archived_at=NOW)
    step(learner, goal, "revise", **{**GOAL, "competencies": [str(listening.pk)], "based_on": "0"})
    assert list(goal.competencies.all()) == [listening]


def test_mentor_of_a_circle_says_whose_goal_it_is(cast: Cast, mentor, sign_in) -> None:
    other = person(cast.ithaca, "Peisistratus")
    Party.objects.create(relationship=cast.relationship, person=other, seat="learner", accepted_at=NOW)
    assert add(mentor, cast).status_code == 422
    goal = written(mentor, cast, learner=str(other.pk))
    assert goal.learner == other
    assert add(mentor, cast, learner=str(cast.eurycleia.pk)).status_code == 422
    listed = mentor.get(reverse("goal-list", args=[cast.relationship.pk])).content.decode()
    assert "Peisistratus" in listed
    client = sign_in(cast.telemachus)
    assert client.get(reverse("goal", args=[goal.pk])).status_code == 404
    text = client.get(reverse("goal-list", args=[cast.relationship.pk])).content.decode()
    assert goal.statement not in text


def test_nobody_else_sees_a_goal(cast: Cast, learner, sign_in) -> None:
    goal = written(learner, cast)
    for stranger in (cast.eurycleia, cast.nestor, cast.penelope, cast.antinous):
        client = sign_in(stranger)
        for name in (
            "goal",
            "goal-revise",
            "goal-agree",
            "goal-record",
            "goal-reach",
            "goal-reopen",
            "goal-drop",
        ):
            assert client.get(reverse(name, args=[goal.pk])).status_code == 404, name
            if name != "goal":
                assert client.post(reverse(name, args=[goal.pk])).status_code == 404, name
        for name in ("goal-list", "goal-add"):
            assert client.get(reverse(name, args=[cast.relationship.pk])).status_code == 404, name
        assert client.post(reverse("goal-check", args=[cast.relationship.pk])).status_code == 404


def test_ended_pair_reads_and_is_told_why(cast: Cast, learner) -> None:
    goal = written(learner, cast)
    Relationship.objects.filter(pk=cast.relationship.pk).update(state="graduated", closed_at=NOW)
    assert "This relationship has ended" in page(learner, goal)
    assert "Change the goal" not in page(learner, goal)
    assert add(learner, cast).status_code == 403
    assert step(learner, goal, "record", attainment="0").status_code == 403


def test_list_takes_the_same_queries_for_many_goals(cast: Cast, learner, count_queries) -> None:
    def more(n: int) -> None:
        for number in range(n):
            goal = written(learner, cast, statement=f"I decide {number} times.")
            actions.record(goal=goal, by=cast.athena, now=NOW, attainment=0)

    address = reverse("goal-list", args=[cast.relationship.pk])
    more(2)
    few = count_queries(learner, address)
    more(4)
    assert count_queries(learner, address) == few
    assert "Attainment score" in learner.get(address).content.decode()
