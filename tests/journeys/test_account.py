"""From an invitation in the mailbox to a guarded account, in a browser."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time

import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import Page, expect

from telemachy.apps.audit.jobs import deliver_mail
from telemachy.apps.audit.models import OutboxMessage
from telemachy.apps.people.actions import invitations
from telemachy.apps.people.actions.notifications import tell
from telemachy.apps.people.models import Person
from tests.cast import NOW, PASSWORD

NEW_PASSWORD = "rosy-fingered dawn"


@pytest.fixture(autouse=True)
def _browser_may_use_passkeys(settings) -> None:
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    cache.clear()  # bounds on sign-ins
    reverse("home")  # else the first page waits until every address is loaded


def code_of(secret: str) -> str:
    """Return what an authenticator app shows now (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // 30)  # noqa: TID251 - the app has a clock of its own
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def link_in(message: OutboxMessage, mailbox, live_server) -> str:
    """Deliver a message by SMTP and return the address in its text, on the test's server."""
    deliver_mail.call(message_id=str(message.pk))
    mail = mailbox.received[-1]
    text = next(part for part in mail.walk() if part.get_content_type() == "text/plain")
    body = text.get_payload(decode=True).decode()
    return live_server.url + re.search(r"https?://[^/\s]+(/\S+)", body)[1]


def sign_in(page: Page, live_server, email: str, password: str) -> None:
    page.goto(f"{live_server.url}/account/login/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def show_that_it_is_you(page: Page) -> None:
    expect(page.get_by_role("heading", name="Is it you?")).to_be_visible()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()


def sign_out(page: Page) -> None:
    page.locator("summary", has_text="Account").click()
    page.get_by_role("button", name="Sign out").click()


def test_an_invitation_becomes_a_profile(cast, page, live_server, mailbox, check_accessible) -> None:
    mentes = Person.objects.create(
        organisation=cast.ithaca, name="Mentes", email="mentes@taphos.example", created_at=NOW
    )
    invitations.invite(person=mentes, by=cast.penelope, now=cast_now())
    page.goto(link_in(OutboxMessage.objects.get(), mailbox, live_server))
    expect(page.get_by_role("heading", name="Welcome, Mentes")).to_be_visible()
    zone = page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone")
    expect(page.get_by_label("Time zone")).to_have_value(zone)
    check_accessible(page)

    page.get_by_label("Choose a password").fill("short")
    page.get_by_role("button", name="Go on").click()
    expect(page.locator(".form-errors")).to_be_focused()
    check_accessible(page)
    page.get_by_label("Choose a password").fill(NEW_PASSWORD)
    page.get_by_label("Time zone").select_option("Europe/Athens")
    page.get_by_role("button", name="Go on").click()

    expect(page.get_by_role("heading", name="Tell us who you are")).to_be_visible()
    check_accessible(page)
    page.get_by_label("What you can offer").fill("trade\nnavigation")
    page.get_by_label("Languages you work in").fill("Greek, Klingonese")
    page.get_by_label("Friday").fill("8–12, 13–16")
    page.get_by_label("Monday").fill("whenever")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.locator(".form-errors")).to_contain_text("Klingonese")
    expect(page.locator(".form-errors")).to_contain_text("Write hours such as")
    page.get_by_label("Languages you work in").fill("Greek, English")
    page.get_by_label("Monday").fill("")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_text("Saved.")).to_be_visible()

    mentes.refresh_from_db()
    assert mentes.skills_offered == ["trade", "navigation"]
    assert mentes.languages == ["el", "en"]
    assert mentes.working_hours["fri"] == [["08:00", "12:00"], ["13:00", "16:00"]]
    assert "mon" not in mentes.working_hours
    assert mentes.time_zone == "Europe/Athens"


def cast_now():
    """Return the moment of the invitation: the page compares it with the clock."""
    from telemachy.interfaces.common import clock

    return clock.now()


def test_a_password_is_guarded_by_an_app_and_reset_by_mail(
    cast, page, live_server, mailbox, check_accessible
) -> None:
    sign_in(page, live_server, cast.athena.email, PASSWORD)
    expect(page.get_by_role("heading", name="My learners")).to_be_visible()
    page.goto(f"{live_server.url}/account/2fa/")
    check_accessible(page)
    page.get_by_role("link", name="Set up an app").click()
    check_accessible(page)
    show_that_it_is_you(page)
    expect(page.get_by_role("heading", name="Set up an authenticator app")).to_be_visible()
    check_accessible(page)
    secret = page.get_by_label("Or type this secret into the app").input_value()
    page.get_by_label("Authenticator code").fill(code_of(secret))
    page.get_by_role("button", name="Turn it on").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    check_accessible(page)
    recovery_code = page.locator(".codes code").first.inner_text()

    sign_out(page)
    sign_in(page, live_server, cast.athena.email, PASSWORD)
    expect(page.get_by_role("heading", name="The second step")).to_be_visible()
    check_accessible(page)
    page.get_by_label("Code", exact=False).first.fill(recovery_code)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="My learners")).to_be_visible()

    sign_out(page)
    page.goto(f"{live_server.url}/account/login/")
    check_accessible(page)
    page.get_by_role("link", name="Forgot", exact=False).click()
    check_accessible(page)
    page.get_by_label("E-mail").fill(cast.athena.email)
    page.get_by_role("button", name="Send me the link").click()
    expect(page.get_by_role("heading", name="Look into your mailbox")).to_be_visible()
    reset = OutboxMessage.objects.filter(subject="Choose a new password").get()
    page.goto(link_in(reset, mailbox, live_server))
    check_accessible(page)
    page.get_by_label("New password", exact=False).first.fill(NEW_PASSWORD)
    page.get_by_label("again", exact=False).fill(NEW_PASSWORD)
    page.get_by_role("button", name="Keep the new password").click()
    cast.athena.user.refresh_from_db()
    assert cast.athena.user.check_password(NEW_PASSWORD)


