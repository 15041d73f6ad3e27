"""The engine: from candidate pairs and seats to a matching with prices that bound every other one."""

from __future__ import annotations

import numpy as np

from telemachy.core.matching import auction, cardinality, chains, seating
from telemachy.core.matching.pairs import Bools, Ints, Pairs
from telemachy.core.matching.solver import Solution

#: A price nobody would pay: these seats belong to the other part of the pool.
NOT_FOR_SALE = 1 << 40
#: Bids per learner before an auction is left to the exact repair.
PATIENCE = 8
#: Learners are shuffled in so many blocks at most, so that memory is read in order.
BLOCKS = 4096


class Engine:
    """One instance to solve."""

    def __init__(self, pairs: Pairs, seats: Ints, active: Bools, seed: int) -> None:
        self.rows = pairs.indptr, pairs.mentor.view(np.uint32), pairs.steps
        self.n_mentors, self.n_learners = pairs.n_mentors, pairs.n_learners
        self.order = _shuffled(np.flatnonzero(active & (np.diff(pairs.indptr) > 0)).astype(np.int32), seed)
        self.seats = np.minimum(seats, len(self.order))

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
        return max(1, int(0.5 * gap * typical))

    def attempt(self, exact: bool, epsilon: int) -> Solution:
        price = np.zeros(self.n_mentors, dtype=np.int64)
        mate = np.full(self.n_learners, -1, dtype=np.int32)
        n_left = len(self.order)
        if self.seats.sum() >= n_left:
            price, mate, n_left = self._auction(self.order, self.seats, price, epsilon)
        short = np.zeros(self.n_mentors, dtype=bool)
        crowded = np.zeros(self.n_learners, dtype=bool)
        if n_left:
            short, crowded = self._over_demanded(mate)
        total, bound = 0, 0
        prices = np.zeros(self.n_mentors, dtype=np.int64)
        for seats_short in (False, True):
            member = short if seats_short else ~short
            order = self.order[crowded[self.order] == seats_short]
            part = _Part(self, order, member, seats_short)
            if seats_short:
                part.mentors_bid(epsilon)
            else:
                part.start(price, mate)
            part.finish(exact)
            if exact:
                part.lower_to_least()
            total += int(part.gain.sum())
            bound += part.bound()
            prices[member] = part.price[member]
            if seats_short:
                result = np.maximum(result, part.mate)
            else:
                result = part.mate
        return Solution(result, total, prices, short.astype(np.int32), bound)

    def _auction(self, order, seats, price, epsilon):
        slot_start = _starts(seats)
        cheap = np.where(seats > 0, price, auction.LIMIT).astype(np.int32)
        mate = np.full(self.n_learners, -1, dtype=np.int32)
        n_left = auction.learners_bid(
            *self.rows,
            slot_start,
            np.repeat(cheap, seats),
            np.full(slot_start[-1], -1, dtype=np.int32),
            cheap,
            mate,
            order.copy(),
            len(order),
            epsilon,
            -auction.LIMIT // 2,
            PATIENCE * len(order),
        )
        n_left = len(order) - int((mate[order] >= 0).sum())
        return cheap.astype(np.int64), mate, n_left

    def _over_demanded(self, mate):
        mate = mate.copy()
        slot_start = _starts(self.seats)
        holder, slot_of, n_held = seating.seat(self.order, mate, slot_start)
        if not n_held.any():
            cardinality.greedy(*self.rows, self.order, slot_start, holder, n_held, mate)
            holder, slot_of, n_held = seating.seat(self.order, mate, slot_start)
        short = cardinality.augment(*self.rows[:2], self.order, slot_start, holder, slot_of, n_held, mate)
        crowded = (mate < 0) | short[mate]
        return short, crowded


class _Part:
    """A part of the pool where either every learner is matched (seats suffice) or every seat is filled (seats are short)."""

    def __init__(self, engine: Engine, order, member: Bools, seats_short: bool) -> None:
        self.rows, self.order, self.member, self.seats_short = engine.rows, order, member, seats_short
        self.seats = np.where(member, engine.seats, 0)
        self.slot_start = _starts(self.seats)
        self.price = np.where(self.seats > 0, 0, NOT_FOR_SALE)
        self.mate = np.full(engine.n_learners, -1, dtype=np.int32)
        self.gain = np.zeros(engine.n_learners, dtype=np.int32)
        self.profit = np.full(engine.n_learners, NOT_FOR_SALE, dtype=np.int64)
        self.floor = 0 if seats_short else -NOT_FOR_SALE
        self._columns = None

    def columns(self):
        if self._columns is None:
            self._columns = seating.columns(*self.rows, self.order, len(self.price))
        return self._columns

    def seat(self):
        self.holder, self.slot_of, self.n_held = seating.seat(self.order, self.mate, self.slot_start)

    def start(self, price, mate):
        self.price = np.where(self.seats > 0, price, NOT_FOR_SALE)
        keeps = self.order[(mate[self.order] >= 0)]
        keeps = keeps[self.member[mate[keeps]]]
        self.mate[keeps] = mate[keeps]

    def mentors_bid(self, epsilon):
        self.seat()
        profit = np.full(len(self.profit), auction.LIMIT, dtype=np.int32)
        profit[self.order] = 0
        auction.mentors_bid(
            *self.columns(),
            self.slot_start,
            self.holder,
            self.slot_of,
            self.n_held,
            profit,
            self.mate,
            self.gain,
            epsilon,
            -auction.LIMIT,
            PATIENCE * len(self.columns()[1]),
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
            -NOT_FOR_SALE,
        )

    def finish(self, exact: bool) -> None:
        self.offers()
        if exact:
            seating.dismiss(self.order, self.price, self.profit, self.mate, self.gain)
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
        failed = chains.place_learners(*self.rows, *state, self.order, self.seats_short)
        assert failed == 0
        open_seats = self.n_held < self.seats
        if (open_seats & (self.seats_short | (self.price > 0))).any():
            failed = chains.fill_seats(*self.columns(), *state, self.seats_short)
            assert failed == 0
        seating.price_unsold(
            *self.rows,
            self.order,
            self.member,
            self.slot_start,
            self.profit,
            self.price,
            0 if not self.seats_short else -NOT_FOR_SALE,
        )

    def lower_to_least(self):
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

    def offers(self):
        seating.best_offers(*self.rows, self.order, self.price, self.mate, self.floor, self.profit, self.gain)

    def bound(self) -> int:
        self.offers()
        return int((self.price * self.seats)[self.member].sum()) + int(self.profit[self.order].sum())


def _starts(seats: Ints) -> Ints:
    return np.concatenate([[0], np.cumsum(seats)]).astype(np.int64)


def _shuffled(learners: Ints, seed: int) -> Ints:
    size = max(1, -(-len(learners) // BLOCKS))
    blocks = np.random.default_rng(seed).permutation(-(-len(learners) // size))
    at = (blocks[:, None] * size + np.arange(size)).ravel()
    return learners[at[at < len(learners)]]
