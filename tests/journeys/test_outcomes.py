"""What came of it: a programme's outcomes for who runs it, and how well learners know themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from telemachy.apps.relationships.models import Rating, Situation
from telemachy.interfaces.common import clock
from tests import cast as cast_module
from tests.apps.relationships import story
from tests.cast import NOW, Cast


@pytest.fixture(autouse=True)
def _today(monkeypatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def grown(cast: Cast) -> None:
    """Let six pairs have a past, and the first learner tell how sure they were."""
    for name in ("Peisistratus", "Megapenthes", "Nausicaa", "Eumelus", "Polites"):
        pair = cast_module.pair(cast.programme, cast.athena, cast_module.person(cast.ithaca, name))
        story.fading(cast, pair, pair.parties.get(seat="learner").person)
        story.sessions(pair, 60, 40, 20)
    story.goal(cast)
    for number, one in enumerate(story.fading(cast)):
        Situation.objects.filter(pk=one.pk).update(confidence=50 + 5 * number)
        Rating.objects.create(
            situation=one, rater=cast.telemachus, tier=Rating.Tier.SELF, score=3, rated_at=NOW
        )


def test_outcomes_of_a_programme_and_of_ones_own_judgement(
    cast: Cast, live_server, walk: Callable[[object], Page], check_accessible: Callable[[Page], None]
) -> None:
    cast.relationship.active_at = NOW - timedelta(days=180)
    cast.relationship.save()
    page = walk(cast.telemachus)
    page.goto(f"{live_server.url}/me/calibration/")
    expect(page.get_by_text("and there is something to say")).to_be_visible()
    check_accessible(page)

    grown(cast)
    page.reload()
    expect(page.get_by_role("heading", name="Your rating and your mentor's")).to_be_visible()
    page.get_by_text("The same as a table").press("Enter")
    expect(page.get_by_role("columnheader", name="Went well")).to_be_visible()
    check_accessible(page)
    page.set_viewport_size({"width": 380, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 380
    page.set_viewport_size({"width": 1280, "height": 800})

    page = walk(cast.eurycleia)
    page.goto(f"{live_server.url}/programmes/{cast.programme.pk}/outcomes/")
    expect(page.get_by_role("heading", name="The programme: what comes of it")).to_be_visible()
    expect(page.get_by_text("6 pairs have begun")).to_be_visible()
    expect(page.get_by_text("The case of")).to_have_count(0)
    check_accessible(page)
    for name, ending in (("Print the report", ".pdf"), ("Take the numbers along (CSV)", ".csv")):
        with page.expect_download() as download:
            page.get_by_role("link", name=name).press("Enter")
        assert download.value.suggested_filename.endswith(ending)
