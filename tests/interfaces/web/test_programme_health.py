"""Programme health: signals for those who run it, never content, the same cost for many pairs."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db.models import CharField, JSONField, TextField
from django.urls import NoReverseMatch, get_resolver, reverse

from telemachy.apps.relationships import models
from telemachy.apps.relationships.actions import health as health_actions
from telemachy.apps.relationships.queries import health
from telemachy.interfaces.common import clock
from tests import cast as cast_module
from tests.apps.relationships import story
from tests.cast import NOW, Cast

MARKER = "Xyzzyplugh"


@pytest.fixture(autouse=True)
def _today(monkeypatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def manager(cast: Cast, sign_in):
    return sign_in(cast.eurycleia)


def page(client, cast: Cast, **query: str) -> str:
    answer = client.get(reverse("programme-health", args=[cast.programme.pk]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def pair_url(cast: Cast, name: str = "programme-pair") -> str:
    return reverse(name, args=[cast.programme.pk, cast.relationship.pk])


def crew(cast: Cast, n: int, state: str = "active") -> None:
    """Give Nestor so many learners, each with a past."""
    for number in range(n):
        learner = cast_module.person(cast.ithaca, f"Oarsman {state} {number:02d}", sign_in=False)
        pair = cast_module.pair(cast.programme, cast.nestor, learner, state=state)
        story.fading(cast, pair, learner)
        story.situation(pair, learner, NOW - timedelta(days=number % 9 + 5), rating=None)


def test_health_in_one_screen(cast: Cast, manager) -> None:
    story.fading(cast)
    story.situation(cast.relationship, cast.telemachus, NOW - timedelta(days=12), rating=None)
    text = page(manager, cast)
    assert "Athena and Telemachus" in text
    assert "awaiting Athena for 10 days: situation" in text
    assert "Unanswered situation" in text
    assert "Pairs by activity and independence" in text
    assert "shown from five people on" in text
    assert f'action="{pair_url(cast, "programme-nudge")}"' in text


def test_signal_of_a_pair_comes_with_evidence_rule_and_move(cast: Cast, manager) -> None:
    story.situation(cast.relationship, cast.telemachus, NOW - timedelta(days=12), rating=None)
    text = manager.get(pair_url(cast)).content.decode()
    assert "Waiting for the mentor: 1, the oldest for 10 days." in text
    assert "A learner has waited for guidance for three days or more." in text
    assert "Send the mentor a reminder" in text


def test_programme_without_pairs_teaches_the_next_step(cast: Cast, manager) -> None:
    cast.relationship.state = "unwound"
    cast.relationship.save()
    text = page(manager, cast)
    assert "No pair is open" in text
    assert reverse("match-run-list", args=[cast.programme.pk]) in text


def test_nudge_with_one_click_once_in_three_days(cast: Cast, manager) -> None:
    answer = manager.post(pair_url(cast, "programme-nudge"), follow=True)
    assert "Reminded." in answer.content.decode()
    assert "Nudged on" in answer.content.decode()
    answer = manager.post(pair_url(cast, "programme-nudge"), {"back": "pair"}, follow=True)
    assert "less than three days ago" in answer.content.decode()
    assert models.Nudge.objects.count() == 1


def test_filters_keep_what_fits(cast: Cast, manager) -> None:
    crew(cast, 2)
    crew(cast, 1, state="proposed")
    listed = manager.get(
        reverse("programme-health", args=[cast.programme.pk]), {"signal": "unanswered-situation"}
    ).context["rows"]
    assert {row.title for row in listed} == {
        "Nestor and Oarsman active 00",
        "Nestor and Oarsman active 01",
    }
    listed = manager.get(
        reverse("programme-health", args=[cast.programme.pk]), {"state": "proposed"}
    ).context["rows"]
    assert [row.title for row in listed] == ["Nestor and Oarsman proposed 00"]
    assert "No open pair fits" in page(manager, cast, state="winding_down")
    assert "Athena and Telemachus" in page(manager, cast, signal="nonsense", state="\x00", page="x")


def test_table_is_paginated(cast: Cast, manager) -> None:
    for number in range(26):
        learner = cast_module.person(cast.ithaca, f"Oarsman {number}", sign_in=False)
        cast_module.pair(cast.programme, cast.nestor, learner)
    context = manager.get(reverse("programme-health", args=[cast.programme.pk]), {"page": "3"}).context
    assert (len(context["rows"]), context["page"].paginator.count) == (3, 27)


def test_queries_do_not_grow_with_pairs(cast: Cast, manager, count_queries) -> None:
    crew(cast, 6)
    address = reverse("programme-health", args=[cast.programme.pk])
    before = count_queries(manager, address)
    crew(cast, 6, state="winding_down")
    assert count_queries(manager, address) == before


def test_large_programme_is_worked_out_in_the_background(cast: Cast, manager, monkeypatch) -> None:
    monkeypatch.setattr(health, "LIVE_PAIRS", 0)
    assert "Not worked out yet" in page(manager, cast)
    answer = manager.post(reverse("programme-health-compute", args=[cast.programme.pk]), follow=True)
    assert "being worked out" in answer.content.decode()
    health_actions.refresh(programme=cast.programme, by=None, now=NOW - timedelta(minutes=20))
    for _n in range(2):
        text = page(manager, cast)
        assert "Athena and Telemachus" in text
        assert "Pairs by activity and independence" in text


def test_only_those_who_run_the_programme_see_it(cast: Cast, sign_in) -> None:
    addresses = [
        reverse("programme-health", args=[cast.programme.pk]),
        pair_url(cast),
    ]
    for person in (cast.athena, cast.telemachus, cast.nestor, cast.antinous):
        client = sign_in(person)
        assert [client.get(address).status_code for address in addresses] == [404, 404]
        assert client.post(pair_url(cast, "programme-nudge")).status_code == 404
    assert sign_in(cast.penelope).get(addresses[0]).status_code == 200


def test_pair_of_another_programme_is_not_found_here(cast: Cast, manager) -> None:
    other = cast.programme.__class__.objects.create(
        organisation=cast.ithaca, name="Other", kind="mentoring", state="open", created_at=NOW
    )
    pair = cast_module.pair(other, cast.athena, cast.telemachus)
    assert manager.get(reverse("programme-pair", args=[cast.programme.pk, pair.pk])).status_code == 404


# --- privacy --------------------------------------------------------------------------------------

#: Text fields of a relationship that hold no content: codes, states, names of kinds.
NO_CONTENT = {
    "awaiting",
    "content_type",
    "guide",
    "kind",
    "question",
    "seat",
    "shape",
    "state",
    "tier",
    "token_digest",
    "file",
    "gaps",
    "recommendation",
    "report",
}
CONTENT_MODELS = (
    models.Charter,
    models.Feedback,
    models.Goal,
    models.GoalReading,
    models.Guidance,
    models.Message,
    models.PlanActivity,
    models.PlanReview,
    models.Rating,
    models.Reflection,
    models.Session,
    models.SessionNote,
    models.AgendaItem,
    models.ActionItem,
    models.Situation,
    models.Attachment,
    models.Draft,
)


def write_everything(cast: Cast) -> None:
    """Give the pair one of everything, in all sorts of states."""
    pair, athena, telemachus = cast.relationship, cast.athena, cast.telemachus
    story.charter(cast)
    goal = story.goal(cast)
    situations = [
        *story.fading(cast),
        story.situation(pair, telemachus, NOW - timedelta(days=12), rating=None),
        story.situation(
            pair, telemachus, NOW - timedelta(days=6), rating=None, state="guided", awaiting_since=NOW
        ),
    ]
    held, planned = story.sessions(pair, 40, -3)
    at = {"created_at": NOW}
    models.SessionNote.objects.create(session=held, author=athena, shared=True, text="x", updated_at=NOW)
    models.SessionNote.objects.create(session=held, author=athena, shared=False, text="x", updated_at=NOW)
    item = models.ActionItem.objects.create(relationship=pair, session=held, owner=telemachus, text="x", **at)
    models.AgendaItem.objects.create(session=planned, text="x", action_item=item, goal=goal)
    models.PlanActivity.objects.create(
        relationship=pair, learner=telemachus, kind="reading", title="x", mentor_comment="x", **at
    )
    models.PlanReview.objects.create(
        relationship=pair, learner=telemachus, note="x", by=athena, reviewed_at=NOW
    )
    models.Message.objects.create(situation=situations[0], author=athena, text="x", sent_at=NOW)
    models.Rating.objects.create(
        situation=situations[0], rater=athena, score=3, comment="x", tier="E2", rated_at=NOW
    )
    models.Attachment.objects.create(
        situation=situations[0],
        name="x",
        content_type="text/plain",
        size=1,
        uploaded_by=athena,
        uploaded_at=NOW,
    )
    models.Feedback.objects.create(
        relationship=pair, author=telemachus, about=athena, helped="x", wish="x", given_at=NOW
    )
    models.Reflection.objects.create(
        person=telemachus, relationship=pair, prompt="x", text="x", shared=True, written_at=NOW
    )
    models.Draft.objects.create(person=telemachus, key="x", fields={"own_view": MARKER}, saved_at=NOW)


def mark_all_content() -> int:
    """Put the marker into every text that people write, and return how many fields that were."""
    n = 0
    for model in CONTENT_MODELS:
        assert model.objects.exists(), f"the test writes no {model.__name__}"
        for field in model._meta.get_fields():
            if field.name in NO_CONTENT or not isinstance(field, CharField | TextField | JSONField):
                continue
            n += 1
            if isinstance(field, JSONField):
                marked: object = [MARKER] * 5 if field.name == "levels" else {"x": MARKER}
                model.objects.update(**{field.name: marked})
            elif field.name == "external_ref":
                # Unique for a learner, so that each row is marked with a name of its own.
                for row in model.objects.all():
                    model.objects.filter(pk=row.pk).update(external_ref=f"{MARKER} {row.pk}")
            elif field.choices is None and field.unique is False:
                model.objects.update(**{field.name: f"https://{MARKER}" if "url" in field.name else MARKER})
    return n


def addresses(cast: Cast) -> list[str]:
    """Return every address that needs nothing, or the key of the programme, the pair, or something in it."""
    keys = [cast.programme.pk, cast.relationship.pk]
    of_model = {
        "goals": models.Goal,
        "sessions": models.Session,
        "situations": models.Situation,
        "attachments": models.Attachment,
        "reflections": models.Reflection,
    }
    found = set()
    for name in {name for name in get_resolver().reverse_dict if isinstance(name, str)}:
        for args in ([], [cast.programme.pk], [cast.programme.pk, cast.relationship.pk]):
            with suppress(NoReverseMatch):
                address = reverse(name, args=args)
                area = next((area for area in of_model if f"/{area}/" in address), "")
                if args and area:
                    own = of_model[area].objects.values_list("pk", flat=True)[:3]
                    found |= {reverse(name, args=[key]) for key in own}
                elif len(args) == 1:
                    found |= {reverse(name, args=[key]) for key in keys}
                else:
                    found.add(address)
    return sorted(found)


def test_manager_never_meets_what_a_pair_writes(cast: Cast, manager, sign_in) -> None:
    write_everything(cast)
    assert mark_all_content() >= 40
    opened = []
    for address in addresses(cast):
        answer = manager.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert MARKER.encode().lower() not in body.lower(), address
        opened.append((address, answer.status_code))
    assert (reverse("programme-health", args=[cast.programme.pk]), 200) in opened
    assert (pair_url(cast), 200) in opened
    read_by_learner = sign_in(cast.telemachus).get(reverse("trajectory", args=[cast.relationship.pk]))
    assert MARKER in read_by_learner.content.decode()
