"""Change by hand who learns with whom among peers: beside somebody, into a circle, out of one's place.

A pair or circle is a ring: everybody is helped by the next. So whoever moves opens the own ring and another,
and both are closed again here. What a hand may go against is the same as for learners and mentors.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.programmes import policies, snapshots
from telemachy.apps.programmes.actions import match_runs, pair_rules, proposals
from telemachy.apps.programmes.models import Enrolment, MatchRun, Proposal, Unmatched
from telemachy.apps.programmes.queries.peer_rings import Ring, rings_of
from telemachy.core.matching import Choice, pair_choices
from telemachy.core.matching.circles import LARGEST
from telemachy.core.matching.peer_plans import PAIR
from telemachy.core.shared.errors import BadInput

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.programmes.snapshots import Pool

#: Who is helped, and by whom.
Arc = tuple[Enrolment, Enrolment]


@action
def pair(
    *,
    match_run: MatchRun,
    person: Enrolment,
    other: Enrolment,
    by: Person,
    now: datetime,
    despite: bool = False,
) -> None:
    """Make a pair of two people; those who were with them become a pair, or the one of them is left over.

    Raises NotAllowed, BadInput, and NeedsConfirmation where rules speak against it and `despite` is not said.
    """
    task = _begin(match_run, [person, other], by, now)
    mine, theirs = task.ring(person), task.ring(other)
    if mine and mine == theirs:
        raise BadInput(_("That is the peer already proposed."), field="mentor")
    if len(mine) > PAIR or len(theirs) > PAIR:
        raise BadInput(_("One of the two is in a circle. Take it apart first."), field="mentor")
    task.replace(
        [mine, theirs], [[person, other], [one for one in mine + theirs if one not in (person, other)]]
    )
    _close(task, person, by, now, despite)


@action
def exchange(
    *,
    match_run: MatchRun,
    person: Enrolment,
    other: Enrolment,
    by: Person,
    now: datetime,
    despite: bool = False,
) -> None:
    """Let two people change places; whoever had none takes the other's, who is left over.

    Raises as `pair`.
    """
    task = _begin(match_run, [person, other], by, now)
    mine, theirs = task.ring(person), task.ring(other)
    if not theirs or mine == theirs:
        raise BadInput(_("Choose somebody of another pair or circle."), field="mentor")
    swapped = {person: other, other: person}
    task.replace([mine, theirs], [[swapped.get(one, one) for one in ring] for ring in (mine, theirs)])
    _close(task, person, by, now, despite)


@action
def join(
    *, match_run: MatchRun, person: Enrolment, circle: int, by: Person, now: datetime, despite: bool = False
) -> None:
    """Move a person into a pair or circle that has room; the circle left goes on without them.

    Raises as `pair`.
    """
    task = _begin(match_run, [person], by, now)
    mine, theirs = task.ring(person), task.rings.get(circle)
    if theirs is None or mine == theirs:
        raise BadInput(_("Choose another circle."), field="mentor")
    if len(theirs) >= LARGEST:
        raise BadInput(_("A circle holds eight people at most."), field="mentor")
    places = [[*theirs[:at], person, *theirs[at:]] for at in range(1, len(theirs) + 1)]
    scores = task.choices({arc for ring in places for arc in _arcs(ring)})
    place = max(places, key=lambda ring: task.worth(theirs, ring, scores))
    task.replace([mine, theirs], [[one for one in mine if one != person], place])
    _close(task, person, by, now, despite)


@action
def leave(*, match_run: MatchRun, person: Enrolment, by: Person, now: datetime) -> None:
    """Take one person out of a circle; the others go on. Raises NotAllowed, BadInput."""
    task = _begin(match_run, [person], by, now)
    mine = task.ring(person)
    if len(mine) <= PAIR:
        raise BadInput(_("A pair is taken out as a whole."), field="mentor")
    task.replace([mine], [[one for one in mine if one != person]])
    _close(task, person, by, now, despite=True)


@dataclass(slots=True)
class _Task:
    """A run's rings, before and after a hand: numbers -> places, and what there is to say of pairs."""

    match_run: MatchRun
    pool: Pool
    rings: dict[int, Ring]
    held: Mapping[Arc, Proposal]
    opened: list[Ring]
    closed: list[Ring]
    numbers: list[int]

    def ring(self, place: Enrolment) -> Ring:
        """Return the ring that a person is in; [] for none."""
        return next((ring for ring in self.rings.values() if place in ring), [])

    def replace(self, opened: Iterable[Ring], closed: Iterable[Ring]) -> None:
        """Say which rings are to take the place of which."""
        self.opened = [ring for ring in opened if ring]
        number_of = {ring[0]: number for number, ring in self.rings.items()}
        self.numbers = [number_of[ring[0]] for ring in self.opened]
        self.closed = [ring for ring in closed if ring]

    def worth(self, before: Ring, ring: Ring, scores: Mapping[Arc, Choice]) -> float:
        """Return what a ring scores; none where a lock of the ring before would be broken."""
        arcs = set(_arcs(ring))
        if any(proposal.locked for arc, proposal in self._of(before) if arc not in arcs):
            return -1.0
        return sum(scores[arc].score for arc in arcs)

    def broken(self) -> list[Proposal]:
        """Return the proposals of opened rings that do not go on."""
        kept = {arc for ring in self.closed for arc in _arcs(ring)}
        return [proposal for ring in self.opened for arc, proposal in self._of(ring) if arc not in kept]

    def choices(self, wanted: Iterable[Arc]) -> dict[Arc, Choice]:
        """Return what there is to say of pairs."""
        keys = {(one, other): (str(one.person_id), str(other.person_id)) for one, other in wanted}
        found = pair_choices(self.pool.problem, keys.values())
        return {arc: found[key] for arc, key in keys.items()}

    def _of(self, ring: Ring) -> list[tuple[Arc, Proposal]]:
        return [(arc, self.held[arc]) for arc in _arcs(ring) if arc in self.held]


