"""OAuth: the official client's provider gets itself a token; whoever tries it another way gets none."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import mcp
import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from mcp.client.auth import OAuthClientProvider
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.auth import (
    AuthorizationCodeResult,
    OAuthClientInformationFull,
    OAuthClientMetadata,
    OAuthToken,
)

from telemachy.apps.audit.models import Event
from telemachy.apps.integrations.actions import oauth as actions
from telemachy.apps.integrations.models import Application, AuthorisationCode, Token
from telemachy.apps.integrations.queries import oauth as queries
from telemachy.apps.people.actions.agents import hand_over
from telemachy.apps.programmes.models import Enrolment
from telemachy.interfaces.common import clock
from tests import loops
from tests.cast import Cast
from tests.interfaces.api.conftest import Caller
from tests.interfaces.mcp.wire import Wire

pytestmark = pytest.mark.django_db

BACK = "http://localhost:4711/callback"
VERIFIER = "a-verifier-that-is-long-enough-to-be-one-by-the-rules"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")


@pytest.fixture(autouse=True)
def _nobody_called_before() -> None:
    cache.clear()


@dataclass
class Kept:
    """What the official client keeps between runs."""

    tokens: OAuthToken | None = None
    client: OAuthClientInformationFull | None = None

    async def get_tokens(self) -> OAuthToken | None:
        return self.tokens

    async def set_tokens(self, tokens: OAuthToken) -> None:
        self.tokens = tokens

    async def get_client_info(self) -> OAuthClientInformationFull | None:
        return self.client

    async def set_client_info(self, client_info: OAuthClientInformationFull) -> None:
        self.client = client_info


@dataclass
class Browser:
    """A person who is sent to the page, and allows what is asked for."""

    wire: Wire
    page: Client
    allows: dict[str, Any]
    went_to: str = field(default="")

    async def goes(self, url: str) -> None:
        parts = urlsplit(url)
        self.went_to = (
            await self.wire.meanwhile(self.page.post, f"{parts.path}?{parts.query}", self.allows)
        )["Location"]

    async def comes_back(self) -> AuthorizationCodeResult:
        told = {name: values[0] for name, values in parse_qs(urlsplit(self.went_to).query).items()}
        return AuthorizationCodeResult(code=told["code"], state=told["state"], iss=told["iss"])


def test_the_official_client_registers_asks_renews_and_calls(cast: Cast, goal, wire: Wire, sign_in) -> None:
    kept = Kept()
    allows = {
        "verb": "allow",
        "stands_for": f"agent:{cast.argus.pk}",
        "scopes": ["learn", "read"],
        "days": "30",
    }
    browser = Browser(wire, sign_in(cast.athena), allows)

    async def list_goals(an_hour_later: bool = False) -> list[dict[str, Any]]:
        provider = OAuthClientProvider(
            wire.url,
            OAuthClientMetadata(client_name="Hound Code", redirect_uris=[BACK]),
            kept,
            browser.goes,
            browser.comes_back,
        )
        async with (
            wire.http(auth=provider) as http,
            mcp.Client(streamable_http_client(wire.url, http_client=http)) as client,
        ):
            if an_hour_later:
                provider.context.token_expiry_time = 1.0
            return (await client.call_tool("list_goals", {})).structured_content["items"]

    assert [one["id"] for one in loops.run(list_goals())] == [str(goal.pk)]
    token = Token.objects.get()
    assert (token.person, token.made_by, token.kind, token.scopes) == (
        cast.argus,
        cast.athena,
        "agent",
        ["learn", "read"],
    )
    assert kept.client is not None
    assert kept.client.client_secret is None

    # An hour later the client renews its secret by itself, without the person.
    old = kept.tokens
    browser.allows = {}
    assert len(loops.run(list_goals(an_hour_later=True))) == 1
    assert kept.tokens is not None
    assert kept.tokens.access_token != old.access_token
    assert kept.tokens.refresh_token != old.refresh_token
    page = sign_in(cast.athena).get("/tokens/").content.decode()
    assert "Hound Code" in page

    # Ended on the page: neither secret is worth anything, and the person is asked again.
    sign_in(cast.athena).post(f"/tokens/{token.pk}/revoke/")
    browser.allows = allows
    assert len(loops.run(list_goals())) == 1
    assert Token.objects.filter(revoked_at=None).count() == 1


# --- by hand, as an attacker would -----------------------------------------------------------------


def register(**told: Any) -> HttpResponse:
    said = {"client_name": "Hound Code", "redirect_uris": [BACK], **told}
    return Client().post("/register", json.dumps(said), content_type="application/json")


@pytest.fixture
def application(db) -> Application:
    """An application that has registered."""
    return Application.objects.create(name="Hound Code", redirect_uris=[BACK], created_at=clock.now())


def asking(application: Application, **other: str | None) -> str:
    """Return the address that the application sends a person to."""
    asked = {
        "client_id": str(application.pk),
        "redirect_uri": BACK,
        "response_type": "code",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
        "state": "s1",
        "scope": "read learn",
    } | other
    return f"/authorize?{urlencode({k: v for k, v in asked.items() if v is not None})}"


ALLOWS = {"verb": "allow", "stands_for": "personal", "scopes": ["read"], "days": "30"}


def told(answer: HttpResponse) -> dict[str, str]:
    """Return what an application is told at its address."""
    assert answer.status_code == 302, answer.content[:300]
    assert answer["Location"].startswith(BACK)
    return {name: values[0] for name, values in parse_qs(urlsplit(answer["Location"]).query).items()}


def fetch(application: Application, secret: str, **other: str) -> HttpResponse:
    sent = {
        "grant_type": "authorization_code",
        "client_id": str(application.pk),
        "code": secret,
        "redirect_uri": BACK,
        "code_verifier": VERIFIER,
    } | other
    return Client().post("/token", urlencode(sent), content_type="application/x-www-form-urlencoded")


def renew(application: Application, secret: str) -> HttpResponse:
    sent = {"grant_type": "refresh_token", "client_id": str(application.pk), "refresh_token": secret}
    return Client().post("/token", urlencode(sent), content_type="application/x-www-form-urlencoded")


@pytest.fixture
def code(cast: Cast, application: Application, sign_in) -> str:
    """A code that Athena allowed."""
    return told(sign_in(cast.athena).post(asking(application), ALLOWS))["code"]


@pytest.mark.parametrize(
    "uri",
    [
        "http://evil.example/cb",
        "javascript:alert(1)//a.b",
        "data:text/html,hi",
        "https://user@evil.example/",
        "https://good.example/#fragment",
        "https://evil.example;script-src */",
        "HTTP://localhost.evil.example/",
        "https://" + "a" * 500 + ".example/",
    ],
)
def test_answers_go_to_safe_addresses_only(db, uri: str) -> None:
    assert register(redirect_uris=[uri]).status_code == 400
    assert not Application.objects.exists()


@pytest.mark.parametrize("uri", ["https://app.example/cb", "cursor://anysphere.cursor-mcp/oauth/callback"])
def test_sites_and_editors_can_register(db, uri: str) -> None:
    told = register(redirect_uris=[uri], token_endpoint_auth_method="client_secret_post").json()
    assert told["redirect_uris"] == [uri]
    assert "client_secret" not in told
    assert told["token_endpoint_auth_method"] == "none"


@pytest.mark.usefixtures("one_minute")
def test_strangers_register_a_bounded_number_of_applications(db, settings, monkeypatch) -> None:
    assert [register().status_code for _ in range(21)][-2:] == [201, 429]
    cache.clear()
    monkeypatch.setattr(queries, "MOST_UNUSED", 20)
    assert "Too many" in register().json()["error_description"]
    later = clock.now() + queries.UNUSED_KEPT_FOR + timedelta(seconds=1)
    assert actions.forget(by=None, now=later) == 20


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b'{"redirect_uris": []}', b'{"redirect_uris": ["\\u0000"]}', b"x" * 40_000]
)
def test_what_makes_no_sense_registers_nothing(db, body: bytes) -> None:
    answer = Client().post("/register", body, content_type="application/json")
    assert answer.status_code in {400, 413}
    assert answer.json()["error_description"]


@pytest.mark.parametrize(
    "other",
    [
        {"redirect_uri": "https://evil.example/cb"},
        {"redirect_uri": "http://localhost:4711/elsewhere"},
        {"redirect_uri": "http://localhost@evil.example/callback"},
        {"client_id": "5f0c2f4e-3f5c-4d36-9f1e-0c6a5b2d7e11"},
        {"client_id": "not-an-id"},
        {"code_challenge": None},
        {"code_challenge": "short"},
        {"code_challenge_method": "plain"},
        {"response_type": "token"},
        {"resource": "https://another.example/mcp"},
        {"scope": "everything"},
        {"state": "s" * 3000},
    ],
)
def test_an_unsound_request_ends_on_a_page_and_goes_nowhere(
    cast: Cast, application: Application, sign_in, other: dict[str, str | None]
) -> None:
    athena = sign_in(cast.athena)
    for answer in (
        athena.get(asking(application, **other)),
        athena.post(asking(application, **other), ALLOWS),
    ):
        assert answer.status_code == 400
        assert "Location" not in answer
        assert "Nothing was allowed" in answer.content.decode()
    assert not AuthorisationCode.objects.exists()


def test_a_program_on_ones_own_machine_may_listen_at_another_port(
    cast: Cast, application: Application, sign_in
) -> None:
    elsewhere = "http://localhost:9999/callback"
    answer = sign_in(cast.athena).post(asking(application, redirect_uri=elsewhere), ALLOWS)
    assert answer["Location"].startswith(elsewhere)


def test_whoever_is_not_signed_in_is_asked_to_and_comes_back(db, application: Application) -> None:
    answer = Client().get(asking(application))
    assert answer.status_code == 302
    assert parse_qs(urlsplit(answer["Location"]).query)["next"] == [asking(application)]


def test_no_other_page_can_press_the_button(cast: Cast, application: Application) -> None:
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(cast.athena.user, backend="django.contrib.auth.backends.ModelBackend")
    assert forged.post(asking(application), ALLOWS).status_code == 403
    shown = forged.get(asking(application))
    assert shown["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in shown["Content-Security-Policy"]
    assert "form-action 'self' http://localhost:4711" in shown["Content-Security-Policy"]
    assert not AuthorisationCode.objects.exists()


@pytest.mark.parametrize("scope", ["learn", "guide"])
def test_the_page_says_that_own_choices_can_be_changed_and_they_can(
    cast: Cast, application: Application, call_as, sign_in, scope: str
) -> None:
    page = sign_in(cast.athena).get(asking(application, scope=scope)).content.decode()
    assert "change the own profile, choices, consents and places" in page
    place = Enrolment.objects.get(person=cast.athena)
    assert call_as(cast.athena, [scope])("DELETE", f"/me/places/{place.pk}").status_code == 204


def test_a_person_can_say_no(cast: Cast, application: Application, sign_in) -> None:
    refused = told(sign_in(cast.athena).post(asking(application), {"verb": "refuse"}))
    assert (refused["error"], refused["state"]) == ("access_denied", "s1")
    assert not AuthorisationCode.objects.exists()


def test_nobody_allows_more_than_they_may_or_for_whom_they_do_not_answer(
    cast: Cast, application: Application, sign_in
) -> None:
    for_argus = ALLOWS | {"stands_for": f"agent:{cast.argus.pk}"}
    assert sign_in(cast.nestor).post(asking(application), for_argus).status_code == 200
    assert sign_in(cast.antinous).post(asking(application), for_argus).status_code == 200
    everything = asking(application, scope="read organise")
    to_organise = for_argus | {"scopes": ["organise"]}
    page = sign_in(cast.athena).post(everything, to_organise)
    assert "cannot be allowed that" in page.content.decode()
    not_asked = sign_in(cast.athena).post(asking(application), ALLOWS | {"scopes": ["manage"]})
    assert not_asked.status_code == 200
    assert not AuthorisationCode.objects.exists()


def test_a_code_is_worth_one_token_and_shown_again_it_ends_it(
    cast: Cast, application: Application, code: str
) -> None:
    first = fetch(application, code)
    assert first.status_code == 200
    assert first["Cache-Control"] == "no-store"
    assert first.json()["scope"] == "read"
    again = fetch(application, code)
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")
    assert Token.objects.get().revoked_at is not None
    assert renew(application, first.json()["refresh_token"]).json()["error"] == "invalid_grant"
    assert Event.objects.filter(verb="token.revoked", data__because="code shown again").exists()


@pytest.mark.parametrize(
    ("other", "error"),
    [
        ({"code_verifier": "another-verifier-that-is-long-enough-to-be-one"}, "invalid_grant"),
        ({"code_verifier": ""}, "invalid_grant"),
        ({"redirect_uri": "http://localhost:4712/callback"}, "invalid_request"),
        ({"redirect_uri": ""}, "invalid_request"),
        ({"resource": "https://another.example/mcp"}, "invalid_target"),
        ({"code": "tmc_guessed"}, "invalid_grant"),
        ({"client_id": "5f0c2f4e-3f5c-4d36-9f1e-0c6a5b2d7e11"}, "invalid_client"),
        ({"client_id": "\0"}, "invalid_request"),
        ({"grant_type": "client_credentials"}, "invalid_request"),
        ({"grant_type": "password"}, "invalid_request"),
    ],
)
def test_a_code_alone_is_not_enough(
    cast: Cast, application: Application, code: str, other: dict[str, str], error: str
) -> None:
    answer = fetch(application, code, **other)
    assert answer.status_code in {400, 401}
    assert answer.json()["error"] == error
    assert not Token.objects.exists()


def test_a_code_is_the_applications_own_and_for_a_minute(
    cast: Cast, application: Application, code: str
) -> None:
    other = Application.objects.create(name="Other", redirect_uris=[BACK], created_at=clock.now())
    assert fetch(other, code).json()["error"] == "invalid_grant"
    AuthorisationCode.objects.update(created_at=clock.now() - queries.CODE_LIVES)
    assert fetch(application, code).json()["error"] == "invalid_grant"
    assert not Token.objects.exists()


def test_a_refresh_token_is_used_once_and_shown_again_it_ends_the_token(
    cast: Cast, application: Application, code: str
) -> None:
    first = fetch(application, code).json()
    other = Application.objects.create(name="Other", redirect_uris=[BACK], created_at=clock.now())
    assert renew(other, first["refresh_token"]).json()["error"] == "invalid_grant"
    second = renew(application, first["refresh_token"]).json()
    assert second["access_token"] != first["access_token"]
    assert renew(application, first["refresh_token"]).json()["error"] == "invalid_grant"
    assert Token.objects.get().revoked_at is not None
    assert renew(application, second["refresh_token"]).json()["error"] == "invalid_grant"


def test_who_has_left_renews_nothing(cast: Cast, application: Application, code: str) -> None:
    first = fetch(application, code).json()
    cast.athena.left_at = clock.now()
    cast.athena.save()
    assert renew(application, first["refresh_token"]).json()["error"] == "invalid_grant"


def test_who_no_longer_answers_for_an_agent_renews_nothing_for_it(
    cast: Cast, application: Application, sign_in
) -> None:
    for_argus = ALLOWS | {"stands_for": f"agent:{cast.argus.pk}"}
    code = told(sign_in(cast.athena).post(asking(application), for_argus))["code"]
    first = renew(application, fetch(application, code).json()["refresh_token"]).json()
    hand_over(agent=cast.argus, owner=cast.nestor, by=cast.athena, now=clock.now())
    refused = renew(application, first["refresh_token"]).json()
    assert refused["error"] == "invalid_grant"
    assert "answers for the agent" in refused["error_description"]
    hand_over(agent=cast.argus, owner=cast.athena, by=cast.nestor, now=clock.now())
    assert "access_token" in renew(application, first["refresh_token"]).json()


@pytest.mark.parametrize("which", ["access_token", "refresh_token"])
def test_an_application_gives_its_token_back(
    cast: Cast, application: Application, code: str, which: str
) -> None:
    secrets = fetch(application, code).json()

    def give_back(client_id: object) -> int:
        # The library wants the field, and a public client has nothing to put into it.
        sent = {"token": secrets[which], "client_id": str(client_id), "client_secret": ""}
        form = "application/x-www-form-urlencoded"
        return Client().post("/revoke", urlencode(sent), content_type=form).status_code

    other = Application.objects.create(name="Other", redirect_uris=[BACK], created_at=clock.now())
    assert give_back(other.pk) == 200
    assert Token.objects.get().revoked_at is None
    assert give_back(application.pk) == 200
    assert Token.objects.get().revoked_at is not None


def test_a_token_opens_what_it_was_made_for_and_nothing_else(
    cast: Cast, application: Application, code: str
) -> None:
    secret = fetch(application, code).json()["access_token"]
    refused = Caller(secret).get("/me")
    assert (refused.status_code, refused.json()["type"]) == (401, "urn:telemachy:problem:wrong-audience")
    assert Caller(secret).get("/me", telemachy_audience=f"{'http://localhost:8000'}/mcp").status_code == 401
    Token.objects.update(audience="https://another.example/mcp")
    answer = Client().post(
        "/mcp", "{}", content_type="application/json", headers={"authorization": f"Bearer {secret}"}
    )
    assert answer.status_code == 401
    assert "resource_metadata=" in answer["WWW-Authenticate"]


def test_who_serves_whom_can_be_read_by_anybody(db) -> None:
    refused = Client().post("/mcp", "{}", content_type="application/json")
    known = refused["WWW-Authenticate"].partition('resource_metadata="')[2].partition('"')[0]
    resource = Client().get(urlsplit(known).path).json()
    [issuer] = resource["authorization_servers"]
    server = Client().get("/.well-known/oauth-authorization-server").json()
    assert server["issuer"] == issuer
    assert server["code_challenge_methods_supported"] == ["S256"]
    assert set(resource["scopes_supported"]) == {"read", "learn", "guide"}
    assert Client().post("/.well-known/oauth-authorization-server").status_code == 405
    assert Client().get("/token").status_code == 405
