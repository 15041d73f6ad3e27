"""Evergreen programmes: people are matched as they come, and wait in order where nobody is free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from telemachy.core.matching.choices import Choice, choices
from telemachy.core.matching.errors import UnknownPerson
from telemachy.core.matching.problem import Problem
from telemachy.core.matching.reasons import Reason


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a learner gets on arrival: a mentor now, or a place in the queue.

    Attributes
    ----------
    mentor : the best mentor with an open seat, None when the learner has to wait
    choices : all mentors whom the hard rules allow and who have an open seat, the best first
    reason : why this mentor, or why none
    position : place in the queue, 1 is next; None with a mentor
    n_ahead : people who wait longer for a mentor who would also be possible here
    """

    mentor: str | None
    choices: tuple[Choice, ...]
    reason: Reason
    position: int | None
    n_ahead: int


def arrive(problem: Problem, learner: str, queue: Sequence[str] = ()) -> Arrival:
    """Match one learner who arrives with the seats open now, without a move of anybody else.

    Parameters
    ----------
    problem : Problem
        Everybody waiting and the one who arrives as learners; each mentor's capacity is the seats open now.
    learner : str
        Who arrives; in the queue or not.
    queue : learner keys
        Who waits, the longest first. A seat that somebody ahead could take is theirs, so it is not
        given away here.

    Raises
    ------
    UnknownPerson
        Where the learner, or somebody of the queue, is not in the pool.
    BadInput
        For profiles that cannot be worked with.
    """
    _check_known(problem, (learner, *queue))
    ahead = list(queue[: queue.index(learner)]) if learner in queue else list(queue)
    seats = {mentor.key: mentor.capacity for mentor in problem.mentors}
    for other in ahead:
        _taken(seats, _possible(problem, other))
    mine = _possible(problem, learner)
    open_now = [choice for choice in mine if seats[choice.mentor]]
    if open_now:
        first = open_now[0]
        facts: dict[str, object] = {"mentor": first.mentor, "n_open": len(open_now)}
        return Arrival(first.mentor, tuple(open_now), Reason("arrival_best", facts), None, 0)
    wanted = {choice.mentor for choice in _allowed(problem, learner)}
    n_ahead = sum(bool(wanted & {c.mentor for c in _allowed(problem, other)}) for other in ahead)
    facts = {"position": len(ahead) + 1, "n_ahead": n_ahead, "n_possible": len(wanted)}
    code = "arrival_waits" if wanted else "arrival_nobody"
    return Arrival(None, (), Reason(code, facts), len(ahead) + 1, n_ahead)


def next_for(problem: Problem, mentor: str, queue: Sequence[str]) -> str | None:
    """Return who of the queue takes a seat that opens at `mentor`: the first whom the hard rules allow.

    Raises
    ------
    UnknownPerson
        Where the mentor, or somebody of the queue, is not in the pool.
    """
    _check_known(problem, queue)
    if mentor not in {profile.key for profile in problem.mentors}:
        raise UnknownPerson(f"{mentor} is no mentor of the pool.", field="mentor")
    for learner in queue:
        if any(choice.mentor == mentor for choice in _allowed(problem, learner)):
            return learner
    return None


def _check_known(problem: Problem, people: Sequence[str]) -> None:
    known = {profile.key for profile in problem.learners}
    for key in people:
        if key not in known:
            raise UnknownPerson(f"{key} is no learner of the pool.", field="learner")


def _allowed(problem: Problem, learner: str) -> list[Choice]:
    """Return the mentors whom the hard rules allow, a full mentor being no rule here."""
    full = {"excluded_no_seats"}
    return [c for c in choices(problem, learner) if {reason.code for reason in c.against} <= full]


def _possible(problem: Problem, learner: str) -> list[Choice]:
    return [choice for choice in choices(problem, learner) if not choice.against]


def _taken(seats: dict[str, int], possible: list[Choice]) -> None:
    for choice in possible:
        if seats[choice.mentor]:
            seats[choice.mentor] -= 1
            return
