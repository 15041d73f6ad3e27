"""Several programmes that share mentors, matched as one; each gets a plan of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

import numpy as np
import numpy.typing as npt
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from telemachy.apps.programmes import queries as programmes
from telemachy.apps.programmes.models import MatchRun, Programme
from telemachy.apps.programmes.queries import match_plans
from telemachy.apps.programmes.queries.match_options import options_of
from telemachy.apps.programmes.snapshots import places_elsewhere
from telemachy.core import matching
from telemachy.core.matching import shapes
from telemachy.core.matching.pairs import STEPS
from telemachy.core.shared.errors import BadInput

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.programmes.snapshots import Pool

#: Shapes in which a learner takes one seat of one mentor.
SHAPES = ("one_to_one", "reverse")
#: Learners of all programmes that one problem holds.
MOST_LEARNERS = 50_000
#: Share of the work that is done when all candidates are found, and when the pairs are.
FOUND, SOLVED = 0.5, 0.7


def sharing(programme: Programme, person: Person) -> QuerySet[Programme]:
    """Return the other programmes the person may run that have a mentor of this one, by name."""
    if programme.shape not in SHAPES:
        return Programme.objects.none()
    shared = places_elsewhere(programme).values_list("programme", flat=True)
    # As a list: asking each other programme for a mentor of this one would read all mentors of all.
    found = set(shared.order_by().distinct())
    others = programmes.visible_to(person).filter(shape__in=SHAPES, state__in=("draft", "open"))
    return others.filter(pk__in=found).order_by("name")


def runs_of(together: UUID | None) -> QuerySet[MatchRun]:
    """Return the runs that were worked out as one, by the name of their programme; none for None."""
    runs = MatchRun.objects.select_related("programme", "created_by").order_by("programme__name", "pk")
    return runs.filter(together=together) if together else runs.none()


def work_out(
    pools: Sequence[Pool], seats: Mapping[str, int], watch: match_plans.Watch | None = None
) -> list[match_plans.Found]:
    """Match the pools within `seats`, mentor's key -> learners of all of them together.

    Most learners of all programmes first, then what the first pool's options wish for all, proven. Raises
    BadInput, and whatever `watch.note` raises.
    """
    watch = watch or match_plans.Watch()
    if sum(len(pool.problem.learners) for pool in pools) > MOST_LEARNERS:
        raise BadInput(
            _("Together these programmes have more than %(n)d learners. Run them one after the other.")
            % {"n": MOST_LEARNERS}
        )
    found = []
    for number, pool in enumerate(pools):
        watch.note("matching", FOUND * number / len(pools))
        found.append(shapes.listed(pool.problem))
    named = {mentor.key for pool in pools for mentor in pool.problem.mentors}
    keys = sorted(key for key in named if seats.get(key, 0) > 0)
    if not keys:
        return [match_plans.found_of(pool, matching.plan(pool.problem), {}) for pool in pools]
    at = {key: number for number, key in enumerate(keys)}
    places = [np.array([at.get(one.key, -1) for one in pool.problem.mentors]) for pool in pools]
    demands = [_demand(*each, len(keys)) for each in zip(pools, found, places, strict=True)]
    watch.note("matching", FOUND)
    shared = matching.assign_programmes(
        demands, np.array([seats[key] for key in keys], dtype=np.int64), wishes=_wishes(pools, at)
    )
    told, are_all = [], all(each.are_all() for each in found)
    for number, each in enumerate(zip(pools, found, places, strict=True)):
        watch.note("telling", SOLVED + (1 - SOLVED) * number / len(pools))
        told.append(_told(*each, shared, number, are_all))
    return told


def _wishes(pools: Sequence[Pool], at: Mapping[str, int]) -> matching.Wishes | None:
    """Return what counts beside the total of all programmes; each keeps its own pairs of before."""
    first, learners = (
        options_of(pools[0]),
        [(pool, one.key) for pool in pools for one in pool.problem.learners],
    )
    previous = [at.get(pool.previous.get(key, ""), -1) for pool, key in learners]
    if not (first.fairness or first.spread or first.waiting or any(pool.previous for pool in pools)):
        return None
    return matching.Wishes(
        fairness_loss=first.fairness,
        spread=match_plans.SPREAD if first.spread else 0.0,
        waited=[match_plans.rounds_waited(pool, key) for pool, key in learners] if first.waiting else None,
        previous=previous,
        gain=first.gain if any(pool.previous for pool in pools) else 0.0,
    )


def _demand(pool: Pool, found: matching.Candidates, place: npt.NDArray[Any], n_keys: int) -> matching.Demand:
    """Return the candidates of one programme with the mentors numbered as all programmes have them."""
    learner = np.repeat(np.arange(len(found.indptr) - 1), np.diff(found.indptr))
    mentor = place[found.mentor] if len(found.mentor) else np.zeros(0, dtype=np.int64)
    order = np.lexsort((mentor, learner))
    order = order[mentor[order] >= 0]
    locked = shapes.locks(pool.problem)
    at_most = np.zeros(n_keys, dtype=np.int64)
    at_most[place[place >= 0]] = np.array([one.capacity for one in pool.problem.mentors])[place >= 0]
    counts = np.bincount(learner[order], minlength=len(found.indptr) - 1)
    return matching.Demand(
        indptr=np.concatenate([[0], np.cumsum(counts)]),
        mentor=mentor[order],
        score=found.score[order],
        at_most=at_most,
        locked=np.where(locked >= 0, place[locked], -1),
    )


def _told(
    pool: Pool,
    found: matching.Candidates,
    place: npt.NDArray[Any],
    shared: matching.Shared,
    number: int,
    are_all: bool,
) -> match_plans.Found:
    """Return the plan of one programme, explained from its own candidates."""
    if not len(found.mentor):
        return match_plans.found_of(pool, matching.plan(pool.problem), {})
    share = shared.shares[number]
    own = np.full(len(share.load) + 1, -1, dtype=np.int64)
    own[place] = np.arange(len(place))
    chosen = np.where(share.mentor >= 0, own[share.mentor], -1)
    # What wishes cost is known for all programmes together; this one's part of it is that at most.
    lost = round(shared.plain_total * STEPS) - round(shared.total_score * STEPS)
    total = round(share.total_score * STEPS)
    proof = shapes.proof_of(found, share.n_matched, total, total + lost, are_all)
    plan = matching.plan_of(
        pool.problem, found, chosen, proof, shared.answering(number), _seats(pool, place, share)
    )
    return match_plans.found_of(pool, plan, {})


def _seats(pool: Pool, place: npt.NDArray[Any], share: matching.Share) -> Iterator[matching.Seat]:
    """Yield the seats of the mentors, with what one more for this programme would bring all of them."""
    for mentor, at in zip(pool.problem.mentors, place.tolist(), strict=True):
        if at >= 0:
            told = int(share.load[at]), float(share.price[at]), int(share.extra_matched[at])
            yield matching.Seat(mentor.key, mentor.capacity, *told)
