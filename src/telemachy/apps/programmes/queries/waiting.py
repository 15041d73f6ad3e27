"""Who waits for a match, since when and why, and whom the engine would give them today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from telemachy.apps.programmes import snapshots
from telemachy.apps.programmes.models import MatchRun, Proposal, Unmatched
from telemachy.apps.programmes.queries import match_plans, match_runs, pool_counts, what_if

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from telemachy.apps.programmes.models import Enrolment, Programme
    from telemachy.apps.programmes.queries.match_plans import Found
    from telemachy.apps.programmes.snapshots import Pool
    from telemachy.core.matching import Reason

#: Shapes in which a match can be offered to one learner alone.
ASKED = frozenset({"one_to_one", "reverse"})


@dataclass(frozen=True, slots=True)
class Offer:
    """The mentor whom the engine would give a learner today."""

    mentor: Enrolment
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A learner who waits, with `since` when.

    `proposal` is one of a run that is not published yet. `reason` is why nobody is found: today's where the
    pool is small enough to ask, else that of the last run; None for whom no run has had in its pool.
    """

    learner: Enrolment
    since: datetime
    offer: Offer | None
    proposal: Proposal | None
    reason: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Queue:
    """Those who wait, the longest wait first, and what is known of all of them.

    Attributes
    ----------
    places : who waits, each with `since`; `rows` says more of those on a page
    is_asked_today : whether offers were worked out, for a queue that is small enough
    last : the last run that has a result
    ready : that run, where it is to be published first
    """

    places: QuerySet[Enrolment]
    is_asked_today: bool
    last: MatchRun | None
    ready: MatchRun | None
    pool: Pool | None
    found: Found | None


def queue(programme: Programme, today: date) -> Queue:
    """Return the waiting queue of a programme. Raises BadInput for weights that cannot be worked with."""
    last = (
        MatchRun.objects.filter(programme=programme, is_trial=False, state__in=("ready", "published"))
        .order_by("-number")
        .first()
    )
    # A run that waits to be published has the seats already: two answers at once would contradict.
    ready = last if last and last.state == "ready" and last.proposals.exists() else None
    pool = found = None
    if programme.shape in ASKED and not ready and not what_if.is_surely_large(programme, today):
        pool = snapshots.pool(programme, programme.weights, programme.rules, today, {"waiting": True})
        found = match_plans.work_out(pool) if what_if.is_small(pool) else None
    return Queue(pool_counts.waiting(programme, today), found is not None, last, ready, pool, found)


def rows(queue: Queue, places: Iterable[Enrolment]) -> list[Waiting]:
    """Return what there is to say of some who wait, in a fixed number of queries."""
    page = list(places)
    proposals, reasons = _last_said(queue, page)
    offers = _offers(queue, page)
    if queue.found and queue.pool:
        place_of = queue.pool.learners
        reasons |= {
            place_of[left.learner].pk: match_plans.told(left.reason) for left in queue.found.unmatched
        }
    return [
        Waiting(
            learner=place,
            since=place.since,  # type: ignore[attr-defined]  # annotated by pool_counts.waiting
            offer=offers.get(place.pk),
            proposal=proposals.get(place.pk),
            reason=reasons.get(place.pk),
        )
        for place in page
    ]


def _offers(queue: Queue, page: list[Enrolment]) -> dict[UUID, Offer]:
    """Return place -> the mentor whom the engine would give today."""
    if not queue.found or not queue.pool:
        return {}
    asked = {str(place.person_id): place.pk for place in page}
    pairs = [pair for pair in queue.found.proposals if pair.learner in asked]
    key_of = {pair.mentor: str(queue.pool.mentors[pair.mentor].pk) for pair in pairs}
    mentors = match_runs.places(key_of.values())
    return {
        asked[pair.learner]: Offer(mentors[key_of[pair.mentor]], pair.score, pair.reasons) for pair in pairs
    }


def _last_said(
    queue: Queue, page: list[Enrolment]
) -> tuple[dict[UUID, Proposal], dict[UUID, dict[str, Any]]]:
    """Return what the last run says of each place of a page: a proposal to be published, or a reason."""
    if queue.last is None:
        return {}, {}
    of_page = {"run": queue.last, "learner__in": [place.pk for place in page]}
    left = dict(Unmatched.objects.filter(**of_page).values_list("learner", "reason"))
    if not queue.ready:
        return {}, left
    proposals = Proposal.objects.filter(**of_page).select_related("run", "mentor__person")
    return {proposal.learner_id: proposal for proposal in proposals}, left
