"""The heart of the product: a real case from the learner's own reasoning to the mentor's rating."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from telemachy.apps.knowledge.models import Competency, Question
from telemachy.apps.relationships.models import Draft, Situation
from tests.cast import NOW, Cast


def write(page: Page, label: str, text: str) -> None:
    """Fill a box by its label, as a keyboard does."""
    page.get_by_label(label).focus()
    page.keyboard.insert_text(text)


def press(page: Page, name: str) -> None:
    """Press a button or a summary by the keyboard."""
    page.get_by_role("button", name=name, exact=name == "Send").focus()
    page.keyboard.press("Enter")


def open_path(page: Page, title: str) -> None:
    """Open one of the ways on by the keyboard."""
    page.locator("summary", has_text=title).focus()
    page.keyboard.press("Enter")


def choose(page: Page, name: str) -> None:
    """Choose a radio button by the space key."""
    page.get_by_role("radio", name=name).focus()
    page.keyboard.press("Space")


def test_situation_from_reasoning_to_rating(
    cast: Cast, live_server, walk: Callable[[object], Page], check_accessible: Callable[[Page], None]
) -> None:
    firmness = Competency.objects.create(organisation=cast.ithaca, name="Holding a line", created_at=NOW)
    Question.objects.create(
        organisation=cast.ithaca,
        text="What would they lose if you refused?",
        competency=firmness,
        created_at=NOW,
    )

    page = walk(cast.telemachus)
    page.goto(f"{live_server.url}/situations/")
    check_accessible(page)
    page.get_by_role("link", name="Log your first situation").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Log a situation")).to_be_visible()
    check_accessible(page)
    write(page, "Title", "The suitors ask for more time")
    write(page, "What is going on?", "They want another month. The household cannot carry it.")
    page.get_by_label("Which competency does it exercise?").select_option("Holding a line")
    choose(page, "Hard: what matters pulls")
    choose(page, "Mostly new")
    press(page, "Log it and think it through")

    expect(page.get_by_role("heading", level=1)).to_have_text("The suitors ask for more time")
    check_accessible(page)
    write(page, "What do you make of it yourself?", "They stall until my mother gives in.")
    expect(page.get_by_text("Draft saved at").first).to_be_visible()
    page.reload()
    expect(page.get_by_label("What do you make of it yourself?")).to_have_value(
        "They stall until my mother gives in."
    )
    write(page, "What would you do if nobody answered?", "Refuse, and say why.")
    write(page, "How sure are you that this is right?", "55")
    press(page, "Keep my reasoning")
    expect(page.get_by_role("heading", name="What next?")).to_be_visible()
    check_accessible(page)
    open_path(page, "Ask Athena")
    check_accessible(page)
    write(page, "What would you like to ask?", "How would you tell them?")
    press(page, "Send the question")
    expect(page.get_by_text("awaiting Athena")).to_be_visible()
    check_accessible(page)

    page = walk(cast.athena)
    expect(page.get_by_role("heading", level=1)).to_have_text("My learners")
    expect(page.get_by_text("Recommended: example")).to_be_visible()
    check_accessible(page)
    page.get_by_role("link", name="The suitors ask for more time").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("No rated situation in this competency yet").first).to_be_visible()
    expect(page.get_by_role("radio", name="Example recommended")).to_be_checked()
    check_accessible(page)
    choose(page, "Question Ask one or two")
    write(page, "Your words", "You should refuse them.")
    expect(page.get_by_text("This is an answer")).to_be_visible()
    page.get_by_label("Your words").fill("")
    press(page, "Use: What would they lose if you refused?")
    expect(page.get_by_text("This is a question")).to_be_visible()
    check_accessible(page)
    press(page, "Send the guidance")
    expect(page.get_by_text("awaiting Telemachus")).to_be_visible()
    open_path(page, "Write a line")
    write(page, "Write a line", "Take your time.")
    press(page, "Send")
    expect(page.locator(".entry-message")).to_contain_text("Take your time.")
    expect(page.locator(".entry-message")).to_be_focused()
    check_accessible(page)

    situation = Situation.objects.get()
    page = walk(cast.telemachus)
    page.goto(f"{live_server.url}/situations/{situation.pk}/")
    expect(page.get_by_text("What would they lose if you refused?")).to_be_visible()
    expect(page.get_by_label("What do you decide?")).to_have_value("Refuse, and say why.")
    check_accessible(page)
    press(page, "Keep my decision")
    expect(page.get_by_role("heading", name="The decision")).to_be_visible()
    check_accessible(page)
    write(page, "How did it turn out?", "They grumbled and left.")
    write(page, "What did you decide by?", "The stores, and my mother's wish.")
    press(page, "Send the account")
    expect(page.get_by_text("awaiting Athena")).to_be_visible()
    check_accessible(page)

    page = walk(cast.athena)
    page.get_by_role("link", name="The suitors ask for more time").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Debrief")).to_be_visible()
    check_accessible(page)
    write(page, "What do you see, looking back?", "You found what they feared to lose.")
    choose(page, "Proficient")
    press(page, "Send the debrief")
    expect(page.get_by_text("3 · Proficient")).to_be_visible()
    check_accessible(page)

    situation.refresh_from_db()
    assert (situation.state, situation.rating, situation.guided_level) == ("debriefed", 3, 2)
    assert situation.recommendation["code"] == "start"
    assert not Draft.objects.exists()
