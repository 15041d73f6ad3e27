"""Whatever is posted to the forms of charters, goals and plans: never a server error, never half a write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import NOW, Cast

from telemachy.apps.audit.models import Event
from telemachy.apps.relationships.actions import charters, goals
from telemachy.apps.relationships.models import (
    Charter,
    CharterAgreement,
    Draft,
    Goal,
    GoalReading,
    PlanActivity,
    PlanReview,
    Relationship,
)
from telemachy.core.shared.lifecycles import GOAL
from telemachy.interfaces.web.forms.charters import CharterForm
from telemachy.interfaces.web.forms.goals import LEVEL_RANGE, GoalForm, ReadingForm, level_field
from telemachy.interfaces.web.forms.plans import ActivityForm, CommentForm, ReviewForm

WRITTEN = (Charter, CharterAgreement, Draft, Goal, GoalReading, PlanActivity, PlanReview, Relationship)
OF_RELATIONSHIP = (
    "charter-begin",
    "charter-edit",
    "charter-draft",
    "charter-agree",
    "goal-add",
    "goal-check",
    "activity-add",
    "plan-review",
)
OF_GOAL = ("goal-revise", "goal-agree", "goal-record", "goal-reach", "goal-reopen", "goal-drop")
OF_ACTIVITY = ("activity-revise", "activity-done", "activity-remove", "activity-comment")
FORMS = (CharterForm, GoalForm, ReadingForm, ActivityForm, CommentForm, ReviewForm)
FIELDS = sorted(
    {name for form in FORMS for name in form.base_fields}
    | {level_field(level) for level in LEVEL_RANGE}
    | {"save_draft", "check", "as_draft", "version", "done"}
)

nasty = (
    "",
    " ",
    "\x00",
    "1",
    "-1",
    "0",
    "9" * 400,
    "1e9",
    "NaN",
    "Infinity",
    "0.05",
    "⁵",
    "0001-01-01",
    "9999-12-31",
    "2026-02-30",
    "shadowing",
    "<script>",
    "x" * 10_001,
    "a\r\nb",
    "😀" * 50,
    "00000000-0000-0000-0000-000000000000",
)
texts = st.one_of(st.text(max_size=40), st.sampled_from(nasty))
posts = st.dictionaries(st.sampled_from(FIELDS), texts, max_size=len(FIELDS))
few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

pytestmark = pytest.mark.django_db


@contextmanager
def afresh() -> Iterator[None]:
    """Undo what an example wrote, so that none begins where another ended."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def rows() -> list[object]:
    """Return everything that one of the forms may write."""
    return [list(model.objects.order_by("pk").values()) for model in WRITTEN]


def signed_in(person) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(person.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def post(cast: Cast, name: str, pk: UUID, mentor: bool, data: dict[str, str], page: str) -> None:
    """Post to a form and check that it wrote all, with its event, or nothing; its page still answers."""
    client = signed_in(cast.athena if mentor else cast.telemachus)
    before, n_events = rows(), Event.objects.count()
    answer = client.post(reverse(name, args=[pk]), data)
    assert answer.status_code in {200, 302, 403, 409, 422}
    if answer.status_code in {403, 409, 422}:
        assert rows() == before
    if rows() != before:
        assert Event.objects.count() > n_events or "draft" in name or "save_draft" in data
    assert client.get(page).status_code == 200


@given(
    name=st.sampled_from(OF_RELATIONSHIP),
    state=st.sampled_from(("proposed", "contracting", "active", "graduated")),
    mentor=st.booleans(),
    begun=st.booleans(),
    data=posts,
)
@few
def test_garbage_about_a_pair(
    cast: Cast, name: str, state: str, mentor: bool, begun: bool, data: dict[str, str]
) -> None:
    pair = cast.relationship
    page = {"char": "charter", "goal": "goal-list"}.get(name[:4], "plan")
    with afresh():
        if begun:
            charters.draft(relationship=pair, by=cast.athena, now=NOW)
        Relationship.objects.filter(pk=pair.pk).update(state=state)
        post(cast, name, pair.pk, mentor, data, reverse(page, args=[pair.pk]))


@given(
    name=st.sampled_from(OF_GOAL),
    state=st.sampled_from(GOAL.states),
    mentor=st.booleans(),
    levels=st.booleans(),
    data=posts,
)
@few
def test_garbage_about_a_goal(
    cast: Cast, name: str, state: str, mentor: bool, levels: bool, data: dict[str, str]
) -> None:
    with afresh():
        goal = goals.add(
            relationship=cast.relationship,
            learner=cast.telemachus,
            by=cast.athena if mentor else cast.telemachus,
            now=NOW,
            statement="I decide.",
            levels=["a", "b", "c", "d", "e"] if levels else (),
        )
        Goal.objects.update(state=state)
        post(cast, name, goal.pk, mentor, data, reverse("goal", args=[goal.pk]))


@given(name=st.sampled_from(OF_ACTIVITY), mentor=st.booleans(), data=posts)
@few
def test_garbage_about_an_activity(cast: Cast, name: str, mentor: bool, data: dict[str, str]) -> None:
    with afresh():
        activity = PlanActivity.objects.create(
            relationship=cast.relationship,
            learner=cast.telemachus,
            kind="drill",
            title="Say no",
            created_at=NOW,
        )
        post(cast, name, activity.pk, mentor, data, reverse("plan", args=[cast.relationship.pk]))
