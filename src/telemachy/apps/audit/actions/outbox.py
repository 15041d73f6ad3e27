"""Post mail inside the caller's transaction, and send it from a job."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from itertools import product
from uuid import UUID

from django.core.mail import BadHeaderError, EmailMultiAlternatives
from django.db.models import Q

from telemachy.apps.audit import policies
from telemachy.apps.audit.actions import action, events, queue
from telemachy.apps.audit.actions.events import Actor
from telemachy.apps.audit.models import OutboxMessage
from telemachy.core.shared.redaction import redact

MAX_ATTEMPTS = 8
FIRST_DELAY = timedelta(minutes=1)

#: Exceptions that another attempt cannot mend, when the server's code is 5xx.
_ABOUT_THIS_MESSAGE = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError)


#: Why a mail server gave no answer: the first kind that fits names it.
REASONS: tuple[tuple[type[Exception], str], ...] = (
    (BadHeaderError, "unwritable"),
    (UnicodeError, "unwritable"),
    (smtplib.SMTPServerDisconnected, "broke_off"),
    (TimeoutError, "timeout"),
    (socket.gaierror, "unknown_host"),
    (ConnectionRefusedError, "not_listening"),
    (ssl.SSLError, "certificate"),
)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A text file on a message; `text/calendar; method=REQUEST` makes it an invitation."""

    name: str
    content_type: str
    text: str


@action
def post(
    *,
    to: str,
    subject: str,
    text: str,
    key: str,
    by: Actor | None,
    now: datetime,
    html: str = "",
    attachments: Sequence[Attachment] = (),
    headers: Mapping[str, str] | None = None,
    organisation_id: UUID | None = None,
) -> OutboxMessage:
    """Queue one message; posting the same `key` again returns the first message and sends nothing."""
    message, is_new = OutboxMessage.objects.get_or_create(
        key=key,
        defaults={
            "to": to,
            "subject": " ".join(subject.split())[:300],
            "text": text,
            "html": html,
            "attachments": [asdict(attachment) for attachment in attachments],
            "headers": dict(headers or {}),
            "organisation_id": organisation_id or (by.organisation_id if by is not None else None),
            "next_attempt_at": now,
            "created_at": now,
        },
    )
    if is_new:
        queue.enqueue("telemachy.apps.audit.jobs.deliver_mail", message_id=str(message.pk))
        events.record(
            "mail.queued", by=by, now=now, on=message, organisation_id=message.organisation_id, key=key
        )
    else:
        events.unchanged()
    return message


@action
def claim(*, message_id: UUID, by: Actor | None, now: datetime) -> OutboxMessage | None:
    """Take a due message for one attempt; None when it is sent, dead, not due or taken by another worker.

    The claim lapses by itself at `next_attempt_at`, so a worker that dies while sending loses nothing.
    """
    events.unchanged()
    due = OutboxMessage.objects.filter(
        pk=message_id,
        state__in=(OutboxMessage.State.QUEUED, OutboxMessage.State.FAILED),
        next_attempt_at__lte=now,
    )
    message = due.select_for_update(skip_locked=True).first()
    if message is None:
        return None
    message.n_attempts += 1
    message.next_attempt_at = now + FIRST_DELAY * (1 << message.n_attempts - 1)
    message.save(update_fields=["n_attempts", "next_attempt_at"])
    return message


@action
def note_sent(*, message: OutboxMessage, by: Actor | None, now: datetime) -> None:
    """Mark a message as handed to the mail server, and forget what it said: links in it are secrets."""
    message.state = OutboxMessage.State.SENT
    message.sent_at = now
    message.last_error = message.text = message.html = ""
    message.attachments, message.headers = [], {}
    message.save()
    events.record("mail.sent", by=by, now=now, on=message, organisation_id=message.organisation_id)


