"""From a claim to a badge: the mentor confirms, the learner opens the case, somebody else rates it blind."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from telemachy.interfaces.common import clock
from tests.apps.relationships.test_thresholds import claimed, fresh
from tests.cast import NOW, Cast


@pytest.fixture(autouse=True)
def _today(monkeypatch, settings) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    settings.BADGE_KEY = "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI="


def press(page: Page, role: str, name: str) -> None:
    """Reach something by the keyboard and press it."""
    page.get_by_role(role, name=name).first.focus()
    page.keyboard.press("Enter")


def test_a_threshold_from_the_claim_to_the_badge(
    cast: Cast, live_server, walk: Callable[[object], Page], check_accessible: Callable[[Page], None]
) -> None:
    cast.programme.independent_rating = True
    cast.programme.save()
    claim = claimed(cast)
    claims_page = live_server.url + reverse("threshold", args=[claim.pk])

    page = walk(cast.athena)
    page.goto(f"{live_server.url}/notifications/")
    expect(page.get_by_role("button", name="a threshold waits to be confirmed")).to_be_visible()
    page.goto(claims_page)
    expect(page.get_by_role("heading", name="Your judgement")).to_be_visible()
    check_accessible(page)
    press(page, "button", "Yes, they decide this alone")
    expect(page.get_by_text("Confirmed by Athena")).to_be_visible()

    page = walk(cast.telemachus)
    page.goto(claims_page)
    expect(page.get_by_role("heading", name="An independent reader")).to_be_visible()
    check_accessible(page)
    press(page, "button", "Open this case to one reader")
    expect(page.get_by_role("button", name="Close the case again")).to_be_visible()
    expect(page.get_by_role("link", name="Fetch the badge")).to_have_count(0)

    page = walk(cast.eurycleia)
    page.goto(live_server.url + reverse("programme-ratings", args=[cast.programme.pk]))
    expect(page.get_by_text(claim.situation.title)).to_have_count(0)
    check_accessible(page)
    page.get_by_label("Who rates").select_option("Nestor")
    press(page, "button", "Ask this person")
    expect(page.get_by_text("awaiting Nestor")).to_be_visible()
    check_accessible(page)

    page = walk(cast.nestor)
    page.goto(f"{live_server.url}/ratings/")
    check_accessible(page)
    press(page, "link", claim.situation.title)
    expect(page.get_by_text("Refuse, and say why.")).to_be_visible()
    expect(page.get_by_text("You saw it all.")).to_have_count(0)
    check_accessible(page)
    page.get_by_role("radio", name="Developing").focus()
    page.keyboard.press("Space")
    press(page, "button", "Send the rating")
    expect(page.get_by_text("Write what you would still like to see.").first).to_be_visible()
    check_accessible(page)
    page.get_by_role("radio", name="Proficient").focus()
    page.keyboard.press("Space")
    press(page, "button", "Send the rating")
    expect(page.get_by_text("Nothing to rate")).to_be_visible()
    check_accessible(page)
    assert fresh(claim).state == "passed"

    page = walk(cast.telemachus)
    page.goto(claims_page)
    expect(page.get_by_text("Rated by the independent reader")).to_be_visible()
    check_accessible(page)
    with page.expect_download() as download:
        press(page, "link", "Fetch the badge")
    assert download.value.suggested_filename == f"threshold-{claim.pk}.jwt"
