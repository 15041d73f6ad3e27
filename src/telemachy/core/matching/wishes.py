"""What a programme may wish beyond the highest total: waiting, weak pairs, loads, moves.

In this order: (1) most learners matched; (2) among those, most of the learners who have waited longest, then
of the next; (3) the highest floor under the scores that costs at most the stated share of the value; (4) the
highest value: total score, less what uneven loads cost, plus what kept pairs are worth.
Each is an assignment again, on changed steps, columns or pairs, so each is solved to the optimum.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from telemachy.core.matching import assignment, errors, pairs, waiting, weighted
from telemachy.core.matching.assignment import Assignment
from telemachy.core.matching.pairs import STEPS, Bools, Ints, Pairs

#: Steps the engine holds (16 bits); worths beyond go to `weighted`.
MOST_STEPS = 65_535


@dataclass(frozen=True, slots=True, eq=False)
class Wishes:
    """What counts beside the total score.

    Attributes
    ----------
    fairness_loss : 0 to 1
        Share of the value that may be given up to raise the floor; 0 leaves the floor alone.
    spread : 0 to 1
        Score that a mentor's second learner costs; the third costs twice that, and so on.
    waited : int32 (n_learners,), optional
        Rounds that each learner has gone without a mentor, 0 or more.
    previous : int32 (n_learners,), optional
        The mentor of each learner before, -1 for none.
    gain : 0 to 1
        Score that each move away from `previous` must bring.
    """

    fairness_loss: float = 0.0
    spread: float = 0.0
    waited: Any = None
    previous: Any = None
    gain: float = 0.0

    def __post_init__(self) -> None:
        """Raise OptionOutOfRange for shares and scores outside 0 to 1."""
        for name in ("fairness_loss", "spread", "gain"):
            value = getattr(self, name)
            if not (isinstance(value, int | float) and math.isfinite(value) and 0 <= value <= 1):
                raise errors.OptionOutOfRange(
                    f"{name} is {value!r}; it must be a number from 0 to 1.", field=name
                )


@dataclass(frozen=True, slots=True, eq=False)
class Granted:
    """The result of `assign_with`.

    `assignment` holds the matching; its `upper_bound`, `gap`, `price` and `extra_matched` are those of the
    highest total, so the gap is what the wishes cost. `floor` is the score that every matched learner
    reaches, or comes as near to as any of their mentors; None where no floor was asked for. `value` is what
    was made highest under the wishes, `plain_total` the total without any.
    """

    assignment: Assignment
    floor: float | None
    value: float
    plain_total: float


@dataclass(frozen=True, slots=True)
class Work:
    """Pairs of free learners with columns that stand for mentors' seats.

    `value` is what a pair is worth in steps (it may be below 0), `steps` its score; the column of `owner` -1
    stands for being left out with good reason.
    """

    indptr: Ints
    column: Ints
    value: Ints
    steps: Ints
    seats: Ints
    owner: Ints

    def learner(self) -> Ints:
        """Return the learner of every pair."""
        return np.repeat(np.arange(len(self.indptr) - 1), np.diff(self.indptr))

    def keep(self, mask: Bools) -> Work:
        """Return the pairs where `mask` holds."""
        before = np.concatenate([[0], np.cumsum(mask)])
        return replace(
            self,
            indptr=before[self.indptr],
            column=self.column[mask],
            value=self.value[mask],
            steps=self.steps[mask],
        )

    def solve(self, seed: int) -> tuple[Ints, int, int]:
        """Return each learner's mentor, how many learners have a column, and the value of the whole."""
        low, high = int(self.value.min(initial=0)), int(self.value.max(initial=0))
        n_learners = len(self.indptr) - 1
        if high - low <= MOST_STEPS:
            task = Pairs(self.indptr, self.column, self.value - low, len(self.seats))
            nobody = np.full(n_learners, -1, dtype=np.int64)
            column = assignment.best(task, self.seats, nobody, seed).mentor.astype(np.int64)
        else:
            worth = self.value - low + weighted.level(n_learners, high - low)
            column = weighted.heaviest(
                Pairs(self.indptr, self.column, worth, len(self.seats)), self.seats, seed
            )
        value = Pairs(self.indptr, self.column, self.value, len(self.seats)).steps_of(column)
        mentor = np.append(self.owner, -1)[column]  # column -1: no mentor
        return mentor, int((column >= 0).sum()), int(value.sum())


def assign_with(
    indptr: Any,
    mentor: Any,
    score: Any,
    capacity: Any,
    wishes: Wishes,
    *,
    locked: Any = None,
    seed: int = 0,
) -> Granted:
    """Assign learners to mentors as `assign` does, with wishes beyond the total.

    Raises
    ------
    OptionOutOfRange
        For rounds waited below 0, or a mentor before who does not exist.
    BadInput
        As in `assign`.
    """
    seats = assignment.read_capacity(capacity)
    candidates = pairs.read(indptr, mentor, score, len(seats))
    return grant(candidates, seats, assignment.read_locks(locked, candidates, seats), seed, wishes)


