"""The frame of every page, in a browser: by keyboard, by night, on a narrow screen, when things fail."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect


@pytest.fixture
def gallery(page: Page, live_server, transactional_db) -> Page:
    page.set_default_timeout(10_000)
    page.goto(f"{live_server.url}/_gallery/")
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_component_is_accessible(gallery: Page, check_accessible, scheme: str) -> None:
    # Opened anew and without motion: a colour half-way between two schemes has no contrast worth measuring.
    gallery.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    gallery.reload()
    check_accessible(gallery)


@pytest.mark.parametrize("width", [320, 380, 1280])
def test_no_component_pushes_the_page_sideways(gallery: Page, width: int) -> None:
    gallery.set_viewport_size({"width": width, "height": 700})
    assert gallery.evaluate("document.documentElement.scrollWidth") <= width


def test_paper_is_printed_dark_on_light_whatever_the_screen_shows(gallery: Page) -> None:
    gallery.emulate_media(media="print", color_scheme="dark", reduced_motion="reduce")
    light = "rgb(94, 88, 76)"
    assert gallery.evaluate("getComputedStyle(document.querySelector('.muted')).color") == light
    gallery.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert gallery.evaluate("getComputedStyle(document.querySelector('.muted')).color") == light


def test_the_first_key_offers_to_skip_to_the_content(page: Page, live_server, transactional_db) -> None:
    page.goto(f"{live_server.url}/no-such-page/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_a_page_that_comes_back_with_errors_puts_the_focus_on_their_summary(gallery: Page) -> None:
    expect(gallery.get_by_role("alert")).to_be_focused()


def test_escape_closes_a_menu_and_gives_the_focus_back(cast, walk, live_server) -> None:
    page = walk(cast.athena)
    page.goto(f"{live_server.url}/_gallery/")
    opener = page.locator("summary", has=page.get_by_role("img", name=cast.athena.name))
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Sign out")).to_be_hidden()
    expect(opener).to_be_focused()


def test_a_chosen_appearance_outlives_the_page(gallery: Page) -> None:
    gallery.get_by_role("button", name="Dark").click()
    gallery.reload()
    assert gallery.evaluate("document.documentElement.dataset.theme") == "dark"
    expect(gallery.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")
    gallery.get_by_role("button", name="As the system").click()
    gallery.reload()
    assert gallery.evaluate("document.documentElement.dataset.theme ?? 'system'") == "system"


def test_a_draft_that_was_not_saved_says_so_beside_its_box(gallery: Page) -> None:
    gallery.get_by_label("What do you make of it yourself?").first.fill("I would lend the ship.")
    expect(gallery.locator("#id_view_saved").first).to_have_text(re.compile("Not saved"))


def test_a_destructive_button_asks_first(gallery: Page) -> None:
    questions = []

    def refuse(dialog) -> None:
        questions.append(dialog.message)
        dialog.dismiss()

    gallery.once("dialog", refuse)
    gallery.get_by_role("button", name="Asks first").click()
    assert questions == ["Really remove it?"]
    assert "asked" not in gallery.url
    gallery.once("dialog", lambda dialog: dialog.accept())
    gallery.get_by_role("button", name="Asks first").click()
    gallery.wait_for_url("**/*asked=yes*")


def test_two_clicks_in_a_row_send_a_form_once(gallery: Page) -> None:
    click_twice = """method => {
        const form = document.createElement("form");
        let sent = 0;
        form.method = method;
        form.addEventListener("submit", (event) => { sent += 1; event.preventDefault(); });
        document.body.append(form);
        form.requestSubmit();
        form.requestSubmit();
        return sent;
    }"""
    assert gallery.evaluate(click_twice, "post") == 1
    assert gallery.evaluate(click_twice, "get") == 2


def test_a_link_to_take_along_is_copied(gallery: Page) -> None:
    gallery.context.grant_permissions(["clipboard-read", "clipboard-write"])
    gallery.get_by_role("button", name="Copy").click()
    expect(gallery.get_by_role("button", name="Copied")).to_be_visible()
    assert gallery.evaluate("navigator.clipboard.readText()") == "https://mentoring.example/feed/3f9a"
