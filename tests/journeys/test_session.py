"""A session from the offer of times to what was agreed on, by keyboard, on two clocks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from telemachy.apps.audit.models import OutboxMessage
from telemachy.apps.relationships.models import Goal, Session, SessionNote, Situation
from tests.cast import NOW, Cast


def press(page: Page, name: str, role: str = "button") -> None:
    """Press a button or a link by the keyboard."""
    page.get_by_role(role, name=name).first.focus()
    page.keyboard.press("Enter")


def write(page: Page, label: str, text: str) -> None:
    """Fill a box by its label, as a keyboard does."""
    page.get_by_label(label).first.focus()
    page.keyboard.insert_text(text)


def invitations(method: str) -> int:
    """Count the calendar entries that were mailed with this method."""
    return sum(
        f"method={method}" in part["content_type"]
        for message in OutboxMessage.objects.all()
        for part in message.attachments
    )


def test_session_from_proposal_to_actions(
    cast: Cast, live_server, walk: Callable[[object], Page], check_accessible: Callable[[Page], None]
) -> None:
    Situation.objects.create(
        relationship=cast.relationship,
        learner=cast.telemachus,
        title="The suitors",
        state="reasoned",
        logged_at=NOW,
    )
    Goal.objects.create(
        relationship=cast.relationship,
        learner=cast.telemachus,
        statement="Speak up",
        state="active",
        created_at=NOW,
    )

    # Telemachus offers two times that suit both.
    page = walk(cast.telemachus)
    page.goto(f"{live_server.url}/sessions/")
    check_accessible(page)
    press(page, "Find a time", "link")
    expect(page.get_by_role("heading", level=1)).to_have_text("Find a time with Athena")
    expect(page.get_by_text("for Athena (Athens)").first).to_be_visible()
    check_accessible(page)
    page.get_by_label("How long?").select_option("30 minutes")
    with page.expect_response(lambda response: response.request.method == "POST"):
        press(page, "Show times of this length")
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)
    expect(page.get_by_role("checkbox")).to_have_count(5)
    for place in (0, 1):
        page.get_by_role("checkbox").nth(place).focus()
        page.keyboard.press("Space")
    write(page, "Video link", "https://meet.example/voyage")
    press(page, "Propose these times")
    expect(page.get_by_role("heading", name="Waiting for an answer")).to_be_visible()
    check_accessible(page)

    # Athena takes one, on her own clock; both are invited.
    session = Session.objects.get()
    page = walk(cast.athena)
    page.goto(f"{live_server.url}/sessions/")
    press(page, "With Telemachus", "link")
    expect(page.get_by_text("your time (Athens)").first).to_be_visible()
    check_accessible(page)
    press(page, "Take this time")
    expect(page.get_by_text("The invitation is on its way")).to_be_visible()
    expect(page.get_by_role("link", name="Join")).to_have_attribute("href", "https://meet.example/voyage")
    assert invitations("REQUEST") == 2

    # The agenda is drawn from what is open; the focus stays where the work is.
    press(page, "The suitors")
    expect(page.get_by_role("button", name="Covered: The suitors")).to_be_focused()
    write(page, "Your own point", "What went well")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Covered: What went well")).to_be_focused()
    press(page, "Move up: What went well")
    expect(page.locator(".point-text").first).to_contain_text("What went well")
    page.locator("details.guide > summary").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Reality")).to_be_visible()
    check_accessible(page)

    # Private and shared are two boxes; the private one saves itself.
    write(page, "Your private note", "Say less, ask more.")
    expect(page.get_by_text("Only you can read it").first).to_be_visible()
    write(page, "Your shared note", "We look at the suitors on Friday.")
    press(page, "Share it")
    expect(page.get_by_text("Shared with everybody")).to_be_visible()
    write(page, "What is to be done?", "Write to Nestor")
    page.get_by_label("Who?").select_option("Telemachus")
    press(page, "Add the action")
    expect(page.get_by_role("button", name="Done: Write to Nestor")).to_be_visible()
    check_accessible(page)

    # It moves: calendars get an update.
    press(page, "Move or change", "link")
    expect(page.get_by_role("heading", level=1)).to_have_text("Move or change the session")
    check_accessible(page)
    page.get_by_role("region", name="Times that suit everybody").get_by_role("link").last.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/move/?at=*")
    write(page, "Place", "The harbour")
    press(page, "Keep the change")
    expect(page.get_by_text("The harbour")).to_be_visible()
    session.refresh_from_db()
    assert (session.sequence, invitations("REQUEST")) == (1, 4)

    # Telemachus never sees the private note; once it has begun he says that it was held.
    Session.objects.filter(pk=session.pk).update(starts_at=timezone.now() - timedelta(hours=1))  # noqa: TID251
    page = walk(cast.telemachus)
    page.goto(f"{live_server.url}/sessions/{session.pk}/")
    expect(page.get_by_text("We look at the suitors on Friday.")).to_be_visible()
    expect(page.get_by_text("Say less, ask more.")).to_have_count(0)
    assert "Say less" not in page.content()
    check_accessible(page)
    page.get_by_label("Which goal did it serve?").select_option("Speak up")
    press(page, "Yes, it was held")
    expect(page.get_by_text("Held", exact=True)).to_be_visible()
    press(page, "Done: Write to Nestor")
    expect(page.get_by_role("button", name="Done: Write to Nestor")).to_have_attribute("aria-pressed", "true")
    check_accessible(page)
    session.refresh_from_db()
    assert (session.state, session.goal.statement) == ("held", "Speak up")
    assert SessionNote.objects.count() == 2


def test_a_calendar_address_is_made_read_and_revoked(
    cast: Cast, live_server, walk: Callable[[object], Page], check_accessible: Callable[[Page], None]
) -> None:
    page = walk(cast.athena)
    page.goto(f"{live_server.url}/sessions/")
    press(page, "Calendar address", "link")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your sessions in your calendar")
    check_accessible(page)
    press(page, "Make my address")
    expect(page.get_by_role("heading", name="Your address")).to_be_visible()
    address = page.get_by_label("Copy it into").input_value()
    assert address.startswith(f"{live_server.url}/feed/")
    check_accessible(page)
    assert page.request.get(address).text().startswith("BEGIN:VCALENDAR")
    press(page, "Done", "link")
    expect(page.get_by_role("heading", name="You have an address")).to_be_visible()
    check_accessible(page)
    page.on("dialog", lambda dialog: dialog.accept())
    press(page, "Revoke it")
    expect(page.get_by_text("The address is revoked")).to_be_visible()
    assert page.request.get(address).status == 404
