"""A human trains an agent by keyboard: one review after the other, each with the lesson in it."""

from __future__ import annotations

from datetime import datetime, timedelta

from playwright.sync_api import expect

from telemachy.apps.relationships.actions import situations
from telemachy.apps.relationships.models import Lesson, Situation
from tests.cast import NOW, Cast, pair


def told(cast: Cast, relationship, title: str, now: datetime = NOW) -> Situation:
    """Have Argus decide alone and tell how it went."""
    one = situations.log(relationship=relationship, by=cast.argus, now=now, title=title)
    situations.decide(situation=one, decision="Barked", by=cast.argus, now=now)
    situations.account(situation=one, outcome="He went away", by=cast.argus, now=now)
    return one


def test_a_trainer_looks_at_one_case_after_the_other(cast, walk, check_accessible, live_server) -> None:
    relationship = pair(cast.programme, cast.athena, cast.argus)
    first = told(cast, relationship, "A beggar at the gate")
    # Of two cases worth the same, the one that waits longer comes first.
    told(cast, relationship, "A suitor at the door", NOW + timedelta(hours=1))
    page = walk(cast.athena)
    page.goto(f"{live_server.url}/learners/")
    page.get_by_role("link", name="Reviews, failure modes, lessons").press("Enter")
    check_accessible(page)
    page.get_by_role("link", name="Begin with the first").press("Enter")
    expect(page.get_by_role("heading", name=first.title)).to_be_visible()
    check_accessible(page)

    page.keyboard.press("Alt+1")
    page.keyboard.press("Space")
    for digit, words in (
        ("2", "What could he have been?"),
        ("3", "Barks at strangers"),
        ("4", "Somebody in rags"),
        ("5", "Smell first"),
        ("6", "He may be home"),
    ):
        page.keyboard.press(f"Alt+{digit}")
        page.keyboard.type(words)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Kept. One is left.")).to_be_visible()
    expect(page.get_by_role("heading", name="A suitor at the door")).to_be_visible()
    assert (Lesson.objects.get().action, Lesson.objects.get().state) == ("Smell first", "active")

    # Without the keys: Tab goes from one field to the next, and what is missing is said at its field.
    page.get_by_label("Cue").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Action")).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".form-errors")).to_be_focused()
    check_accessible(page)
