"""Development plans: the learner owns them, the mentor comments, both review them each quarter."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from telemachy.apps.audit.models import Event
from telemachy.apps.knowledge.models import Competency
from telemachy.apps.people.models import Notification
from telemachy.apps.relationships.actions import plans as actions
from telemachy.apps.relationships.jobs.reviews import remind_reviews
from telemachy.apps.relationships.models import Party, PlanActivity, Relationship
from telemachy.apps.relationships.queries import plans as queries
from telemachy.core.shared.errors import BadInput, NotAllowed
from tests.cast import NOW, Cast, person

WEEK = timedelta(weeks=1)


def activity(cast: Cast, **fields) -> PlanActivity:
    words = {"kind": "shadowing", "title": "Sit in at the council", **fields}
    return actions.add_activity(relationship=cast.relationship, by=cast.telemachus, now=NOW, **words)


def test_plan_is_ordered_by_competency_and_date(cast: Cast) -> None:
    strategy = Competency.objects.create(organisation=cast.ithaca, name="Strategy", created_at=NOW)
    courage = Competency.objects.create(organisation=cast.ithaca, name="Courage", created_at=NOW)
    activity(cast, title="Loose")
    activity(cast, title="Someday", competency=strategy)
    activity(cast, title="Later", competency=strategy, due_on=date(2026, 8, 1))
    first = activity(cast, title="Sooner", competency=strategy, due_on=date(2026, 4, 1))
    activity(cast, title="Stand", competency=courage, kind="milestone")
    actions.mark_done(activity=first, by=cast.telemachus, now=NOW)
    plan = queries.strands(cast.relationship, cast.telemachus)
    assert [(strand.competency, [one.title for one in strand.activities]) for strand in plan] == [
        ("Courage", ["Stand"]),
        ("Strategy", ["Sooner", "Later", "Someday"]),
        ("", ["Loose"]),
    ]
    assert plan[1].n_done == 1


def test_learner_owns_and_mentor_comments(cast: Cast) -> None:
    one = activity(cast)
    for wrong in (
        lambda: actions.add_activity(
            relationship=cast.relationship, by=cast.athena, now=NOW, kind="course", title="Rhetoric"
        ),
        lambda: actions.revise_activity(
            activity=one, by=cast.athena, now=NOW, kind="course", title="Rhetoric"
        ),
        lambda: actions.mark_done(activity=one, by=cast.athena, now=NOW),
        lambda: actions.remove_activity(activity=one, by=cast.athena, now=NOW),
        lambda: actions.comment(activity=one, by=cast.telemachus, now=NOW, text="Well done me"),
        lambda: actions.comment(activity=one, by=cast.eurycleia, now=NOW, text="Hm"),
    ):
        with pytest.raises(NotAllowed):
            wrong()
    actions.comment(activity=one, by=cast.athena, now=NOW, text="Watch who speaks last.")
    actions.mark_done(activity=one, by=cast.telemachus, now=NOW)
    one.refresh_from_db()
    assert (one.mentor_comment, one.done_at, one.title) == (
        "Watch who speaks last.",
        NOW,
        "Sit in at the council",
    )
    assert Notification.objects.get(kind="plan.commented").person == cast.telemachus


def test_done_can_be_taken_back_and_removal_is_on_record(cast: Cast) -> None:
    one = activity(cast)
    actions.mark_done(activity=one, by=cast.telemachus, now=NOW)
    actions.mark_done(activity=one, by=cast.telemachus, now=NOW + WEEK)
    one.refresh_from_db()
    assert one.done_at == NOW
    actions.mark_done(activity=one, by=cast.telemachus, now=NOW, done=False)
    actions.remove_activity(activity=one, by=cast.telemachus, now=NOW)
    assert not PlanActivity.objects.exists()
    verbs = list(Event.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == [
        "plan.activity_added",
        "plan.activity_done",
        "plan.activity_reopened",
        "plan.activity_removed",
    ]


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"kind": "nap"}, "kind"), ({"title": " "}, "title"), ({"due_on": date(2020, 1, 1)}, "due_on")],
)
def test_bad_activities_name_their_field(cast: Cast, fields: dict, field: str) -> None:
    with pytest.raises(BadInput) as refused:
        activity(cast, **fields)
    assert refused.value.field == field
    assert not PlanActivity.objects.exists()


@pytest.mark.parametrize(
    ("reviewed_in_week", "due_in_week"),
    [([], 13), ([12], 26), ([15], 26), ([3], 13), ([13, 26], 39), ([20], 39)],
)
def test_review_counts_for_the_quarter_it_is_nearest_to(
    reviewed_in_week: list[int], due_in_week: int
) -> None:
    due = queries.next_review_at(NOW, [NOW + week * WEEK for week in reviewed_in_week])
    assert due == NOW + due_in_week * WEEK


def test_no_review_before_the_work_begins(cast: Cast) -> None:
    assert queries.next_review_at(None, []) is None
    Relationship.objects.update(state="contracting", active_at=None)
    cast.relationship.refresh_from_db()
    with pytest.raises(NotAllowed, match="a quarter after"):
        actions.review(
            relationship=cast.relationship, learner=cast.telemachus, by=cast.athena, now=NOW, note="So far."
        )


def test_review_is_told_to_the_other(cast: Cast) -> None:
    actions.review(
        relationship=cast.relationship, learner=cast.telemachus, by=cast.telemachus, now=NOW, note="It moves."
    )
    assert [one.note for one in queries.reviews(cast.relationship, cast.telemachus)] == ["It moves."]
    assert Notification.objects.get().person == cast.athena
    with pytest.raises(BadInput, match="Write what you saw"):
        actions.review(
            relationship=cast.relationship, learner=cast.telemachus, by=cast.athena, now=NOW, note=" "
        )


def test_reminders_go_to_both_once_for_each_due_date(cast: Cast) -> None:
    Relationship.objects.update(active_at=NOW - 12 * WEEK)
    assert queries.due_for_review(NOW) == []
    Relationship.objects.update(active_at=NOW - 13 * WEEK)
    for _again in range(2):
        remind_reviews.func()
    told = Notification.objects.filter(kind="plan.review_due").values_list("person__name", "params")
    assert sorted(told) == [("Athena", {"other": "Telemachus"}), ("Telemachus", {"other": "Athena"})]
    actions.review(
        relationship=cast.relationship, learner=cast.telemachus, by=cast.athena, now=NOW, note="It moves."
    )
    assert queries.due_for_review(NOW) == []


def test_nobody_is_reminded_of_a_pair_that_has_ended(cast: Cast) -> None:
    Relationship.objects.update(state="unwound", closed_at=NOW, active_at=NOW - 20 * WEEK)
    assert queries.due_for_review(NOW) == []


def test_due_reviews_take_the_same_queries_for_many_pairs(cast: Cast, django_assert_num_queries) -> None:
    Relationship.objects.update(active_at=NOW - 20 * WEEK)
    with django_assert_num_queries(4):
        assert len(queries.due_for_review(NOW)) == 1
    for n in range(3):
        learner = person(cast.ithaca, f"Learner {n}", sign_in=False)
        Party.objects.create(relationship=cast.relationship, person=learner, seat="learner", accepted_at=NOW)
    with django_assert_num_queries(4):
        assert len(queries.due_for_review(NOW)) == 4


def test_plans_of_a_circle_are_the_learners_own(cast: Cast) -> None:
    one = activity(cast)
    other = person(cast.ithaca, "Peisistratus")
    Party.objects.create(relationship=cast.relationship, person=other, seat="learner", accepted_at=NOW)
    assert list(queries.of_party(cast.athena)) == list(queries.of_party(cast.telemachus)) == [one]
    for stranger in (other, cast.eurycleia, cast.penelope, cast.antinous):
        assert not queries.of_party(stranger).exists()
