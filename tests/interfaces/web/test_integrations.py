"""Tokens, webhooks and agents on their pages."""

from __future__ import annotations

import re

import pytest

from telemachy.apps.integrations.actions import webhook_posts
from telemachy.apps.integrations.models import Delivery, Token, Webhook
from telemachy.apps.relationships.actions import held_guidance, situations
from telemachy.apps.relationships.models import Guidance, HeldGuidance, Situation
from tests.cast import NOW, pair
from tests.interfaces.api.conftest import Caller

pytestmark = pytest.mark.django_db

TOKEN = {"stands_for": "personal", "name": "Laptop", "scopes": ["read"], "days": "90"}


def made_token(page) -> str:
    return re.search(r"tmk_[\w-]{40,}", page.content.decode())[0]


def test_a_token_is_shown_once_works_and_can_be_ended(cast, sign_in) -> None:
    athena = sign_in(cast.athena)
    caller = Caller(made_token(athena.post("/tokens/", TOKEN)))
    assert caller.get("/me").json()["name"] == "Athena"
    page = athena.get("/tokens/").content.decode()
    assert caller.secret not in page
    assert "Laptop" in page
    athena.post(f"/tokens/{Token.objects.get().pk}/revoke/", {"back": "/tokens/"})
    assert caller.get("/me").status_code == 401


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "nowhere"])
def test_ending_a_token_leads_to_a_page_of_ours(cast, sign_in, back) -> None:
    athena = sign_in(cast.athena)
    athena.post("/tokens/", TOKEN)
    answer = athena.post(f"/tokens/{Token.objects.get().pk}/revoke/", {"back": back})
    assert (answer.status_code, answer["Location"]) == (302, "/tokens/")


def test_an_owner_makes_a_token_for_the_agent_and_a_stranger_cannot(cast, sign_in) -> None:
    for_argus = {**TOKEN, "stands_for": f"agent:{cast.argus.pk}", "scopes": ["learn", "read"]}
    assert (
        Caller(made_token(sign_in(cast.athena).post("/tokens/", for_argus))).get("/me").json()["kind"]
        == "agent"
    )
    refused = sign_in(cast.nestor).post("/tokens/", for_argus)
    assert "tmk_" not in refused.content.decode().replace("tmk_…", "")
    assert Token.objects.count() == 1


def test_a_token_cannot_be_given_what_its_kind_must_not_do(cast, sign_in) -> None:
    asked = {**TOKEN, "stands_for": "organisation", "scopes": ["guide", "manage"]}
    page = sign_in(cast.penelope).post("/tokens/", asked)
    assert "cannot be allowed that" in page.content.decode()
    assert not Token.objects.exists()


def test_an_owner_describes_and_suspends_an_agent(cast, sign_in) -> None:
    athena, page = sign_in(cast.athena), f"/agents/{cast.argus.pk}/"
    card = {"purpose": "Decides refunds.", "model": "Hound 2", "limits": "Sarcasm", "programmes": []}
    assert athena.post(page, card).status_code == 302
    athena.post(f"{page}step/", {"verb": "suspend", "because": "It refunds everybody."})
    shown = athena.get(page).content.decode()
    assert all(text in shown for text in ("Hound 2", "Sarcasm", "It refunds everybody."))
    athena.post(f"{page}step/", {"verb": "resume"})
    cast.argus.refresh_from_db()
    assert cast.argus.suspended_at is None


def test_an_owner_hands_an_agent_over_and_who_answers_now_is_told(cast, sign_in) -> None:
    athena, page = sign_in(cast.athena), f"/agents/{cast.argus.pk}/"
    for address in ("nobody@ithaca.example", cast.antinous.email, "not an address"):
        told = athena.post(f"{page}owner/", {"owner": address}, follow=True).content.decode()
        assert "Nobody of your organisation has this address." in told
    told = athena.post(f"{page}owner/", {"owner": cast.nestor.email}, follow=True).content.decode()
    assert "Nestor answers for Argus now." in told
    assert athena.get(page).status_code == 404
    assert sign_in(cast.nestor).get(page).status_code == 200
    assert "Athena handed Argus over to you" in sign_in(cast.nestor).get("/notifications/").content.decode()


@pytest.mark.parametrize("who", ["nestor", "penelope"])
def test_who_answers_for_an_agent_now_sees_and_ends_the_tokens_that_others_know(cast, sign_in, who) -> None:
    owner, athena = getattr(cast, who), sign_in(cast.athena)
    athena.post("/tokens/", {**TOKEN, "stands_for": f"agent:{cast.argus.pk}", "scopes": ["learn", "read"]})
    assert "Made by Athena" not in athena.get("/tokens/").content.decode()
    athena.post(f"/agents/{cast.argus.pk}/owner/", {"owner": owner.email})
    client = sign_in(owner)
    assert "Made by Athena" in client.get("/tokens/").content.decode()
    client.post(f"/tokens/{Token.objects.get().pk}/revoke/")
    assert Token.objects.get().revoked_at is not None


