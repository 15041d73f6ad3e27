"""The bell, and the choice of mail by the link in a mail."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from telemachy.apps.audit.models import OutboxMessage
from telemachy.apps.people import jobs
from telemachy.apps.people.actions.notifications import tell
from telemachy.apps.people.models import Notification, Person
from telemachy.apps.people.queries import mail_links
from telemachy.apps.programmes.actions import enrolments
from telemachy.apps.programmes.models import ProgrammeManager
from telemachy.interfaces.common import clock
from tests.cast import NOW

pytestmark = pytest.mark.django_db


def in_ithaca_too(cast) -> Person:
    """Make Antinous, who looks at his own organisation first, somebody of Ithaca as well."""
    return Person.objects.create(
        organisation=cast.ithaca,
        user=cast.antinous.user,
        name="Antinous",
        email=cast.antinous.email,
        created_at=NOW + timedelta(days=1),
    )


def test_a_link_in_mail_opens_for_whoever_is_in_another_organisation_as_well(cast, sign_in) -> None:
    guest = cast.antinous
    theirs = in_ithaca_too(cast)
    ProgrammeManager.objects.create(programme=cast.programme, person=theirs, since=NOW)
    page = reverse("programme", args=[cast.programme.pk])
    news = Notification.objects.create(
        person=theirs, kind="pair.transferred", params={"programme": "Voyage"}, path=page, created_at=NOW
    )
    jobs.mail_news.call(notification_id=str(news.pk))
    link = re.search(rf"http\S+{page}\S*", OutboxMessage.objects.get(to=guest.email).text).group()
    client = sign_in(guest)
    assert client.get(page).status_code == 404
    assert client.get(link).status_code == 200
    assert client.get(page).status_code == 200
    # Nobody becomes somebody else by such a link.
    assert sign_in(cast.nestor).get(link).status_code == 404


def test_a_link_to_a_place_finds_who_one_is_in_its_organisation(cast, sign_in) -> None:
    theirs = in_ithaca_too(cast)
    link = enrolments.offer_link(programme=cast.programme, role="learner", by=cast.eurycleia, now=clock.now())
    client = sign_in(cast.antinous)
    client.post(reverse("join", args=[link.token]))
    assert cast.programme.enrolments.filter(person=theirs).exists()
    assert "Voyage" in client.get(reverse("wishes")).content.decode()


def news(someone, n: int = 1, path: str = "/learners/") -> list:
    for number in range(n):
        tell(
            person=someone,
            kind="situation.asked",
            path=path,
            now=NOW + timedelta(minutes=number),
            key=str(number),
            other=f"Sailor {number}",
        )
    return list(someone.notifications.order_by("created_at"))


def test_unread_comes_first_and_opening_one_reads_it_and_leads_there(cast, sign_in) -> None:
    first, second = news(cast.athena, 2)
    client = sign_in(cast.athena)
    assert client.post(reverse("notification", args=[second.pk])).url == "/learners/"
    rows = client.get(reverse("notification-list")).context["rows"]
    assert [item for item, _sentence in rows] == [first, second]
    second.refresh_from_db()
    assert second.read_at is not None
    stays = client.post(reverse("notification", args=[first.pk]), {"stay": "1"})
    assert stays.url == reverse("notification-list")


def test_news_never_leads_to_another_site(cast, sign_in) -> None:
    (item,) = news(cast.athena, path="//evil.example/")
    assert sign_in(cast.athena).post(reverse("notification", args=[item.pk])).url == reverse(
        "notification-list"
    )


def test_everything_is_read_at_once_and_others_news_do_not_exist(cast, sign_in) -> None:
    items = news(cast.athena, 3)
    for stranger in (cast.telemachus, cast.penelope, cast.antinous):
        assert sign_in(stranger).post(reverse("notification", args=[items[0].pk])).status_code == 404
    sign_in(cast.athena).post(reverse("notifications-read"))
    assert not cast.athena.notifications.filter(read_at=None).exists()


def test_the_list_costs_the_same_however_long_it_is(cast, sign_in, count_queries) -> None:
    client = sign_in(cast.athena)
    news(cast.athena, 2)
    before = count_queries(client, reverse("notification-list"))
    news(cast.athena, 25)
    assert count_queries(client, reverse("notification-list")) == before


def test_one_click_in_a_mail_program_ends_the_mail(cast) -> None:
    address = reverse("mail-choice", args=[mail_links.token_for(cast.athena)])
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 204
    cast.athena.refresh_from_db()
    assert cast.athena.mail == "off"


def test_opening_the_link_changes_nothing_until_one_chooses(cast, client) -> None:
    address = reverse("mail-choice", args=[mail_links.token_for(cast.athena)])
    assert client.get(address).status_code == 200
    cast.athena.refresh_from_db()
    assert cast.athena.mail == "immediate"
    assert "Noted" in client.post(address, {"mail": "daily"}).content.decode()
    cast.athena.refresh_from_db()
    assert cast.athena.mail == "daily"
    assert client.post(address, {"mail": "hourly"}).status_code == 200
    assert client.get(reverse("mail-choice", args=["forged"])).status_code == 404
