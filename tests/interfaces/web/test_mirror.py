"""The everyday mirror: the own mix, marks while typing, and the switch."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from telemachy.apps.relationships.models import Guidance, Session, Situation
from telemachy.interfaces.common import clock
from tests.cast import NOW, Cast


@pytest.fixture(autouse=True)
def _today(monkeypatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def guidance(cast: Cast) -> Situation:
    """A situation that waits for Athena, who has answered eight times in three months."""
    situation = Situation.objects.create(
        relationship=cast.relationship,
        learner=cast.telemachus,
        title="The raft",
        state="consulted",
        own_view="It will hold.",
        recommended_level=2,
        logged_at=NOW,
        reasoned_at=NOW,
        asked_at=NOW,
        awaiting="mentor",
        awaiting_since=NOW,
    )
    for n in range(8):
        Guidance.objects.create(
            situation=situation,
            author=cast.athena,
            level=2,
            recommended_level=2 if n % 2 else 4,
            text="What have you tried?" if n % 4 else "You should wait.",
            given_at=NOW - timedelta(days=7 * n + 1),
        )
    return situation


def off(client) -> None:
    assert client.post(reverse("mirror-switch"), {"on": "no"}).status_code == 302


def test_a_mentor_sees_the_own_mix_in_a_picture_a_sentence_and_a_table(cast, sign_in, guidance) -> None:
    page = sign_in(cast.athena).get(reverse("mirror")).content.decode()
    assert "Of your last 8 answers 6 asked and advised nothing." in page
    assert "recommended for 4 of 8" in page
    assert 'class="chart-recommended"' in page
    assert '<th scope="row">March 2026</th>' in page


@pytest.mark.parametrize("who", ["telemachus", "eurycleia", "penelope", "nestor"])
def test_nobody_else_finds_anything_of_it(cast: Cast, sign_in, guidance, who: str) -> None:
    page = sign_in(getattr(cast, who)).get(reverse("mirror")).content.decode()
    assert "Nothing to see yet" in page


def test_switched_off_it_shows_and_marks_nothing(cast: Cast, sign_in, guidance) -> None:
    client = sign_in(cast.athena)
    situation = reverse("situation", args=[guidance.pk])
    assert "draft-mark" in client.get(situation).content.decode()
    off(client)
    assert "The mirror is off" in client.get(reverse("mirror")).content.decode()
    assert client.post(reverse("mirror-mark"), {"text": "You should wait."}).content.strip() == b""
    assert "draft-mark" not in client.get(situation).content.decode()
    client.post(reverse("mirror-switch"), {"on": "yes"})
    assert "draft-mark" in client.get(situation).content.decode()


def test_what_is_written_is_marked_sentence_by_sentence(cast: Cast, sign_in) -> None:
    text = "You should wait. What do you see? Have you tried to sail? <b>Do it.</b>"
    page = sign_in(cast.athena).post(reverse("mirror-mark"), {"text": text}).content.decode()
    for label, sentence in (
        ("Advice", "You should wait."),
        ("Question", "What do you see?"),
        ("Advice with a question mark", "Have you tried to sail?"),
    ):
        assert label in page
        assert sentence in page
    assert "<b>Do" not in page


def test_notes_of_a_session_are_marked_for_the_mentor_alone(cast: Cast, sign_in) -> None:
    session = Session.objects.create(
        relationship=cast.relationship, state="scheduled", starts_at=NOW, created_at=NOW
    )
    address, watch = reverse("session", args=[session.pk]), f'hx-post="{reverse("mirror-mark")}"'
    mentor = sign_in(cast.athena)
    assert mentor.get(address).content.decode().count(watch) == 2
    assert watch not in sign_in(cast.telemachus).get(address).content.decode()
    off(mentor)
    assert watch not in mentor.get(address).content.decode()
