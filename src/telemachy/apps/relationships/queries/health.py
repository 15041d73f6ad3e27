"""Programme health: where each pair stands by dates, counts, states and levels; never content."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, QuerySet

from telemachy.apps.relationships import snapshots
from telemachy.apps.relationships.models import HealthSnapshot, Party, Relationship
from telemachy.apps.relationships.queries import pulses, signal_rows
from telemachy.apps.relationships.queries.pulses import GroupPulse
from telemachy.apps.relationships.snapshots import PairRecord, Wait
from telemachy.core import insights, scheduling
from telemachy.core.shared.lifecycles import RELATIONSHIP_OPEN

if TYPE_CHECKING:
    from telemachy.apps.programmes.models import Programme

#: Programmes with more open pairs are computed by a job, not while somebody waits for the page.
LIVE_PAIRS = 150
#: Relationships whose facts are held in memory at a time.
BATCH = 500
#: How soon somebody should look at a signal, from 0 (good news) to 3 (urgent).
RANKS = {severity: rank for rank, severity in enumerate(insights.Severity)}
SEVERITIES = {severity.value: severity for severity in insights.Severity}
#: States in which a pair is at work, and its rhythm means something.
WORKING = ("active", "winding_down")
#: From this urgency on a pair is worth acting on.
ACT = RANKS[insights.Severity.ACT]
#: Pairs kept in the list of waits.
MAX_WAITS = 10
#: How `write` puts a report; one that was written otherwise is worked out anew.
FORM = 4


@dataclass(frozen=True, slots=True)
class PairHealth:
    """One open pair: its place on the map, its rhythm, its signals, and who waits in it."""

    id: str
    state: str
    since: date
    activity: float
    independence: float | None
    quadrant: str
    #: on_track, due, drifting, easing (a graduating pair), or "" before the pair is at work.
    cadence: str
    n_days_late: int
    signals: tuple[insights.Signal, ...]
    waits: tuple[Wait, ...]

    @property
    def is_working(self) -> bool:
        """Whether the pair is at work."""
        return self.state in WORKING

    @property
    def urgency(self) -> int:
        """How soon somebody should look, from -1 (nothing to say) to 3 (urgent)."""
        return max((RANKS[signal.severity] for signal in self.signals), default=-1)


@dataclass(frozen=True, slots=True)
class MentorHealth:
    """The signals of one mentor over all pairs of the programme."""

    person_id: str
    signals: tuple[insights.Signal, ...]


@dataclass(frozen=True, slots=True)
class Pairs(Sequence[PairHealth]):
    """Pairs as `write` keeps them: of thousands, only those that a page shows are read.

    A row is the pair's state, the codes of its signals with blanks between, and the whole pair as JSON text:
    text inside JSON costs a tenth of what the lists and dictionaries in it would.
    """

    rows: list[list[str]]

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return [_read_pair(text) for _state, _codes, text in self.rows[place]]
        return _read_pair(self.rows[place][-1])

    def chosen(self, state: str, codes: frozenset[str]) -> Pairs:
        """Return the pairs in a state that have one of the signals, in the order they stand; "" is any."""
        return Pairs(
            [
                [its_state, its_codes, text]
                for its_state, its_codes, text in self.rows
                if (not state or its_state == state)
                and (not codes or not codes.isdisjoint(its_codes.split()))
            ]
        )


@dataclass(frozen=True, slots=True)
class Mentors(Sequence[MentorHealth]):
    """Mentors as `write` keeps them, for the same reason: the key, and the signals as JSON text."""

    rows: list[list[str]]

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, place: Any) -> Any:
        person_id, text = self.rows[place]
        return MentorHealth(person_id, signal_rows.read(json.loads(text)))


@dataclass(frozen=True, slots=True)
class Tally:
    """How many pairs are at work, meet as agreed, drift, need a hand, and have somebody who waits."""

    n_working: int
    n_on_track: int
    n_drifting: int
    n_queue: int
    n_waiting: int


@dataclass(frozen=True, slots=True)
class Health:
    """A programme's pairs, mentors and pulses as they stood at a moment.

    Attributes
    ----------
    pairs : every open pair, the most urgent first
    waiting : the `MAX_WAITS` pairs in which somebody waits longest, the longest first
    mentors : those with something to look at
    """

    computed_at: datetime
    tally: Tally
    pairs: Pairs
    waiting: Pairs
    mentors: Mentors
    pulses: tuple[GroupPulse, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """Who is in a pair."""

    mentors: tuple[str, ...]
    learners: tuple[str, ...]


def health_of(programme: Programme, now: datetime) -> Health | None:
    """Return the programme's health; None where it is large and no job has computed it yet."""
    if not is_large(programme):
        return compute(programme, now)
    kept = HealthSnapshot.objects.filter(programme=programme).first()
    return read(kept.report, kept.computed_at) if kept and kept.report.get("form") == FORM else None


