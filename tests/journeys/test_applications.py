"""An application asks a person for a token: seen, allowed by keyboard, and found again among the tokens."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Page

from telemachy.apps.integrations.models import Application, AuthorisationCode
from tests.cast import NOW, Cast

BACK = "http://localhost:4711/callback"


def asked_by(application: Application, **other: str) -> str:
    """Return the address that an application opens in the person's browser."""
    asked = {
        "client_id": str(application.pk),
        "redirect_uri": BACK,
        "response_type": "code",
        "code_challenge": "A" * 43,
        "code_challenge_method": "S256",
        "state": "s1",
        "scope": "read learn guide organise",
    }
    return f"/authorize?{urlencode(asked | other)}"


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A program that waits on the person's own machine: its address, and what was sent there."""
    arrived: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            arrived.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"You can close this window.")

        def log_message(self, *_rest: object) -> None:
            """Say nothing."""

    server = HTTPServer(("localhost", 0), Listener)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/callback", arrived
    server.shutdown()
    server.server_close()


def test_athena_allows_a_coding_agent_to_act_for_argus(
    cast: Cast, walk, live_server, check_accessible, listener
) -> None:
    back, arrived = listener
    application = Application.objects.create(name="Hound Code", redirect_uris=[BACK], created_at=NOW)
    page: Page = walk(cast.athena)
    page.goto(f"{live_server.url}{asked_by(application, redirect_uri=back)}")
    check_accessible(page)
    assert "Hound Code" in page.get_by_role("heading", level=1).inner_text()
    assert page.get_by_label("For whom it acts").input_value() == f"agent:{cast.argus.pk}"
    assert not page.get_by_label("Administer the organisation").is_checked()
    page.get_by_role("button", name="Allow", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{back}?**")
    told = parse_qs(urlsplit(arrived[0]).query)
    assert told["state"] == ["s1"]
    assert told["code"][0].startswith("tmc_")
    code = AuthorisationCode.objects.get()
    assert (code.person, code.granted_by, code.scopes) == (
        cast.argus,
        cast.athena,
        ["guide", "learn", "read"],
    )

    page.goto(f"{live_server.url}{asked_by(application, redirect_uri='https://evil.example/')}")
    check_accessible(page)
    assert page.get_by_role("heading", level=1).inner_text() == "Nothing was allowed"
