"""Recordings in the browser's eyes: who gets in, what is said, and what stays when something is wrong."""

from __future__ import annotations

from django.urls import reverse

from tests import conversations


def test_the_recording_page_shows_ribbon_transcript_and_measures(cast, sign_in) -> None:
    recording = conversations.ready(cast, cast.nestor, audio=True)
    for who in (cast.athena, cast.telemachus, cast.nestor):
        page = sign_in(who).get(reverse("recording", args=[recording.pk]))
        text = page.content.decode()
        assert page.status_code == 200
        assert "What have you tried so far?" in text
        assert 'class="ribbon-turn kind-' in text
