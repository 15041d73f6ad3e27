"""Journeys: the real product in a real browser, with accessibility checks on the way."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from django.urls import resolve
from playwright.sync_api import Page

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

#: Without windows, tabs and menus a journey takes a third less.
BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome", "chromium-browser")
#: How the browser and htmx note that the server refused (404, 422), or that a page was left while it saved.
REFUSED = ("Failed to load resource", "Response Status Error", "htmx:afterRequest", "htmx:sendError")


def pytest_collection_modifyitems(items) -> None:
    """Mark everything here as a journey."""
    for item in items:
        if "tests/journeys/" in item.path.as_posix():
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """Use the system's browser where there is one; it runs without a sandbox in containers."""
    named = os.environ.get("TELEMACHY_TEST_BROWSER")
    path = named or next((found for name in BROWSERS if (found := shutil.which(name))), None)
    chosen = {"executable_path": path} if path else {}
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    return {**browser_type_launch_args, **chosen, "args": flags}


@pytest.fixture(scope="session")
def _held_open(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Keep one connection: else the last to leave clears SQLite's log away while the next one comes."""
    with django_db_blocker.unblock():
        held = connection.copy()
        held.ensure_connection()
    yield
    held.close()


@pytest.fixture(autouse=True)
def _server_at_rest(_held_open, live_server, transactional_db) -> Iterator[None]:
    """Let the server finish what the closed page still asked for, before the tables are emptied."""
    resolve("/")  # imports every page's code now, so that no first visit has to wait for it
    yield
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=30)
            assert not thread.is_alive(), "the server still answers a page that was closed"


@pytest.fixture
def page(page: Page, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """Yield a page whose keys wait, as people do, until it is there: before that, no script listens.

    At the end nothing must have gone wrong in the browser: no script failed, no policy forbade anything.
    """
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: said.type == "error" and wrong.append(said.text))
    press = page.keyboard.press

    def patiently(key: str, **options: float) -> None:
        page.wait_for_load_state()
        press(key, **options)

    monkeypatch.setattr(page.keyboard, "press", patiently)
    yield page
    assert [one for one in wrong if not one.startswith(REFUSED)] == []


@pytest.fixture
def walk(page: Page, live_server, transactional_db) -> Callable[[object], Page]:
    """Return a function that signs a person in and hands over their page."""

    def enter(person) -> Page:
        client = Client()
        client.force_login(person.user, backend="django.contrib.auth.backends.ModelBackend")
        cookie = client.cookies[django_settings.SESSION_COOKIE_NAME]
        page.context.clear_cookies()
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        page.goto(live_server.url)
        return page

    page.set_default_timeout(10_000)
    return enter


@pytest.fixture
def check_accessible() -> Callable[[Page], None]:
    """Return a function that fails when axe finds a violation of WCAG 2.2 A or AA on the page."""
    axe = Axe()
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    # What passed is not listed: on a long page that takes longer than finding it.
    options = {
        "preload": False,
        "resultTypes": ["violations"],
        "runOnly": {"type": "tag", "values": tags},
    }

    def check(page: Page) -> None:
        page.wait_for_load_state()
        results = axe.run(page, options=options)
        assert results.violations_count == 0, results.generate_report()

    return check