def grant(candidates: Pairs, seats: Ints, kept: Ints, seed: int, wishes: Wishes) -> Granted:
    """Do what `assign_with` does on checked candidates, seats and locks; 0 seats are allowed."""
    plain = assignment.best(candidates, seats, kept, seed)
    work = _work(candidates.wide(), seats, kept, wishes)
    chosen, n_placed, value = work.solve(seed)
    floor = None
    if wishes.fairness_loss > 0:
        chosen, value, floor = _raise_floor(work, chosen, n_placed, value, wishes.fairness_loss, seed)
    chosen = np.where(kept >= 0, kept, chosen)
    total = int(candidates.steps_of(chosen).sum())
    bound = round(plain.upper_bound * STEPS)
    told = replace(
        plain,
        mentor=chosen.astype(np.int32),
        total_score=total / STEPS,
        gap=(bound - total) / bound if bound else 0.0,
        is_optimal=total == bound,
    )
    locked = int(candidates.steps_of(kept).sum())
    return Granted(
        told, None if floor is None else floor / STEPS, (value + locked) / STEPS, plain.total_score
    )


def _work(candidates: Pairs, seats: Ints, kept: Ints, wishes: Wishes) -> Work:
    free, free_seats = assignment.unlocked(candidates, seats, kept)
    value = free.steps.astype(np.int64)
    if wishes.previous is not None:
        before = read_of_learners(wishes.previous, candidates, "previous", -1, len(seats) - 1)
        value = value + (free.mentor == before[free.learner()]) * round(wishes.gain * STEPS)
    column, steps = free.mentor.astype(np.int64), free.steps.astype(np.int64)
    work = Work(free.indptr, column, value, steps, free_seats, np.arange(len(seats)))
    if wishes.waited is not None:
        waited = read_of_learners(wishes.waited, candidates, "waited", 0, None)
        work = _who_waits_first(work, np.where(kept >= 0, 0, waited))
    if wishes.spread:
        held = np.bincount(kept[kept >= 0], minlength=len(seats))
        work = _seat_by_seat(work, held, round(wishes.spread * STEPS))
    return work


def read_of_learners(values: Any, candidates: Pairs, name: str, least: int, most: int | None) -> Ints:
    found = pairs.whole_numbers(values, name)
    if len(found) != candidates.n_learners:
        raise errors.OptionOutOfRange(
            f"{name} has {len(found)} entries for {candidates.n_learners} learners.", field=name
        )
    wrong = np.flatnonzero((found < least) | (found > (found.max(initial=least) if most is None else most)))
    if len(wrong):
        raise errors.OptionOutOfRange(
            f"{name} of learner {wrong[0]} is {found[wrong[0]]}; it must be at least {least}"
            + ("." if most is None else f" and at most {most}."),
            field=name,
        )
    return found


def _who_waits_first(work: Work, waited: Ints) -> Work:
    """Leave only pairs that keep the order of waiting, and one more column for those who may stay out."""
    task = Pairs(work.indptr, work.column, work.steps, len(work.seats))
    allowed, may_stay_out, n_left = waiting.longest_first(task, work.seats, waited)
    work = work.keep(allowed)
    if not n_left:
        return work
    out = may_stay_out.astype(np.int64)
    ends = np.repeat(work.indptr[1:], out)
    return Work(
        indptr=work.indptr + np.concatenate([[0], np.cumsum(out)]),
        column=np.insert(work.column, ends, len(work.seats)),
        value=np.insert(work.value, ends, 0),
        steps=np.insert(work.steps, ends, 0),
        seats=np.append(work.seats, n_left),
        owner=np.append(work.owner, -1),
    )


def _seat_by_seat(work: Work, held: Ints, cost: int) -> Work:
    """Give every seat of a mentor a column of its own that costs the more, the later it comes."""
    useful = np.minimum(work.seats, np.bincount(work.column, minlength=len(work.seats)))
    n_columns = np.where(work.owner >= 0, useful, 1)
    n_copies = n_columns[work.column]
    pair = np.repeat(np.arange(len(work.column)), n_copies)
    place = np.arange(len(pair)) - np.repeat(np.cumsum(n_copies) - n_copies, n_copies)
    first = np.cumsum(n_columns) - n_columns
    owner = work.owner[work.column[pair]]
    price = np.where(owner >= 0, cost * (place + np.append(held, 0)[owner]), 0)
    before = np.concatenate([[0], np.cumsum(n_copies)])
    return Work(
        indptr=before[work.indptr],
        column=first[work.column[pair]] + place,
        value=work.value[pair] - price,
        steps=work.steps[pair],
        seats=np.repeat(np.where(work.owner >= 0, 1, work.seats), n_columns),
        owner=np.repeat(work.owner, n_columns),
    )


def _raise_floor(
    work: Work, chosen: Ints, n_placed: int, value: int, loss: float, seed: int
) -> tuple[Ints, int, int]:
    """Return the matching with the highest floor that places as many and loses at most `loss` of the value.

    A higher floor leaves fewer pairs, so whether it can be had only ever turns from yes to no: bisection.
    """
    real = work.owner[work.column] >= 0
    ceiling = np.zeros(len(work.indptr) - 1, dtype=np.int64)
    np.maximum.at(ceiling, work.learner(), np.where(real, work.steps, 0))
    reach = ceiling[work.learner()]
    floors = np.unique(np.concatenate([[0], work.steps[real]]))
    least = value - loss * abs(value)
    low, high = 0, len(floors)
    while high - low > 1:
        middle = (low + high) // 2
        found, n, worth = work.keep(~real | (work.steps >= np.minimum(floors[middle], reach))).solve(seed)
        if n == n_placed and worth >= least:
            low, chosen, value = middle, found, worth
        else:
            high = middle
    return chosen, value, int(floors[low])