def test_an_administrator_finds_an_owner_for_an_agent_whose_own_has_gone(cast, sign_in) -> None:
    penelope = sign_in(cast.penelope)
    leaving = penelope.get(f"/organisation/people/{cast.athena.pk}/").content.decode()
    assert f'href="/agents/{cast.argus.pk}/"' in leaving
    cast.athena.agents.update(owner=None)
    page = f"/agents/{cast.argus.pk}/"
    assert "Nobody" in penelope.get(page).content.decode()
    penelope.post(f"{page}owner/", {"owner": cast.nestor.email})
    cast.argus.refresh_from_db()
    assert cast.argus.owner == cast.nestor


@pytest.fixture
def held(cast) -> HeldGuidance:
    """Guidance that the agent Argus, as Nestor's mentor, wants to give."""
    relationship = pair(cast.programme, cast.argus, cast.nestor)
    situation = situations.log(relationship=relationship, title="A storm", by=cast.nestor, now=NOW)
    situations.ask(situation=situation, question="Which way?", by=cast.nestor, now=NOW)
    return held_guidance.hold_guidance(
        situation=situation, level=2, text="What do the stars say?", by=cast.argus, now=NOW
    )


def test_what_an_agent_mentor_writes_reaches_the_learner_once_its_owner_lets_it_go(
    cast, sign_in, held
) -> None:
    nestor, page = sign_in(cast.nestor), f"/situations/{held.situation_id}/"
    assert "What do the stars say?" not in nestor.get(page).content.decode()
    athena = sign_in(cast.athena)
    queue = athena.get("/agents/words/").content.decode()
    assert "Which way?" in queue
    assert "What do the stars say?" in queue
    athena.post(f"/agents/words/{held.pk}/", {"verb": "approve"})
    assert "What do the stars say?" in nestor.get(page).content.decode()
    assert Guidance.objects.get().author == cast.argus


def test_refused_words_stay_unread_and_a_word_why_is_needed(cast, sign_in, held) -> None:
    athena, address = sign_in(cast.athena), f"/agents/words/{held.pk}/"
    athena.post(address, {"verb": "refuse", "because": " "})
    held.refresh_from_db()
    assert held.state == "held"
    athena.post(address, {"verb": "refuse", "because": "Stars are hidden in a storm."})
    held.refresh_from_db()
    assert (held.state, held.because) == ("refused", "Stars are hidden in a storm.")
    assert not Guidance.objects.exists()


def test_words_for_a_case_that_moved_on_are_laid_aside(cast, sign_in, held) -> None:
    situations.decide(situation=held.situation, decision="West", by=cast.nestor, now=NOW)
    sign_in(cast.athena).post(f"/agents/words/{held.pk}/", {"verb": "approve"})
    held.refresh_from_db()
    assert held.state == "moot"
    assert Situation.objects.get().state == "decided"


def test_a_webhook_goes_to_allowed_hosts_only(cast, sign_in, settings) -> None:
    settings.WEBHOOK_HOSTS = ["hooks.example"]
    penelope = sign_in(cast.penelope)
    for url in ("https://evil.example/x", "http://hooks.example/", "https://u:p@hooks.example/", "file:///x"):
        penelope.post("/organisation/webhooks/", {"url": url, "topics": ["goal"]})
    assert not Webhook.objects.exists()
    page = penelope.post("/organisation/webhooks/", {"url": "https://hooks.example/x", "topics": ["goal"]})
    key = re.search(r"whk_\w{64}", page.content.decode())[0]
    assert key not in penelope.get("/organisation/webhooks/").content.decode()


def test_a_trial_stands_in_the_log(cast, sign_in, settings) -> None:
    settings.WEBHOOK_HOSTS = ["hooks.example"]
    penelope = sign_in(cast.penelope)
    penelope.post("/organisation/webhooks/", {"url": "https://hooks.example/x", "topics": ["goal"]})
    address = f"/organisation/webhooks/{Webhook.objects.get().pk}/"
    penelope.post(address, {"verb": "try"})
    assert "webhook.trial" in penelope.get(address).content.decode()
    assert Delivery.objects.get().state == "queued"


def test_a_delivery_that_failed_says_in_a_sentence_what_to_do(cast, sign_in, settings) -> None:
    settings.WEBHOOK_HOSTS = ["hooks.example"]
    penelope = sign_in(cast.penelope)
    penelope.post("/organisation/webhooks/", {"url": "https://hooks.example/x", "topics": ["goal"]})
    address = f"/organisation/webhooks/{Webhook.objects.get().pk}/"
    penelope.post(address, {"verb": "try"})
    for status, error, sentence in (
        (None, webhook_posts.reason_of(ConnectionRefusedError(111, "Refused")), "Nobody listens"),
        (None, webhook_posts.reason_of(TimeoutError("timed out")), "longer than ten seconds"),
        (302, "", "leads on to another one (302)"),
        (404, "", "knows no such address (404)"),
        (503, "", "The receiver failed (503)"),
    ):
        Delivery.objects.update(state="failed", last_status=status, last_error=error)
        page = penelope.get(address).content.decode()
        assert sentence in page
        assert "Error" not in page
