"""What the trail keeps of sign-ins, and where the links of a reset letter lead."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from telemachy.apps.audit.models import Event, OutboxMessage
from telemachy.interfaces.cli import main as cli

pytestmark = pytest.mark.django_db

OLD, NEW = "the-bow-of-odysseus", "twelve-axes-in-a-row"


@pytest.fixture(autouse=True)
def _no_earlier_attempts() -> None:
    cache.clear()


@pytest.fixture
def athena(cast):
    cast.athena.user.set_password(OLD)
    cast.athena.user.save()
    return cast.athena


def trail(verb: str) -> list[tuple[object, str, dict]]:
    """Who did what to whom; the facts of these events are empty."""
    found = Event.objects.filter(verb=verb).order_by("at")
    return [(event.actor_id, event.subject_id, event.data) for event in found]


def enter(client, person) -> None:
    """Sign in, and say once more who it is, as the pages of the second factor ask."""
    client.post(reverse("account_login"), {"login": person.email, "password": OLD})
    client.post(reverse("account_reauthenticate"), {"password": OLD})


def test_a_failed_sign_in_is_in_the_trail_of_the_account_it_concerns(athena, client) -> None:
    for login in (athena.email, athena.email.upper(), "nobody@ithaca.example"):
        client.post(reverse("account_login"), {"login": login, "password": "guess-of-antinous"})
    assert trail("sign_in.failed") == [(None, str(athena.pk), {})] * 2
    kept = " ".join(str(event.__dict__) for event in Event.objects.filter(verb="sign_in.failed"))
    assert "guess-of-antinous" not in kept
    assert "nobody@" not in kept
    assert Event.objects.filter(verb="sign_in.failed", organisation_id=athena.organisation_id).count() == 2


def test_a_wrong_code_is_a_failed_sign_in(athena, client) -> None:
    totp.TOTP.activate(athena.user, totp.generate_totp_secret())
    client.post(reverse("account_login"), {"login": athena.email, "password": OLD})
    assert trail("sign_in.failed") == []
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert trail("sign_in.failed") == [(None, str(athena.pk), {})]


def test_a_changed_password_is_in_the_trail_without_it(athena, sign_in) -> None:
    data = {"oldpassword": OLD, "password1": NEW, "password2": NEW}
    sign_in(athena).post(reverse("account_change_password"), data)
    assert trail("password.changed") == [(athena.pk, str(athena.pk), {})]


def test_a_removed_second_factor_is_in_the_trail(athena, client) -> None:
    enter(client, athena)
    totp.TOTP.activate(athena.user, totp.generate_totp_secret())
    RecoveryCodes.activate(athena.user)
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=athena.user).exists()
    assert trail("second_factor.removed") == [(athena.pk, str(athena.pk), {})]


def test_who_lost_every_second_factor_comes_in_again_by_an_operators_word(athena, client, capsys) -> None:
    totp.TOTP.activate(athena.user, totp.generate_totp_secret())
    RecoveryCodes.activate(athena.user)
    password = {"login": athena.email, "password": OLD}
    client.post(reverse("account_login"), password)
    assert client.get(reverse("profile")).status_code == 302
    assert cli.main(["unlock", athena.email.upper()]) == 0
    assert client.get(reverse("mfa_authenticate"), follow=True).status_code == 200, (
        "no page leads in a circle"
    )
    for browser in (client, Client()):
        browser.post(reverse("account_login"), password)
        assert browser.get(reverse("profile")).status_code == 200
    assert trail("second_factor.removed") == [(None, str(athena.pk), {})]
    assert cli.main(["unlock", athena.email]) == cli.main(["unlock", "nobody@x.example"]) == 2
    told = capsys.readouterr().err
    assert "password alone already" in told
    assert "Nobody signs in as" in told


def test_an_added_second_factor_is_in_the_trail(athena, client, django_capture_on_commit_callbacks) -> None:
    enter(client, athena)
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    code = totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_activate_totp"), {"code": code})
    assert trail("second_factor.added") == [(athena.pk, str(athena.pk), {})]
    assert secret not in " ".join(str(event.__dict__) for event in Event.objects.all())


def test_a_reset_letter_leads_to_our_address_whatever_host_the_request_named(
    athena, client, settings
) -> None:
    settings.BASE_URL = "https://mentoring.ithaca.example"
    settings.ALLOWED_HOSTS = ["*"]
    headers = {"Host": "evil.example"}
    client.post(reverse("account_reset_password"), {"email": athena.email}, headers=headers)
    letter = OutboxMessage.objects.get()
    assert "evil.example" not in letter.text + letter.html
    (link,) = re.findall(r"https://mentoring\.ithaca\.example(/account/password/reset/key/\S+)", letter.text)
    page = client.get(link, follow=True)
    data = {"password1": NEW, "password2": NEW}
    client.post(page.redirect_chain[-1][0], data)
    assert trail("password.reset") == [(athena.pk, str(athena.pk), {})]
