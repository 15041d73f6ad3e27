"""What is answered while the database cannot be reached, and what is no such thing."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from telemachy.interfaces.common import oauth
from tests.interfaces.api.conftest import Caller, call_as  # noqa: F401 - tokens, as for the API

pytestmark = pytest.mark.django_db


def refuse(*_args):
    raise OperationalError("connection refused at 10.0.0.7")


def ask_wrongly(execute, _sql, _params, _many, context):
    return execute("SELECT 1 FROM nothing_here", (), False, context)


@pytest.fixture
def telemachus(cast, sign_in) -> Client:
    client = sign_in(cast.telemachus)
    client.raise_request_exception = False
    return client


def open_page(client: Client):
    return client.get(reverse("my-development"))


def send_form(client: Client):
    return client.post(reverse("profile"), {"name": "Telemachus"})


@pytest.mark.parametrize("ask", [open_page, send_form])
def test_a_page_asks_for_patience_and_needs_no_database_to_say_so(telemachus, ask, caplog) -> None:
    with connection.execute_wrapper(refuse):
        answer = ask(telemachus)
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    page = answer.content.decode()
    assert "Back in a moment" in page
    assert "10.0.0.7" not in page
    assert "10.0.0.7" in caplog.text


def test_a_page_asks_for_patience_in_the_browsers_language(telemachus) -> None:
    with connection.execute_wrapper(refuse):
        page = telemachus.get("/", headers={"accept-language": "de"}).content.decode()
    assert '<html lang="de">' in page
    assert "Gleich wieder da" in page


def test_a_program_at_mcp_is_told_to_wait_as_at_the_api(cast, call_as, client) -> None:  # noqa: F811
    secret = call_as(cast.argus).secret
    with connection.execute_wrapper(refuse):
        answer = client.post(
            oauth.MCP_PATH,
            "{}",
            content_type="application/json",
            headers={"Authorization": f"Bearer {secret}"},
        )
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert answer.json()["type"] == "urn:telemachy:problem:unavailable"
    assert "WWW-Authenticate" not in answer
    assert "10.0.0.7" not in answer.content.decode()


def test_a_program_that_asks_for_a_token_is_told_to_wait(db, client) -> None:
    with connection.execute_wrapper(refuse):
        answer = client.post(
            oauth.TOKEN, {"grant_type": "refresh_token", "client_id": "x", "refresh_token": "y"}
        )
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert answer.json()["error"] == "temporarily_unavailable"


def test_a_question_that_is_wrong_is_no_database_that_is_away(cast, telemachus, call_as) -> None:  # noqa: F811
    caller: Caller = call_as(cast.athena)
    with connection.execute_wrapper(ask_wrongly):
        assert open_page(telemachus).status_code == 500
    with connection.execute_wrapper(ask_wrongly):
        assert caller.get("/situations").status_code == 500
