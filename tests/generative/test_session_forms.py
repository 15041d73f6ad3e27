"""Whatever is posted to a session's forms: never a server error, never half a write."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import NOW, Cast

from telemachy.apps.audit.models import OutboxMessage
from telemachy.apps.relationships.models import (
    ActionItem,
    AgendaItem,
    Draft,
    Session,
    SessionNote,
    SessionSlot,
)
from telemachy.core.shared.lifecycles import SESSION
from telemachy.interfaces.common import clock

WRITTEN = (Session, SessionSlot, AgendaItem, SessionNote, ActionItem, Draft, OutboxMessage)
OF_SESSION = (
    *("session-times", "session-move", "session-confirm", "session-cancel", "session-hold", "session-miss"),
    *("session-goal", "session-guide", "agenda-add", "session-note-private", "session-note-shared"),
    *("session-note-draft", "action-item-add"),
)
OF_PAIR = ("session-add", "session-record")
FIELDS = (
    *("duration_minutes", "slots", "own_1", "own_2", "own_3", "video_url", "place", "schedule", "look"),
    *("starts_at", "goal", "slot", "guide", "text", "take", "owner", "due_on", "do", "session"),
)
nasty = (
    *("", " ", "\x00", "-1", "9" * 400, "1e9", "NaN", "⁵", "<script>", "x" * 20_001, "a\r\nb", "😀" * 50),
    *("0001-01-01T00:00", "9999-12-31T23:59", "2026-03-29T01:30", "2026-13-40T25:61", "2026-03-12T18:30"),
    *("0001-01-01T00:00Z", "9999-12-31T23:59Z", "2026-03-12T18:30Z", "2026-03-12T18:30+99:00", "99999-01-01"),
    *("0001-01-01", "9999-12-31", "60", "30", "grow", "cover", "up", "done", "http://[", "https://x.example"),
)
texts = st.one_of(st.sampled_from(nasty), st.text(max_size=30))
posts = st.dictionaries(st.sampled_from(FIELDS), texts, max_size=len(FIELDS))
few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tuesday(monkeypatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def rows() -> list[object]:
    """Return everything that a step may write."""
    return [list(model.objects.order_by("pk").values()) for model in WRITTEN]


def signed_in(person) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(person.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@given(
    name=st.sampled_from(OF_SESSION + OF_PAIR),
    state=st.sampled_from(SESSION.states),
    past=st.booleans(),
    mentor=st.booleans(),
    htmx=st.booleans(),
    data=posts,
)
@few
def test_garbage_makes_one_step_or_none(
    cast: Cast, name: str, state: str, past: bool, mentor: bool, htmx: bool, data: dict[str, str]
) -> None:
    starts_at = None if state == "proposed" else NOW + timedelta(days=-1 if past else 1)
    session = Session.objects.create(
        relationship=cast.relationship,
        state=state,
        starts_at=starts_at,
        proposed_by=cast.telemachus,
        created_at=NOW,
    )
    client = signed_in(cast.athena if mentor else cast.telemachus)
    before = rows()
    subject = cast.relationship if name in OF_PAIR else session
    answer = client.post(
        reverse(name, args=[subject.pk]), data, headers={"HX-Request": "true"} if htmx else {}
    )
    assert answer.status_code in {200, 302, 403, 404, 409, 422}
    if answer.status_code in {403, 404, 409, 422}:
        assert rows() == before
    for starts_at in Session.objects.exclude(starts_at=None).values_list("starts_at", flat=True):
        assert abs(starts_at - NOW) < timedelta(days=400)
    assert client.get(reverse("session", args=[session.pk])).status_code == 200
    assert client.get(reverse("session-list")).status_code == 200


@given(
    query=st.dictionaries(
        st.sampled_from(("relationship", "page", "at", "duration_minutes")), texts, max_size=3
    )
)
@few
def test_garbage_in_an_address_is_at_worst_not_found(cast: Cast, query: dict[str, str]) -> None:
    session = Session.objects.create(
        relationship=cast.relationship, state="scheduled", starts_at=NOW + timedelta(days=1), created_at=NOW
    )
    client = signed_in(cast.athena)
    for name, args in (
        ("session-list", []),
        ("session-add", [cast.relationship.pk]),
        ("session-move", [session.pk]),
    ):
        assert client.get(reverse(name, args=args), query).status_code in {200, 404}


@given(
    token=st.text(st.characters(exclude_characters="/?#", exclude_categories=["Cs"]), min_size=1, max_size=60)
)
@few
def test_an_invented_feed_is_not_found(cast: Cast, token: str) -> None:
    assert Client().get(reverse("feed", args=[token])).status_code == 404
