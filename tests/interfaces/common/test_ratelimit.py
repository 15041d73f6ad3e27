from __future__ import annotations

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from telemachy.apps.audit.models import Event
from telemachy.interfaces.common.ratelimit import client_address

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_minute")]


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


@pytest.mark.parametrize("name", ["audit-export", "programme-export"])
def test_lists_are_fetched_so_many_times_a_minute_and_each_time_is_in_the_trail(
    cast, sign_in, settings, name
):
    settings.DOWNLOADS_PER_MINUTE = 2
    penelope = sign_in(cast.penelope)
    address = reverse(name, args=[] if name == "audit-export" else [cast.programme.pk])
    answers = [penelope.get(address) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1]["Retry-After"] == "60"
    assert Event.objects.filter(verb="list.exported", actor_id=cast.penelope.pk).count() == 2


def test_the_same_bound_holds_over_all_kinds_of_downloads(cast, sign_in, settings):
    settings.DOWNLOADS_PER_MINUTE = 1
    telemachus = sign_in(cast.telemachus)
    pdf = reverse("trajectory-pdf", args=[cast.relationship.pk])
    assert telemachus.get(pdf).status_code == 200
    elsewhere = reverse("data-export", args=["00000000-0000-4000-8000-000000000000"])
    assert telemachus.get(elsewhere).status_code == 429
    assert telemachus.get(reverse("profile")).status_code == 200


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
