"""Who may read the audit trail, the undeliverable mail and the dead letters."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from telemachy.apps.audit.models import DeadLetter, OutboxMessage
from telemachy.core.shared.verdict import ALLOWED, Verdict, refused


def see_mail(actor: Any) -> Verdict:
    """Administrators see which mail of their organisation did not arrive."""
    if actor is not None and actor.is_administrator:
        return ALLOWED
    return refused(_("Only an administrator of the organisation can see undelivered mail."))


def resend_mail(actor: Any, message: OutboxMessage) -> Verdict:
    """Administrators resend their organisation's dead mail."""
    if not see_mail(actor) or message.organisation_id != actor.organisation_id:
        return refused(_("Only an administrator of the organisation can send this mail again."))
    if message.state != OutboxMessage.State.DEAD:
        return refused(_("This mail is sent or still on its way."))
    return ALLOWED


def see_dead_letters(actor: Any) -> Verdict:
    """Operators of the installation see failed jobs: their arguments may name any organisation."""
    if actor is not None and actor.user is not None and actor.user.is_staff:
        return ALLOWED
    return refused(_("Only an operator of this installation can see failed background jobs."))


def retry_dead_letter(actor: Any, letter: DeadLetter) -> Verdict:
    """Operators run a failed job again, once."""
    verdict = see_dead_letters(actor)
    if not verdict:
        return verdict
    if letter.retried_at is not None:
        return refused(_("This job was queued again already."))
    return ALLOWED
