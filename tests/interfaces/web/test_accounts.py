"""Accounts in the web: invitation, profile, choices, privacy."""

from __future__ import annotations

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db

PAGES = [
    "profile",
    "welcome",
    "preferences",
    "account_email",
    "privacy",
    "erase",
    "notification-list",
    "mfa_index",
    "usersessions_list",
    "account_change_password",
    "account_logout",
]
ADMINISTRATOR_PAGES = [
    "organisation",
    "organisation-person-add",
    "agent-list",
    "organisation-settings",
    "audit-trail",
    "undelivered-mail",
]


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_an_account_opens_for_its_person_and_asks_strangers_to_sign_in(
    cast, sign_in, client, name
):
    address = reverse(name)
    assert sign_in(cast.athena).get(address).status_code == 200
    response = client.get(address)
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login")) or name == "account_logout"


@pytest.mark.parametrize("name", ADMINISTRATOR_PAGES)
def test_the_administration_is_there_for_administrators_alone(cast, sign_in, client, name):
    address = reverse(name)
    assert sign_in(cast.penelope).get(address).status_code == 200
    assert sign_in(cast.eurycleia).get(address).status_code == 404
    assert client.get(address).status_code == 302
