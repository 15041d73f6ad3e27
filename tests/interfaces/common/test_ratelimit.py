from __future__ import annotations

import pytest
from django.test import Client, RequestFactory

from telemachy.interfaces.common.ratelimit import client_address

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _three_writes_a_minute(settings):
    settings.WRITES_PER_MINUTE = 3


def write(client: Client, times: int, **headers: str) -> list[int]:
    return [client.post("/no-such-place/", **headers).status_code for _ in range(times)]


def test_a_person_who_writes_too_much_is_asked_to_wait_and_others_are_not(sign_in, cast):
    athena = sign_in(cast.athena)
    assert write(athena, 4) == [404, 404, 404, 429]
    answer = athena.post("/no-such-place/")
    assert answer["Retry-After"] == "60"
    assert b"<h1>" in answer.content
    assert write(sign_in(cast.telemachus), 1) == [404]


def test_reading_is_never_counted(client):
    assert {client.get("/health/live").status_code for _ in range(10)} == {200}


def test_strangers_are_counted_by_address(client):
    assert write(client, 4, REMOTE_ADDR="192.0.2.1")[-1] == 429
    assert write(client, 1, REMOTE_ADDR="192.0.2.2") == [404]


def test_an_address_given_by_the_client_counts_only_behind_a_proxy(settings):
    request = RequestFactory().get(
        "/", HTTP_X_FORWARDED_FOR="203.0.113.9, 198.51.100.7", REMOTE_ADDR="10.0.0.1"
    )
    settings.BEHIND_PROXY = False
    assert client_address(request) == "10.0.0.1"
    settings.BEHIND_PROXY = True
    assert client_address(request) == "198.51.100.7"
