"""Take the pictures of this folder from a running demo.

    python3 dev.py demo --no-browser            (in another terminal)
    export TELEMACHY_DEMO=1 TELEMACHY_DATA_DIR=data
    .venv/bin/telemachy demo links | .venv/bin/python docs/screenshots/take.py

Reads the one-click sign-ins from standard input and goes by links that a person would follow.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
LOOKS = {
    "desktop": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 380, "height": 820}},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
}


def my_development(page: Page) -> None:
    """Stay on the learner's first page."""


def situation(page: Page) -> None:
    """Open the situation that waits for a debrief."""
    page.get_by_role("link", name="An accident on the quay").first.click()


def my_learners(page: Page) -> None:
    """Stay on the mentor's first page."""


def programme_health(page: Page) -> None:
    """Open the health of the leadership programme."""
    page.get_by_role("link", name="Leading at Norrvane").first.click()
    page.get_by_role("link", name="Health", exact=True).first.click()


def match_run(page: Page) -> None:
    """Open the newest match run of the leadership programme."""
    page.get_by_role("link", name="Leading at Norrvane").first.click()
    page.get_by_role("link", name="Matching", exact=True).first.click()
    page.locator("main a[href*='/match-runs/']").first.click()


PAGES = {
    "my-development": ("Learner", my_development),
    "situation": ("Learner", situation),
    "my-learners": ("Mentor", my_learners),
    "programme-health": ("Programme manager", programme_health),
    "match-run": ("Programme manager", match_run),
}


def main() -> None:
    """Take each page in each look."""
    links = dict(re.findall(r"^\s*([^:]+): .*?(https?://\S+)$", sys.stdin.read(), re.MULTILINE))
    with sync_playwright() as play:
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for look, options in LOOKS.items():
            for name, (who, walk) in PAGES.items():
                context = browser.new_context(**options)
                page = context.new_page()
                page.goto(links[who])
                walk(page)
                page.wait_for_load_state("networkidle")
                page.screenshot(path=HERE / f"{name}-{look}.png")
                context.close()
        browser.close()


if __name__ == "__main__":
    main()
