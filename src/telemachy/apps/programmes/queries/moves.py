"""Where a learner of a run could go, for those who move somebody by hand."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from telemachy.apps.programmes import snapshots
from telemachy.apps.programmes.models import Enrolment, MatchRun, Proposal
from telemachy.core.matching import Reason, choices

if TYPE_CHECKING:
    from uuid import UUID

#: What rules a mentor out for a hand, too.
OUT_OF_REACH = frozenset(
    {"excluded_same_person", "excluded_reporting_line", "excluded_forbidden", "excluded_no_seats"}
)


@dataclass(frozen=True, slots=True)
class Offer:
    """One mentor for a learner: the score, what speaks against it, free seats, who holds the others."""

    mentor: Enrolment
    score: float
    against: tuple[Reason, ...]
    n_free: int
    holders: tuple[Proposal, ...]

    @property
    def is_in_reach(self) -> bool:
        """Whether a hand may choose this mentor at all."""
        return not any(reason.code in OUT_OF_REACH for reason in self.against)


def offers(match_run: MatchRun, learner: Enrolment, today: date) -> list[Offer] | None:
    """Return the mentors of the pool, best first, out of reach last; None for a learner outside it."""
    pool = snapshots.pool(match_run.programme, match_run.weights, match_run.rules, today)
    if str(learner.person_id) not in pool.learners:
        return None
    held: dict[UUID, list[Proposal]] = defaultdict(list)
    for proposal in match_run.proposals.select_related("learner__person").order_by("score"):
        held[proposal.mentor_id].append(proposal)
    seats = {mentor.key: mentor.capacity for mentor in pool.problem.mentors}
    found = []
    for choice in choices(pool.problem, str(learner.person_id)):
        mentor = pool.mentors[choice.mentor]
        holders = tuple(held[mentor.pk])
        if all(holder.learner_id != learner.pk for holder in holders):
            n_free = max(seats[choice.mentor] - len(holders), 0)
            exchangeable = tuple(holder for holder in holders if not holder.locked)
            found.append(Offer(mentor, choice.score, choice.against, n_free, exchangeable))
    return sorted(found, key=lambda offer: (not offer.is_in_reach, bool(offer.against), -offer.score))


def learner_of(match_run: MatchRun, pk: UUID) -> Enrolment | None:
    """Return a learner of the run's programme, or None."""
    return (
        Enrolment.objects.filter(programme=match_run.programme, role=Enrolment.Role.LEARNER, pk=pk)
        .select_related("person")
        .first()
    )


def mentor_of(match_run: MatchRun, pk: UUID) -> Enrolment | None:
    """Return a mentor of the run's programme, or None."""
    return (
        Enrolment.objects.filter(programme=match_run.programme, role=Enrolment.Role.MENTOR, pk=pk)
        .select_related("person")
        .first()
    )
