"""The manager's hand: take a signal up on the health page, put it aside, and see what happened after."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from telemachy.apps.relationships.actions import interventions as actions
from telemachy.apps.relationships.models import Intervention
from telemachy.apps.relationships.queries import health
from telemachy.interfaces.common import clock
from tests import cast as cast_module
from tests.apps.relationships import story
from tests.cast import NOW, Cast

DAY = timedelta(days=1)


@pytest.fixture
def manager(cast: Cast, sign_in, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    story.situation(cast.relationship, cast.telemachus, NOW - 12 * DAY, rating=None)
    return sign_in(cast.eurycleia)


def address(cast: Cast, name: str = "programme-signal") -> str:
    return reverse(name, args=[cast.programme.pk])


def sent(cast: Cast, step: str, **fields: object) -> dict[str, object]:
    return {"code": "unanswered", "pair": cast.relationship.pk, "step": step, **fields}


def test_from_the_queue_to_what_happened_after(cast: Cast, manager) -> None:
    text = manager.get(address(cast, "programme-health")).content.decode()
    assert "Take it up" in text
    text = manager.post(address(cast), sent(cast, "accept"), follow=True).content.decode()
    assert "In the hands of Eurycleia" in text
    assert "Take it up" not in text
    done = sent(cast, "finish", note="Called Athena.", back="list")
    text = manager.post(address(cast), done, follow=True).content.decode()
    assert "Called Athena." in text
    assert "Today; the coming days show" in text
    assert "put aside or done" in manager.get(address(cast, "programme-health")).content.decode()
    cast.relationship.situations.update(awaiting="", awaiting_since=None)
    actions.note(
        programme=cast.programme, health=health.compute(cast.programme, NOW), by=None, now=NOW + 3 * DAY
    )
    assert "Gone 3 days after." in manager.get(address(cast, "programme-interventions")).content.decode()
    answer = manager.post(address(cast), sent(cast, "accept"), follow=True)
    assert "This signal is gone by now" in answer.content.decode()


def test_putting_aside_needs_a_day_to_come_and_keeps_what_was_typed(cast: Cast, manager) -> None:
    for until, text in (
        ("", "Choose until when."),
        ("soon", "Enter a valid date."),
        (NOW.date(), "Choose a day after today"),
    ):
        fields = sent(cast, "snooze", until=until, note="Wait for the feast.", back="pair")
        page = manager.post(address(cast), fields).content.decode()
        assert text in page
        assert 'value="Wait for the feast."' in page
        assert reverse("programme-pair", args=[cast.programme.pk, cast.relationship.pk]) in page
    assert not Intervention.objects.exists()
    manager.post(address(cast), sent(cast, "snooze", until=(NOW + 9 * DAY).date()))
    text = manager.get(address(cast, "programme-interventions")).content.decode()
    assert "Put aside until 12 Mar 2026 by Eurycleia" in text


def test_what_is_put_aside_until_tomorrow_is_aside_this_evening(cast: Cast, manager, monkeypatch) -> None:
    cast.eurycleia.time_zone = "America/New_York"
    cast.eurycleia.save()
    evening_there = (NOW + DAY).replace(hour=2)
    monkeypatch.setattr(clock, "now", lambda: evening_there)
    assert manager.get(address(cast, "programme-health")).context["queue"]
    manager.post(address(cast), sent(cast, "snooze", until=evening_there.date()))
    assert not manager.get(address(cast, "programme-health")).context["queue"]


@pytest.mark.parametrize("note", ["x" * 501, "a\x00b"])
def test_a_note_that_cannot_be_kept_is_shown_again(cast: Cast, manager, note: str) -> None:
    answer = manager.post(address(cast), sent(cast, "accept", note=note))
    assert answer.status_code == 200
    assert "There is something to mend" in answer.content.decode()
    assert not Intervention.objects.exists()


@pytest.mark.parametrize("wrong", [{"code": "nonsense"}, {"step": "drop"}, {"pair": "x"}])
def test_what_makes_no_sense_changes_nothing(cast: Cast, manager, wrong: dict[str, str]) -> None:
    answer = manager.post(address(cast), sent(cast, "accept") | wrong)
    assert answer.status_code == 302
    assert not Intervention.objects.exists()


def test_an_overloaded_mentor_is_taken_up_from_the_rail(cast: Cast, manager) -> None:
    for name in ("Peisistratus", "Megapenthes"):
        cast_module.pair(cast.programme, cast.athena, cast_module.person(cast.ithaca, name, sign_in=False))
    fields = {"code": "overload", "mentor": cast.athena.pk, "step": "accept"}
    text = manager.post(address(cast), fields, follow=True).content.decode()
    assert "In the hands of Eurycleia" in text
    assert Intervention.objects.get().person == cast.athena


def test_a_pair_of_another_programme_is_not_found(cast: Cast, manager) -> None:
    other = cast.programme.__class__.objects.create(
        organisation=cast.ithaca, name="Other", kind="mentoring", state="open", created_at=NOW
    )
    pair = cast_module.pair(other, cast.athena, cast.telemachus)
    assert manager.post(address(cast), sent(cast, "accept") | {"pair": pair.pk}).status_code == 404


def test_the_list_costs_the_same_for_many(cast: Cast, manager, count_queries) -> None:
    def add(n: int) -> None:
        for number in range(n):
            learner = cast_module.person(cast.ithaca, f"Oarsman {Intervention.objects.count()}")
            Intervention.objects.create(
                programme=cast.programme,
                relationship=cast_module.pair(cast.programme, cast.athena, learner),
                code="stalled",
                evidence={"days": number},
                state="accepted",
                by=cast.eurycleia,
                opened_at=NOW,
                taken_at=NOW,
            )

    add(1)
    before = count_queries(manager, address(cast, "programme-interventions"))
    add(4)
    assert count_queries(manager, address(cast, "programme-interventions")) == before
