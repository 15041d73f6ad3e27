"""A recording walked turn by turn by the keyboard: heard, read, corrected with one key, pinned, withdrawn."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from telemachy.apps.supervision.actions import rubrics
from telemachy.core.assessment import EXAMPLES
from telemachy.interfaces.common import clock
from tests import conversations
from tests.cast import NOW, Cast
from tests.journeys.test_threshold import press


@pytest.fixture(autouse=True)
def _today(monkeypatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def test_a_ribbon_walked_by_the_keyboard(
    cast: Cast, live_server, walk: Callable[[object], Page], check_accessible: Callable[[Page], None]
) -> None:
    example = EXAMPLES[0].rubric.as_data()
    rubrics.add(name="Our rubric", about="", content=example, by=cast.penelope, now=NOW)
    recording = conversations.ready(cast, cast.nestor, audio=True)
    address = live_server.url + reverse("recording", args=[recording.pk])

    # Nestor, whom the terms name, walks to the advice; it is read out, and stands out in both places.
    page = walk(cast.nestor)
    page.goto(address)
    ribbon = page.get_by_role("slider")
    ribbon.focus()
    for _turn in range(8):
        page.keyboard.press("ArrowRight")
    expect(ribbon).to_have_attribute("aria-valuenow", "9")
    expect(page.locator(".ribbon-said")).to_contain_text("1:04, Athena, Advice or information")
    expect(page.locator("#turn-8")).to_have_class("turn turn-coach kind-input is-chosen")

    # One key corrects; the measures and the picture follow, and the key of the old kind takes it back.
    advice = page.locator("#measures dd").nth(4)
    expect(advice).to_contain_text("17 per cent")
    page.keyboard.press("r")
    expect(page.locator("#turn-8 .turn-open .kind-chip")).to_contain_text("Reflection")
    expect(page.locator(".ribbon-wide [data-turn='8']")).to_have_class(
        "ribbon-turn kind-reflection is-chosen"
    )
    expect(advice).to_contain_text("0 per cent")
    page.keyboard.press("a")
    expect(advice).to_contain_text("17 per cent")

    # Enter opens the turn in place; a pin stands in the list and in the picture at once.
    page.keyboard.press("Enter")
    panel = page.locator("#panel-8")
    expect(page.locator("#turn-8")).to_be_focused()
    expect(panel.get_by_label("What do you notice?")).to_be_in_viewport()
    panel.get_by_label("Competency").select_option("E")
    panel.get_by_label("What do you notice?").fill("Decides for him.")
    # A box that was drawn larger is replaced without a word from the browser about its style.
    panel.get_by_label("What do you notice?").evaluate("box => { box.style.height = '9rem' }")
    check_accessible(page)
    press(page, "button", "Pin as evidence")
    expect(page.locator("#pins")).to_contain_text("Leaving the thinking with the client")
    expect(page.locator(".ribbon-wide [data-turn='8'] .ribbon-pin")).to_have_count(1)
    check_accessible(page)

    # In the transcript the arrows walk, too, and letters that are written into a box correct nothing.
    page.locator("#turn-8").focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#turn-7")).to_be_focused()
    panel.get_by_label("What do you notice?").press_sequentially("xxx")
    expect(page.locator("#turn-8 .turn-open .kind-chip")).to_contain_text("Advice or information")

    # A turn that is clicked is the one the keys are for.
    last = page.locator(".turn-coach").last
    last.locator(".turn-text").click()
    page.keyboard.press("x")
    expect(last).to_contain_text("corrected")

    # With the sound, a click plays from there.
    page.locator("#turn-4 .turn-at").click()
    assert page.locator("audio").evaluate("player => player.currentSrc").endswith("/audio/")

    # Telemachus takes his consent back; nothing of it is left for anybody.
    page = walk(cast.telemachus)
    page.goto(address)
    press(page, "link", "Consent")
    press(page, "link", "Withdraw my consent")
    expect(page.get_by_role("heading", name="What goes")).to_be_visible()
    check_accessible(page)
    press(page, "button", "Withdraw and delete")
    expect(page.get_by_text("It is deleted")).to_be_visible()
    page = walk(cast.nestor)
    assert page.goto(address).status == 404
