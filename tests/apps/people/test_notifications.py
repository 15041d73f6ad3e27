"""News by mail: right away, once a day where the reader is, or never."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django_tasks_db.models import DBTaskResult

from telemachy.apps.audit import jobs as audit_jobs
from telemachy.apps.audit.models import OutboxMessage
from telemachy.apps.people import jobs
from telemachy.apps.people.actions import notifications, preferences, privacy
from telemachy.apps.people.queries import mail_links, news
from tests.cast import NOW, person

pytestmark = pytest.mark.django_db


def tell(someone, key: str = "", now: datetime = NOW, kind: str = "situation.asked"):
    notifications.tell(
        person=someone, kind=kind, path="/situations/1/", now=now, key=key, other="Athena", programme="Voyage"
    )
    return someone.notifications.get(key=key)


def choose(someone, mail: str, now: datetime = NOW) -> None:
    preferences.choose_mail(person=someone, mail=mail, by=someone, now=now)


def queued() -> int:
    return DBTaskResult.objects.filter(task_path="telemachy.apps.people.jobs.mail_news").count()


def test_news_right_away_arrives_with_text_html_and_a_way_out(cast, mailbox) -> None:
    item = tell(cast.telemachus)
    assert queued() == 1
    jobs.mail_news.call(notification_id=str(item.pk))
    audit_jobs.deliver_mail.call(message_id=str(OutboxMessage.objects.get().pk))
    (mail,) = mailbox.received
    parts = {
        part.get_content_type(): part.get_payload(decode=True).decode()
        for part in mail.walk()
        if not part.is_multipart()
    }
    assert mail["Subject"] == "Athena asks for your view on a situation."
    assert "/situations/1/" in parts["text/plain"]
    assert "/situations/1/" in parts["text/html"]
    choices = mail["List-Unsubscribe"].strip().strip("<>")
    assert choices in parts["text/plain"]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail_links.person_of(choices.rstrip("/").rpartition("/")[2]) == cast.telemachus


def test_a_job_that_runs_twice_mails_once(cast) -> None:
    item = tell(cast.telemachus)
    jobs.mail_news.call(notification_id=str(item.pk))
    jobs.mail_news.call(notification_id=str(item.pk))
    assert OutboxMessage.objects.count() == 1


@pytest.mark.parametrize("mail", ["daily", "off"])
def test_whoever_wants_no_immediate_mail_gets_none(cast, mail) -> None:
    choose(cast.telemachus, mail)
    item = tell(cast.telemachus)
    assert queued() == 0
    jobs.mail_news.call(notification_id=str(item.pk))
    assert OutboxMessage.objects.count() == 0


def test_what_was_read_meanwhile_is_not_mailed(cast) -> None:
    item = tell(cast.telemachus)
    notifications.mark_read(notification=item, by=cast.telemachus, now=NOW)
    jobs.mail_news.call(notification_id=str(item.pk))
    assert OutboxMessage.objects.count() == 0


def test_mail_comes_in_the_readers_language(cast) -> None:
    preferences.choose_language(user=cast.telemachus.user, language="de", by=cast.telemachus, now=NOW)
    cast.telemachus.refresh_from_db()
    assert news.language_of(cast.telemachus) == "de"
    assert news.language_of(cast.athena) == "en"


@pytest.mark.parametrize(
    ("zone", "due_at"),
    [
        ("Europe/Lisbon", "2026-03-04T07:00+00:00"),
        ("Asia/Kolkata", "2026-03-04T01:30+00:00"),
        ("America/Los_Angeles", "2026-03-04T15:00+00:00"),
        ("Pacific/Auckland", "2026-03-03T18:00+00:00"),
    ],
)
def test_the_daily_mail_is_due_at_seven_where_the_reader_is(cast, zone, due_at) -> None:
    reader = cast.telemachus
    reader.time_zone = zone
    reader.save()
    choose(reader, "daily", NOW - timedelta(days=1))
    due = datetime.fromisoformat(due_at)
    last_minute = due - timedelta(minutes=1)
    notifications.mail_digest(person=reader, by=None, now=NOW)  # today's, with nothing in it
    reader.refresh_from_db()
    assert due.astimezone(ZoneInfo(zone)).hour == 7
    assert not news.is_digest_due(reader, last_minute)
    assert news.is_digest_due(reader, due)
    assert news.is_digest_due(reader, due + timedelta(hours=3)), "a worker that was away makes up for it"


def test_one_daily_mail_holds_everything_unread_and_comes_once(cast) -> None:
    reader = cast.telemachus
    choose(reader, "daily", NOW - timedelta(days=2))
    tell(reader, "a")
    tell(reader, "b", kind="pair.accepted")
    read = tell(reader, "c")
    notifications.mark_read(notification=read, by=reader, now=NOW)
    for _again in range(2):
        notifications.mail_digest(person=reader, by=None, now=NOW)
    message = OutboxMessage.objects.get()
    assert message.subject == "2 pieces of news for you"
    assert "Athena accepted the pair in Voyage." in message.text
    tell(reader, "d")
    notifications.mail_digest(person=reader, by=None, now=NOW + timedelta(hours=5))
    assert OutboxMessage.objects.count() == 1
    notifications.mail_digest(person=reader, by=None, now=NOW + timedelta(days=1))
    assert OutboxMessage.objects.count() == 2
    assert "1 piece of news" in OutboxMessage.objects.latest("created_at").subject


def test_choosing_the_daily_mail_in_the_afternoon_sends_nothing_that_day(cast) -> None:
    choose(cast.telemachus, "daily", NOW)
    tell(cast.telemachus)
    notifications.mail_digest(person=cast.telemachus, by=None, now=NOW + timedelta(hours=2))
    assert OutboxMessage.objects.count() == 0


def test_the_digest_job_asks_only_for_those_with_news(cast, django_assert_max_num_queries) -> None:
    for number in range(5):
        person(cast.ithaca, f"Sailor {number}", mail="daily")
    with django_assert_max_num_queries(1):
        jobs.mail_digests.call()
    assert OutboxMessage.objects.count() == 0


def test_who_cannot_sign_in_is_invited_when_asked_into_a_pair_and_only_once(cast) -> None:
    mentes = person(cast.ithaca, "Mentes", sign_in=False)
    mentes.email = "mentes@ithaca.example"
    mentes.save()
    for item in (
        tell(mentes, "a"),
        tell(mentes, "b", kind="pair.proposed"),
        tell(mentes, "c", kind="pair.proposed"),
    ):
        jobs.mail_news.call(notification_id=str(item.pk))
    message = OutboxMessage.objects.get()
    assert "invitation" in message.subject
    assert mentes.invitations.count() == 1


def test_agents_and_those_who_left_get_no_news(cast) -> None:
    cast.nestor.left_at = NOW
    cast.nestor.save()
    for someone in (cast.argus, cast.nestor):
        notifications.tell(person=someone, kind="situation.asked", path="/", now=NOW, other="Athena")
        assert someone.notifications.count() == 0


@pytest.mark.parametrize("name", ["Nestör", "Łukasz “Nes” 'T", 'Nes "the old" Tor'])
def test_news_to_others_forget_an_erased_name_however_the_database_writes_it(cast, name: str) -> None:
    cast.nestor.name = name
    cast.nestor.save()
    for other in (name, cast.nestor.email):
        notifications.tell(
            person=cast.athena, kind="situation.asked", path="/", now=NOW, key=other, other=other
        )
    privacy.erase_person(person=cast.nestor, by=cast.nestor, now=NOW)
    assert [one.params["other"] for one in cast.athena.notifications.all()] == ["Someone", "Someone"]
