"""Whatever is posted to a situation's forms: never a server error, never half a write."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import NOW, Cast

from telemachy.apps.audit.models import Event
from telemachy.apps.relationships.models import Attachment, Draft, Guidance, Message, Rating, Situation
from telemachy.core.shared.lifecycles import SITUATION
from telemachy.interfaces.web.forms.situations import SituationForm
from telemachy.interfaces.web.views.situation_page import FORMS

WRITTEN = (Situation, Guidance, Message, Rating, Attachment, Draft)
STEPS = (*FORMS, "revise", "act", "mark")
FIELDS = sorted(
    {name for form in (*FORMS.values(), SituationForm) for name in form.base_fields} | {"save_draft"}
)

nasty = (
    "",
    " ",
    "\x00",
    "3",
    "-1",
    "4",
    "9" * 400,
    "1e9",
    "NaN",
    "⁵",
    "<script>",
    "x" * 10_001,
    "a\r\nb",
    "😀" * 50,
)
texts = st.one_of(st.text(max_size=40), st.sampled_from(nasty))
posts = st.dictionaries(st.sampled_from(FIELDS), texts, max_size=len(FIELDS))
few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

pytestmark = pytest.mark.django_db


def rows() -> list[object]:
    """Return everything that a step may write."""
    return [list(model.objects.order_by("pk").values()) for model in WRITTEN]


def signed_in(person) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(person.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@given(
    step=st.sampled_from(STEPS),
    state=st.sampled_from(SITUATION.states),
    mentor=st.booleans(),
    htmx=st.booleans(),
    data=posts,
)
@few
def test_garbage_makes_one_step_or_none(
    cast: Cast, step: str, state: str, mentor: bool, htmx: bool, data: dict[str, str]
) -> None:
    situation = Situation.objects.create(
        relationship=cast.relationship, learner=cast.telemachus, title="Suitors", state=state, logged_at=NOW
    )
    client = signed_in(cast.athena if mentor else cast.telemachus)
    before, n_events = rows(), Event.objects.count()
    headers = {"HX-Request": "true"} if htmx else {}
    answer = client.post(reverse(f"situation-{step}", args=[situation.pk]), data, headers=headers)
    assert answer.status_code in {200, 302, 403, 422}
    if answer.status_code in {403, 422}:
        assert rows() == before
    if rows() != before:
        assert Event.objects.count() == n_events + 1
    assert client.get(reverse("situation", args=[situation.pk])).status_code == 200


@given(data=posts)
@few
def test_garbage_logs_a_whole_situation_or_none(cast: Cast, data: dict[str, str]) -> None:
    client = signed_in(cast.telemachus)
    add = reverse("situation-add", args=[cast.relationship.pk])
    before = rows()
    answer = client.post(add, data)
    assert answer.status_code in {302, 422}
    if answer.status_code == 422:
        assert rows() == before
    if "save_draft" in data:
        assert rows()[0] == before[0]
    assert client.get(add).status_code == 200


@given(step=st.sampled_from([*FORMS, "log", "nonsense"]), data=posts)
@few
def test_garbage_is_kept_as_a_draft_or_refused(cast: Cast, step: str, data: dict[str, str]) -> None:
    situation, _new = Situation.objects.get_or_create(
        relationship=cast.relationship, learner=cast.telemachus, title="Suitors", defaults={"logged_at": NOW}
    )
    client = signed_in(cast.telemachus)
    for name, subject in (
        ("situation-draft", [situation.pk, step]),
        ("situation-add-draft", [cast.relationship.pk]),
    ):
        before = rows()
        answer = client.post(reverse(name, args=subject), data)
        assert answer.status_code in {200, 404}
        if answer.status_code == 404:
            assert rows() == before
        assert rows()[:-1] == before[:-1]
    assert client.get(reverse("situation", args=[situation.pk])).status_code == 200
    assert client.get(reverse("situation-add", args=[cast.relationship.pk])).status_code == 200
