"""Where a language model runs, whether an organisation uses it, and what it used of its budget."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from telemachy.apps.assist.models import AssistRules, Use

if TYPE_CHECKING:
    from uuid import UUID

    from telemachy.apps.people.models import Organisation, Person

#: Tokens a month that an organisation starts with: some 150 answers.
FIRST_BUDGET = 300_000
#: Months that the administrator's page looks back on.
N_MONTHS = 6


@dataclass(frozen=True, slots=True)
class Place:
    """Where words go: the host that is called, and the model that runs there."""

    host: str
    model: str


@dataclass(frozen=True, slots=True)
class KindOfUse:
    """How often one kind of help was asked for in a month, and what it cost."""

    kind: str
    n_asked: int
    n_failed: int
    n_tokens: int


@dataclass(frozen=True, slots=True)
class MonthOfUse:
    """What a month cost, over all kinds."""

    month: datetime
    n_asked: int
    n_tokens: int


def place() -> Place | None:
    """Return where the installation's model runs, None where it has none."""
    if not settings.ASSIST_HOST:
        return None
    return Place(settings.ASSIST_HOST, settings.ASSIST_MODEL.partition(":")[2])


def rules_of(organisation: Organisation) -> AssistRules | None:
    """Return what the organisation laid down, None before it did."""
    return AssistRules.objects.filter(organisation=organisation).first()


def is_on(organisation_id: UUID) -> bool:
    """Tell whether there is a model and the organisation uses it."""
    return place() is not None and AssistRules.objects.filter(organisation=organisation_id, on=True).exists()


def month_of(now: datetime) -> datetime:
    """Return when the month began, in UTC: budgets are counted by that."""
    return now.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def n_used(organisation_id: UUID, now: datetime) -> int:
    """Return the tokens that count against this month's budget, those of open questions among them."""
    this_month = Use.objects.filter(organisation=organisation_id, asked_at__gte=month_of(now))
    return int(this_month.aggregate(n=Sum("n_counted"))["n"] or 0)


def waits(person: Person, now: datetime) -> bool:
    """Tell whether an answer to the person is still on its way."""
    since = now - timedelta(seconds=settings.ASSIST_SECONDS)
    return Use.objects.filter(person=person, state=Use.State.OPEN, asked_at__gt=since).exists()


def by_kind(organisation: Organisation, now: datetime) -> list[KindOfUse]:
    """Return this month's use by kind, the dearest first."""
    rows = (
        _since(organisation, month_of(now))
        .values("kind")
        .annotate(
            n_asked=Count("pk"), n_failed=Count("pk", filter=Q(state="failed")), n_tokens=Sum("n_counted")
        )
    )
    return [KindOfUse(**row) for row in rows.order_by("-n_tokens")]


def by_month(organisation: Organisation, now: datetime) -> list[MonthOfUse]:
    """Return the use of the last months, the latest first."""
    first = month_of(month_of(now) - timedelta(days=28 * (N_MONTHS - 1)))
    rows = (
        _since(organisation, first)
        .annotate(month=TruncMonth("asked_at", tzinfo=UTC))
        .values("month")
        .annotate(n_asked=Count("pk"), n_tokens=Sum("n_counted"))
    )
    return [MonthOfUse(**row) for row in rows.order_by("-month")]


def _since(organisation: Organisation, since: datetime) -> QuerySet[Use]:
    return Use.objects.filter(organisation=organisation, asked_at__gte=since)
