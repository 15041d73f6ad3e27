"""My development, reflections, pulses, feedback and the trajectory."""

from __future__ import annotations

import pytest
from django.urls import reverse

from telemachy.interfaces.common import clock
from tests.apps.relationships import story
from tests.cast import NOW, Cast


@pytest.fixture(autouse=True)
def _today(monkeypatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def text_of(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_first_visit_teaches_the_next_step(cast: Cast, sign_in) -> None:
    text = text_of(sign_in(cast.telemachus), reverse("my-development"))
    assert "Say where you start" in text
    assert "No open situation" in text
    assert "Your curve of independence begins" in text


def test_page_shows_what_is_next_and_how_far(cast: Cast, sign_in) -> None:
    story.charter(cast)
    story.goal(cast)
    story.fading(cast)
    (planned,) = story.sessions(cast.relationship, -2)
    text = text_of(sign_in(cast.telemachus), reverse("my-development"))
    assert "Prepare your session with Athena" in text
    assert reverse("session", args=[planned.pk]) in text
    assert "Independence: Holding a line" in text
    assert "Guidance fades" in text
    assert "What is said stays here." in text


def test_trajectory_page_and_pdf(cast: Cast, sign_in) -> None:
    story.goal(cast)
    story.fading(cast)
    client = sign_in(cast.telemachus)
    text = text_of(client, reverse("trajectory", args=[cast.relationship.pk]))
    assert "Gives in before he is asked twice." in text
    answer = client.get(reverse("trajectory-pdf", args=[cast.relationship.pk]))
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")
