"""The engine: from candidate pairs and seats to a matching with prices that bound every other one."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from telemachy.core.matching import auction, cardinality, chains, mentor_auction, seating
from telemachy.core.matching.compiled import Array
from telemachy.core.matching.pairs import STEPS, Bools, Ints, Pairs
from telemachy.core.matching.seating import NOT_FOR_SALE, Columns, Rows, Seating
from telemachy.core.matching.solver import Solution

#: Bids per learner (or looks at a pair, where mentors bid) before an auction is given up.
PATIENCE = 20
#: How many epsilons prices are lowered by before the next auction, where seats are plenty.
DISCOUNT = 2
#: Auctions whose prices need not be right to the step end early but for the last one, with one learner in so
#: many waiting, and lower prices by one epsilon: the last auction mends that for less than it saves.
ROUGH = 64
#: Where no seat is to spare, one learner in so many is left to mentors who bid for them: learners would have
#: to raise all other prices, bid by bid, before the seats that nobody wants look good. Not where one mentor
#: has more than one seat in `WIDE`: to look at so long a column at every bid takes longer.
LAST, WIDE = 500, 1000
#: The first auction starts over with a large epsilon if more than this share of the learners waits after one
#: bid each: many want the same seats. Until it is known that there are seats for all, an auction with such an
#: epsilon, or with one of a few steps, has only `FEW` bids each.
CROWD, FEW = 0.4, 4
#: Epsilon falls by this factor from one auction to the next.
FALL = 6
#: Epsilon in gaps: a learner misses about a quarter of an epsilon on average.
EPSILONS = 3.0
#: Exact runs auction in such parts of a step: of the offers that look best at whole steps afterwards, hardly
#: any is not. (Prices that are right to within a small part of a step are nearly all right once rounded.)
FINE = 64
#: Learners are shuffled in so many blocks at most, so that memory is read in order.
BLOCKS = 4096


class Engine:
    """One instance to solve."""

    def __init__(self, pairs: Pairs, seats: Ints, active: Bools, seed: int) -> None:
        pair = np.empty(len(pairs.mentor), dtype=seating.pair_width(pairs.n_mentors))
        seating.pack(pairs.mentor, pairs.steps, pair)
        self.rows = Rows(pairs.indptr, pair)
        self.n_mentors, self.n_learners = pairs.n_mentors, pairs.n_learners
        self.order = _shuffled(np.flatnonzero(active & (np.diff(pairs.indptr) > 0)).astype(np.int32), seed)
        # A mentor whom everybody could have at once keeps an open seat, and so a price of 0.
        self.seats = np.minimum(seats, len(self.order) + 1)
        if self.seats.sum() > 2 * len(self.order):
            self.seats = np.minimum(self.seats, _n_candidates(pairs) + 1)

    @cached_property
    def columns(self) -> Columns:
        """The pairs of all by mentor."""
        return self.columns_of(self.order)

    def columns_of(self, order: Array) -> Columns:
        """Return the pairs of some learners by mentor."""
        return seating.columns(self.rows, order, self.n_mentors, seating.pair_width(self.n_learners))

    def solve(self, gap: float | None) -> Solution:
        """Return a solution within `gap`, or the optimum."""
        if gap is None:
            return self._exact(self.parts(1, FINE))
        epsilon = self.epsilon(gap)
        parts, sold = self.parts(epsilon, 1), False
        while True:
            for part in parts:
                part.place_all()
            found = self.solution(parts)
            if found.bound - found.total <= gap * found.bound:
                return found
            if sold and epsilon == 1:
                return self._exact(parts)
            # First what open seats cost is lowered; then everybody comes closer to their best offer.
            epsilon = max(1, epsilon // FALL) if sold else epsilon
            for part in parts:
                if sold:
                    part.refine(epsilon)
                else:
                    part.mentors_bid(epsilon, PATIENCE, part.seats_short)
            sold = True

    def _exact(self, parts: list[_Part]) -> Solution:
        for part in parts:
            part.make_exact()
        return self.solution(parts)

    def epsilon(self, gap: float) -> int:
        """Return by how much bids should outdo each other, judged by the best scores of a few learners."""
        few = self.order[:: max(1, len(self.order) // 500)]
        offers = (self.rows.pair[self.rows.indptr[i] : self.rows.indptr[i + 1]] for i in few)
        best = [int((offer & seating.STEP_MASK).max()) for offer in offers]
        return max(1, int(EPSILONS * gap * sum(best) / max(1, len(best))))

    def parts(self, epsilon: int, unit: int) -> list[_Part]:
        """Return the parts of the pool, each after an auction in the `unit`-th parts of a step."""
        everybody = _Part(self, self.order, np.ones(self.n_mentors, dtype=bool), False, unit)
        if self.seats.sum() >= len(self.order) and everybody.find_seats(epsilon):
            return [everybody]
        parts = self._divided(everybody.now, unit)
        for part in parts:
            part.bid(epsilon)
        return parts

    def _divided(self, now: Seating, unit: int) -> list[_Part]:
        seating.take_seats(self.order, now)
        if not now.n_held.any():
            cardinality.greedy(self.rows, self.order, now)
            seating.take_seats(self.order, now)
        if len(self.order) > self.seats.sum():
            cardinality.fill(self.columns, now)
        short = cardinality.augment(self.rows, self.order, now)
        crowded = ((now.mate < 0) | short[now.mate])[self.order]
        parts = [
            _Part(self, self.order[~crowded], ~short, False, unit),
            _Part(self, self.order[crowded], short, True, unit),
        ]
        return [part for part in parts if len(part.order) or part.member.any()]

    def solution(self, parts: list[_Part]) -> Solution:
        """Return what the parts have come to, everybody placed."""
        price = np.zeros(self.n_mentors, dtype=np.int64)
        short = np.zeros(self.n_mentors, dtype=np.int32)
        mentor = np.full(self.n_learners, -1, dtype=np.int32)
        total = bound = 0
        for part in parts:
            bound += part.bound()
            total += int(part.now.gain[part.order].sum())
            price[part.member] = part.now.price[part.member]
            short[part.member] = part.seats_short
            mentor[part.order] = part.now.mate[part.order]
        return Solution(mentor, total, price, short, bound)


class _Part:
    """A part of the pool where every learner is matched or, where seats are short, every seat filled."""

    def __init__(self, engine: Engine, order: Array, member: Bools, seats_short: bool, unit: int) -> None:
        self.engine, self.rows = engine, engine.rows
        self.order, self.member, self.seats_short = order, member, seats_short
        #: Prices and profits are in parts of a step, so many to a step.
        self.unit = unit
        #: How many learners may be left waiting by an auction that is not the last.
        self.enough = len(order) // ROUGH if unit == 1 else 0
        #: Whether profits are the best offers at the present prices.
        self.offers_hold = False
        self.seats = np.where(member, engine.seats, 0)
        no_seat_to_spare = not seats_short and self.seats.sum() == len(order)
        #: How many learners the last auction leaves to mentors who bid for them.
        self.last = 0
        if no_seat_to_spare and unit == 1 and self.seats.max(initial=0) <= len(order) // WIDE:
            self.last = len(order) // LAST
        self.now = seating.nobody_seated(self.seats, engine.n_learners)
        self.floor = 0 if seats_short else -NOT_FOR_SALE
        self.least = -NOT_FOR_SALE if seats_short else 0

    @cached_property
    def columns(self) -> Columns:
        """The pairs of this part by mentor."""
        everybody = len(self.order) == len(self.engine.order)
        return self.engine.columns if everybody else self.engine.columns_of(self.order)

    def find_seats(self, epsilon: int) -> bool:
        """Auction the seats before it is known whether there are enough for all; tell whether there were."""
        if self.learners_bid(epsilon, 1) <= CROWD * len(self.order):
            patience = PATIENCE if epsilon > FALL else FEW - 1
            if self.learners_bid(epsilon, patience, self.last) > self.last or self.too_few_seats():
                return False
            self.fill_last(epsilon)
            return True
        if self.learners_bid(self.widest(epsilon), FEW, self.enough) > self.enough or self.too_few_seats():
            return False
        self.bid_on(epsilon)
        return True

    def too_few_seats(self) -> bool:
        """Tell whether there is no way to place somebody who still waits."""
        if not (self.now.mate[self.order] < 0).any():
            return False
        mate = self.now.mate.copy()
        seating.take_seats(self.order, self.now)
        too_few = cardinality.augment(self.rows, self.order, self.now).any()
        self.now.mate[:] = mate
        return bool(too_few)

    def fill_last(self, epsilon: int) -> None:
        """Let mentors fill the seats that are left, where there are just enough, at whatever price.

        Prices may fall below 0 on the way. If they all rise by as much afterwards, the bound stays the same.
        """
        if not (self.now.mate[self.order] < 0).any():
            return
        self.offers()
        self.mentors_bid(epsilon, PATIENCE, True)
        sold = self.seats > 0
        self.now.price[sold] -= min(0, self.now.price[sold].min())

    def bid(self, epsilon: int) -> None:
        """Auction the seats from scratch, with an epsilon that falls."""
        if self.seats_short:
            self.now.profit[self.order] = 0
            if self.mentors_bid(epsilon, PATIENCE, self.seats_short):
                return
        self.start_over()
        self.bid_on(epsilon)

    def start_over(self) -> None:
        """Take everybody's seat and make all seats free of charge."""
        self.now.price[self.seats > 0] = 0
        self.now.mate[:] = -1

    def widest(self, epsilon: int) -> int:
        """Return the epsilon of the first of several auctions, the last of which has `epsilon`."""
        scale = epsilon
        while scale * FALL < STEPS * self.unit // 4:
            scale *= FALL
        return scale

    def bid_on(self, epsilon: int) -> None:
        """Go on from the present prices with an epsilon that falls."""
        scale = self.widest(epsilon)
        while scale > epsilon:
            self.learners_bid(scale, PATIENCE, self.enough)
            if self.seats_short:
                self.dismiss(scale // FALL)
                self.mentors_bid(scale, PATIENCE, self.seats_short)
            else:
                if self.unit > 1:  # a price too high costs more to mend the smaller epsilon is
                    self.offers()
                    self.mentors_bid(scale, PATIENCE, self.seats_short)
                rough = self.unit == 1 and scale // FALL > epsilon
                self.discount(scale, 1 if rough else DISCOUNT)
            scale //= FALL
        self.learners_bid(epsilon, PATIENCE, self.last)
        self.fill_last(epsilon)
        if self.seats_short or self.unit > 1:
            self.offers()
            self.mentors_bid(epsilon, PATIENCE, self.seats_short)

    def refine(self, epsilon: int) -> None:
        """Auction again among those who are further than `epsilon` from their best offer."""
        self.dismiss(epsilon)
        if not self.seats_short:
            self.learners_bid(epsilon, PATIENCE)
            self.offers()
        self.mentors_bid(epsilon, PATIENCE, self.seats_short)

    def dismiss(self, epsilon: int) -> None:
        """Unseat who is further than `epsilon` from their best offer."""
        self.offers()
        seating.dismiss(self.order, epsilon, self.now)

    def discount(self, epsilon: int, n_epsilons: int) -> None:
        """Lower all prices by so much that hardly any is too high in the end, and let everybody bid anew.

        Prices that are too low cost a few bids; one that is too high leaves a seat unsold.
        """
        price, sold = self.now.price, self.seats > 0
        price[sold] = np.maximum(price[sold] - n_epsilons * epsilon, 0)
        if price[sold].min(initial=NOT_FOR_SALE) > 0:
            self.dismiss(epsilon // FALL)
        else:
            self.now.mate[:] = -1

    def learners_bid(self, epsilon: int, patience: int, enough: int = 0) -> int:
        """Let learners without a seat bid until no more than `enough` wait; return how many do."""
        waiting = self.order[self.now.mate[self.order] < 0]
        if len(waiting) <= enough:
            return len(waiting)
        seating.take_seats(self.order, self.now)
        queue = np.concatenate([waiting, np.empty(len(self.order) - len(waiting), dtype=np.int32)])
        price = np.minimum(self.now.price, auction.LIMIT).astype(np.int32)
        auction.learners_bid(
            self.rows,
            price,
            queue,
            len(waiting),
            self.unit,
            epsilon,
            0 if self.seats_short else -auction.LIMIT // 2,
            enough,
            patience * len(self.order),
            self.now,
        )
        self.now.price[self.seats > 0] = price[self.seats > 0]
        self.offers_hold = False
        return int((self.now.mate[self.order] < 0).sum())

    def mentors_bid(self, epsilon: int, patience: int, must_fill: bool) -> bool:
        """Let mentors with open seats bid for learners; return whether all of them are content."""
        seating.take_seats(self.order, self.now)
        if not self.open_seats(must_fill).any():
            return True
        columns = self.columns
        profit = np.full(len(self.now.profit), 2 * auction.LIMIT, dtype=np.int32)
        profit[self.order] = self.now.profit[self.order]
        floor = -auction.LIMIT if must_fill else 0
        done = mentor_auction.mentors_bid(
            columns, profit, self.unit, epsilon, floor, patience * len(columns.pair), self.now
        )
        self.now.profit[self.order] = profit[self.order]
        seating.take_seats(self.order, self.now)
        self.offers_hold = False
        if must_fill == self.seats_short:  # the last seats of a full pool keep prices that may be below 0
            seating.best_elsewhere(columns, self.unit, self.least, self.now)
        return bool(done)

    def open_seats(self, must_fill: bool) -> Bools:
        """Return which mentors want more learners; a free seat may stay open unless all must be filled."""
        wanted: Bools = (self.now.n_held < self.seats) & (must_fill | (self.now.price > 0))
        return wanted

    def place_all(self) -> None:
        """Place whom the auctions left, without asking whether others could be happier.

        Seats that stay open at a price may do so where they are plenty: all they cost is a part of the gap.
        """
        self.offers()
        seating.take_seats(self.order, self.now)
        self._repair(self.seats_short)

    def make_exact(self) -> None:
        """Mend whatever is still short of the optimum, in whole steps."""
        sold = self.seats > 0
        self.now.price[sold] = (self.now.price[sold] + self.unit // 2) // self.unit
        self.unit = 1
        if self.seats_short:
            self.offers()
            seating.best_elsewhere(self.columns, self.unit, self.least, self.now)
            seating.dismiss(self.order, 0, self.now)
        else:
            self.dismiss(0)
        seating.take_seats(self.order, self.now)
        self._repair(True)
        chains.lower_to_least(self.rows, self.order, self.member, self.seats_short, self.now)
        self.offers_hold = False

    def _repair(self, fill: bool) -> None:
        n_left = 0
        for learners_turn in (not self.seats_short, self.seats_short):  # whoever may stay behind comes last
            if learners_turn and (self.now.mate[self.order] < 0).any():
                n_left += chains.place_learners(self.rows, self.order, self.seats_short, self.now)
                self.offers_hold = False
            elif fill and not learners_turn and self.open_seats(self.seats_short).any():
                n_left += chains.fill_seats(self.columns, self.seats_short, self.now)
                self.offers_hold = False
        if n_left:
            raise AssertionError("Somebody was left over in a part where all can be placed.")

    def offers(self) -> None:
        seating.best_offers(self.rows, self.order, self.unit, self.floor, self.now)
        self.offers_hold = True

    def bound(self) -> int:
        if not self.seats[self.member].all():
            seating.price_unsold(self.rows, self.order, self.member, self.least, self.now)
        if not self.offers_hold:
            self.offers()
        return int((self.now.price * self.seats)[self.member].sum()) + int(self.now.profit[self.order].sum())


def _n_candidates(pairs: Pairs) -> Ints:
    """Return how many candidates each mentor has, counted in parts to save memory."""
    counts = np.zeros(pairs.n_mentors, dtype=np.int64)
    for start in range(0, len(pairs.mentor), 1 << 20):
        counts += np.bincount(pairs.mentor[start : start + (1 << 20)], minlength=pairs.n_mentors)
    return counts


def _shuffled(learners: Array, seed: int) -> Array:
    """Return the learners in an order that the seed decides, whole blocks at a time in large pools."""
    size = max(1, -(-len(learners) // BLOCKS))
    blocks = np.random.default_rng(seed).permutation(-(-len(learners) // size))
    at = (blocks[:, None] * size + np.arange(size)).ravel()
    shuffled: Array = learners[at[at < len(learners)]]
    return shuffled
