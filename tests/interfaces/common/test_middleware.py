from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_every_answer_carries_a_request_id(client):
    assert uuid.UUID(client.get("/health/live")["X-Request-ID"])


def test_the_proxys_request_id_is_kept(client):
    answer = client.get("/health/live", headers={"X-Request-ID": "proxy-0123456789"})
    assert answer["X-Request-ID"] == "proxy-0123456789"


@pytest.mark.parametrize("given", ["short", "x" * 65, 'quo"te-quo"te', "12345678\x00"])
def test_a_malformed_request_id_is_replaced(client, given):
    assert uuid.UUID(client.get("/health/live", headers={"X-Request-ID": given})["X-Request-ID"])


def test_the_content_security_policy_allows_no_inline_script_and_no_foreign_source(client):
    policy = client.get("/no-such-place/")["Content-Security-Policy"]
    directives = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == directives["style-src"] == "'self'"
    assert directives["frame-ancestors"] == "'none'"
    assert "unsafe" not in policy


def test_answers_forbid_framing_and_sniffing(client):
    answer = client.get("/no-such-place/")
    assert (answer["X-Frame-Options"], answer["X-Content-Type-Options"]) == ("DENY", "nosniff")


@pytest.mark.parametrize("name", ["profile", "my-development", "account_change_password", "mfa_index"])
def test_what_a_signed_in_person_sees_is_kept_by_no_cache(cast, sign_in, name):
    assert sign_in(cast.telemachus).get(reverse(name))["Cache-Control"] == "no-store"


def test_static_files_are_kept_also_by_a_signed_in_persons_browser(cast, sign_in, settings):
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    answer = sign_in(cast.telemachus).get("/static/css/main.css")
    assert answer.status_code == 200
    assert "max-age" in answer["Cache-Control"]
