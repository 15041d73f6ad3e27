"""A mentor is told what leaves, agrees, and takes over a suggested question, by keyboard."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect
from pydantic_ai.models.test import TestModel

from telemachy.apps.assist.actions import agreements, rules
from telemachy.apps.relationships.actions import situations
from telemachy.apps.relationships.models import Situation
from telemachy.interfaces.common import clock, language_models
from tests.cast import NOW, Cast


def test_mentor_takes_over_a_question_that_a_model_suggests(
    cast: Cast,
    live_server,
    settings,
    monkeypatch,
    walk: Callable[[object], Page],
    check_accessible: Callable[[Page], None],
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    settings.ASSIST_MODEL, settings.ASSIST_HOST = "compatible:oracle", "delphi.example"
    says = TestModel(custom_output_text="- Who decides?\n- What have you not tried yet?")
    monkeypatch.setattr(language_models, "model_of", lambda _http: says)
    rules.set_rules(organisation=cast.ithaca, on=True, tokens_per_month=9_000, by=cast.penelope, now=NOW)
    agreements.agree(by=cast.telemachus, now=NOW)
    case = Situation.objects.create(
        relationship=cast.relationship, learner=cast.telemachus, title="Uninvited guests", logged_at=NOW
    )
    situations.ask(situation=case, question="What would you do?", by=cast.telemachus, now=NOW)

    page = walk(cast.athena)
    page.goto(f"{live_server.url}/situations/{case.pk}/")
    page.get_by_role("button", name="Suggest questions").press("Enter")
    expect(page.get_by_text("text is sent to delphi.example")).to_be_visible()
    check_accessible(page)
    page.get_by_role("button", name="Agree, and suggest questions").press("Enter")
    expect(page.get_by_text("Suggested by a language model")).to_be_visible()
    check_accessible(page)
    page.get_by_role("button", name="Use: Who decides?").press("Enter")
    expect(page.get_by_label("Your words")).to_have_value("Who decides?")
    expect(page.get_by_label("Your words")).to_be_focused()
