"""A manager's queue: take a signal up, put one aside, finish it, and see what happened after."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect

from telemachy.apps.relationships.actions import interventions as actions
from telemachy.apps.relationships.models import Intervention
from telemachy.apps.relationships.queries import health
from telemachy.interfaces.common import clock
from tests import cast as cast_module
from tests.apps.relationships import story
from tests.cast import NOW, Cast

DAY = timedelta(days=1)


def press(page: Page, role: str, name: str) -> None:
    """Reach something by the keyboard and press it."""
    page.get_by_role(role, name=name).first.focus()
    page.keyboard.press("Enter")


def test_a_manager_works_through_the_queue(
    cast: Cast,
    live_server,
    walk: Callable[[object], Page],
    check_accessible: Callable[[Page], None],
    monkeypatch,
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    story.situation(cast.relationship, cast.telemachus, NOW - 12 * DAY, rating=None)
    learner = cast_module.person(cast.ithaca, "Peisistratus")
    other = cast_module.pair(cast.programme, cast.nestor, learner)
    story.situation(other, learner, NOW - 9 * DAY, rating=None)
    home = f"{live_server.url}/programmes/{cast.programme.pk}/health/"

    page = walk(cast.eurycleia)
    page.goto(home)
    press(page, "button", "Unanswered situation, Athena and Telemachus")
    expect(page.get_by_text("In the hands of Eurycleia").first).to_be_visible()
    check_accessible(page)

    press(page, "link", "Nestor and Peisistratus")
    page.get_by_label("What you will do").first.fill("Wait for the feast.")
    press(page, "button", "Put aside")
    expect(page.get_by_role("heading", name="There is something to mend")).to_be_visible()
    expect(page.get_by_label("What you will do")).to_have_value("Wait for the feast.")
    check_accessible(page)
    page.get_by_label("Put aside until").fill(f"{NOW + 9 * DAY:%Y-%m-%d}")
    press(page, "button", "Put aside")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nestor and Peisistratus")
    check_accessible(page)

    page.goto(f"{home}interventions/")
    expect(page.get_by_text("Put aside until 12 Mar 2026 by Eurycleia")).to_be_visible()
    page.get_by_text("Put aside, or done").first.press("Enter")
    page.get_by_label("What you will do").first.fill("Called Athena.")
    press(page, "button", "Done")
    expect(page.get_by_role("heading", name="What happened after")).to_be_visible()
    expect(page.get_by_text("Called Athena.")).to_be_visible()

    cast.relationship.situations.update(awaiting="", awaiting_since=None)
    found = health.compute(cast.programme, NOW)
    actions.note(programme=cast.programme, health=found, by=None, now=NOW + 3 * DAY)
    page.reload()
    expect(page.get_by_text("Gone 3 days after.")).to_be_visible()
    check_accessible(page)
    assert set(Intervention.objects.values_list("state", flat=True)) >= {"over", "snoozed"}
