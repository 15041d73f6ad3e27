"""A programme manager looks after the pairs without reading what they write."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from telemachy.apps.people.models import Notification
from telemachy.interfaces.common import clock
from tests import cast as cast_module
from tests.apps.relationships import story
from tests.cast import NOW, Cast


@pytest.fixture(autouse=True)
def _today(monkeypatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def press(page: Page, role: str, name: str) -> None:
    """Reach something by the keyboard and press it."""
    page.get_by_role(role, name=name).first.focus()
    page.keyboard.press("Enter")


def test_manager_finds_who_waits_and_nudges(
    cast: Cast, live_server, walk: Callable[[object], Page], check_accessible: Callable[[Page], None]
) -> None:
    story.fading(cast)
    learner = cast_module.person(cast.ithaca, "Peisistratus")
    other = cast_module.pair(cast.programme, cast.nestor, learner)
    story.situation(other, learner, NOW - timedelta(days=12), rating=None, title="The chariot race")

    page = walk(cast.eurycleia)
    press(page, "link", "Voyage")
    press(page, "link", "Health")
    expect(page.get_by_role("heading", name="Where the pairs stand")).to_be_visible()
    expect(page.get_by_text("awaiting Nestor for 10 days: situation").first).to_be_visible()
    expect(page.get_by_text("The chariot race")).to_have_count(0)
    check_accessible(page)

    press(page, "button", "Nudge Nestor and Peisistratus")
    expect(page.get_by_text("Reminded.")).to_be_visible()
    expect(page.get_by_role("button", name="Nudge Nestor and Peisistratus")).to_have_count(0)
    assert Notification.objects.get(kind="nudge.situation").person == cast.nestor

    page.get_by_label("Signal").select_option("Unanswered situation")
    press(page, "button", "Filter")
    expect(page.locator("tbody tr")).to_have_count(1)
    press(page, "link", "Nestor and Peisistratus")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nestor and Peisistratus")
    expect(page.get_by_text("The rule")).to_be_visible()
    expect(page.get_by_text("The chariot race")).to_have_count(0)
    page.get_by_label("What you will do").first.fill("Ask Nestor what keeps him.")
    press(page, "button", "Take it up")
    expect(page.get_by_text("In the hands of Eurycleia")).to_be_visible()
    check_accessible(page)
    press(page, "link", "Health")
    press(page, "link", "Interventions")
    expect(page.get_by_text("Ask Nestor what keeps him.")).to_be_visible()
    expect(page.get_by_text("Today; the coming days show whether it helped.")).to_be_visible()
    check_accessible(page)

    page = walk(cast.nestor)
    page.goto(f"{live_server.url}/notifications/")
    expect(page.get_by_text("A situation in Voyage waits for you.")).to_be_visible()
