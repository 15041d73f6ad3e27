"""A learner's own page: what is next, how far one has come, what one keeps to oneself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from telemachy.apps.relationships.models import Pulse, Reflection
from telemachy.interfaces.common import clock
from tests.apps.relationships import story
from tests.cast import NOW, Cast


@pytest.fixture(autouse=True)
def _today(monkeypatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def press(page: Page, role: str, name: str) -> None:
    """Reach something by the keyboard and press it."""
    page.get_by_role(role, name=name).first.focus()
    page.keyboard.press("Enter")


def test_learner_sees_what_is_next_and_looks_back(
    cast: Cast, live_server, walk: Callable[[object], Page], check_accessible: Callable[[Page], None]
) -> None:
    cast.relationship.active_at = NOW - timedelta(days=180)
    cast.relationship.save()
    story.charter(cast)
    story.goal(cast)
    story.fading(cast)
    story.sessions(cast.relationship, 60, 40, 20, -2)

    page = walk(cast.telemachus)
    page.goto(f"{live_server.url}/me/")
    expect(page.get_by_role("heading", name="Prepare your session with Athena")).to_be_visible()
    expect(page.get_by_role("heading", name="Holding a line", exact=True)).to_be_visible()
    check_accessible(page)

    page.get_by_label("Your thoughts").focus()
    page.keyboard.insert_text("I gave in too early.")
    press(page, "button", "Keep it")
    expect(page.get_by_text("I gave in too early.")).to_be_visible()
    expect(page.get_by_text("Private", exact=True)).to_be_visible()
    check_accessible(page)
    assert not Reflection.objects.get().shared

    page.goto(f"{live_server.url}/me/")
    page.get_by_role("radio", name="4", exact=True).focus()
    page.keyboard.press("Space")
    press(page, "button", "Answer")
    expect(page.get_by_text("Thank you. Nobody sees your answer as yours.")).to_be_visible()
    assert Pulse.objects.get().answer == 4

    press(page, "link", "Give feedback")
    page.get_by_label("What helped").focus()
    page.keyboard.insert_text("You asked before you answered.")
    check_accessible(page)
    press(page, "button", "Tell")
    expect(page.get_by_text("Only the two of you can read it.")).to_be_visible()
    check_accessible(page)

    page.goto(f"{live_server.url}/me/")
    press(page, "link", "My trajectory")
    expect(page.get_by_role("heading", level=1)).to_have_text("The trajectory of Telemachus")
    expect(page.get_by_role("heading", name="Before and after")).to_be_visible()
    check_accessible(page)
    with page.expect_download() as download:
        press(page, "link", "Take it along as a PDF")
    assert download.value.suggested_filename == "trajectory-telemachus-2026-03-03.pdf"

    page = walk(cast.athena)
    page.goto(f"{live_server.url}/relationships/{cast.relationship.pk}/feedback/")
    expect(page.get_by_text("You asked before you answered.")).to_be_visible()
    expect(page.get_by_text("I gave in too early.")).to_have_count(0)


def test_first_visit_teaches(
    cast: Cast, live_server, walk: Callable[[object], Page], check_accessible: Callable[[Page], None]
) -> None:
    page = walk(cast.telemachus)
    page.goto(f"{live_server.url}/me/")
    expect(page.get_by_role("heading", name="Say where you start")).to_be_visible()
    check_accessible(page)
    page = walk(cast.nestor)
    page.goto(f"{live_server.url}/me/")
    expect(page.get_by_text("No relationship yet")).to_be_visible()
    check_accessible(page)