def _begin(match_run: MatchRun, people: list[Enrolment], by: Person, now: datetime) -> _Task:
    """Hold the run and lay out its rings; raise where one of the people cannot be moved."""
    match_run = match_runs.hold(match_run)
    policies.change_places(by, match_run).require()
    if len(people) > 1:
        pair_rules.check_places(match_run.programme, *people)
    pool = snapshots.pool(match_run.programme, match_run.weights, match_run.rules, now.date())
    for place in people:
        proposals.check_in_pool(pool, place)
    rows = match_run.proposals.select_related("learner__person", "mentor__person")
    held = {(row.learner, row.mentor): row for row in rows}
    return _Task(match_run, pool, rings_of(held.values()), held, [], [], [])


def _close(task: _Task, person: Enrolment, by: Person, now: datetime, despite: bool) -> None:
    """Write the new rings in place of the old ones."""
    match_run, broken = task.match_run, task.broken()
    if any(proposal.locked for proposal in broken):
        raise BadInput(_("That pair is locked. Unlock it first."), field="mentor")
    shared = {(one, other) for ring in task.opened for one in ring for other in ring}
    meeting = [
        (one, other)
        for ring in task.closed
        for one in ring
        for other in ring
        if one != other and (one, other) not in shared
    ]
    for ring in task.closed:
        for place in ring:
            proposals.check_in_pool(task.pool, place)
    choices = task.choices([*meeting, *(arc for ring in task.closed for arc in _arcs(ring))])
    proposals.check_rules(meeting, [choices[arc] for arc in meeting], despite)
    match_run.proposals.filter(pk__in=[proposal.pk for proposal in broken]).delete()
    last = max(task.rings, default=0)
    numbers = [*task.numbers, *range(last + 1, last + 1 + len(task.closed))]
    for number, ring in zip(numbers, task.closed, strict=False):
        for arc in _arcs(ring):
            if arc not in task.held:
                proposals.place(match_run, *arc, choices[arc], circle=number)
        match_run.proposals.filter(learner__in=ring).update(circle=number)
    placed = {place for ring in task.closed if len(ring) > 1 for place in ring}
    for place in {place for ring in task.opened for place in ring} - placed:
        Unmatched.objects.get_or_create(
            run=match_run, learner=place, defaults={"reason": proposals.TAKEN_OUT}
        )
    proposals.tell_anew(match_run)
    events.record("proposal.moved", by=by, now=now, on=match_run, learner=str(person.pk), despite=despite)


def _arcs(ring: Ring) -> list[Arc]:
    """Return who is helped by whom; nobody is, alone."""
    return list(zip(ring, [*ring[1:], ring[0]], strict=True)) if len(ring) > 1 else []