@action
def note_failed(*, message: OutboxMessage, error: Exception, by: Actor | None, now: datetime) -> None:
    """Mark an attempt as failed: to be tried again, or dead when that is pointless."""
    is_dead = is_permanent(error) or message.n_attempts >= MAX_ATTEMPTS
    message.state = OutboxMessage.State.DEAD if is_dead else OutboxMessage.State.FAILED
    message.last_error = describe(error)[:500]
    message.save(update_fields=["state", "last_error"])
    verb = "mail.died" if is_dead else "mail.failed"
    events.record(
        verb,
        by=by,
        now=now,
        on=message,
        organisation_id=message.organisation_id,
        n_attempts=message.n_attempts,
        # The server's code or our word alone: what it says holds the address, and the trail outlives people.
        error=message.last_error.split(maxsplit=1)[0].rstrip(":"),
    )


@action
def resend(*, message: OutboxMessage, by: Actor | None, now: datetime) -> None:
    """Try a dead message again, after its address or the mail server was mended."""
    policies.resend_mail(by, message).require()
    message.state = OutboxMessage.State.QUEUED
    message.n_attempts = 0
    message.next_attempt_at = now
    message.save(update_fields=["state", "n_attempts", "next_attempt_at"])
    queue.enqueue("telemachy.apps.audit.jobs.deliver_mail", message_id=str(message.pk))
    events.record("mail.requeued", by=by, now=now, on=message, organisation_id=message.organisation_id)


@action
def forget(
    *, address: str, name: str, called: str, organisation_id: UUID, by: Actor | None, now: datetime
) -> None:
    """Delete what was written to an address, and take a name and the address out of mail to others."""
    events.unchanged()
    OutboxMessage.objects.filter(organisation_id=organisation_id, to=address).delete()
    words = tuple(filter(None, (name, address, name.replace(",", "\\,"))))
    # Lines of a calendar break wherever they are long, so that no search finds all names in attachments.
    mentions = ~Q(attachments=[])
    for field, word in product(("subject", "text", "html"), words):
        mentions |= Q(**{f"{field}__icontains": word})
    for message in OutboxMessage.objects.filter(mentions, organisation_id=organisation_id).iterator():
        for field in ("subject", "text", "html"):
            setattr(message, field, redact(getattr(message, field), words, called))
        for attachment in message.attachments:
            attachment["text"] = redact(_unbroken(attachment["text"]), words, called)
        message.save(update_fields=["subject", "text", "html", "attachments"])


def _unbroken(text: str) -> str:
    """Return a calendar's text with its long lines whole again (RFC 5545, section 3.1)."""
    return text.replace("\r\n ", "")


def deliver(message: OutboxMessage) -> None:
    """Hand a message to the mail server; raise what Django's mail backend raises."""
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        to=[message.to],
        # The same id on every attempt, so that a mailbox can drop the copy of a doubtful delivery.
        headers={"Message-ID": f"<{message.pk}@telemachy>", **message.headers},
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    for attachment in message.attachments:
        if attachment["content_type"].startswith("text/calendar"):
            # Mail programs read an invitation from the alternative part (RFC 6047).
            mail.attach_alternative(attachment["text"], attachment["content_type"])
        else:
            mail.attach(attachment["name"], attachment["text"], attachment["content_type"])
    mail.send()


def is_permanent(error: Exception) -> bool:
    """Whether the server refused this very message or address for good (SMTP 5xx)."""
    if isinstance(error, (BadHeaderError, UnicodeError)):
        return True
    return isinstance(error, _ABOUT_THIS_MESSAGE) and all(500 <= code < 600 for code, _ in _replies(error))


def describe(error: Exception) -> str:
    """Return the server's code and own words; else a word of REASONS or "no_answer", and what went wrong."""
    replies = _replies(error)
    if replies:
        return "; ".join(f"{code} {text}" for code, text in replies)
    word = next((name for kind, name in REASONS if isinstance(error, kind)), "no_answer")
    return f"{word}: {error}"


def _replies(error: Exception) -> list[tuple[int, str]]:
    found: list[tuple[int, bytes | str]] = []
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        found.extend(error.recipients.values())
    elif isinstance(error, smtplib.SMTPResponseException):
        found.append((error.smtp_code, error.smtp_error))
    return [
        (code, text.decode(errors="replace") if isinstance(text, bytes) else text) for code, text in found
    ]