def test_a_passkey_signs_in_without_a_password(cast, page, live_server, check_accessible) -> None:
    browser = page.context.new_cdp_session(page)
    browser.send("WebAuthn.enable")
    browser.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    sign_in(page, live_server, cast.athena.email, PASSWORD)
    expect(page.get_by_role("heading", name="My learners")).to_be_visible()
    page.goto(f"{live_server.url}/account/2fa/")
    page.get_by_role("link", name="Add a passkey").click()
    show_that_it_is_you(page)
    expect(page.get_by_role("heading", name="Add a passkey")).to_be_visible()
    check_accessible(page)
    page.get_by_label("Name", exact=False).first.fill("Owl")
    page.get_by_label("Passwordless", exact=False).check()
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.goto(f"{live_server.url}/account/2fa/webauthn/")
    expect(page.get_by_text("Owl")).to_be_visible()
    check_accessible(page)

    sign_out(page)
    page.goto(f"{live_server.url}/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="My learners")).to_be_visible()


def test_other_sessions_end_at_a_click(cast, page, browser, live_server, check_accessible) -> None:
    elsewhere = browser.new_context().new_page()
    sign_in(elsewhere, live_server, cast.athena.email, PASSWORD)
    expect(elsewhere.get_by_role("heading", name="My learners")).to_be_visible()
    sign_in(page, live_server, cast.athena.email, PASSWORD)
    expect(page.get_by_role("heading", name="My learners")).to_be_visible()
    page.goto(f"{live_server.url}/account/sessions/")
    check_accessible(page)
    page.get_by_role("button", name="Sign out everywhere else").click()
    expect(page.get_by_text("You are signed in nowhere else.")).to_be_visible()
    elsewhere.reload()
    expect(elsewhere.get_by_role("heading", name="Sign in")).to_be_visible()
    elsewhere.context.close()


def test_choices_news_and_privacy_by_keyboard(cast, walk, check_accessible, live_server) -> None:
    tell(person=cast.athena, kind="situation.asked", path="/learners/", now=NOW, other="Telemachus")
    page = walk(cast.athena)
    page.get_by_role("link", name="Notifications: 1 unread").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Notifications")).to_be_visible()
    check_accessible(page)
    page.get_by_role("button", name="Telemachus asks for your view").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Notifications: 0 unread")).to_be_visible()

    page.goto(f"{live_server.url}/preferences/")
    check_accessible(page)
    page.get_by_label("Once a day", exact=False).focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Save choice").press("Enter")
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.get_by_label("Learners at once").fill("4")
    page.get_by_role("button", name="Save availability").press("Enter")
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.get_by_role("button", name="Deutsch").first.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.locator("main").get_by_role("button", name="English").press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    cast.athena.refresh_from_db()
    assert (cast.athena.mail, cast.athena.capacity) == ("daily", 4)

    page.goto(f"{live_server.url}/privacy/")
    check_accessible(page)
    page.get_by_role("button", name="Pack my data").press("Enter")
    expect(page.get_by_text("Being packed", exact=True)).to_be_visible()
    page.get_by_role("link", name="See what would be erased").press("Enter")
    expect(page.get_by_role("heading", name="What goes")).to_be_visible()
    check_accessible(page)
    page.get_by_label("Type your e-mail address").fill("somebody@else.example")
    page.get_by_role("button", name="Erase me now").press("Enter")
    expect(page.locator(".form-errors")).to_contain_text("Nothing was erased")
    page.get_by_label("Type your e-mail address").fill(cast.athena.email)
    page.get_by_role("button", name="Erase me now").press("Enter")
    expect(page.get_by_role("heading", name="You are erased")).to_be_visible()
    check_accessible(page)
    cast.athena.refresh_from_db()
    assert (cast.athena.name, cast.athena.email) == ("Someone", "")


def test_an_administrator_keeps_the_organisation(cast, walk, check_accessible) -> None:
    page = walk(cast.penelope)
    expect(page.get_by_role("heading", name="Organisation")).to_be_visible()
    check_accessible(page)
    page.get_by_role("link", name="Add somebody").click()
    check_accessible(page)
    page.get_by_label("Name").fill("Mentes")
    page.get_by_label("E-mail").fill("mentes@taphos.example")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("Invited")).to_be_visible()
    page.get_by_role("link", name="Athena").click()
    check_accessible(page)
    page.get_by_role("button", name="Make administrator").click()
    expect(page.get_by_role("button", name="Take the rights back")).to_be_visible()
    page.get_by_role("link", name="People").first.click()
    page.get_by_role("link", name="Agents").click()
    check_accessible(page)
    page.get_by_label("Name").fill("Phaeacian")
    page.get_by_label("What it is for").fill("Steers ships.")
    page.get_by_role("button", name="Register").click()
    expect(page.get_by_role("heading", name="Phaeacian")).to_be_visible()
    check_accessible(page)
    page.get_by_role("link", name="Organisation").click()
    page.get_by_role("link", name="Audit trail").click()
    check_accessible(page)
    page.get_by_label("What", exact=False).select_option("administrator.made")
    page.get_by_role("button", name="Narrow down").click()
    expect(page.get_by_text("1 event")).to_be_visible()
    page.get_by_role("link", name="Undelivered mail").click()
    check_accessible(page)
    page.get_by_role("link", name="Settings").click()
    check_accessible(page)
