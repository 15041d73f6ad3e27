"""A programme's people as the matching engine takes them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from telemachy.apps.people import queries as people
from telemachy.apps.people.queries import privacy
from telemachy.apps.programmes.models import Enrolment, PairRule
from telemachy.core.matching import Problem, Profile, Rules, Weights, read_hours
from telemachy.core.shared.lifecycles import RELATIONSHIP_OPEN

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from telemachy.apps.programmes.models import Programme

#: A learner of such a pair has what the programme promised; another pair is opened by hand.
DONE = ("graduated", "completed")
#: Two people whose pair ended like this are not proposed to each other again, unless locked by hand.
ENDED = ("declined", "unwound", "transferred")

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class History:
    """Who of a programme has, or had, a pair: person keys.

    Attributes
    ----------
    paired : learners in an open relationship
    done : learners who graduated or completed, and are not paired again
    held : mentor -> learners in open relationships
    ended : (learner, mentor) who parted
    parted_at : learner -> when their last pair came to its end
    """

    paired: frozenset[str]
    done: frozenset[str]
    held: Mapping[str, int]
    ended: frozenset[Pair]
    parted_at: Mapping[str, datetime]


class Place(NamedTuple):
    """A mentor's place: whose, the capacity it gives, and the capacity the person gives anywhere."""

    key: str
    capacity: int
    own_capacity: int


@dataclass(frozen=True, slots=True)
class Pool:
    """A matching problem and the places that its keys stand for.

    Attributes
    ----------
    learners, mentors : person key -> enrolment
    options : the wishes of a run by name; see queries.match_options
    previous : learner's person key -> mentor's, of the run whose pairs are kept
    since : learner's person key -> when the wait began: the place was taken, or the last pair ended
    n_paired, n_done, n_away : learners left out: with a pair, at the end, paused or gone
    n_locks_left_out : locked pairs that cannot be kept at present
    """

    problem: Problem
    shape: str
    options: Mapping[str, Any]
    learners: Mapping[str, Enrolment]
    mentors: Mapping[str, Enrolment]
    previous: Mapping[str, str]
    since: Mapping[str, datetime]
    n_paired: int
    n_done: int
    n_away: int
    n_locks_left_out: int


def history(programme: Programme) -> History:
    """Return who has and who had a pair in the programme."""
    # By related name: relationships know programmes, not the other way round.
    rows = programme.relationships.values_list(
        "pk", "state", "parties__person_id", "parties__seat", "parties__left_at", "state_since"
    )
    mentor_of: dict[UUID, str] = {pk: str(who) for pk, _state, who, seat, *_times in rows if seat == "mentor"}
    paired, done, ended = set(), set(), set()
    held: Counter[str] = Counter()
    parted_at: dict[str, datetime] = {}
    for pk, state, who, seat, left_at, since in rows:
        if seat != "learner" or pk not in mentor_of:
            continue
        if state in RELATIONSHIP_OPEN and left_at is None:
            paired.add(str(who))
            held[mentor_of[pk]] += 1
        elif state in DONE and left_at is None:
            done.add(str(who))
        elif state in ENDED or left_at is not None:
            ended.add((str(who), mentor_of[pk]))
            parted_at[str(who)] = max(left_at or since, parted_at.get(str(who), left_at or since))
    return History(frozenset(paired), frozenset(done - paired), held, frozenset(ended), parted_at)


def pool(
    programme: Programme,
    weights: Mapping[str, Any],
    rules: Mapping[str, Any],
    today: date,
    options: Mapping[str, Any] | None = None,
    previous: Mapping[str, str] | None = None,
) -> Pool:
    """Return the programme's pool of today; raise BadInput for what cannot be worked with.

    Left out are learners who have a pair or are through, and whoever is paused, gone, or does not agree
    any more to be matched; a mentor's capacity is what open pairs leave of it, those of the mentor's
    other programmes too. Among peers everybody stands on both sides.
    """
    past = history(programme)
    is_peer = programme.shape == "peer"
    rows = list(
        Enrolment.objects.filter(programme=programme, state=Enrolment.State.ACTIVE)
        .select_related("person")
        .prefetch_related("preferred", "avoided")
        .order_by("person__name", "pk")
    )
    unwilling = privacy.withdrew("matching").filter(person__organisation_id=programme.organisation_id)
    withdrawn = set(unwilling.values_list("person_id", flat=True))
    here = [row for row in rows if row.person_id not in withdrawn and _is_here(row, today)]
    taken = past.paired | past.done | (past.held.keys() if is_peer else set())
    learners = {str(row.person_id): row for row in here if is_peer or row.role == "learner"}
    open_learners = {key: row for key, row in learners.items() if key not in taken}
    if is_peer:
        mentors, seats = open_learners, dict.fromkeys(open_learners, 1)
    else:
        mentors = {str(row.person_id): row for row in here if row.role == "mentor"}
        seats = open_seats(programme, map(place_of, mentors.values()), past)
    locked, forbidden, n_left_out = _decisions(programme, open_learners, mentors, seats, past)
    problem = Problem(
        learners=tuple(_profile(row, 1) for row in open_learners.values()),
        mentors=tuple(_profile(row, seats[key]) for key, row in mentors.items()),
        reference_date=today,
        weights=Weights.read(weights),
        rules=Rules.read(rules),
        locked=tuple(locked),
        forbidden=tuple(forbidden),
        reporting_lines=people.reporting_lines(programme.organisation_id),
    )
    return Pool(
        problem=problem,
        shape=programme.shape,
        options=options or {},
        learners=open_learners,
        mentors=mentors,
        previous=previous or {},
        since={
            key: max(row.created_at, past.parted_at.get(key, row.created_at))
            for key, row in open_learners.items()
        },
        n_paired=sum(key in taken - past.done for key in learners),
        n_done=sum(key in past.done for key in learners),
        n_away=len({row.person_id for row in rows if is_peer or row.role == "learner"}) - len(learners),
        n_locks_left_out=n_left_out,
    )


