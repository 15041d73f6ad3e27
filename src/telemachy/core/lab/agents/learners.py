"""Three kinds of agents that learn from corrections: by cases, by weights, by rules.

All share what makes help a crutch: what was learned competes with habit, habit wins now and then until the
new way was practised, pointing at the cue keeps habit down, and an action handed over is no practice.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, combinations

import numpy as np
import numpy.typing as npt

from telemachy.core.lab.agents.worlds import Features, Habit, Value

#: How often habit wins against something just learned, and by how much less after each own use of it.
LAPSE, EASED_BY = 0.25, 0.7
#: What practice is worth when the cue was pointed at.
POINTED_AT = 0.5
#: From this share of equal features on, an example that was not explained is followed.
ALIKE = 0.7

Values = frozenset[Value]
#: A part of what was learned: its number, or the habit and the action that took its place.
Part = int | tuple[int, int]


@dataclass(frozen=True, slots=True)
class Hint:
    """What a learner reads in a reminder: values that are pointed at, and an action that is handed over."""

    values: Values
    action: int | None = None


@dataclass(frozen=True, slots=True)
class Teaching:
    """A correction as the learner understands it.

    `case` is the own case in which it failed and `right` what was right there, both None where the feedback
    is about no case of its own. `cue` are the values said to decide for `action`, empty where the words are
    not understood; with a `contrast` the same was said before without these values, which it needs as well.
    """

    action: int
    case: Features | None = None
    right: int | None = None
    cue: Values = frozenset()
    contrast: Values = frozenset()

    @property
    def holds_here(self) -> bool:
        """Whether the lesson says what was right in the case, not what would be elsewhere."""
        return self.case is None or self.cue <= frozenset(enumerate(self.case))


@dataclass(frozen=True, slots=True)
class Known:
    """What was learned about a case: the action, the part of the knowledge, and what it rests on.

    Against a habit that rests on more conditions it does not come up: the more specific of two wins.
    """

    action: int
    part: Part
    cue: Values
    n_conditions: int


@dataclass(frozen=True, slots=True)
class Decision:
    """An action with the learner's confidence; `part` is the knowledge that won against habit, if any."""

    action: int
    confidence: float
    part: Part | None = None
    practice: float = 0.0


class Learner(ABC):
    """An agent with a habit of its own and with what it has learned.

    Parameters
    ----------
    habit : callable
        Its way before it was taught.
    n_actions : int
        Of the world.
    """

    def __init__(self, habit: Habit, n_actions: int) -> None:
        self.habit, self.n_actions = habit, n_actions
        self.practised: dict[Part, float] = defaultdict(float)
        self._looked_up: dict[Features, Known | None] = {}

    def learn(self, teaching: Teaching) -> None:
        """Take in a correction."""
        self._looked_up.clear()
        self._take_in(teaching)

    def known(self, features: Features) -> Known | None:
        """Return what was learned about such a case; looked up once between two corrections."""
        if features not in self._looked_up:
            self._looked_up[features] = self._look_up(features)
        return self._looked_up[features]

    @abstractmethod
    def _look_up(self, features: Features) -> Known | None: ...

    @abstractmethod
    def _take_in(self, teaching: Teaching) -> None: ...

    def decide(self, features: Features, hints: Sequence[Hint], lot: float) -> Decision:
        """Return what it does; `lot` in [0, 1) says whether habit wins where it may."""
        here: Values = frozenset(enumerate(features)) if hints else frozenset()
        for hint in hints:
            if hint.action is not None and hint.values <= here:
                return Decision(hint.action, 0.9)
        action, n_conditions = self.habit(features)
        known = self.known(features)
        if known is None or known.action == action or known.n_conditions < n_conditions:
            return Decision(action, 0.9 if known else 0.8 if n_conditions else 0.4)
        pointed_at = any(_points_at(hint, known, here) for hint in hints)
        lapse = 0.0 if pointed_at else LAPSE * EASED_BY ** self.practised[known.part]
        if lot < lapse:
            return Decision(action, 0.5)
        return Decision(known.action, 0.95 - lapse, known.part, POINTED_AT if pointed_at else 1.0)

    def practise(self, decision: Decision) -> None:
        """Note that it acted on something it had learned."""
        if decision.part is not None:
            self.practised[decision.part] += decision.practice


def _points_at(hint: Hint, known: Known, here: Values) -> bool:
    return known.cue <= hint.values if known.cue else bool(hint.values & here)


class CaseBased(Learner):
    """Keeps the cases it was corrected on, each with the values said to decide; the closest one rules."""

    def __init__(self, habit: Habit, n_actions: int) -> None:
        super().__init__(habit, n_actions)
        self._cases: list[tuple[Values, int, Features | None]] = []

    def _look_up(self, features: Features) -> Known | None:
        here = frozenset(enumerate(features))
        fitting = [
            (len(cue), _alike(case, features), number)
            for number, (cue, _action, case) in enumerate(self._cases)
            if (cue <= here if cue else _alike(case, features) >= ALIKE)
        ]
        if not fitting:
            return None
        number = max(fitting)[2]
        cue, action, _case = self._cases[number]
        return Known(action, number, cue, len(cue or features))

    def _take_in(self, teaching: Teaching) -> None:
        said = (teaching.cue - teaching.contrast, teaching.action)
        for number, (cue, action, case) in enumerate(self._cases):
            if teaching.contrast and (cue, action) == said:
                self._cases[number] = (teaching.cue, action, case)
                return
        if teaching.holds_here:
            self._cases.append((teaching.cue, teaching.action, teaching.case))


