"""Programme health: signals for those who run it, never content, fast with many pairs."""

from __future__ import annotations

from datetime import timedelta

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


def test_health_in_one_screen(cast: Cast, sign_in) -> None:
    story.fading(cast)
    story.situation(cast.relationship, cast.telemachus, NOW - timedelta(days=12), rating=None)
    client = sign_in(cast.eurycleia)
    text = text_of(client, reverse("programme-health", args=[cast.programme.pk]))
    assert "Athena and Telemachus" in text
    assert "awaiting Athena for 1" in text, text[text.index("Who waits") :][:900]
    assert "Unanswered situation" in text
    text = text_of(client, reverse("programme-pair", args=[cast.programme.pk, cast.relationship.pk]))
    assert "What may help" in text
