"""Which relationships a published match run becomes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from telemachy.apps.people.queries import privacy
from telemachy.apps.programmes import snapshots

if TYPE_CHECKING:
    from telemachy.apps.programmes.models import MatchRun, Programme, Proposal

#: Keys of proposals opened together or not at all: a pair, the learners of one mentor, a circle of peers.
Group = list[UUID]

#: What the proposals of one group have in common.
TOGETHER = {"group": "mentor", "peer": "circle"}


def groups_of(match_run: MatchRun) -> list[Group]:
    """Return what of a run is not open yet, in the order in which seats are given away."""
    together = TOGETHER.get(match_run.programme.shape, "pk")
    opened = match_run.proposals.filter(relationships__isnull=False)
    left = match_run.proposals.exclude(**{f"{together}__in": opened.values(together)})
    groups: dict[object, Group] = {}
    for key, proposal in left.order_by("-locked", "-score", "pk").values_list(together, "pk"):
        groups.setdefault(key, []).append(proposal)
    return list(groups.values())


def still_possible(match_run: MatchRun, groups: Sequence[Group], now: datetime) -> list[list[Proposal]]:
    """Return the proposals of groups of whom nobody has left, is paused, objects, or has found another."""
    programme = match_run.programme
    rows = match_run.proposals.filter(pk__in=[one for group in groups for one in group])
    rows = rows.select_related("learner__person", "mentor__person")
    proposals = rows.defer("parts", "reasons", "alternatives").in_bulk()
    places = {place for one in proposals.values() for place in (one.learner, one.mentor)}
    here = _here(programme, [place.pk for place in places], now)
    past = snapshots.history(programme, {place.person_id for place in places})
    is_peer = programme.shape == "peer"
    taken = past.paired | past.done | (past.held.keys() if is_peer else set())
    seats = snapshots.open_seats(programme, map(snapshots.seats_of, places), past.held)
    found = []
    for group in groups:
        kept = [
            one
            for one in (proposals[key] for key in group if key in proposals)
            if {one.learner_id, one.mentor_id} <= here and str(one.learner.person_id) not in taken
        ]
        if is_peer:
            kept = kept if len(kept) == len(group) else []
        elif kept:
            mentor = str(kept[0].mentor.person_id)
            kept = kept[: seats[mentor]]
            seats[mentor] -= len(kept)
        if kept:
            found.append(kept)
    return found


def _here(programme: Programme, places: Sequence[UUID], now: datetime) -> set[UUID]:
    """Return which of some places are those of people who are there and agree to be matched."""
    rows = programme.enrolments.filter(
        pk__in=places, state="active", person__left_at__isnull=True, person__erased_at__isnull=True
    ).exclude(person__paused_until__gt=now.date())
    unwilling = privacy.withdrew("matching").filter(person__enrolments__in=places)
    withdrawn = set(unwilling.values_list("person_id", flat=True))
    return {pk for pk, person in rows.values_list("pk", "person_id") if person not in withdrawn}
