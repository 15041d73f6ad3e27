"""A programme's people as the matching engine takes them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db.models import Count, FilteredRelation, Max, Q

from telemachy.apps.people import queries as people
from telemachy.apps.people.queries import privacy
from telemachy.apps.programmes.models import Enrolment, PairRule, Programme
from telemachy.core.matching import Problem, Profile, Rules, Weights, read_hours
from telemachy.core.shared.lifecycles import RELATIONSHIP_OPEN

if TYPE_CHECKING:
    from django.db.models import QuerySet

#: A learner of such a pair has what the programme promised; another pair is opened by hand.
DONE = ("graduated", "completed")
#: Two people whose pair ended like this are not proposed to each other again, unless locked by hand.
ENDED = ("declined", "unwound", "transferred")

#: Places behind a link whose address nobody has signed in by yet: matching passes them by until then.
UNPROVED = Q(source="link", person__user__isnull=True)

#: Of so few people it is asked by name who holds whom; of more, everybody's pairs are read.
FEW = 500

#: What is read of a place and its person: models of 20,000 people would take seconds to make.
COLUMNS = (
    *("pk", "person_id", "role", "capacity", "created_at", "person__capacity", "person__name"),
    *("person__function", "person__seniority", "person__skills_offered", "person__skills_sought"),
    *("person__languages", "person__time_zone", "person__working_hours", "person__goals_text"),
    *("person__about", "person__style", "person__line_manager_id", "person__location"),
)

ROLES = (Enrolment.Role.LEARNER.value, Enrolment.Role.MENTOR.value)

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


class Seats(NamedTuple):
    """What a mentor gives: whose, the capacity of the place, and the capacity the person gives anywhere."""

    key: str
    capacity: int
    own_capacity: int


class Place(NamedTuple):
    """Somebody's place as matching needs it beside the profile; `pk` is the enrolment's."""

    pk: UUID
    name: str
    location: str
    created_at: datetime
    seats: Seats


@dataclass(frozen=True, slots=True)
class Pool:
    """A matching problem and the places that its keys stand for.

    Attributes
    ----------
    learners, mentors : person key -> place, in the order of the problem's profiles
    options : the wishes of a run by name; see queries.match_options
    previous : learner's person key -> mentor's, of the run whose pairs are kept
    since : learner's person key -> when the wait began: the place was taken, or the last pair ended
    n_paired, n_done, n_away : learners left out: with a pair, at the end, not there
    n_locks_left_out : locked pairs that cannot be kept at present
    """

    problem: Problem
    shape: str
    options: Mapping[str, Any]
    learners: Mapping[str, Place]
    mentors: Mapping[str, Place]
    previous: Mapping[str, str]
    since: Mapping[str, datetime]
    n_paired: int
    n_done: int
    n_away: int
    n_locks_left_out: int


def history(programme: Programme, among: Collection[UUID] | None = None) -> History:
    """Return who has and had a pair in the programme; with `among`, of pairs in which one of those sits."""
    # By related name: relationships know programmes, not the other way round.
    relationships = programme.relationships.all()
    if among is not None:
        relationships = relationships.filter(
            pk__in=programme.relationships.filter(parties__person__in=among).values("pk")
        )
    rows = list(
        relationships.values_list(
            "pk", "state", "parties__person_id", "parties__seat", "parties__left_at", "state_since"
        )
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
    about: Collection[UUID] | None = None,
    mentors_about: bool = False,
) -> Pool:
    """Return the programme's pool of today; raise BadInput for what cannot be worked with.

    Left out are learners who have a pair or are through, and whoever is paused, gone, has not proved the
    address yet, or does not agree any more to be matched; a mentor's capacity is what open pairs leave of it,
    those of the mentor's other programmes too. Among peers everybody stands on both sides.

    With `about` (persons), only those learners and all mentors are read: enough to choose by hand, and a
    fraction of the work. Of other learners the problem holds the words of their goals and nothing else,
    because how rare a word is decides what it counts: so every pair scores as it does in the whole pool.
    With `mentors_about`, of mentors, too, only those named in `about` are read: enough for a pair chosen.
    """
    past = history(programme)
    is_peer = programme.shape == "peer"
    thin = () if about is None or is_peer else ROLES if mentors_about else ROLES[:1]
    here, words_of, n_away = _here(programme, today, about or (), thin)
    taken = past.paired | past.done | (past.held.keys() if is_peer else set())
    learners = {str(row.person_id): row for row in here if is_peer or row.role == "learner"}
    waiting = {key: row for key, row in learners.items() if key not in taken}
    mentors = waiting if is_peer else {str(row.person_id): row for row in here if row.role == "mentor"}
    places = {key: _place(row) for key, row in mentors.items()}
    if is_peer:
        seats = dict.fromkeys(waiting, 1)
    else:
        seats = open_seats(programme, [place.seats for place in places.values()], past.held)
    preferred, avoided = _wishes(programme, "preferred"), _wishes(programme, "avoided")
    apart = set(_unwished(waiting, mentors, avoided))
    locked, forbidden, n_left_out = _decisions(programme, waiting, mentors, seats, past, apart)
    others = [one for one in words_of["learner"] if one.key not in taken]
    problem = Problem(
        learners=(*(_profile(row, 1, preferred) for row in waiting.values()), *others),
        mentors=(
            *(_profile(row, seats[key], preferred) for key, row in mentors.items()),
            *words_of["mentor"],
        ),
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
        learners={key: _place(row) for key, row in waiting.items()},
        mentors=places,
        previous=previous or {},
        since={
            key: max(row.created_at, past.parted_at.get(key, row.created_at)) for key, row in waiting.items()
        },
        n_paired=sum(key in taken - past.done for key in learners),
        n_done=sum(key in past.done for key in learners),
        n_away=n_away,
        n_locks_left_out=n_left_out,
    )


def open_seats(programme: Programme, mentors: Iterable[Seats], held: Mapping[str, int]) -> dict[str, int]:
    """Return mentor's person key -> seats open in this programme, in which they hold so many learners.

    Who mentors in several programmes has one capacity for all of them: the largest that a programme, or
    the own profile, gives. Open pairs anywhere take from it.
    """
    mentors = list(mentors)
    left = _shared_left(programme, mentors, held)
    seats = {}
    for mentor in mentors:
        open_here = mentor.capacity - held.get(mentor.key, 0)
        seats[mentor.key] = max(min(open_here, left.get(mentor.key, open_here)), 0)
    return seats


def joint_seats(parts: Iterable[tuple[Programme, Pool]]) -> dict[str, int]:
    """Return mentor's person key -> seats open in these programmes together."""
    seats: Counter[str] = Counter()
    left: dict[str, int] = {}
    for programme, part in parts:
        seats.update({mentor.key: mentor.capacity for mentor in part.problem.mentors})
        places = part.mentors.values()
        left |= _shared_left(programme, [place.seats for place in places], history(programme).held)
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