def open_seats(programme: Programme, mentors: Iterable[Place], past: History) -> dict[str, int]:
    """Return mentor's person key -> seats open in this programme.

    Who mentors in several programmes has one capacity for all of them: the largest that a programme, or
    the own profile, gives. Open pairs anywhere take from it.
    """
    mentors = list(mentors)
    left = _shared_left(programme, mentors, past)
    seats = {}
    for mentor in mentors:
        open_here = mentor.capacity - past.held.get(mentor.key, 0)
        seats[mentor.key] = max(min(open_here, left.get(mentor.key, open_here)), 0)
    return seats


def joint_seats(parts: Iterable[tuple[Programme, Pool]]) -> dict[str, int]:
    """Return mentor's person key -> seats open in these programmes together."""
    seats: Counter[str] = Counter()
    left: dict[str, int] = {}
    for programme, part in parts:
        seats.update({mentor.key: mentor.capacity for mentor in part.problem.mentors})
        left |= _shared_left(programme, map(place_of, part.mentors.values()), history(programme))
    return {key: max(min(n, left.get(key, n)), 0) for key, n in seats.items()}


def places_elsewhere(programme: Programme) -> QuerySet[Enrolment]:
    """Return the mentors' places in other programmes that this programme's mentors hold."""
    # Joined, not asked for by a list: the database then starts from this programme's mentors.
    here = {"programme": programme, "role": Enrolment.Role.MENTOR, "state": Enrolment.State.ACTIVE}
    return Enrolment.objects.filter(
        role=Enrolment.Role.MENTOR,
        state=Enrolment.State.ACTIVE,
        **{f"person__enrolments__{field}": value for field, value in here.items()},
    ).exclude(programme=programme)


def _shared_left(programme: Programme, mentors: Iterable[Place], past: History) -> dict[str, int]:
    """Return what open pairs anywhere leave of the one capacity of those who mentor elsewhere, too."""
    limits, held = _elsewhere(programme)
    left = {}
    for mentor in mentors:
        if mentor.key in limits:
            shared = max(limits[mentor.key], mentor.capacity, mentor.own_capacity)
            left[mentor.key] = shared - past.held.get(mentor.key, 0) - held[mentor.key]
    return left


def _elsewhere(programme: Programme) -> tuple[dict[str, int], Counter[str]]:
    """Return the capacity that this programme's mentors have in others, and how many learners there."""
    limits: dict[str, int] = {}
    programmes = {}
    for place in places_elsewhere(programme).select_related("programme"):
        key = str(place.person_id)
        limits[key] = max(limits.get(key, 0), place.capacity)
        programmes[place.programme_id] = place.programme
    held: Counter[str] = Counter()
    for other in programmes.values():
        held.update(history(other).held)
    return limits, held


def _decisions(
    programme: Programme,
    learners: Mapping[str, Enrolment],
    mentors: Mapping[str, Enrolment],
    seats: Mapping[str, int],
    past: History,
) -> tuple[list[Pair], list[Pair], int]:
    """Return the locks that can be kept, the forbidden pairs, and how many locks cannot be kept now."""
    locked, n_left_out = [], 0
    forbidden = set(past.ended) | set(_unwished(learners, mentors))
    seats = dict(seats)
    rules = PairRule.objects.filter(programme=programme).select_related("learner", "mentor")
    for rule in rules.order_by("created_at", "pk"):
        pair = (str(rule.learner.person_id), str(rule.mentor.person_id))
        if rule.kind == PairRule.Kind.FORBID:
            forbidden.add(pair)
        elif pair[0] in learners and seats.get(pair[1], 0) > 0:
            seats[pair[1]] -= 1
            locked.append(pair)
        else:
            n_left_out += 1
    kept = set(locked)
    known = [(one, other) for one, other in sorted(forbidden - kept) if one in learners and other in mentors]
    return locked, known, n_left_out


def _unwished(learners: Mapping[str, Enrolment], mentors: Mapping[str, Enrolment]) -> Iterator[Pair]:
    """Yield the pairs in which one would rather not be matched with the other."""
    for key, row in learners.items():
        yield from ((key, str(other.pk)) for other in row.avoided.all())
    for key, row in mentors.items():
        yield from ((str(other.pk), key) for other in row.avoided.all())


def place_of(row: Enrolment) -> Place:
    """Return a mentor's place with the capacities it gives."""
    return Place(str(row.person_id), row.capacity, row.person.capacity)


def _is_here(row: Enrolment, today: date) -> bool:
    paused = row.person.paused_until
    return not row.person.is_gone and (paused is None or paused <= today)


def _profile(row: Enrolment, capacity: int) -> Profile:
    person = row.person
    is_mentor = row.role == "mentor"
    return Profile(
        key=str(person.pk),
        name=person.name,
        function=person.function,
        seniority=person.seniority,
        skills_offered=tuple(person.skills_offered),
        skills_sought=tuple(person.skills_sought),
        languages=tuple(person.languages),
        time_zone=person.time_zone,
        working_hours=read_hours(person.working_hours),
        goals_text=person.about if is_mentor else person.goals_text,
        style=person.style,
        manager_key=str(person.line_manager_id or ""),
        capacity=capacity,
        preferred=tuple(str(one.pk) for one in row.preferred.all()),
    )
