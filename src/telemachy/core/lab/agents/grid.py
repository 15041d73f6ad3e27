"""The honest control: a novice in a small grid who knows nothing and does not understand the words yet.

Fetch the key, bring it to the door. What the trainer says in words ("towards the key") stands for nothing the
novice sees, so a correction tells one right step of one state and a demonstration a whole way. Stands in for
the grid worlds of instruction-following research; nothing is downloaded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

import numpy as np

from telemachy.core.lab.agents.worlds import Failure, Features, Habit, Outcome, Situation, Step, Vocabulary

SIDE = 6
NORTH, EAST, SOUTH, WEST, TAKE, OPEN = range(6)
_MOVES = {NORTH: (0, 1), EAST: (1, 0), SOUTH: (0, -1), WEST: (-1, 0)}
#: Steps beyond the shortest way after which a situation counts as failed.
SPARE = 4

WORDS = Vocabulary(
    (
        ("keywest", "keyhere", "keyeast"),
        ("keysouth", "keylevel", "keynorth"),
        ("doorwest", "doorhere", "dooreast"),
        ("doorsouth", "doorlevel", "doornorth"),
        ("emptyhanded", "holding"),
    ),
    ("north", "east", "south", "west", "take", "open"),
)

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class State:
    """Where the agent, the key and the door are, and whether the key is in hand."""

    at: Place
    key: Place
    door: Place
    holding: bool = False

    @property
    def target(self) -> Place:
        """Where to go next."""
        return self.door if self.holding else self.key

    def seen(self) -> Features:
        """Return the directions of key and door, and whether the key is in hand."""
        return (*_direction(self.at, self.key), *_direction(self.at, self.door), int(self.holding))

    def right(self) -> int:
        """Return the step of the shortest way that goes east or west first."""
        (x, y), (tx, ty) = self.at, self.target
        if x != tx:
            return EAST if tx > x else WEST
        if y != ty:
            return NORTH if ty > y else SOUTH
        return OPEN if self.holding else TAKE

    def is_progress(self, action: int) -> bool:
        """Tell whether the step brings the end nearer."""
        if action in _MOVES:
            dx, dy = _MOVES[action]
            nearer = _distance((self.at[0] + dx, self.at[1] + dy), self.target)
            return nearer < _distance(self.at, self.target)
        return action == self.right()

    def after(self, action: int) -> State:
        """Return the state after a step; walls stop, and a wrong grip does nothing."""
        if action in _MOVES:
            x, y = self.at[0] + _MOVES[action][0], self.at[1] + _MOVES[action][1]
            inside = 0 <= x < SIDE and 0 <= y < SIDE
            return State((x, y) if inside else self.at, self.key, self.door, self.holding)
        taken = action == TAKE and self.at == self.key
        return State(self.at, self.key, self.door, self.holding or taken)


def _direction(at: Place, other: Place) -> tuple[int, int]:
    (x, y), (other_x, other_y) = at, other
    return 1 + (other_x > x) - (other_x < x), 1 + (other_y > y) - (other_y < y)


def _distance(one: Place, other: Place) -> int:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


@dataclass(frozen=True, slots=True)
class GridSituation(Situation):
    """A situation with the state it starts from."""

    start: State


@dataclass(frozen=True, slots=True)
class GridWorld:
    """Six by six places; `mirrored` exchanges north with south and east with west, as after a drift."""

    mirrored: bool = False
    name: str = "grid"
    vocabulary: Vocabulary = WORDS
    is_readable: bool = False

    def situations(
        self, rng: np.random.Generator, n: int, label: str, *, novel: bool = False
    ) -> list[Situation]:
        """Return n situations; in novel ones the key is in the upper right and the door in the lower left."""
        found: list[Situation] = []
        while len(found) < n:
            at, key, door = ((int(x), int(y)) for x, y in rng.integers(SIDE, size=(3, 2)))
            if len({at, key, door}) == 3 and _is_held_out(key, door) == novel:
                start = State(at, key, door)
                found.append(GridSituation(f"{label} {len(found)}", self._way(start), start))
        return found

    def _way(self, start: State) -> tuple[Step, ...]:
        steps, state, done = [], start, False
        while not done:
            action = state.right()
            steps.append(self._step(state))
            done = action == OPEN
            state = state.after(action)
        return tuple(steps)

    def _step(self, state: State) -> Step:
        right = state.right()
        return Step(state.seen(), self._turned(right), 6 * state.holding + right)

    def _turned(self, action: int) -> int:
        return (action + 2) % 4 if self.mirrored and action in _MOVES else action

    def attempt(self, situation: Situation, decide: Callable[[Features], int]) -> Outcome:
        """Walk until the door is open or time is over; the first step that leads nowhere is what failed."""
        assert isinstance(situation, GridSituation)
        state, failed, taken, met = situation.start, None, None, set()
        for _tick in range(len(situation.steps) + SPARE):
            step = self._step(state)
            met.add(step.mode)
            chosen = decide(step.features)
            action = self._turned(chosen)
            if failed is None and not state.is_progress(action):
                failed, taken = step, chosen
            if action == OPEN and state.right() == OPEN:
                return Outcome(True, None, None, frozenset(met))
            state = state.after(action)
        return Outcome(False, failed, taken, frozenset(met))

    def habit(self, rng: np.random.Generator) -> Habit:
        """Return a novice's way: any step, the same in the same state, and resting on nothing."""
        own = int(rng.integers(2**31)).to_bytes(4)

        def act(features: Features) -> tuple[int, int]:
            return sha256(own + bytes(features)).digest()[0] % len(WORDS.actions), 0

        return act

    def elsewhere(self, rng: np.random.Generator) -> GridWorld:
        """Return the same: a grid is a grid."""
        return self

    def failure(self, step: Step, taken: int) -> Failure:
        """Return what a trainer sees: where the target is, in words that the novice does not understand."""
        return self.common(step.mode)

    def common(self, mode: int) -> Failure:
        """Return the same without a case."""
        holding, action = divmod(mode, 6)
        first = 2 if holding else 0
        where = {EAST: (first, 2), WEST: (first, 0), NORTH: (first + 1, 2), SOUTH: (first + 1, 0)}
        conditions = (where.get(action, (first, 1)), (4, holding))
        return Failure(f"wrong step {mode}", conditions, self._turned(action))

    def drifted(self, rng: np.random.Generator) -> GridWorld:
        """Return the grid with its directions turned round."""
        return GridWorld(mirrored=not self.mirrored)


def _is_held_out(key: Place, door: Place) -> bool:
    middle = SIDE // 2
    return min(key) >= middle and max(door) < middle
