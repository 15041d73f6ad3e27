"""Where a learner of a run could go, for those who move somebody by hand."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from telemachy.apps.programmes import snapshots
from telemachy.apps.programmes.models import Enrolment, MatchRun, Proposal
from telemachy.apps.programmes.queries import match_runs
from telemachy.core.matching import Reason, Standing, standings

if TYPE_CHECKING:
    from uuid import UUID

#: What rules a mentor out for a hand, too.
OUT_OF_REACH = frozenset(
    {"excluded_same_person", "excluded_reporting_line", "excluded_forbidden", "excluded_no_seats"}
)
#: People of a pool that are read while a page is waited for.
MOST_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Offer:
    """One mentor for a learner: the score, what speaks against it, free seats, who holds the others.

    `is_in_reach` says whether a hand may choose this mentor at all.
    """

    mentor: Enrolment
    score: float
    against: tuple[Reason, ...]
    is_in_reach: bool
    n_free: int
    holders: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True)
class Offers:
    """The best of the mentors asked for, and how many there are."""

    shown: tuple[Offer, ...]
    n: int


def takes_a_moment(match_run: MatchRun) -> bool:
    """Tell whether so many people are in the run's pool that scoring the mentors keeps a reader waiting."""
    report = match_run.report
    return bool(report.get("n_learners", 0) + report.get("n_mentors", 0) > MOST_AT_ONCE)


def offers(
    match_run: MatchRun, learner: Enrolment, today: date, *, search: str = "", limit: int
) -> Offers | None:
    """Return the mentors whose name has the search, best first, out of reach last.

    None for a learner outside the pool. The pool is read for what it says of this learner alone.
    """
    pool = snapshots.pool(
        match_run.programme, match_run.weights, match_run.rules, today, about=[learner.person_id]
    )
    if str(learner.person_id) not in pool.learners:
        return None
    own = match_run.proposals.filter(learner=learner).values_list("mentor", flat=True).first()
    asked = [
        choice
        for choice in standings(pool.problem, str(learner.person_id))
        if pool.mentors[choice.mentor].pk != own
        and search.casefold() in pool.mentors[choice.mentor].name.casefold()
    ]
    asked.sort(key=lambda choice: (not _is_in_reach(choice), bool(choice.against), -choice.score))
    shown = asked[:limit]
    places = match_runs.places(str(pool.mentors[choice.mentor].pk) for choice in shown)
    held: dict[UUID, list[Proposal]] = defaultdict(list)
    rows = match_run.proposals.filter(mentor__in=[place.pk for place in places.values()]).select_related(
        "learner__person"
    )
    for proposal in rows.defer("parts", "reasons", "alternatives").order_by("score"):
        held[proposal.mentor_id].append(proposal)
    seats = {mentor.key: mentor.capacity for mentor in pool.problem.mentors}
    found = []
    for choice in shown:
        mentor = places[str(pool.mentors[choice.mentor].pk)]
        holders = held[mentor.pk]
        found.append(
            Offer(
                mentor=mentor,
                score=choice.score,
                against=choice.against,
                is_in_reach=_is_in_reach(choice),
                n_free=max(seats[choice.mentor] - len(holders), 0),
                holders=tuple(holder for holder in holders if not holder.locked),
            )
        )
    return Offers(tuple(found), len(asked))


def _is_in_reach(choice: Standing) -> bool:
    return not any(reason.code in OUT_OF_REACH for reason in choice.against)


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