def is_large(programme: Programme) -> bool:
    """Tell whether computing takes longer than somebody should wait for a page."""
    return open_pairs(programme)[: LIVE_PAIRS + 1].count() > LIVE_PAIRS


def large_programmes() -> list[UUID]:
    """Return the keys of the programmes whose health a job works out beforehand."""
    rows = Relationship.objects.filter(state__in=RELATIONSHIP_OPEN).order_by().values_list("programme_id")
    return [pk for pk, _n in rows.annotate(n=Count("pk")).filter(n__gt=LIVE_PAIRS)]


def programme_of_pairs(programme_id: UUID) -> Programme | None:
    """Return the programme, or None when it has no pair (any more)."""
    of_programme = Relationship.objects.filter(programme=programme_id).select_related("programme")
    relationship = of_programme.first()
    return relationship.programme if relationship else None


def open_pairs(programme: Programme) -> QuerySet[Relationship]:
    """Return the programme's relationships that have not ended."""
    return Relationship.objects.filter(programme=programme, state__in=RELATIONSHIP_OPEN)


def pairs_of(programme: Programme) -> QuerySet[Relationship]:
    """Return every relationship of the programme, for signals only."""
    return Relationship.objects.filter(programme=programme).select_related("programme")


def n_by_state(programme: Programme) -> dict[str, int]:
    """Count the programme's relationships in each state."""
    rows = Relationship.objects.filter(programme=programme).order_by().values_list("state")
    return dict(rows.annotate(n=Count("pk")))


