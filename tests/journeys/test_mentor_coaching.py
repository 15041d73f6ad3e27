"""A Zoom transcript from the question whether to record to the feedback letter, by keyboard, three seats."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from telemachy.apps.supervision.actions import rubrics
from telemachy.apps.supervision.models import Recording, Review
from telemachy.core.assessment import EXAMPLES
from tests import conversations
from tests.cast import NOW, Cast
from tests.journeys.test_session import press, write


def choose(page: Page, label: str) -> None:
    """Choose a radio button or tick a box by the keyboard."""
    page.get_by_label(label).first.focus()
    page.keyboard.press("Space")


def test_a_recording_becomes_a_letter(
    cast: Cast, live_server, walk: Callable[[object], Page], check_accessible: Callable[[Page], None]
) -> None:
    rubrics.add(name="Our rubric", about="", content=EXAMPLES[0].rubric.as_data(), by=cast.penelope, now=NOW)

    # Athena asks; nothing can be uploaded before Telemachus has agreed.
    page = walk(cast.athena)
    page.goto(f"{live_server.url}/recordings/")
    press(page, "Ask to record", "link")
    write(page, "What do you call it?", "Fourth talk")
    page.get_by_label("Day of the conversation").fill(page.evaluate("new Date().toISOString().slice(0, 10)"))
    write(page, "Who may hear and read it", cast.nestor.email)
    check_accessible(page)
    press(page, "Ask Telemachus")
    expect(page.get_by_text("Nestor").first).to_be_visible()
    recording = Recording.objects.get()

    page = walk(cast.telemachus)
    page.goto(f"{live_server.url}/recordings/{recording.pk}/consent/")
    check_accessible(page)
    press(page, "I agree")
    expect(page.get_by_role("heading", name="What was agreed")).to_be_visible()

    # She hands in what Zoom wrote, says who is who, and asks Nestor to look at it with her.
    page = walk(cast.athena)
    page.goto(f"{live_server.url}/recordings/{recording.pk}/")
    page.get_by_label("Transcript").set_input_files(
        {"name": "zoom.vtt", "mimeType": "text/vtt", "buffer": conversations.zoom_vtt()}
    )
    press(page, "Upload")
    expect(page.get_by_role("button", name="Confirm and code")).to_be_visible()
    check_accessible(page)
    press(page, "Confirm and code")
    press(page, "Ask for a review", "link")
    write(page, "What would you like to hear about?", "Do I leave the thinking with him?")
    check_accessible(page)
    press(page, "Ask")
    expect(page.get_by_role("heading", name="0 of 1 rating is in")).to_be_visible()
    review = Review.objects.get()

    # It is the first thing that Nestor sees. He pins what he heard and rates.
    page = walk(cast.nestor)
    expect(page.get_by_role("heading", level=1)).to_have_text("Reviews")
    check_accessible(page)
    press(page, "Rate Athena: Fourth talk", "link")
    expect(page.get_by_role("heading", level=1)).to_have_text("Rate Athena")
    check_accessible(page)
    # A level chosen on the way stays.
    page.locator("#id_level_0_2").focus()
    page.keyboard.press("Space")
    expect(page.locator("#id_level_0_saved")).to_contain_text("Draft saved")
    press(page, "Listen and pin evidence", "link")
    page.locator("#turn-4 .turn-open").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Competency").select_option("C")
    write(page, "What do you notice?", "One open question, and he goes deeper.")
    press(page, "Pin as evidence")
    expect(page.get_by_text("One open question, and he goes deeper.").first).to_be_visible()
    press(page, "To your levels", "link")
    expect(page.locator("#id_level_0_2")).to_be_checked()
    expect(page.get_by_text("“What have you tried so far?”")).to_be_visible()
    for place in range(1, 5):
        page.locator(f"#id_level_{place}_2").focus()
        page.keyboard.press("Space")
    press(page, "Hand in")
    expect(page.get_by_text("Choose a level, or say that there was nothing to rate.").first).to_be_visible()
    check_accessible(page)
    page.locator("#id_level_5_4").focus()
    page.keyboard.press("Space")
    press(page, "Hand in")
    expect(page.get_by_role("heading", name="Side by side")).to_be_visible()
    check_accessible(page)

    # He writes the letter, reads it through, and sends it.
    press(page, "Write the letter", "link")
    write(page, "What went well", "You ask, and then you wait.")
    write(page, "What could be next", "The ship was yours, not his.")
    write(page, "Point 1", "Draw out three options first.")
    page.get_by_label("Competency of point 1").select_option("E")
    expect(page.locator("#id_about_1_saved")).to_contain_text("Draft saved")
    choose(page, "What have you tried so far?")
    expect(page.locator("#id_evidence_saved")).to_contain_text("Draft saved")
    # Points and ticks are kept as the words are: nothing is lost with the page.
    page.reload()
    expect(page.locator("#id_point_1")).to_have_value("Draw out three options first.")
    expect(page.get_by_label("Competency of point 1")).to_have_value("E")
    expect(page.get_by_label("What have you tried so far?")).not_to_be_checked()
    choose(page, "What have you tried so far?")
    check_accessible(page)
    press(page, "Read it through")
    expect(page.get_by_text("You ask, and then you wait.")).to_be_visible()
    check_accessible(page)
    press(page, "Send it")
    expect(page.get_by_text("Sent to Athena.")).to_be_visible()

    # Athena reads it, with the passage and its moment, and takes it along.
    page = walk(cast.athena)
    page.goto(f"{live_server.url}/reviews/{review.pk}/letter/")
    expect(page.get_by_text("“What have you tried so far?”")).to_be_visible()
    expect(page.get_by_text("0:32 · Coach · C Asking")).to_be_visible()
    check_accessible(page)
    pdf = page.request.get(f"{live_server.url}/reviews/{review.pk}/letter.pdf")
    assert "The ship was yours, not his." in PdfReader(BytesIO(pdf.body())).pages[0].extract_text()
    page.goto(f"{live_server.url}/readiness/progress/")
    expect(page.get_by_text("Draw out three options first.")).to_be_visible()
    check_accessible(page)

    # Telemachus was recorded; the review of Athena is not his.
    page = walk(cast.telemachus)
    assert page.request.get(f"{live_server.url}/reviews/{review.pk}/letter/").status == 404
