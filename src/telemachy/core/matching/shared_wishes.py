"""What several programmes wish together that share their mentors' seats.

Without limits of their own the programmes are one list of learners, and `wishes` does it. A limit that binds
splits the mentor into one per programme. Stand-ins then take seats: some block what the parts have too many,
others are paid for seats left idle, the more the later a seat would come, which is what an uneven load costs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from telemachy.core.matching import pairs, waiting, weighted, wishes
from telemachy.core.matching.pairs import STEPS, Bools, Ints, Pairs
from telemachy.core.matching.wishes import Wishes


@dataclass(frozen=True, slots=True)
class _Task:
    """Free learners of all programmes and the parts of the mentors.

    Mentor m of programme p is column p * n_mentors + m. `value` is what a pair is worth, `bonus` how many
    levels above every value it counts that a learner is matched at all; `blocking` and `idling` are the
    mentors whose seats stand-ins take, `pay` what an idle seat is worth.
    """

    real: Pairs
    steps: Ints
    bonus: Ints
    limits: Ints
    blocking: Ints
    idling: Ints
    pay: Ints
    n_mentors: int

    def solve(self, allowed: Bools, seed: int) -> tuple[Ints, int, int]:
        """Return each learner's mentor, how many have one, and the value: scores less uneven loads."""
        most = int(self.real.steps.max(initial=0))
        level = weighted.level(self.real.n_learners, most) + int(self.pay.sum())
        worth = self.real.steps + self.bonus[self.real.learner()] * level
        kept = Pairs(self.real.indptr, self.real.mentor, worth, self.real.n_mentors).keep(allowed)
        mentors = np.concatenate([self.blocking, self.idling])
        pay = np.concatenate(
            [np.full(len(self.blocking), (int(self.bonus.max(initial=1)) + 1) * level), self.pay]
        )
        column = weighted.heaviest(_with_stand_ins(kept, mentors, pay, self.n_mentors), self.limits, seed)
        n_real = self.real.n_learners
        idle = np.flatnonzero(column[n_real + len(self.blocking) :] >= 0)
        value = int(self.real.steps_of(column[:n_real]).sum()) + int(self.pay[idle].sum())
        mentor = np.where(column[:n_real] >= 0, column[:n_real] % self.n_mentors, -1)
        return mentor, int((mentor >= 0).sum()), value


def solve(
    demands: Sequence[Pairs],
    free: Sequence[Pairs],
    kept: Sequence[Ints],
    seats: Ints,
    limits: Ints,
    held: Ints,
    seed: int,
    wanted: Wishes,
) -> list[Ints]:
    """Return the mentor of each learner of each programme; -1 also for learners who are locked.

    `limits` and `held` are of each programme and mentor, `free` the demands without locked learners.
    """
    ends, locks = np.cumsum([demand.n_learners for demand in demands])[:-1], np.concatenate(kept)
    if (limits >= seats).all():
        joint = pairs.joined(demands, len(seats))
        chosen = wishes.grant(joint, seats, locks, seed, wanted).assignment.mentor.astype(np.int64)
        return np.split(np.where(locks >= 0, -1, chosen), ends)
    task, allowed = _task(free, seats - held.sum(axis=0), limits - held, held.sum(axis=0), wanted)
    chosen, n_placed, value = task.solve(allowed, seed)
    if wanted.fairness_loss > 0:
        chosen = _with_floor(task, allowed, chosen, n_placed, value, wanted.fairness_loss, seed)
    return np.split(chosen, ends)


def _task(
    free: Sequence[Pairs], seats: Ints, limits: Ints, held: Ints, wanted: Wishes
) -> tuple[_Task, Bools]:
    """Return the task, and which of its pairs keep the order of waiting."""
    n_mentors = len(seats)
    joint = pairs.joined(free, n_mentors)
    programme = np.repeat(np.arange(len(free)), [each.n_learners for each in free])
    column, value = joint.mentor + programme[joint.learner()] * n_mentors, joint.steps.astype(np.int64)
    if wanted.previous is not None:
        before = wishes.read_of_learners(wanted.previous, joint, "previous", -1, n_mentors - 1)
        value = value + (joint.mentor == before[joint.learner()]) * round(wanted.gain * STEPS)
    real = Pairs(joint.indptr, column, value, n_mentors * len(free))
    room = np.minimum(seats, limits.sum(axis=0))
    blocking = np.repeat(np.arange(n_mentors), limits.sum(axis=0) - room)
    allowed, bonus = np.ones(len(column), dtype=bool), np.ones(joint.n_learners, dtype=np.int64)
    if wanted.waited is not None:
        waited = wishes.read_of_learners(wanted.waited, joint, "waited", 0, None)
        first = np.full(len(blocking), int(waited.max(initial=0)) + 1)  # the stand-ins come before everybody
        line = _with_stand_ins(real, blocking, np.ones(len(blocking), dtype=np.int64), n_mentors)
        line = line.keep(limits.ravel()[line.mentor] > 0)
        ordered, may_stay_out, _n_left = waiting.longest_first(line, limits.ravel(), np.append(waited, first))
        allowed[limits.ravel()[column] > 0] = ordered[: int((limits.ravel()[column] > 0).sum())]
        bonus += ~may_stay_out[: joint.n_learners]
    cost = round(wanted.spread * STEPS)
    idling = np.repeat(np.arange(n_mentors), room if cost else 0)
    place = np.arange(len(idling)) - np.searchsorted(idling, idling)
    pay = cost * (held[idling] + place)
    return _Task(
        real, joint.steps.astype(np.int64), bonus, limits.ravel(), blocking, idling, pay, n_mentors
    ), allowed


def _with_stand_ins(real: Pairs, mentors: Ints, steps: Ints, n_mentors: int) -> Pairs:
    """Add a row for each stand-in, who may take any part of one mentor."""
    n_parts = real.n_mentors // n_mentors
    columns = mentors[:, None] + np.arange(n_parts) * n_mentors
    ends = real.indptr[-1] + np.arange(1, len(mentors) + 1) * n_parts
    return Pairs(
        np.concatenate([real.indptr, ends]),
        np.concatenate([real.mentor, columns.ravel()]),
        np.concatenate([real.steps, np.repeat(steps, n_parts)]),
        real.n_mentors,
    )


def _with_floor(
    task: _Task, allowed: Bools, chosen: Ints, n_placed: int, value: int, loss: float, seed: int
) -> Ints:
    """Return the matching with the highest floor that places as many and loses at most that share."""
    ceiling = np.zeros(task.real.n_learners, dtype=np.int64)
    learner = task.real.learner()
    np.maximum.at(ceiling, learner, np.where(allowed, task.steps, 0))
    floors = np.unique(np.append(task.steps[allowed], 0))
    # Idle seats are paid whoever sits beside them, so they do not widen what may be lost.
    least = value - loss * abs(value - int(task.pay.sum()))
    low, high = 0, len(floors)
    while high - low > 1:
        middle = (low + high) // 2
        fair = allowed & (task.steps >= np.minimum(floors[middle], ceiling[learner]))
        found, n, worth = task.solve(fair, seed)
        if n == n_placed and worth >= least:
            low, chosen = middle, found
        else:
            high = middle
    return chosen
