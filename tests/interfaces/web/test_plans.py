"""The page of a development plan."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from telemachy.apps.knowledge.models import Competency
from telemachy.apps.relationships.models import Party, PlanActivity, PlanReview, Relationship
from telemachy.interfaces.common import clock
from telemachy.interfaces.web.forms.plans import KINDS
from tests.cast import NOW, Cast, person

ACTIVITY = {"title": "Sit in at the council", "kind": "shadowing", "competency": "", "due_on": ""}


@pytest.fixture
def learner(cast: Cast, sign_in):
    return sign_in(cast.telemachus)


@pytest.fixture
def mentor(cast: Cast, sign_in):
    return sign_in(cast.athena)


def plan(cast: Cast) -> str:
    return reverse("plan", args=[cast.relationship.pk])


def page(client, cast: Cast, query: str = "") -> str:
    answer = client.get(plan(cast) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def add(client, cast: Cast, **fields):
    return client.post(reverse("activity-add", args=[cast.relationship.pk]), {**ACTIVITY, **fields})


def added(client, cast: Cast, **fields) -> PlanActivity:
    answer = add(client, cast, **fields)
    assert answer.status_code == 302, answer.context["adding"].errors
    return PlanActivity.objects.latest("created_at")


def step(client, activity: PlanActivity, name: str, **data):
    return client.post(reverse(f"activity-{name}", args=[activity.pk]), data)


def test_words_of_every_kind_of_activity() -> None:
    assert list(KINDS) == PlanActivity.Kind.values


def test_learner_plans_and_mentor_comments(cast: Cast, learner, mentor) -> None:
    strategy = Competency.objects.create(organisation=cast.ithaca, name="Strategy", created_at=NOW)
    assert "Telemachus writes the plan" in page(mentor, cast)
    activity = added(learner, cast, competency=str(strategy.pk), due_on="2100-01-31")
    step(mentor, activity, "comment", text="Watch who speaks last.")
    text = page(learner, cast)
    for words in ("Strategy", "Sit in at the council", "Watch who speaks last.", "0 of 1 done"):
        assert words in text
    step(learner, activity, "done", done="yes")
    assert "1 of 1 done" in page(mentor, cast)
    step(learner, activity, "done", done="no")
    assert "0 of 1 done" in page(mentor, cast)


def test_owner_changes_and_removes(cast: Cast, learner, mentor) -> None:
    activity = added(learner, cast)
    for name in ("revise", "done", "remove"):
        assert step(mentor, activity, name, **ACTIVITY).status_code == 403
    assert step(learner, activity, "comment", text="Mine").status_code == 403
    step(learner, activity, "revise", **{**ACTIVITY, "title": "Chair the council", "kind": "stretch"})
    assert "Chair the council" in page(learner, cast)
    step(learner, activity, "remove")
    assert "Nothing is planned yet" in page(learner, cast)


def test_refused_activity_keeps_what_was_written(cast: Cast, learner) -> None:
    answer = add(learner, cast, due_on="2020-01-01")
    assert answer.status_code == 422
    assert 'value="Sit in at the council"' in answer.content.decode()
    assert 'href="#activity_due_on"' in answer.content.decode()
    assert not PlanActivity.objects.exists()


def test_competency_that_is_no_longer_offered_stays(cast: Cast, learner) -> None:
    strategy = Competency.objects.create(organisation=cast.ithaca, name="Strategy", created_at=NOW)
    activity = added(learner, cast, competency=str(strategy.pk))
    Competency.objects.update(archived_at=NOW)
    step(learner, activity, "revise", **{**ACTIVITY, "competency": str(strategy.pk)})
    activity.refresh_from_db()
    assert activity.competency == strategy


def test_review_is_shown_as_due_and_then_kept(cast: Cast, mentor, learner) -> None:
    Relationship.objects.update(active_at=clock.now() - timedelta(weeks=14))
    assert "due now" in page(learner, cast)
    address = reverse("plan-review", args=[cast.relationship.pk])
    assert mentor.post(address, {"note": " "}).status_code == 422
    mentor.post(address, {"note": "The council listens now."})
    text = page(learner, cast)
    assert "The council listens now." in text
    assert "due now" not in text
    assert PlanReview.objects.get().by == cast.athena


def test_circle_has_a_plan_for_each_learner(cast: Cast, mentor, learner) -> None:
    other = person(cast.ithaca, "Peisistratus")
    Party.objects.create(relationship=cast.relationship, person=other, seat="learner", accepted_at=NOW)
    activity = added(learner, cast)
    assert activity.title in page(mentor, cast, f"?learner={cast.telemachus.pk}")
    text = page(mentor, cast, f"?learner={other.pk}")
    assert "Peisistratus writes the plan" in text
    assert activity.title not in text
    assert activity.title in page(learner, cast, f"?learner={other.pk}")
    assert page(mentor, cast, "?learner=nonsense")


def test_nobody_else_sees_a_plan(cast: Cast, learner, sign_in) -> None:
    activity = added(learner, cast)
    for stranger in (cast.eurycleia, cast.nestor, cast.penelope, cast.antinous):
        client = sign_in(stranger)
        for name in ("plan", "plan-review", "activity-add"):
            assert client.get(reverse(name, args=[cast.relationship.pk])).status_code == 404, name
        for name in ("plan-review", "activity-add"):
            assert client.post(reverse(name, args=[cast.relationship.pk]), ACTIVITY).status_code == 404, name
        for name in ("revise", "done", "remove", "comment"):
            address = reverse(f"activity-{name}", args=[activity.pk])
            assert client.get(address).status_code == client.post(address).status_code == 404, name


def test_ended_pair_reads_and_is_told_why(cast: Cast, learner) -> None:
    added(learner, cast)
    Relationship.objects.filter(pk=cast.relationship.pk).update(state="completed", closed_at=NOW)
    text = page(learner, cast)
    assert "This relationship has ended" in text
    assert "Add to the plan" not in text
    assert add(learner, cast).status_code == 403


def test_plan_takes_the_same_queries_for_many_activities(cast: Cast, learner, count_queries) -> None:
    strategy = Competency.objects.create(organisation=cast.ithaca, name="Strategy", created_at=NOW)
    added(learner, cast, competency=str(strategy.pk))
    few = count_queries(learner, plan(cast))
    for number in range(5):
        added(learner, cast, title=f"Drill {number}", competency=str(strategy.pk))
    assert count_queries(learner, plan(cast)) == few
