"""What every call has in common: tokens, refusals, idempotency, limits, pages."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import OperationalError

from telemachy.apps.audit.models import Event
from telemachy.apps.integrations.actions import tokens
from telemachy.apps.integrations.models import Token
from telemachy.apps.people.actions import agents
from telemachy.apps.relationships.models import Situation
from telemachy.interfaces.api import door
from telemachy.interfaces.common import clock
from tests.interfaces.api.conftest import Caller

pytestmark = pytest.mark.django_db
PROBLEM = "application/problem+json"


def code_of(response) -> str:
    assert response["content-type"] == PROBLEM, response.content
    body = response.json()
    assert body["status"] == response.status_code
    return body["type"].removeprefix("urn:telemachy:problem:")


@pytest.fixture
def case(goal):
    return {"goal_id": str(goal.pk), "summary": "VIP, no receipt"}


# --- who calls


def test_without_a_token_nothing_is_told(cast) -> None:
    response = Caller("nothing").client.get("/api/v1/situations")
    assert (response.status_code, code_of(response)) == (401, "no-token")
    assert response["WWW-Authenticate"].startswith("Bearer")


def test_no_name_of_a_programme_holds_what_one_database_refuses(cast, call_as) -> None:
    response = call_as(cast.penelope).post("/programmes", {"name": "Voy\x00age"})
    assert code_of(response) == "invalid"
    assert response.json()["errors"][0]["path"] == "body.name"


def test_an_unknown_token_opens_nothing(cast) -> None:
    assert code_of(Caller("tmk_made-up").get("/situations")) == "unknown-token"


@pytest.mark.parametrize("where", ["caller_of", "count"])
def test_while_the_database_is_away_a_caller_is_asked_to_wait(cast, call_as, monkeypatch, where) -> None:
    def refuse(*_args):
        raise OperationalError("connection refused at 10.0.0.7")

    athena = call_as(cast.athena)
    monkeypatch.setattr(door, where, refuse)
    response = athena.get("/situations")
    assert (response.status_code, code_of(response)) == (503, "unavailable")
    assert response["Retry-After"] == "10"
    assert "10.0.0.7" not in response.content.decode()


@pytest.mark.parametrize(
    ("field", "code"), [("revoked_at", "revoked-token"), ("expires_at", "expired-token")]
)
def test_a_token_that_has_ended_opens_nothing_and_the_attempt_is_kept(cast, call_as, field, code) -> None:
    athena = call_as(cast.athena)
    Token.objects.update(**{field: clock.now() - timedelta(seconds=1)})
    response = athena.get("/situations")
    assert (response.status_code, code_of(response)) == (401, code)
    assert Event.objects.get(verb="call.refused").data["code"] == code


def test_nobody_is_told_who_is_in_supervision_not_even_of_a_refused_call(cast, call_as) -> None:
    athena = call_as(cast.athena)
    assert athena.get(f"/supervision-cases/{uuid4()}").status_code == 404
    Token.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    for path in ("/supervision-rooms", "/me/supervision-patterns"):
        assert code_of(athena.get(path)) == "expired-token"
    assert not Event.objects.filter(verb="call.refused").exists()


def test_a_token_is_shown_once_and_kept_as_a_digest(cast) -> None:
    token, secret = tokens.make(
        kind="personal",
        person=cast.athena,
        name="Laptop",
        scopes=["read"],
        days=90,
        by=cast.athena,
        now=clock.now(),
    )
    kept = Token.objects.filter(pk=token.pk).values().get()
    assert secret not in str(kept)
    assert Caller(secret).get("/situations").status_code == 200
    token.refresh_from_db()
    assert token.last_used_at is not None


def test_a_suspended_agent_is_refused_at_once_with_the_reason(cast, call_as, goal) -> None:
    argus = call_as(cast.argus)
    assert argus.get("/situations").status_code == 200
    agents.suspend(agent=cast.argus, because="It refunds everybody.", by=cast.athena, now=clock.now())
    response = argus.get("/situations")
    assert (response.status_code, code_of(response)) == (403, "suspended-agent")
    assert "It refunds everybody." in response.json()["detail"]


def test_a_token_does_what_its_scopes_say(cast, call_as, case) -> None:
    response = call_as(cast.argus, ["read"]).post("/situations", case)
    assert (response.status_code, code_of(response)) == (403, "missing-scope")
    assert not Situation.objects.exists()


def test_an_organisations_token_reads_no_pairs_content(cast, call_as) -> None:
    penelope = call_as(cast.penelope, kind="organisation")
    assert penelope.get("/relationships").status_code == 200
    assert code_of(penelope.get("/situations")) == "missing-scope"


def test_an_organisations_token_ends_with_the_rights_of_its_maker(cast, call_as) -> None:
    penelope = call_as(cast.penelope, kind="organisation")
    cast.penelope.is_administrator = False
    cast.penelope.save()
    assert code_of(penelope.get("/relationships")) == "not-administrator"


# --- the same call again


def test_the_same_call_with_the_same_key_is_done_once(cast, call_as, case) -> None:
    argus = call_as(cast.argus)
    first = argus.post("/situations", case, idempotency_key="ticket-0007")
    again = argus.post("/situations", case, idempotency_key="ticket-0007")
    assert (first.status_code, again.status_code, Situation.objects.count()) == (201, 201, 1)
    assert first.json() == again.json()
    assert again["Idempotent-Replayed"] == "true"


def test_a_key_belongs_to_one_call(cast, call_as, case) -> None:
    argus = call_as(cast.argus)
    argus.post("/situations", case, idempotency_key="ticket-0007")
    other = argus.post("/situations", {**case, "summary": "Another"}, idempotency_key="ticket-0007")
    assert (other.status_code, code_of(other)) == (409, "key-used-otherwise")
    assert Situation.objects.count() == 1


def test_keys_of_two_people_are_strangers(cast, call_as, case) -> None:
    call_as(cast.argus).post("/situations", case, idempotency_key="ticket-0007")
    response = call_as(cast.athena).post("/situations", case, idempotency_key="ticket-0007")
    assert code_of(response) == "not-allowed"


def test_a_refused_call_leaves_its_key_free(cast, call_as, case) -> None:
    argus = call_as(cast.argus)
    assert argus.post("/situations", {}, idempotency_key="ticket-0007").status_code == 422
    assert argus.post("/situations", case, idempotency_key="ticket-0007").status_code == 201


# --- bad input


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"summary": "a\x00b"}, "body.summary"),
        ({"summary": "\ud800"}, "body.summary"),
        ({"summary": "x" * 10_001}, "body.summary"),
        ({"tags": ["ok", "y" * 61]}, "body.tags.1"),
        ({"difficulty": 10**30}, "body.difficulty"),
        ({"goal_id": "me"}, "body.goal_id"),
        ({"learner_id": "forged"}, "body.learner_id"),
        ({"tier": "E3"}, "body.tier"),
    ],
)
def test_a_bad_field_is_named(cast, call_as, case, change, path) -> None:
    response = call_as(cast.argus).post("/situations", {**case, **change})
    assert (response.status_code, code_of(response)) == (422, "invalid")
    assert path in [error["path"] for error in response.json()["errors"]]
    assert not Situation.objects.exists()


def test_a_body_that_is_no_json_is_refused(cast, call_as) -> None:
    argus = call_as(cast.argus)
    send = argus.client.generic
    headers = {"authorization": f"Bearer {argus.secret}"}
    torn = send("POST", "/api/v1/situations", "{", "application/json", headers=headers)
    form = send("POST", "/api/v1/situations", "a=1", "application/x-www-form-urlencoded", headers=headers)
    assert (code_of(torn), code_of(form)) == ("unreadable", "not-json")


def test_ten_megabytes_are_refused_before_they_are_read(cast, call_as, case) -> None:
    response = call_as(cast.argus).post("/situations", {**case, "summary": "x" * 10_000_000})
    assert (response.status_code, code_of(response)) == (413, "too-large")
    assert Event.objects.get(verb="call.refused").data["code"] == "too-large"


def test_an_address_that_is_not_there(cast, call_as) -> None:
    argus = call_as(cast.argus)
    assert code_of(argus.get("/nothing")) == "not-found"
    assert code_of(argus("DELETE", "/situations")) == "method-not-allowed"


# --- floods and pages


@pytest.mark.usefixtures("one_minute")
def test_a_flood_is_stopped_and_noted_once(cast, call_as, settings) -> None:
    settings.AGENT_CALLS_PER_MINUTE = 3
    argus = call_as(cast.argus)
    answers = [argus.get("/situations") for _ in range(8)]
    assert [one.status_code for one in answers] == [200] * 3 + [429] * 5
    stopped = answers[3]
    assert code_of(stopped) == "too-many-calls"
    assert int(stopped["Retry-After"]) <= 60
    assert answers[0]["RateLimit-Limit"] == "3"
    assert Event.objects.filter(verb="call.refused").count() == 1
    assert call_as(cast.athena).get("/situations").status_code == 200


def test_pages_hold_every_row_once(cast, call_as) -> None:
    for number in range(5):
        Situation.objects.create(
            relationship=cast.relationship, learner=cast.telemachus, title=str(number), logged_at=clock.now()
        )
    athena, seen, cursor = call_as(cast.athena), [], ""
    while cursor is not None:
        told = athena.get(f"/situations?limit=2&cursor={cursor}").json()
        seen += [row["title"] for row in told["items"]]
        cursor = told["next"]
    assert seen == ["4", "3", "2", "1", "0"]


@pytest.mark.parametrize("cursor", ["?", "e30", "WyJhIiwiYiJd", "x" * 501])
def test_a_cursor_that_is_none_is_refused(cast, call_as, cursor) -> None:
    response = call_as(cast.athena).get(f"/situations?cursor={cursor}")
    assert (response.status_code, code_of(response)) == (422, "invalid")
    assert response.json()["errors"][0]["path"] == "query.cursor"