def _shared_left(programme: Programme, mentors: Collection[Seats], held: Mapping[str, int]) -> dict[str, int]:
    """Return what open pairs anywhere leave of the one capacity of those who mentor elsewhere, too."""
    limits, held_elsewhere = _elsewhere(programme, mentors)
    left = {}
    for mentor in mentors:
        if mentor.key in limits:
            shared = max(limits[mentor.key], mentor.capacity, mentor.own_capacity)
            left[mentor.key] = shared - held.get(mentor.key, 0) - held_elsewhere.get(mentor.key, 0)
    return left


def _elsewhere(programme: Programme, mentors: Collection[Seats]) -> tuple[dict[str, int], dict[str, int]]:
    """Return the capacity that this programme's mentors have in others, and how many learners there."""
    places = places_elsewhere(programme).order_by()
    others = set(places.values_list("programme", flat=True).distinct())
    pairs = programme.relationships.model._default_manager.filter(
        programme__in=others, state__in=RELATIONSHIP_OPEN
    ).annotate(
        guide=FilteredRelation("parties", condition=Q(parties__seat="mentor")),
        guided=FilteredRelation(
            "parties", condition=Q(parties__seat="learner", parties__left_at__isnull=True)
        ),
    )
    if len(mentors) <= FEW:
        named = [UUID(mentor.key) for mentor in mentors]
        places, pairs = places.filter(person__in=named), pairs.filter(guide__person__in=named)
    limits = places.values_list("person").annotate(most=Max("capacity"))
    held = pairs.order_by().values_list("guide__person").annotate(n=Count("guided"))
    return (
        {str(person): most for person, most in limits},
        {str(person): n for person, n in held},
    )


