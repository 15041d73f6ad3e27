"""A programme's people as the matching engine takes them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from telemachy.apps.people import queries as people
from telemachy.apps.people.queries import privacy
from telemachy.apps.programmes.models import Enrolment, PairRule
from telemachy.core.matching import Problem, Profile, Rules, Weights, read_hours
from telemachy.core.shared.lifecycles import RELATIONSHIP_OPEN

if TYPE_CHECKING:
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
    """

    paired: frozenset[str]
    done: frozenset[str]
    held: Mapping[str, int]
    ended: frozenset[Pair]


@dataclass(frozen=True, slots=True)
class Pool:
    """A matching problem and the places that its keys stand for.

    Attributes
    ----------
    learners, mentors : person key -> enrolment
    n_paired, n_done, n_away : learners left out: with a pair, at the end, paused or gone
    n_locks_left_out : locked pairs that cannot be kept at present
    """

    problem: Problem
    learners: Mapping[str, Enrolment]
    mentors: Mapping[str, Enrolment]
    n_paired: int
    n_done: int
    n_away: int
    n_locks_left_out: int


def history(programme: Programme) -> History:
    """Return who has and who had a pair in the programme."""
    # By related name: relationships know programmes, not the other way round.
    rows = programme.relationships.values_list(
        "pk", "state", "parties__person_id", "parties__seat", "parties__left_at"
    )
    mentor_of: dict[UUID, str] = {pk: str(who) for pk, _state, who, seat, _left in rows if seat == "mentor"}
    paired, done, ended = set(), set(), set()
    held: Counter[str] = Counter()
    for pk, state, who, seat, left_at in rows:
        if seat != "learner" or pk not in mentor_of:
            continue
        if state in RELATIONSHIP_OPEN and left_at is None:
            paired.add(str(who))
            held[mentor_of[pk]] += 1
        elif state in DONE and left_at is None:
            done.add(str(who))
        elif state in ENDED or left_at is not None:
            ended.add((str(who), mentor_of[pk]))
    return History(frozenset(paired), frozenset(done - paired), held, frozenset(ended))


def pool(programme: Programme, weights: Mapping[str, Any], rules: Mapping[str, Any], today: date) -> Pool:
    """Return the programme's pool of today; raise BadInput for what cannot be worked with.

    Left out are learners who have a pair or are through, and whoever is paused, gone, or does not agree
    any more to be matched; a mentor's capacity is what the open pairs leave of it.
    """
    past = history(programme)
    rows = list(
        Enrolment.objects.filter(programme=programme, state=Enrolment.State.ACTIVE)
        .select_related("person")
        .order_by("person__name", "pk")
    )
    unwilling = privacy.withdrew("matching").filter(person__organisation_id=programme.organisation_id)
    withdrawn = set(unwilling.values_list("person_id", flat=True))
    here = [row for row in rows if row.person_id not in withdrawn and _is_here(row, today)]
    taken = past.paired | past.done
    learners = {str(row.person_id): row for row in here if row.role == "learner"}
    open_learners = {key: row for key, row in learners.items() if key not in taken}
    mentors = {str(row.person_id): row for row in here if row.role == "mentor"}
    locked, forbidden, n_left_out = _decisions(programme, open_learners, mentors, past)
    problem = Problem(
        learners=tuple(_profile(row, 1) for row in open_learners.values()),
        mentors=tuple(
            _profile(row, max(row.capacity - past.held.get(key, 0), 0)) for key, row in mentors.items()
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
        learners=open_learners,
        mentors=mentors,
        n_paired=sum(key in past.paired for key in learners),
        n_done=sum(key in past.done for key in learners),
        n_away=sum(row.role == "learner" for row in rows) - len(learners),
        n_locks_left_out=n_left_out,
    )


def _decisions(
    programme: Programme, learners: Mapping[str, Enrolment], mentors: Mapping[str, Enrolment], past: History
) -> tuple[list[Pair], list[Pair], int]:
    """Return the locks that can be kept, the forbidden pairs, and how many locks cannot be kept now."""
    locked, forbidden, n_left_out = [], set(past.ended), 0
    seats = {key: row.capacity - past.held.get(key, 0) for key, row in mentors.items()}
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
    )
