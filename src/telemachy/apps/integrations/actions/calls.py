"""Count calls, keep answers that may be asked for again, and note what was refused."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Case, F, Value, When

from telemachy.apps.audit.actions import action, events
from telemachy.apps.integrations.models import KeptAnswer, Meter
from telemachy.apps.integrations.queries import calls as queries

if TYPE_CHECKING:
    from telemachy.apps.integrations.models import Token
    from telemachy.apps.people.models import Person

#: An answer can be asked for again for so long.
KEPT_FOR = timedelta(hours=24)


@action
def count(*, group: str, n_more: int, by: Person, now: datetime) -> int:
    """Count more calls of the person in this minute, and return how many all processes have counted."""
    events.unchanged()
    window = queries.window_of(now)
    own = Meter.objects.filter(person=by, group=group)
    counted = Case(When(window_at=window, then=F("n_calls") + n_more), default=Value(n_more))
    if not own.update(n_calls=counted, window_at=window):
        started = {"window_at": window, "n_calls": n_more}
        if Meter.objects.get_or_create(person=by, group=group, defaults=started)[1]:
            return n_more
        own.update(n_calls=counted, window_at=window)
    return own.values_list("n_calls", flat=True).get()


@action
def keep(*, key: str, call_digest: str, by: Person, now: datetime) -> KeptAnswer:
    """Take an idempotency key for the call under way. Raises IntegrityError when it is taken."""
    events.unchanged()
    KeptAnswer.objects.filter(person=by, key=key, created_at__lt=now - KEPT_FOR).delete()
    return KeptAnswer.objects.create(person=by, key=key, call_digest=call_digest, created_at=now)


@action
def fill(*, answer: KeptAnswer, status: int, body: str, by: Person, now: datetime) -> None:
    """Keep what the call was answered."""
    events.unchanged()
    answer.status, answer.body = status, body
    answer.save(update_fields=["status", "body"])


@action
def note_refusal(*, token: Token, code: str, status: int, what: str, by: Person, now: datetime) -> None:
    """Keep in the trail that a call was refused, and why: what was tried, never what was sent."""
    events.record("call.refused", by=by, now=now, on=token, code=code, status=status, what=what[:100])


@action
def forget(*, by: None, now: datetime) -> int:
    """Delete answers that nobody can ask for again; return how many rows went."""
    events.unchanged()
    n_deleted, _rows = KeptAnswer.objects.filter(created_at__lt=now - KEPT_FOR).delete()
    return n_deleted