def names_of(relationship_ids: Iterable[str]) -> dict[str, Names]:
    """Return who is in each pair, in one query."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    rows = Party.objects.filter(relationship__in=list(relationship_ids), left_at__isnull=True)
    for pk, seat, name in rows.order_by("person__name").values_list(
        "relationship_id", "seat", "person__name"
    ):
        found[str(pk)][seat].append(name)
    return {pk: Names(tuple(seats["mentor"]), tuple(seats["learner"])) for pk, seats in found.items()}


def record_of(relationship: Relationship, now: datetime) -> PairRecord:
    """Return the facts of one pair."""
    return snapshots.pair_records([relationship.pk], now)[0]


#: Who guides a pair, how many learners, and its decided situations by the guidance that was chosen.
_Guided = tuple[tuple[UUID, ...], int, tuple[int, ...]]

# --- computing ------------------------------------------------------------------------------------


def compute(programme: Programme, now: datetime) -> Health:
    """Work out the health of every open pair; the number of queries grows by nine for every 500 pairs."""
    judged = [
        (judge(record), (record.mentor_ids, record.n_learners, record.chosen_mix))
        for record in _records(programme, now)
    ]
    pairs = [pair for pair, _guided in judged]
    pairs.sort(key=lambda pair: (-pair.urgency, -len(pair.signals), pair.since, pair.id))
    waiting = sorted((pair for pair in pairs if pair.waits), key=lambda pair: (pair.waits[0].since, pair.id))
    return Health(
        now,
        _tally(pairs),
        Pairs([_write_pair(pair) for pair in pairs]),
        Pairs([_write_pair(pair) for pair in waiting[:MAX_WAITS]]),
        Mentors(
            [
                [one.person_id, json.dumps(signal_rows.write(one.signals))]
                for one in _mentors(programme, judged)
            ]
        ),
        pulses.of_programme(programme.pk, now),
    )


def _tally(pairs: Sequence[PairHealth]) -> Tally:
    working = [pair for pair in pairs if pair.is_working]
    return Tally(
        n_working=len(working),
        n_on_track=sum(pair.cadence == "on_track" for pair in working),
        n_drifting=sum(pair.cadence == "drifting" for pair in working),
        n_queue=sum(pair.urgency >= ACT for pair in pairs),
        n_waiting=sum(bool(pair.waits) for pair in pairs),
    )


def judge(record: PairRecord) -> PairHealth:
    """Put one pair on the map and ask every rule about it."""
    facts = record.facts
    place = insights.place(facts)
    signals = insights.pair_signals(facts)
    status, late = _cadence(facts)
    if status == "drifting" and any(signal.code == "graduating" for signal in signals):
        status = "easing"  # meeting less because the learner decides alone is no drift
    return PairHealth(
        id=str(record.relationship_id),
        state=facts.state,
        since=record.since,
        activity=round(place.activity, 3),
        independence=None if place.independence is None else round(place.independence, 3),
        quadrant=place.quadrant.value,
        cadence=status,
        n_days_late=late,
        signals=signals,
        waits=record.waits,
    )


def _records(programme: Programme, now: datetime) -> Iterator[PairRecord]:
    keys = list(open_pairs(programme).order_by("created_at", "pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        yield from snapshots.pair_records(keys[start : start + BATCH], now)


def _cadence(facts: insights.PairFacts) -> tuple[str, int]:
    if facts.state not in WORKING or facts.active_on is None:
        return "", 0
    found = scheduling.cadence(
        [session.held_on for session in facts.sessions],
        facts.cadence_days,
        started_on=facts.active_on,
        today=facts.today,
        next_on=facts.next_session_on,
    )
    return found.status.value, found.n_days_late


def _mentors(programme: Programme, pairs: Sequence[tuple[PairHealth, _Guided]]) -> Iterator[MentorHealth]:
    """Ask the rules about each mentor; yield those with something to say."""
    places = programme.enrolments.filter(role="mentor").values_list("person_id", "capacity")
    capacity = dict(places)
    of_mentor: dict[UUID, list[tuple[PairHealth, Sequence[int]]]] = defaultdict(list)
    n_learners: Counter[UUID] = Counter()
    for pair, (mentor_ids, n, mix) in pairs:
        for mentor in mentor_ids:
            of_mentor[mentor].append((pair, mix))
            n_learners[mentor] += n
    for mentor, own in of_mentor.items():
        facts = insights.MentorFacts(
            n_learners=n_learners[mentor],
            capacity=capacity.get(mentor, n_learners[mentor]),
            n_waiting=sum(
                wait.n
                for pair, _mix in own
                for wait in pair.waits
                if wait.seat == "mentor" and wait.about == "situation"
            ),
            mixes=tuple(
                insights.LearnerMix(_five(mix), pair.independence)
                for pair, mix in own
                if pair.independence is not None
            ),
        )
        if signals := insights.mentor_signals(facts):
            yield MentorHealth(str(mentor), signals)


def _five(mix: Sequence[int]) -> tuple[int, int, int, int, int]:
    n0, n1, n2, n3, n4 = mix
    return n0, n1, n2, n3, n4


# --- as JSON --------------------------------------------------------------------------------------


def write(health: Health) -> dict[str, Any]:
    """Return the health as JSON that `read` takes."""
    return {
        "form": FORM,
        "tally": asdict(health.tally),
        "pairs": health.pairs.rows,
        "waiting": health.waiting.rows,
        "mentors": health.mentors.rows,
        "pulses": [
            [pulse.question, pulse.mean, pulse.n, signal_rows.write(pulse.signals)] for pulse in health.pulses
        ],
    }


def read(report: dict[str, Any], computed_at: datetime) -> Health:
    """Return the health that `write` wrote."""
    return Health(
        computed_at,
        Tally(**report["tally"]),
        Pairs(report["pairs"]),
        Pairs(report["waiting"]),
        Mentors(report["mentors"]),
        tuple(
            GroupPulse(question, mean, n, signal_rows.read(signals))
            for question, mean, n, signals in report["pulses"]
        ),
    )


def _write_pair(pair: PairHealth) -> list[str]:
    whole = [
        pair.id,
        pair.state,
        pair.since.isoformat(),
        pair.activity,
        pair.independence,
        pair.quadrant,
        pair.cadence,
        pair.n_days_late,
        signal_rows.write(pair.signals),
        [[wait.seat, wait.about, wait.since.isoformat(), wait.n] for wait in pair.waits],
    ]
    return [pair.state, " ".join(signal.code for signal in pair.signals), json.dumps(whole)]


def _read_pair(text: str) -> PairHealth:
    pk, state, since, activity, p, quadrant, cadence, late, signals, waits = json.loads(text)
    return PairHealth(
        pk,
        state,
        date.fromisoformat(since),
        activity,
        p,
        quadrant,
        cadence,
        late,
        signal_rows.read(signals),
        tuple(Wait(seat, about, date.fromisoformat(day), n) for seat, about, day, n in waits),
    )
