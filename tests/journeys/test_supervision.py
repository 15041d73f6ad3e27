"""Two people, by keyboard: asked, accepted, written, shared without a name, spoken about; what repeats."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from telemachy.apps.supervision.actions import cases
from tests.apps.supervision import supervising
from tests.cast import NOW, Cast
from tests.journeys.test_session import press, write


def follow(page: Page, link: str, heading: str) -> None:
    """Follow a link by the keyboard, and wait for the page that it leads to."""
    press(page, link, "link")
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def test_a_case_in_supervision(
    cast: Cast, live_server, walk: Callable[[object], Page], check_accessible: Callable[[Page], None]
) -> None:
    # Athena has written one case for herself; now she asks Nestor.
    cases.write(words=supervising.words("Heron"), by=cast.athena, now=NOW)
    page = walk(cast.athena)
    follow(page, "Supervision", "Supervision")
    follow(page, "Ask somebody to supervise you", "Ask for supervision")
    write(page, "Their e-mail address", cast.nestor.email)
    check_accessible(page)
    press(page, "Ask")
    expect(page.get_by_text("Nestor is asked.")).to_be_visible()

    # He finds it and says yes.
    page = walk(cast.nestor)
    follow(page, "Supervision", "Supervision")
    follow(page, "Athena asks you to be their supervisor", "Athena asks you")
    check_accessible(page)
    press(page, "Yes")
    expect(page.get_by_role("heading", level=1)).to_have_text("You supervise Athena")

    # She writes; the name is found before anybody reads it.
    page = walk(cast.athena)
    page.goto(f"{live_server.url}/supervision/")
    follow(page, "Write a case", "Write a case")
    page.get_by_label("Which of your relationships is it about?").select_option(label="Telemachus · Voyage")
    write(page, "What you call the client here", "Birch")
    write(page, "Title", "Telemachus looked at the table")
    write(page, "What happened", "I asked, then I answered for them.")
    page.get_by_label("Rescuing").focus()
    page.keyboard.press("Space")
    check_accessible(page)
    press(page, "Keep it")
    expect(page.get_by_role("heading", level=1)).to_have_text("Telemachus looked at the table")
    press(page, "Share it with Nestor")
    expect(page.get_by_text("“Title” names Telemachus.")).to_be_visible()
    check_accessible(page)
    follow(page, "Go on writing", "Write a case")
    page.get_by_label("Title").fill("The look at the table")
    press(page, "Keep it")
    expect(page.get_by_role("heading", level=1)).to_have_text("The look at the table")
    press(page, "Share it with Nestor")
    expect(page.get_by_text("Shared. You can take it back at any time.")).to_be_visible()

    # Nestor reads it, with questions beside it, and says what he notices.
    page = walk(cast.nestor)
    page.goto(f"{live_server.url}/supervision/")
    follow(page, "The look at the table", "The look at the table")
    expect(page.get_by_text("Which of their words do you still hear?")).to_be_visible()
    write(page, "Your note", "Whose silence is it?")
    page.get_by_label("Under which lens").select_option("relationship")
    check_accessible(page)
    press(page, "Say it")
    expect(page.locator(".entry-text")).to_have_text("Whose silence is it?")

    # What repeats is there for her, and fits a telephone.
    page = walk(cast.athena)
    page.set_viewport_size({"width": 380, "height": 800})
    page.goto(f"{live_server.url}/supervision/")
    expect(page.get_by_text("“Rescuing” shows with 2 of 2 clients")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    check_accessible(page)
