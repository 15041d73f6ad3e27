"""A programme manager creates a programme from a template, changes it, copies it, puts it away."""

from __future__ import annotations

from playwright.sync_api import expect


def test_a_programme_is_made_from_a_template_by_keyboard(cast, walk, check_accessible) -> None:
    page = walk(cast.eurycleia)
    expect(page.get_by_role("heading", name="Programmes", exact=True)).to_be_visible()
    check_accessible(page)

    page.get_by_role("link", name="New programme").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What is the programme for?")).to_be_visible()
    check_accessible(page)

    page.get_by_role("link", name="Leadership mentoring").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nine months leave time for guidance to fade")).to_be_visible()
    check_accessible(page)
    page.get_by_label("Name").focus()
    page.keyboard.type("Captains of tomorrow")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Captains of tomorrow")).to_be_visible()
    expect(page.get_by_text("Next: bring in people")).to_be_visible()
    check_accessible(page)


def test_a_programme_is_edited_duplicated_archived_and_restored(cast, walk, check_accessible) -> None:
    page = walk(cast.eurycleia)
    page.get_by_role("link", name="Voyage").click()
    page.get_by_role("link", name="Design").click()
    check_accessible(page)
    page.get_by_label("Purpose").fill("Find the way home.")
    page.get_by_label("Common working hours a week, at least").fill("4")
    page.get_by_role("button", name="Save design").click()
    expect(page.get_by_text("Find the way home.")).to_be_visible()

    page.get_by_role("button", name="Duplicate").click()
    expect(page.get_by_role("heading", name="Copy of Voyage")).to_be_visible()

    page.get_by_role("link", name="Overview").click()
    page.get_by_text("Archive the programme").click()
    page.get_by_role("button", name="Archive").click()
    expect(page.get_by_text("Nothing is lost")).to_be_visible()
    page.get_by_role("button", name="Restore").click()
    expect(page.get_by_text("The programme is open again.")).to_be_visible()


def test_people_come_in_by_hand_and_by_link(cast, walk, live_server, check_accessible) -> None:
    page = walk(cast.eurycleia)
    page.get_by_role("link", name="Voyage").click()
    page.get_by_role("link", name="People").click()
    check_accessible(page)
    page.get_by_role("link", name="Add somebody").click()
    check_accessible(page)
    page.get_by_label("Name").fill("Mentes")
    page.get_by_label("E-mail").fill("mentes@ithaca.example")
    page.get_by_label("Mentor or coach").check()
    page.get_by_role("button", name="Give a place").click()
    expect(page.get_by_role("cell", name="Mentes").first).to_be_visible()

    page.get_by_role("button", name="Make a link").click()
    address = page.get_by_label("Learners", exact=True).input_value()
    page.context.clear_cookies()
    page.goto(live_server.url + "/join/" + address.split("/join/")[1])
    check_accessible(page)
    page.get_by_label("Your name").fill("Peiraeus")
    page.get_by_label("Your work e-mail").fill("peiraeus@ithaca.example")
    page.get_by_role("button", name="Take the place").click()
    expect(page.get_by_role("heading", name="Look into your mailbox")).to_be_visible()
    check_accessible(page)