class RuleInducer(Learner):
    """Turns corrections into rules; a counterexample narrows the rule that fired, by contrast or guess."""

    def __init__(self, habit: Habit, n_actions: int) -> None:
        super().__init__(habit, n_actions)
        self._rules: list[tuple[Values, int]] = []
        self._examples: list[tuple[Values, int]] = []

    def _look_up(self, features: Features) -> Known | None:
        here = frozenset(enumerate(features))
        fitting = [(len(when), number) for number, (when, _action) in enumerate(self._rules) if when <= here]
        if not fitting:
            return None
        number = max(fitting)[1]
        when, action = self._rules[number]
        return Known(action, number, when, len(when))

    def _take_in(self, teaching: Teaching) -> None:
        if teaching.contrast and self._refine(teaching):
            return
        if teaching.case is not None and teaching.right is not None:
            here = frozenset(enumerate(teaching.case))
            self._narrow(teaching.case, here, teaching.right)
            self._examples.append((here, teaching.right))
            if not teaching.cue:
                self._generalise(here, teaching.right)
        if teaching.cue and teaching.holds_here:
            self._rules.append((teaching.cue, teaching.action))

    def _refine(self, teaching: Teaching) -> bool:
        """Let a rule that was told before say what it needs as well; return whether there was one."""
        said = (teaching.cue - teaching.contrast, teaching.action)
        if said not in self._rules:
            return False
        self._rules[self._rules.index(said)] = (teaching.cue, teaching.action)
        return True

    def _narrow(self, case: Features, here: Values, right: int) -> None:
        """Guess what the rule that fired lacks: something its own examples share and this case has not."""
        fired = self._look_up(case)
        if fired is None or fired.action == right:
            return
        own = [
            example for example, action in self._examples if action == fired.action and fired.cue <= example
        ]
        shared = frozenset.intersection(*own) - here if len(own) > 1 else frozenset()
        number = self._rules.index((fired.cue, fired.action))
        self._rules[number] = (fired.cue | frozenset(sorted(shared)[-1:]), fired.action)

    def _generalise(self, here: Values, action: int) -> None:
        """Keep what examples of an action have in common (Mitchell 1982), if none speaks against it."""
        for number, (when, known) in enumerate(self._rules):
            common = when & here
            against = any(common <= example and other != action for example, other in self._examples)
            if known == action and len(common) >= len(here) / 3 and not against:
                self._rules[number] = (common, action)
                return
        self._rules.append((here, action))


class OnlineLinear(Learner):
    """Weighs single values and pairs of values for each action, with a step at each correction."""

    #: Steps for what is said to decide and what habit weighs, for each condition and two; and for the case.
    CUE_STEP, HABIT, CASE_STEP = 0.6, 0.8, 0.3

    def __init__(self, habit: Habit, n_actions: int) -> None:
        super().__init__(habit, n_actions)
        self._weights: dict[tuple[Value, ...], npt.NDArray[np.float64]] = {}

    def _look_up(self, features: Features) -> Known | None:
        here = list(enumerate(features))
        parts = chain(combinations(here, 1), combinations(here, 2))
        said = [self._weights[part] for part in parts if part in self._weights]
        if not said:
            return None
        score: npt.NDArray[np.float64] = np.sum(said, axis=0)
        habitual, n_conditions = self.habit(features)
        score[habitual] += self.HABIT * (2 + n_conditions)
        action = int(score.argmax())
        return Known(action, (habitual, action), frozenset(), n_conditions)

    def _take_in(self, teaching: Teaching) -> None:
        if teaching.case is not None and teaching.right is not None:
            whole = list(combinations(enumerate(teaching.case), 2))
            self._step(whole, teaching.right, self.CASE_STEP)
        if teaching.contrast:
            self._tell(teaching.cue - teaching.contrast, teaching.action, -1)
        self._tell(teaching.cue, teaching.action, 1)

    def _tell(self, cue: Values, action: int, sign: int) -> None:
        """Weigh what was said to decide, by its pairs, or take it back."""
        if cue:
            parts = list(combinations(sorted(cue), min(len(cue), 2)))
            self._step(parts, action, sign * self.CUE_STEP * (2 + len(cue)))

    def _step(self, parts: Sequence[tuple[Value, ...]], action: int, size: float) -> None:
        for part in parts:
            weights = self._weights.setdefault(part, np.zeros(self.n_actions))
            weights[action] += size / len(parts)


def _alike(case: Features | None, features: Features) -> float:
    if case is None:
        return 0.0
    return sum(one == other for one, other in zip(case, features, strict=True)) / len(features)


LEARNERS: dict[str, type[Learner]] = {"cases": CaseBased, "weights": OnlineLinear, "rules": RuleInducer}
