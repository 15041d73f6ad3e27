"""Who waits for a match, since when and why, and whom the engine would give them today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from telemachy.apps.programmes import snapshots
from telemachy.apps.programmes.models import MatchRun, Proposal, Unmatched
from telemachy.apps.programmes.queries import match_plans, what_if

if TYPE_CHECKING:
    from telemachy.apps.programmes.models import Enrolment, Programme
    from telemachy.core.matching import Reason


@dataclass(frozen=True, slots=True)
class Offer:
    """The mentor whom the engine would give a learner today."""

    mentor: Enrolment
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A learner who waits.

    `proposal` is one of a run that is not published yet. `reason` is why nobody is found: today's where the
    pool is small enough to ask, else that of the last run; None for who came after it.
    """

    learner: Enrolment
    since: datetime
    offer: Offer | None
    proposal: Proposal | None
    reason: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Queue:
    """Those who wait, the longest wait first.

    `is_asked_today` says whether offers were worked out; `ready` is the run that is to be published first.
    """

    rows: tuple[Waiting, ...]
    is_asked_today: bool
    ready: MatchRun | None


def queue(programme: Programme, today: date) -> Queue:
    """Return the waiting queue of a programme. Raises BadInput for weights that cannot be worked with."""
    pool = snapshots.pool(programme, programme.weights, programme.rules, today, {"waiting": True})
    last = (
        MatchRun.objects.filter(programme=programme, is_trial=False, state__in=("ready", "published"))
        .order_by("-number")
        .first()
    )
    proposals, left = _last_said(last)
    # A run that waits to be published has the seats already: two answers at once would contradict.
    is_asked = programme.shape in {"one_to_one", "reverse"} and what_if.is_small(pool) and not proposals
    found = match_plans.work_out(pool) if is_asked else None
    offers = {pair.learner: pair for pair in found.proposals} if found else {}
    reasons = {left.learner: match_plans.told(left.reason) for left in found.unmatched} if found else {}
    rows = []
    for key, since in sorted(pool.since.items(), key=lambda item: (item[1], item[0])):
        place = pool.learners[key]
        offer = offers.get(key)
        rows.append(
            Waiting(
                learner=place,
                since=since,
                offer=Offer(pool.mentors[offer.mentor], offer.score, offer.reasons) if offer else None,
                proposal=proposals.get(place.pk),
                reason=reasons.get(key) or left.get(place.pk),
            )
        )
    return Queue(tuple(rows), is_asked, last if proposals else None)


def _last_said(last: MatchRun | None) -> tuple[dict[Any, Proposal], dict[Any, dict[str, Any]]]:
    """Return what the last run says of each learner's place: a proposal to be published, or a reason."""
    if last is None:
        return {}, {}
    left = dict(Unmatched.objects.filter(run=last).values_list("learner", "reason"))
    if last.state == "published":
        return {}, left
    proposals = Proposal.objects.filter(run=last).select_related("run", "mentor__person")
    return {proposal.learner_id: proposal for proposal in proposals}, left
