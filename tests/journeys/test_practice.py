"""A mentor practises, by keyboard: an exercise and a role-play."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from telemachy.apps.practice.models import DrillCard, RolePlay
from telemachy.interfaces.common import clock
from tests.cast import NOW, Cast


@pytest.fixture(autouse=True)
def _today(monkeypatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def press(page: Page, role: str, name: str) -> None:
    """Reach something by the keyboard and press it."""
    page.get_by_role(role, name=name).first.focus()
    page.keyboard.press("Enter")


def say(page: Page, text: str) -> None:
    """Type into the box, which has the focus already, and send it by keyboard."""
    expect(page.get_by_role("textbox")).to_be_focused()
    page.keyboard.insert_text(text)
    page.keyboard.press("Control+Enter")


def test_mentor_practises_asking_and_plays_a_conversation(
    cast: Cast, live_server, walk: Callable[[object], Page], check_accessible: Callable[[Page], None]
) -> None:
    page = walk(cast.athena)
    press(page, "link", "Practice")
    expect(page.get_by_text("Begin with the path")).to_be_visible()
    check_accessible(page)

    press(page, "link", "Advice into a question")
    say(page, "Have you talked to them?")
    expect(page.get_by_text("It begins with “Have you”, so it can be answered yes or no.")).to_be_visible()
    check_accessible(page)
    page.keyboard.press("2")
    expect(page.get_by_text("The last one you rated “With effort”.")).to_be_visible()
    press(page, "button", "Take it back")
    expect(page.get_by_text("Taken back. The exercise comes again.")).to_be_visible()
    assert not DrillCard.objects.exists()

    page.goto(f"{live_server.url}/practice/role-plays/")
    check_accessible(page)
    press(page, "link", "The long pause")
    press(page, "button", "Begin")
    say(page, "Are you all right?")
    expect(page.get_by_text("Yes. No. It's all fine, really.")).to_be_visible()
    press(page, "button", "Take my last turn back")
    expect(page.get_by_role("textbox")).to_have_value("Are you all right?")
    page.get_by_role("textbox").fill("")
    for text, answer in (
        ("Take your time.", "I have the sentence ready"),
        ("That sounds lonely.", "And afterwards he says exactly"),
        ("What matters to you in it?", "I want to be heard"),
        ("You want to be heard.", "There is one who always asks"),
    ):
        say(page, text)
        expect(page.get_by_text(answer)).to_be_visible()
    check_accessible(page)
    say(page, "What will you do first?")
    expect(page.get_by_role("heading", name="Something moved")).to_be_visible()
    expect(page.get_by_role("heading", name="What opened Elif")).to_be_visible()
    check_accessible(page)
    assert RolePlay.objects.get().ending == "moved"
