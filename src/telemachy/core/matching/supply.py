"""What a pool seeks and offers by skill, language and time zone, and of whom one more would help most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from telemachy.core.matching.columns import plain
from telemachy.core.matching.planning import Seat
from telemachy.core.matching.problem import Problem, Profile


@dataclass(frozen=True, slots=True)
class Balance:
    """Demand and supply of one skill, language or time zone.

    Attributes
    ----------
    term : as first spelled in the pool
    n_learners : who seek the skill, speak the language, live in the zone
    n_unmatched : of those without a mentor
    n_mentors, n_seats : mentors with open seats who offer, speak, live there, and their seats
    n_short : learners beyond those seats, 0 if there are enough; a seat counts for each of its terms, so
        enough here is not yet enough everywhere
    """

    term: str
    n_learners: int
    n_unmatched: int
    n_mentors: int
    n_seats: int
    n_short: int


@dataclass(frozen=True, slots=True)
class Supply:
    """Balances of the pool, the shortest first, then those most sought."""

    skills: tuple[Balance, ...]
    languages: tuple[Balance, ...]
    time_zones: tuple[Balance, ...]


@dataclass(frozen=True, slots=True)
class OneMore:
    """What one more like this mentor would bring: learners matched and total score, as `Seat` says."""

    like: str
    extra_matched: int
    price: float | None


def supply(problem: Problem, unmatched: Collection[str] = ()) -> Supply:
    """Return demand and supply of a pool; `unmatched` are keys of learners without a mentor."""
    left = frozenset(unmatched)
    return Supply(
        skills=_balances(problem, left, lambda p: p.skills_sought, lambda p: p.skills_offered),
        languages=_balances(problem, left, lambda p: p.languages, lambda p: p.languages),
        time_zones=_balances(problem, left, lambda p: (p.time_zone,), lambda p: (p.time_zone,)),
    )


def one_more(seats: Iterable[Seat], limit: int = 5) -> tuple[OneMore, ...]:
    """Return the mentors of whom one more would bring most: learners first, then score.

    Of single seats the numbers are the dual prices of `assign`: each says exactly what its seat alone brings,
    not several together.
    """
    found = [OneMore(seat.mentor, seat.extra_matched, seat.price) for seat in seats]
    useful = [one for one in found if one.extra_matched or (one.price or 0) > 0]
    return tuple(sorted(useful, key=lambda one: (-one.extra_matched, -(one.price or 0), one.like))[:limit])


def _balances(
    problem: Problem,
    unmatched: frozenset[str],
    sought: Callable[[Profile], Iterable[str]],
    offered: Callable[[Profile], Iterable[str]],
) -> tuple[Balance, ...]:
    spelled: dict[str, str] = {}
    n_learners: Counter[str] = Counter()
    n_unmatched: Counter[str] = Counter()
    n_mentors: Counter[str] = Counter()
    n_seats: Counter[str] = Counter()
    for learner in problem.learners:
        for term in _terms(sought(learner), spelled):
            n_learners[term] += 1
            n_unmatched[term] += learner.key in unmatched
    for mentor in problem.mentors:
        for term in _terms(offered(mentor), spelled) if mentor.capacity else ():
            n_mentors[term] += 1
            n_seats[term] += mentor.capacity
    found = [
        Balance(
            spelled[term],
            n_learners[term],
            n_unmatched[term],
            n_mentors[term],
            n_seats[term],
            max(n_learners[term] - n_seats[term], 0),
        )
        for term in n_learners.keys() | n_mentors.keys()
    ]
    return tuple(sorted(found, key=lambda b: (-b.n_short, -b.n_learners, b.term)))


def _terms(given: Iterable[str], spelled: dict[str, str]) -> list[str]:
    found = {plain(term): term for term in given}
    for term, spelling in found.items():
        spelled.setdefault(term, " ".join(spelling.split()))
    return [term for term in found if term]
