"""Which relationships a published match run becomes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from telemachy.apps.programmes import snapshots

if TYPE_CHECKING:
    from telemachy.apps.programmes.models import MatchRun, Programme, Proposal

#: Proposals opened together or not at all: a pair, the learners of one mentor, a circle of peers.
Group = list["Proposal"]


def groups_of(match_run: MatchRun, now: datetime) -> list[Group]:
    """Return what of a run can still be opened. It reads the whole pool, so not while others wait."""
    programme = match_run.programme
    proposals = match_run.proposals.select_related("learner__person", "mentor__person")
    if programme.shape == "peer":
        return _whole_circles(programme, proposals, now)
    return _by_relationship(programme, _still_possible(programme, proposals, now))


def as_it_stands(programme: Programme, groups: Sequence[Group], now: datetime) -> list[Group]:
    """Return the groups, as they were read a moment ago, of whom nobody has left or found another since."""
    past = snapshots.history(programme)
    places = {place for group in groups for one in group for place in (one.learner, one.mentor)}
    here = set(
        programme.enrolments.filter(
            pk__in=[place.pk for place in places],
            state="active",
            person__left_at__isnull=True,
            person__erased_at__isnull=True,
        )
        .exclude(person__paused_until__gt=now.date())
        .values_list("pk", flat=True)
    )
    is_peer = programme.shape == "peer"
    taken = past.paired | past.held.keys() if is_peer else past.paired
    seats = snapshots.open_seats(programme, map(snapshots.place_of, places), past)
    found = []
    for group in groups:
        kept = [
            one
            for one in group
            if {one.learner_id, one.mentor_id} <= here and str(one.learner.person_id) not in taken
        ]
        if is_peer:
            kept = kept if len(kept) == len(group) else []
        else:
            mentor = str(group[0].mentor.person_id)
            kept = kept[: seats[mentor]]
            seats[mentor] -= len(kept)
        if kept:
            found.append(kept)
    return found


def _by_relationship(programme: Programme, proposals: Iterable[Proposal]) -> list[Group]:
    """Return the proposals that become one relationship each: a pair, or the learners of a circle."""
    groups: dict[object, list[Proposal]] = {}
    for proposal in proposals:
        key = proposal.mentor_id if programme.shape == "group" else proposal.pk
        groups.setdefault(key, []).append(proposal)
    return list(groups.values())


def _whole_circles(programme: Programme, proposals: Iterable[Proposal], now: datetime) -> list[Group]:
    """Return the pairs and circles of peers of whom nobody has gone or found another since."""
    pool = snapshots.pool(programme, programme.weights, programme.rules, now.date())
    circles: dict[int | None, list[Proposal]] = {}
    for proposal in sorted(proposals, key=lambda one: (-one.score, str(one.pk))):
        circles.setdefault(proposal.circle, []).append(proposal)
    return [
        circle
        for circle in circles.values()
        if all(str(one.learner.person_id) in pool.learners for one in circle)
    ]


def _still_possible(programme: Programme, proposals: Iterable[Proposal], now: datetime) -> Iterable[Proposal]:
    """Yield the proposals whose learner still waits and whose mentor still has a seat."""
    pool = snapshots.pool(programme, programme.weights, programme.rules, now.date())
    seats = {mentor.key: mentor.capacity for mentor in pool.problem.mentors}
    for proposal in sorted(proposals, key=lambda one: (not one.locked, -one.score, str(one.pk))):
        mentor = str(proposal.mentor.person_id)
        if str(proposal.learner.person_id) in pool.learners and seats.get(mentor, 0) > 0:
            seats[mentor] -= 1
            yield proposal
