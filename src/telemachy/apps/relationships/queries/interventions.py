"""What is done about a programme's signals, and what became of them; signals only, never content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from telemachy.apps.relationships.models import Intervention, Relationship
from telemachy.apps.relationships.queries import health as health_queries
from telemachy.core import insights
from telemachy.core.shared.lifecycles import RELATIONSHIP_OPEN

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.programmes.models import Programme
    from telemachy.apps.relationships.queries.health import Health, PairHealth

#: A signal that is still there so long after something was done about it comes back into the queue.
FOLLOW_UP = timedelta(days=14)
#: What is left out of the queue for now.
RESTING = ("snoozed", "done")
#: Fewer signals on either side than this are no comparison.
MIN_COMPARED = 10

#: A signal by the key of the pair, of the mentor or "" for the programme, and its code.
Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a signal is about: a pair, a mentor over all pairs, or with neither the programme's people."""

    programme: Programme
    relationship: Relationship | None = None
    person: Person | None = None

    def key(self, code: str) -> Key:
        """Return the key of a signal about it."""
        one = self.relationship or self.person
        return str(one.pk) if one is not None else "", code


@dataclass(frozen=True, slots=True)
class Results:
    """How many signals were gone within `FOLLOW_UP` after being taken up, and after being left alone."""

    n_taken: int
    n_taken_gone: int
    n_left: int
    n_left_gone: int

    @property
    def is_enough(self) -> bool:
        """Whether there are enough of both to be put beside each other."""
        return min(self.n_taken, self.n_left) >= MIN_COMPARED


@dataclass(frozen=True, slots=True)
class Week:
    """The last seven days of a programme in numbers."""

    n_open: int
    n_new: int
    n_gone: int
    n_in_hand: int

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to write about."""
        return not (self.n_open or self.n_new or self.n_gone or self.n_in_hand)


def key_of(intervention: Intervention) -> Key:
    """Return the key of the signal that it is about."""
    return str(intervention.relationship_id or intervention.person_id or ""), intervention.code


def of_programme(programme: Programme) -> QuerySet[Intervention]:
    """Return every intervention of the programme."""
    return Intervention.objects.filter(programme=programme).select_related("by", "person", "relationship")


def current(programme: Programme) -> QuerySet[Intervention]:
    """Return those whose signal is not gone."""
    return of_programme(programme).exclude(state="over")


def acted_on(programme: Programme) -> dict[Key, Intervention]:
    """Return what somebody has taken up, snoozed or done and whose signal is not gone, in one query."""
    return _by_key(Intervention.objects.filter(programme=programme).exclude(state="open"))


def about_pair(relationship: Relationship) -> dict[Key, Intervention]:
    """Return the interventions about one pair whose signal is not gone."""
    return _by_key(Intervention.objects.filter(relationship=relationship))


def _by_key(rows: QuerySet[Intervention]) -> dict[Key, Intervention]:
    """Return those whose signal is not gone, with what a page says of them and no more."""
    said = ("relationship_id", "person_id", "code", "state", "note", "taken_at", "snoozed_until", "done_at")
    taken = rows.exclude(state="over").select_related("by").only(*said, "by__name")
    return {key_of(one): one for one in taken}


def is_resting(intervention: Intervention | None, today: date) -> bool:
    """Tell whether the signal is left out of the queue today: done, or snoozed until a day to come."""
    if intervention is None or intervention.state not in RESTING:
        return False
    until = intervention.snoozed_until
    return intervention.state == "done" or (until is not None and until > today)


def queue(
    health: Health, acted: Mapping[Key, Intervention], today: date, most: int
) -> Iterator[tuple[PairHealth, tuple[insights.Signal, ...]]]:
    """Yield the first pairs that need a hand, each with the signals that nobody has put aside for now."""
    n = 0
    for number in range(health.tally.n_queue):
        pair: PairHealth = health.pairs[number]
        awake = tuple(
            signal for signal in pair.signals if not is_resting(acted.get((pair.id, signal.code)), today)
        )
        if any(health_queries.RANKS[signal.severity] >= health_queries.ACT for signal in awake):
            yield pair, awake
            n += 1
        if n == most:
            return


def signals_of(health: Health) -> dict[Key, insights.Signal]:
    """Return every signal of the programme that asks for something, good news left out."""
    found: dict[Key, insights.Signal] = {}
    groups: list[tuple[str, Iterable[insights.Signal]]] = [
        *((pair.id, pair.signals) for pair in health.pairs),
        *((mentor.person_id, mentor.signals) for mentor in health.mentors),
        *(("", pulse.signals) for pulse in health.pulses),
    ]
    for about, signals in groups:
        for signal in signals:
            if signal.severity != insights.Severity.GOOD:
                found[about, signal.code] = signal
    return found


def programmes_to_watch() -> list[UUID]:
    """Return the keys of the programmes with open pairs, or with signals that are not closed yet."""
    pairs = Relationship.objects.filter(state__in=RELATIONSHIP_OPEN)
    rows = Intervention.objects.exclude(state="over")
    keys = {*pairs.order_by().values_list("programme_id", flat=True).distinct()}
    return sorted(keys | {*rows.order_by().values_list("programme_id", flat=True).distinct()})


def results(programme: Programme, now: datetime) -> Results:
    """Compare signals taken up with those left alone, each given `FOLLOW_UP` to go away.

    A signal that was snoozed only counts as left alone. Pairs that have ended are left out.
    """
    rows = Intervention.objects.filter(programme=programme).exclude(outcome="ended")
    gone = Q(outcome="gone")
    counted = rows.aggregate(
        taken=Count("pk", filter=Q(taken_at__lte=now - FOLLOW_UP)),
        taken_gone=Count(
            "pk",
            filter=gone & Q(taken_at__lte=now - FOLLOW_UP, closed_at__lte=F("taken_at") + FOLLOW_UP),
        ),
        left=Count("pk", filter=Q(taken_at__isnull=True, opened_at__lte=now - FOLLOW_UP)),
        left_gone=Count(
            "pk",
            filter=gone
            & Q(
                taken_at__isnull=True,
                opened_at__lte=now - FOLLOW_UP,
                closed_at__lte=F("opened_at") + FOLLOW_UP,
            ),
        ),
    )
    return Results(counted["taken"], counted["taken_gone"], counted["left"], counted["left_gone"])


def week(programme: Programme, now: datetime) -> Week:
    """Return the last seven days in numbers."""
    since = now - timedelta(days=7)
    counted = Intervention.objects.filter(programme=programme).aggregate(
        open=Count("pk", filter=Q(state="open")),
        new=Count("pk", filter=Q(opened_at__gt=since)),
        gone=Count("pk", filter=Q(closed_at__gt=since, outcome="gone")),
        in_hand=Count("pk", filter=Q(state="accepted")),
    )
    return Week(counted["open"], counted["new"], counted["gone"], counted["in_hand"])
