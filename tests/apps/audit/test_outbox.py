"""Outgoing mail, sent through Django's SMTP backend to a real server on this machine."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from telemachy.apps.audit import jobs, queries
from telemachy.apps.audit.actions import outbox
from telemachy.apps.audit.models import Event, OutboxMessage
from telemachy.core.shared.errors import NotAllowed
from tests.smtp import free_port

pytestmark = pytest.mark.django_db

INVITATION = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"


def post(key: str = "welcome:1", **changes: object) -> OutboxMessage:
    fields = {"to": "athena@ithaca.example", "subject": "A session", "text": "On Tuesday.", **changes}
    return outbox.post(**fields, key=key, by=None, now=timezone.now())  # noqa: TID251 - the worker's clock


def deliver(message: OutboxMessage) -> OutboxMessage:
    jobs.deliver_mail.call(message_id=str(message.pk))
    message.refresh_from_db()
    return message


def make_due(message: OutboxMessage) -> None:
    message.next_attempt_at = message.created_at
    message.save()


def test_a_message_arrives_with_text_html_and_a_calendar_invitation(mailbox):
    ics = outbox.Attachment("session.ics", "text/calendar; method=REQUEST", INVITATION)
    message = post(html="<p>On Tuesday.</p>", attachments=[ics], headers={"Auto-Submitted": "auto-generated"})
    assert deliver(message).state == "sent"
    (mail,) = mailbox.received
    parts = {part.get_content_type(): part for part in mail.walk() if not part.is_multipart()}
    assert parts["text/plain"].get_payload(decode=True).decode().strip() == "On Tuesday."
    assert parts["text/html"].get_payload(decode=True).decode().strip() == "<p>On Tuesday.</p>"
    assert parts["text/calendar"].get_param("method") == "REQUEST"
    assert b"BEGIN:VCALENDAR" in parts["text/calendar"].get_payload(decode=True)
    assert mail["To"] == "athena@ithaca.example"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert str(message.pk) in mail["Message-ID"]


def test_what_was_sent_is_kept_no_longer(mailbox):
    """Links in a mail are secrets of which the product keeps a digest only."""
    ics = outbox.Attachment("session.ics", "text/calendar; method=REQUEST", INVITATION)
    headers = {"List-Unsubscribe": "<https://ithaca.example/mail/secret/>"}
    message = deliver(post(html="<p>/invitation/secret/</p>", attachments=[ics], headers=headers))
    assert (message.to, message.subject) == ("athena@ithaca.example", "A session")
    assert (message.text, message.html, message.attachments, message.headers) == ("", "", [], {})


def test_other_attachments_keep_their_names(mailbox):
    deliver(post(attachments=[outbox.Attachment("rejected.csv", "text/csv", "row,reason\n")]))
    names = [part.get_filename() for part in mailbox.received[0].walk() if part.get_filename()]
    assert names == ["rejected.csv"]


def test_posting_the_same_key_twice_sends_once(mailbox):
    assert post(key="reminder:7").pk == post(key="reminder:7", subject="Again").pk
    assert DBTaskResult.objects.filter(task_path="telemachy.apps.audit.jobs.deliver_mail").count() == 1


def test_delivering_twice_sends_once(mailbox):
    message = post()
    deliver(message)
    deliver(message)
    assert len(mailbox.received) == 1


def test_a_message_in_another_workers_hands_is_left_alone(mailbox):
    message = post()
    assert outbox.claim(message_id=message.pk, by=None, now=message.created_at) is not None
    deliver(message)
    assert mailbox.received == []


def test_an_address_that_does_not_exist_makes_the_message_dead_with_the_servers_words(mailbox):
    mailbox.rcpt_reply = "550 5.1.1 No such person here"
    message = deliver(post())
    assert (message.state, message.n_attempts) == ("dead", 1)
    assert "550 5.1.1 No such person here" in message.last_error
    assert Event.objects.filter(verb="mail.died", subject_id=str(message.pk)).exists()


def test_a_content_that_the_server_refuses_makes_the_message_dead(mailbox):
    mailbox.data_reply = "554 5.7.1 Looks like spam"
    assert deliver(post()).state == "dead"


def test_a_busy_server_is_asked_again_later_and_then_takes_the_message(mailbox):
    mailbox.rcpt_reply = "451 4.7.1 Try again later"
    message = deliver(post())
    assert message.state == "failed"
    assert message.next_attempt_at - message.created_at >= timedelta(minutes=1)
    mailbox.rcpt_reply = ""
    make_due(message)
    jobs.deliver_due_mail.call()
    message.refresh_from_db()
    assert (message.state, message.n_attempts, message.last_error) == ("sent", 2, "")


def test_each_failure_doubles_the_wait_and_the_eighth_is_the_last(mailbox):
    mailbox.rcpt_reply = "451 Try again later"
    message, waits = post(), []
    while message.state != "dead":
        make_due(message)
        before = timezone.now()  # noqa: TID251 - the worker's clock
        deliver(message)
        waits.append(round((message.next_attempt_at - before).total_seconds() / 60))
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128]


def test_a_server_that_cannot_be_reached_costs_one_attempt_of_one_message(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    for number in range(3):
        post(key=f"welcome:{number}")
    jobs.deliver_due_mail.call()
    attempts = OutboxMessage.objects.order_by("-n_attempts").values_list("n_attempts", flat=True)
    assert list(attempts) == [1, 0, 0]


def test_a_line_break_in_the_subject_cannot_smuggle_in_a_header(mailbox):
    deliver(post(subject="Hello\r\nBcc: everyone@example.org"))
    assert mailbox.received[0]["Subject"] == "Hello Bcc: everyone@example.org"
    assert mailbox.received[0]["Bcc"] is None


def test_an_administrator_sees_and_resends_dead_mail_of_the_own_organisation_only(cast, mailbox):
    mailbox.rcpt_reply = "550 No such person"
    message = deliver(post(organisation_id=cast.ithaca.pk))
    assert list(queries.undelivered_mail(cast.penelope)) == [message]
    assert not queries.undelivered_mail(cast.athena).exists()
    assert not queries.undelivered_mail(cast.antinous).exists()
    with pytest.raises(NotAllowed):
        outbox.resend(message=message, by=cast.antinous, now=message.created_at)
    mailbox.rcpt_reply = ""
    outbox.resend(message=message, by=cast.penelope, now=message.created_at)
    assert deliver(message).state == "sent"