def _decisions(
    programme: Programme,
    learners: Collection[str],
    mentors: Collection[str],
    seats: Mapping[str, int],
    past: History,
    apart: set[Pair],
) -> tuple[list[Pair], list[Pair], int]:
    """Return the locks that can be kept, the forbidden pairs, and how many locks cannot be kept now."""
    locked, n_left_out = [], 0
    forbidden = set(past.ended) | apart
    seats = dict(seats)
    rules = PairRule.objects.filter(programme=programme).order_by("created_at", "pk")
    for kind, one, other in rules.values_list("kind", "learner__person_id", "mentor__person_id"):
        pair = (str(one), str(other))
        if kind == PairRule.Kind.FORBID:
            forbidden.add(pair)
        elif pair[0] in learners and seats.get(pair[1], 0) > 0:
            seats[pair[1]] -= 1
            locked.append(pair)
        else:
            n_left_out += 1
    kept = set(locked)
    known = [(one, other) for one, other in sorted(forbidden - kept) if one in learners and other in mentors]
    return locked, known, n_left_out


def _wishes(programme: Programme, kind: str) -> dict[UUID, list[str]]:
    """Return place -> the persons it names, for the active places of a programme that name any."""
    found: dict[UUID, list[str]] = defaultdict(list)
    # By the rows between, not by a list of all places, which takes a database minutes.
    named = getattr(Enrolment, kind).through.objects.filter(
        enrolment__programme=programme, enrolment__state=Enrolment.State.ACTIVE
    )
    for place, person in named.order_by("pk").values_list("enrolment_id", "person_id"):
        found[place].append(str(person))
    return found


def _unwished(
    learners: Mapping[str, Any], mentors: Mapping[str, Any], avoided: Mapping[UUID, list[str]]
) -> Iterator[Pair]:
    """Yield the pairs in which one would rather not be matched with the other."""
    for key, row in learners.items():
        yield from ((key, other) for other in avoided.get(row.pk, ()))
    for key, row in mentors.items():
        yield from ((other, key) for other in avoided.get(row.pk, ()))


def seats_of(place: Enrolment) -> Seats:
    """Return what a mentor's place gives."""
    return Seats(str(place.person_id), place.capacity, place.person.capacity)


def _here(
    programme: Programme, today: date, about: Collection[UUID], thin: Collection[str]
) -> tuple[list[Any], dict[str, list[Profile]], int]:
    """Return the rows of those who are there and agree to be matched, and how many learners are not.

    Of those who hold a place in one of the roles `thin`, the rows hold the persons of `about` alone; for each
    of these roles the others are profiles of nothing but their words.
    """
    active = Enrolment.objects.filter(programme=programme, state=Enrolment.State.ACTIVE)
    rows = (
        active.filter(~UNPROVED, person__left_at__isnull=True, person__erased_at__isnull=True)
        .exclude(person__paused_until__gt=today)
        .order_by("person__name", "pk")
    )
    unwilling = privacy.withdrew("matching").filter(person__organisation_id=programme.organisation_id)
    withdrawn = set(unwilling.values_list("person_id", flat=True))
    words_of: dict[str, list[Profile]] = {role: [] for role in ROLES}
    for role in thin:
        text = "person__about" if role == Enrolment.Role.MENTOR else "person__goals_text"
        told = rows.filter(role=role).exclude(person__in=about).values_list("person_id", text)
        words_of[role] = [Profile(str(one), goals_text=words) for one, words in told if one not in withdrawn]
    rows = rows.filter(~Q(role__in=thin) | Q(person__in=about))
    here = [row for row in rows.values_list(*COLUMNS, named=True) if row.person_id not in withdrawn]
    seeking = Q() if programme.shape == "peer" else Q(role=Enrolment.Role.LEARNER)
    n_all = active.filter(seeking).order_by().values("person").distinct().count()
    n_here = len({row.person_id for row in here if programme.shape == "peer" or row.role == "learner"})
    return here, words_of, n_all - n_here - len(words_of["learner"])


def _place(row: Any) -> Place:
    seats = Seats(str(row.person_id), row.capacity, row.person__capacity)
    return Place(row.pk, row.person__name, row.person__location, row.created_at, seats)


def _profile(row: Any, capacity: int, preferred: Mapping[UUID, list[str]]) -> Profile:
    is_mentor = row.role == "mentor"
    return Profile(
        key=str(row.person_id),
        name=row.person__name,
        function=row.person__function,
        seniority=row.person__seniority,
        skills_offered=tuple(row.person__skills_offered),
        skills_sought=tuple(row.person__skills_sought),
        languages=tuple(row.person__languages),
        time_zone=row.person__time_zone,
        working_hours=read_hours(row.person__working_hours),
        goals_text=row.person__about if is_mentor else row.person__goals_text,
        style=row.person__style,
        manager_key=str(row.person__line_manager_id or ""),
        capacity=capacity,
        preferred=tuple(preferred.get(row.pk, ())),
    )
