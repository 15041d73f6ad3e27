"""The engine: from candidate pairs and seats to a matching with prices that bound every other one."""

from __future__ import annotations

import numpy as np

from telemachy.core.matching import auction, cardinality, chains, seating
from telemachy.core.matching.compiled import Array
from telemachy.core.matching.pairs import STEPS, Bools, Ints, Pairs
from telemachy.core.matching.solver import Solution

#: A price nobody would pay: these seats belong to the other part of the pool.
NOT_FOR_SALE = 1 << 40
#: Bids per learner (or looks at a pair, where mentors bid) before an auction is given up.
PATIENCE = 20
#: How many epsilons prices are lowered by before the next auction, where seats are plenty.
DISCOUNT = 2
#: Bids per learner in the first auction, which ends soon unless everybody wants the same seats.
FIRST = 4
#: Epsilon falls by this factor from one auction to the next.
FALL = 5
#: Learners are shuffled in so many blocks at most, so that memory is read in order.
BLOCKS = 4096


class Engine:
    """One instance to solve."""

    def __init__(self, pairs: Pairs, seats: Ints, active: Bools, seed: int) -> None:
        self.rows = pairs.indptr, pairs.mentor.view(np.uint32), pairs.steps
        self.n_mentors, self.n_learners = pairs.n_mentors, pairs.n_learners
        self.order = _shuffled(np.flatnonzero(active & (np.diff(pairs.indptr) > 0)).astype(np.int32), seed)
        # A mentor whom everybody could have at once keeps an open seat, and so a price of 0.
        self.seats = np.minimum(seats, len(self.order) + 1)
        if self.seats.sum() > 2 * len(self.order):
            self.seats = np.minimum(self.seats, _n_candidates(pairs) + 1)

    def solve(self, gap: float | None) -> Solution:
        """Return a solution within `gap`, or the optimum."""
        if gap is not None:
            found = self.attempt(exact=False, epsilon=self.epsilon(gap))
            if found.bound - found.total <= gap * found.bound:
                return found
        return self.attempt(exact=True, epsilon=1)

    def epsilon(self, gap: float) -> int:
        """Return how many steps a learner may miss on average, judged by the scores of a few pairs."""
        typical = (
            float(self.rows[2][:: max(1, len(self.rows[2]) // 10_000)].mean()) if len(self.rows[2]) else 0.0
        )
        return max(1, int(1.5 * gap * typical))

    def attempt(self, exact: bool, epsilon: int) -> Solution:
        everybody = _Part(self, self.order, np.ones(self.n_mentors, dtype=bool), False)
        if self.seats.sum() >= len(self.order) and everybody.learners_bid(epsilon, FIRST):
            parts = [everybody]
        else:
            parts = self._parts(everybody.mate)
            for part in parts:
                part.bid(epsilon)
        for part in parts:
            part.finish(exact)
        price = np.zeros(self.n_mentors, dtype=np.int64)
        short = np.zeros(self.n_mentors, dtype=np.int32)
        mentor = np.full(self.n_learners, -1, dtype=np.int32)
        for part in parts:
            price[part.member] = part.price[part.member]
            short[part.member] = part.seats_short
            mentor[part.order] = part.mate[part.order]
        total = sum(int(part.gain[part.order].sum()) for part in parts)
        return Solution(mentor, total, price, short, sum(part.bound() for part in parts))

    def _parts(self, mate: Array) -> list[_Part]:
        mate = mate.copy()
        slot_start = _starts(self.seats)
        holder, slot_of, n_held = seating.seat(self.order, mate, slot_start)
        if not n_held.any():
            cardinality.greedy(*self.rows, self.order, slot_start, holder, n_held, mate)
            holder, slot_of, n_held = seating.seat(self.order, mate, slot_start)
        short = cardinality.augment(*self.rows[:2], self.order, slot_start, holder, slot_of, n_held, mate)
        crowded = ((mate < 0) | short[mate])[self.order]
        return [
            part
            for part in (
                _Part(self, self.order[~crowded], ~short, False),
                _Part(self, self.order[crowded], short, True),
            )
            if len(part.order) or part.member.any()
        ]


class _Part:
    """A part of the pool where every learner is matched or, where seats are short, every seat filled."""

    def __init__(self, engine: Engine, order: Array, member: Bools, seats_short: bool) -> None:
        self.rows, self.order, self.member, self.seats_short = engine.rows, order, member, seats_short
        self.seats = np.where(member, engine.seats, 0)
        self.slot_start = _starts(self.seats)
        self.floor = 0 if seats_short else -NOT_FOR_SALE
        self.least = -NOT_FOR_SALE if seats_short else 0
        n = engine.n_learners
        self.price = np.where(self.seats > 0, 0, NOT_FOR_SALE)
        self.mate = np.full(n, -1, dtype=np.int32)
        self.gain = np.zeros(n, dtype=np.int32)
        self.profit = np.full(n, NOT_FOR_SALE, dtype=np.int64)
        self._columns: tuple[Array, Array, Array] | None = None

    def columns(self) -> tuple[Array, Array, Array]:
        if self._columns is None:
            self._columns = seating.columns(*self.rows, self.order, len(self.price))
        return self._columns

    def bid(self, epsilon: int) -> None:
        if self.seats_short and self.mentors_bid(epsilon, PATIENCE):
            return
        self.price[self.seats > 0] = 0
        self.mate[:] = -1
        scale = epsilon
        while scale * FALL < STEPS // 4:
            scale *= FALL
        while scale >= epsilon:
            if self.seats_short:
                self.dismiss(scale)
                self.mentors_bid(scale, PATIENCE)
                self.learners_bid(scale, PATIENCE)
            else:
                self.learners_bid(scale, PATIENCE)
                if scale == epsilon:
                    self.mentors_bid(scale, PATIENCE)
                else:
                    self.discount(scale)
            scale //= FALL

    def dismiss(self, epsilon: int) -> None:
        """Unseat who is further than `epsilon` from their best offer."""
        self.offers()
        seating.dismiss(self.order, self.price, self.profit, self.mate, self.gain, epsilon)

    def discount(self, epsilon: int) -> None:
        """Lower all prices by so much that hardly any was too high, and let everybody bid anew.

        Prices that are too low cost a few bids; one that is too high leaves a seat unsold.
        """
        sold = self.seats > 0
        self.price[sold] = np.maximum(self.price[sold] - DISCOUNT * epsilon, 0)
        if self.price[sold].min(initial=NOT_FOR_SALE) > 0:
            self.dismiss(epsilon // FALL)
        else:
            self.mate[:] = -1

    def learners_bid(self, epsilon: int, patience: int) -> bool:
        waiting = self.order[self.mate[self.order] < 0]
        if not len(waiting):
            return True
        self.seat()
        queue = np.concatenate([waiting, np.empty(len(self.order) - len(waiting), dtype=np.int32)])
        cheap = np.minimum(self.price, auction.LIMIT).astype(np.int32)
        n_left = auction.learners_bid(
            *self.rows,
            self.slot_start,
            np.repeat(cheap, self.seats),
            self.holder,
            cheap,
            self.mate,
            queue,
            len(waiting),
            epsilon,
            0 if self.seats_short else -auction.LIMIT // 2,
            patience * len(self.order),
        )
        self.price = np.where(self.seats > 0, cheap.astype(np.int64), NOT_FOR_SALE)
        return n_left == 0 and (self.seats_short or bool((self.mate[self.order] >= 0).all()))

    def mentors_bid(self, epsilon: int, patience: int) -> bool:
        self.seat()
        if not self.open_seats().any():
            return True
        self.offers()
        profit = np.full(len(self.profit), auction.LIMIT, dtype=np.int32)
        profit[self.order] = self.profit[self.order]
        done = auction.mentors_bid(
            *self.columns(),
            self.slot_start,
            self.holder,
            self.slot_of,
            self.n_held,
            profit,
            self.mate,
            self.gain,
            epsilon,
            -auction.LIMIT if self.seats_short else 0,
            patience * len(self.columns()[1]),
        )
        self.profit[self.order] = profit[self.order]
        seating.lowest_profits(
            *self.columns(),
            self.slot_start,
            self.holder,
            self.n_held,
            self.profit,
            self.mate,
            self.gain,
            self.price,
            self.least,
        )
        return bool(done)

    def seat(self) -> None:
        self.holder, self.slot_of, self.n_held = seating.seat(self.order, self.mate, self.slot_start)

    def open_seats(self) -> Bools:
        wanted: Bools = (self.n_held < self.seats) & (self.seats_short | (self.price > 0))
        return wanted

    def finish(self, exact: bool) -> None:
        self.offers()
        if exact:
            self.dismiss(0)
        self.seat()
        state = (
            self.slot_start,
            self.holder,
            self.slot_of,
            self.n_held,
            self.price,
            self.profit,
            self.mate,
            self.gain,
        )
        if chains.place_learners(*self.rows, *state, self.order, self.seats_short):
            raise AssertionError("A learner of a part where all can be matched was left over.")
        if self.open_seats().any() and chains.fill_seats(*self.columns(), *state, self.seats_short):
            raise AssertionError("A seat of a part where all can be filled was left over.")
        seating.price_unsold(
            *self.rows, self.order, self.member, self.slot_start, self.profit, self.price, self.least
        )
        if exact:
            chains.lower_to_least(
                *self.rows,
                self.order,
                self.member,
                self.slot_start,
                self.holder,
                self.n_held,
                self.price,
                self.profit,
                self.mate,
                self.seats_short,
            )

    def offers(self) -> None:
        seating.best_offers(*self.rows, self.order, self.price, self.mate, self.floor, self.profit, self.gain)

    def bound(self) -> int:
        self.offers()
        return int((self.price * self.seats)[self.member].sum()) + int(self.profit[self.order].sum())


def _n_candidates(pairs: Pairs) -> Ints:
    """Return how many candidates each mentor has, counted in parts to save memory."""
    counts = np.zeros(pairs.n_mentors, dtype=np.int64)
    for start in range(0, len(pairs.mentor), 1 << 20):
        counts += np.bincount(pairs.mentor[start : start + (1 << 20)], minlength=pairs.n_mentors)
    return counts


def _starts(seats: Ints) -> Ints:
    starts = np.zeros(len(seats) + 1, dtype=np.int64)
    np.cumsum(seats, out=starts[1:])
    return starts


def _shuffled(learners: Array, seed: int) -> Array:
    """Return the learners in an order that the seed decides, whole blocks at a time in large pools."""
    size = max(1, -(-len(learners) // BLOCKS))
    blocks = np.random.default_rng(seed).permutation(-(-len(learners) // size))
    at = (blocks[:, None] * size + np.arange(size)).ravel()
    shuffled: Array = learners[at[at < len(learners)]]
    return shuffled
