"""A new pair agrees on a charter and a goal, and so begins; then it plans. All by keyboard."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from telemachy.apps.knowledge.models import Competency
from telemachy.apps.relationships.models import Relationship
from tests.cast import NOW, Cast

LEVELS = {
    "−2": "I say yes to whatever is asked.",
    "−1": "I ask for a day before I answer, once in five.",
    "0": "I decline three of five, with a reason.",
    "+1": "I decline four of five and offer another way.",
    "+2": "People bring the other way along themselves.",
}


def write(page: Page, label: str, text: str) -> None:
    """Fill a box by its label, as a keyboard does; what was in it is replaced."""
    page.get_by_label(label, exact=True).focus()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def press(page: Page, name: str, role: str = "button") -> None:
    """Press a button or follow a link by the keyboard."""
    page.get_by_role(role, name=name).first.focus()
    page.keyboard.press("Enter")


def test_from_the_first_draft_to_work_under_way(
    cast: Cast, live_server, walk: Callable[[object], Page], check_accessible: Callable[[Page], None]
) -> None:
    cast.programme.charter_draft = {"success": "He decides alone.", "cadence": "Every week."}
    cast.programme.save()
    Relationship.objects.update(state="contracting", active_at=None)
    Competency.objects.create(organisation=cast.ithaca, name="Holding a line", created_at=NOW)
    home = f"{live_server.url}/relationships/{cast.relationship.pk}"

    page = walk(cast.telemachus)
    page.goto(f"{home}/charter/")
    check_accessible(page)
    press(page, "Begin with the programme's draft")
    expect(page.get_by_role("heading", name="Your programme's draft")).to_be_visible()
    check_accessible(page)
    press(page, "Edit on", role="link")
    expect(page.get_by_role("heading", level=1)).to_have_text("Edit the charter")
    check_accessible(page)
    write(page, "How often you meet (optional)", "Every week at first, then every two weeks.")
    expect(page.get_by_text("Draft saved at").first).to_be_visible()
    page.reload()
    expect(page.get_by_label("How often you meet")).to_have_value(
        "Every week at first, then every two weeks."
    )
    write(page, "Hours a month (optional)", "4.5")
    press(page, "Propose this version")
    expect(page.get_by_text("awaiting Athena")).to_be_visible()

    page = walk(cast.athena)
    page.goto(f"{home}/charter/")
    expect(page.get_by_role("heading", name="Telemachus proposed version 2")).to_be_visible()
    expect(page.locator("ins", has_text="4.5 hours")).to_be_visible()
    check_accessible(page)
    press(page, "Edit on", role="link")
    write(page, "Out of scope (optional)", "Pay and promotion.")
    press(page, "Propose this version")
    expect(page.get_by_text("awaiting Telemachus")).to_be_visible()
    check_accessible(page)

    page = walk(cast.telemachus)
    page.goto(f"{home}/charter/")
    expect(page.locator("ins", has_text="Pay and promotion.")).to_be_visible()
    press(page, "Agree to version 3")
    expect(page.get_by_text("Your charter is in force.")).to_be_visible()
    expect(page.get_by_role("heading", name="Before the work begins")).to_be_visible()
    check_accessible(page)

    press(page, "A goal with a baseline that the learner", role="link")
    expect(page.get_by_text("No goal yet")).to_be_visible()
    check_accessible(page)
    press(page, "Write the first goal", role="link")
    write(page, "The goal", "Be more confident")
    expect(
        page.get_by_text("It names a state of mind or a quality that nobody can watch.").last
    ).to_be_visible()
    check_accessible(page)
    write(page, "The goal", "I decline three of five requests that we cannot carry.")
    write(page, "Baseline: where you start (optional)", "Last month I declined none of nine requests.")
    for sign, text in LEVELS.items():
        box = page.get_by_label(f"{sign} ·")
        box.focus()
        page.keyboard.insert_text(text)
    page.get_by_label("Due").fill("2100-09-01")
    page.get_by_label("Holding a line").focus()
    page.keyboard.press("Space")
    expect(page.get_by_text("Nothing is missing")).to_be_visible()
    press(page, "Make it my goal")
    expect(page.get_by_role("heading", name="Where it stands")).to_be_visible()
    check_accessible(page)
    cast.relationship.refresh_from_db()
    assert cast.relationship.state == "active"

    page.locator("summary", has_text="Say where it stands now").focus()
    page.keyboard.press("Enter")
    page.get_by_role("radio", name="−1 · Less than expected").focus()
    page.keyboard.press("Space")
    write(page, "What shows it? (optional)", "I asked for a day before the wine was promised.")
    check_accessible(page)
    press(page, "Keep the reading")
    expect(page.get_by_text("I asked for a day before the wine was promised.")).to_be_visible()

    page.goto(f"{home}/plan/")
    expect(page.get_by_text("Under way")).to_be_visible()
    check_accessible(page)
    write(page, "What will you do?", "Sit beside Athena in two councils")
    page.get_by_label("Kind").select_option("Shadowing")
    press(page, "Add it")
    expect(page.get_by_text("0 of 1 done")).to_be_visible()

    page = walk(cast.athena)
    page.goto(f"{home}/plan/")
    check_accessible(page)
    press(page, "Sit beside Athena in two councils", role="link")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sit beside Athena in two councils")
    check_accessible(page)
    write(page, "Your comment (optional)", "Look at who is silent.")
    press(page, "Keep the comment")
    expect(page.get_by_text("Look at who is silent.")).to_be_visible()

    page = walk(cast.telemachus)
    page.goto(f"{home}/plan/")
    expect(page.get_by_text("Look at who is silent.")).to_be_visible()
    press(page, "Done: Sit beside Athena")
    expect(page.get_by_text("1 of 1 done")).to_be_visible()
    check_accessible(page)
