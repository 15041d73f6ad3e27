"""Worlds with a known truth: situations in steps, each of which one rule decides.

Two worlds are made of rules: judgment tickets (one step) and a tool simulator (a scripted user, three tool
calls, the first wrong one ends the talk). A failure mode is a rule that the learner does not handle. The
third world, `grid`, is the control.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

import numpy as np
import numpy.typing as npt

#: A feature with its value, and a case as the values of all features.
Value = tuple[int, int]
Features = tuple[int, ...]
#: What an agent does without having learned anything: the action, and how many conditions it rests on.
Habit = Callable[[Features], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words for the values of each feature, and for the actions; every word stands for one thing only."""

    values: tuple[tuple[str, ...], ...]
    actions: tuple[str, ...]

    def words(self, values: Sequence[Value]) -> tuple[str, ...]:
        """Return the words of these values, in order."""
        return tuple(self.values[feature][value] for feature, value in values)

    def case(self, features: Features) -> tuple[str, ...]:
        """Return the words of a whole case."""
        return self.words(tuple(enumerate(features)))

    def read(self, text: str) -> frozenset[Value]:
        """Return the values whose words stand in a text."""
        said = set(text.replace(",", " ").split())
        return frozenset(
            (feature, value)
            for feature, words in enumerate(self.values)
            for value, word in enumerate(words)
            if word in said
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """When these values all hold, this action is right; the first rule of a list that holds decides."""

    when: frozenset[Value]
    action: int

    def holds(self, features: Features) -> bool:
        """Tell whether a case meets every condition."""
        # A plain loop: this is asked a million times, and mostly answered by the first condition.
        for feature, value in self.when:  # noqa: SIM110
            if features[feature] != value:
                return False
        return True


@dataclass(frozen=True, slots=True)
class Step:
    """One decision: what is seen, what is right, and which failure mode a wrong one is."""

    features: Features
    right: int
    mode: int


@dataclass(frozen=True, slots=True)
class Situation:
    """A situation with the steps of its right way through."""

    key: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a situation went: well, or where it first went wrong and by which action; which modes were met."""

    success: bool
    failed: Step | None
    taken: int | None
    met: frozenset[int]


@dataclass(frozen=True, slots=True)
class Failure:
    """A failure mode by name, what decides in it (what decides most comes first), and what is right then."""

    name: str
    conditions: tuple[Value, ...]
    action: int


class World(Protocol):
    """What the experiment needs of a world."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    @property
    def vocabulary(self) -> Vocabulary:
        """Its words."""
        ...

    @property
    def is_readable(self) -> bool:
        """Whether the learner understands the trainer's words; a novice does not."""
        ...

    def situations(
        self, rng: np.random.Generator, n: int, label: str, *, novel: bool = False
    ) -> list[Situation]:
        """Return n situations; novel ones hold conjunctions that the others never do."""
        ...

    def attempt(self, situation: Situation, decide: Callable[[Features], int]) -> Outcome:
        """Return how the situation goes when these decisions are made."""
        ...

    def habit(self, rng: np.random.Generator) -> Habit:
        """Return one agent's own way before it was taught: right in part."""
        ...

    def elsewhere(self, rng: np.random.Generator) -> World:
        """Return the world as an agent meets it that does other work: other cases are common there."""
        ...

    def failure(self, step: Step, taken: int) -> Failure:
        """Return what a trainer who knows the rules sees in a wrong step."""
        ...

    def common(self, mode: int) -> Failure:
        """Return the same of a failure mode without anybody's case."""
        ...

    def drifted(self, rng: np.random.Generator) -> World:
        """Return the world after some of what was right is wrong."""
        ...


#: Values of each feature.
N_VALUES = 3
#: Rules of the tickets, and the share of an agent's rules that are defective.
N_RULES, DEFECTIVE = 20, 0.4
#: The rule of rank r is met as often as 1 / (r + EVENNESS) says.
EVENNESS = 1
#: Rules whose action changes when the world drifts.
N_DRIFTING = 3
#: Tries to find a situation with, or without, a held-out conjunction.
MAX_TRIES = 200


@dataclass(frozen=True)
class RuleWorld:
    """A world of procedural rules, the more specific ones first: the special case goes before the general.

    `held_out[r]` are values that never accompany rule r before the novel phase; `ranks[r]` tells how common
    rule r is, 0 the commonest.
    """

    name: str
    vocabulary: Vocabulary
    rules: tuple[Rule, ...]
    held_out: tuple[frozenset[Value], ...]
    ranks: tuple[int, ...]
    n_steps: int
    is_readable: bool = True

    def decides(self, features: Features) -> int:
        """Return the first rule that holds; the last holds always."""
        for number, rule in enumerate(self.rules):
            if rule.holds(features):
                return number
        raise AssertionError("the last rule holds always")

    def situations(
        self, rng: np.random.Generator, n: int, label: str, *, novel: bool = False
    ) -> list[Situation]:
        """Return n situations; each of the novel ones has a held-out conjunction, no other one has."""
        return [Situation(f"{label} {number}", self._steps(rng, novel)) for number in range(n)]

    def _steps(self, rng: np.random.Generator, novel: bool) -> tuple[Step, ...]:
        for _try in range(MAX_TRIES):
            steps = tuple(self._drawn(rng, novel))
            if any(self._is_held_out(step) for step in steps) == novel:
                return steps
        raise RuntimeError("no such situation: the world is too small")

    def _drawn(self, rng: np.random.Generator, novel: bool) -> list[Step]:
        """Draw a case for a rule at each step; what was said at one step stays true at the next."""
        features = rng.integers(N_VALUES, size=len(self.vocabulary.values)).tolist()
        steps = []
        for number in range(self.n_steps):
            if self.n_steps > 1:
                features[STAGE] = number
                features[RESULT] = int(rng.integers(1, 3)) if number else 0
            wanted = self._wanted(rng, number)
            for feature, value in sorted(self.rules[wanted].when):
                features[feature] = value
            if novel and self.held_out[wanted]:
                feature, value = sorted(self.held_out[wanted])[int(rng.integers(len(self.held_out[wanted])))]
                features[feature] = value
            seen = tuple(features)
            mode = self.decides(seen)
            steps.append(Step(seen, self.rules[mode].action, mode))
        return steps

    def _wanted(self, rng: np.random.Generator, stage: int) -> int:
        """Draw which rule a step is about: some are common, some rare."""
        numbers, shares = self._common_at[stage]
        return numbers[int(np.searchsorted(shares, rng.random()))]

    @cached_property
    def _common_at(self) -> list[tuple[list[int], npt.NDArray[np.float64]]]:
        """The rules that each stage may be about, with their cumulated shares."""
        found = []
        for stage in range(self.n_steps):
            fitting = [
                number
                for number, rule in enumerate(self.rules)
                if self.n_steps == 1 or not rule.when or (STAGE, stage) in rule.when
            ]
            weights = np.array([1 / (self.ranks[number] + EVENNESS) for number in fitting])
            found.append((fitting, weights.cumsum() / weights.sum()))
        return found

    def _is_held_out(self, step: Step) -> bool:
        return any(step.features[feature] == value for feature, value in self.held_out[step.mode])

    def attempt(self, situation: Situation, decide: Callable[[Features], int]) -> Outcome:
        """Take the steps until the first wrong one."""
        met = set()
        for step in situation.steps:
            met.add(step.mode)
            taken = decide(step.features)
            if taken != step.right:
                return Outcome(False, step, taken, frozenset(met))
        return Outcome(True, None, None, frozenset(met))

    def habit(self, rng: np.random.Generator) -> Habit:
        """Return the world's rules with one agent's own defects, first come first served."""
        rules = [self._defect(rule, rng) if rng.random() < DEFECTIVE else rule for rule in self.rules[:-1]]
        own = [rule for rule in rules if rule is not None]
        usual = self.rules[-1].action

        def act(features: Features) -> tuple[int, int]:
            found = next((rule for rule in own if rule.holds(features)), None)
            return (usual, 0) if found is None else (found.action, len(found.when))

        return act

    def _defect(self, rule: Rule, rng: np.random.Generator) -> Rule | None:
        """Return the rule forgotten, or with a wrong action."""
        if rng.integers(2):
            return None
        return replace(rule, action=_other(rule.action, len(self.vocabulary.actions), rng))

    def elsewhere(self, rng: np.random.Generator) -> RuleWorld:
        """Return the same rules with others of them common."""
        n_rules = len(self.rules) - 1
        return replace(self, ranks=(*(int(rank) for rank in rng.permutation(n_rules)), n_rules))

    def failure(self, step: Step, taken: int) -> Failure:
        """Return the rule that was missed; where none holds, the closest one that was stretched."""
        if step.mode < len(self.rules) - 1:
            return self.common(step.mode)
        unmet = {
            number: [(f, step.features[f]) for f, value in sorted(rule.when) if step.features[f] != value]
            for number, rule in enumerate(self.rules[:-1])
            if rule.action == taken
        }
        if not unmet:
            return Failure("sees a rule in a plain case", tuple(enumerate(step.features)), step.right)
        closest = min(unmet, key=lambda number: (len(unmet[number]), number))
        met = self.rules[closest].when & frozenset(enumerate(step.features))
        # What is not met decides, so it comes first.
        return Failure(f"stretches rule {closest}", (*unmet[closest], *sorted(met)), step.right)

    def common(self, mode: int) -> Failure:
        """Return the rule that is missed."""
        rule = self.rules[mode]
        return Failure(f"misses rule {mode}", tuple(sorted(rule.when)), rule.action)

    def drifted(self, rng: np.random.Generator) -> RuleWorld:
        """Return the world with another action in three of its commonest rules."""
        rules = list(self.rules)
        common = [number for number in range(len(rules) - 1) if self.ranks[number] < len(rules) // 2]
        for number in rng.choice(common, N_DRIFTING, replace=False):
            action = _other(rules[number].action, len(self.vocabulary.actions), rng)
            rules[number] = replace(rules[number], action=action)
        return replace(self, rules=tuple(rules))


def _other(action: int, n_actions: int, rng: np.random.Generator) -> int:
    """Draw another action."""
    return (action + 1 + int(rng.integers(n_actions - 1))) % n_actions


TICKET_WORDS = Vocabulary(
    (
        ("guest", "regular", "patron"),
        ("receipt", "photo", "unproven"),
        ("small", "middling", "large"),
        ("calm", "annoyed", "furious"),
        ("letter", "phone", "counter"),
        ("fabric", "glass", "device"),
        ("fresh", "month", "season"),
        ("spotless", "repeat", "flagged"),
        ("coast", "inland", "abroad"),
        ("house", "partner", "reseller"),
    ),
    ("refund", "replace", "repair", "escalate", "decline"),
)

#: In the tool simulator the first two features are the stage of the talk and what the last tool answered.
STAGE, RESULT = 0, 1
TOOL_WORDS = Vocabulary(
    (
        ("opening", "midway", "closing"),
        ("nothing", "matched", "missing"),
        ("cancel", "change", "claim"),
        ("verified", "stranger", "deputy"),
        ("card", "invoice", "voucher"),
        ("calm", "hurried", "hostile"),
        ("single", "bundle", "contract"),
        ("today", "later", "overdue"),
        ("domestic", "island", "foreign"),
    ),
    ("lookup", "identify", "quote", "transfer", "execute", "inform"),
)


def tickets(rng: np.random.Generator, n_rules: int = N_RULES) -> RuleWorld:
    """Return judgment tickets: which of five things to do, by rules of two or three conditions."""
    return _rule_world("tickets", TICKET_WORDS, rng, n_rules, n_steps=1)


def tools(rng: np.random.Generator, n_rules: int = 15) -> RuleWorld:
    """Return the tool simulator: three tool calls for a user with a script; a wrong one ends the talk."""
    return _rule_world("tools", TOOL_WORDS, rng, n_rules, n_steps=3)


def _rule_world(
    name: str, vocabulary: Vocabulary, rng: np.random.Generator, n_rules: int, n_steps: int
) -> RuleWorld:
    rules: list[Rule] = []
    while len(rules) < n_rules:
        rule = _rule(vocabulary, rng, len(rules) % n_steps if n_steps > 1 else None)
        if not any(known.when <= rule.when or rule.when <= known.when for known in rules):
            rules.append(rule)
    rules.sort(key=lambda rule: -len(rule.when))
    held_out = [_contexts(vocabulary, rule, rng, n_steps) for rule in rules]
    usual = Rule(frozenset(), int(rng.integers(len(vocabulary.actions))))
    ranks = tuple(int(rank) for rank in rng.permutation(n_rules))
    return RuleWorld(name, vocabulary, (*rules, usual), (*held_out, frozenset()), (*ranks, n_rules), n_steps)


def _rule(vocabulary: Vocabulary, rng: np.random.Generator, stage: int | None) -> Rule:
    """Draw two or three conditions; a rule of a talk holds at one stage only."""
    first = 0 if stage is None else (2 if stage == 0 else 1)
    n_conditions = int(rng.integers(2, 4)) - (stage is not None)
    chosen = rng.choice(np.arange(first, len(vocabulary.values)), n_conditions, replace=False)
    when = {(int(feature), int(rng.integers(N_VALUES))) for feature in chosen}
    if stage is not None:
        when = {(f, 1 + v % 2) if f == RESULT else (f, v) for f, v in when} | {(STAGE, stage)}
    return Rule(frozenset(when), int(rng.integers(len(vocabulary.actions))))


def _contexts(vocabulary: Vocabulary, rule: Rule, rng: np.random.Generator, n_steps: int) -> frozenset[Value]:
    """Draw two values that shall not accompany the rule before the novel phase."""
    first = 2 if n_steps > 1 else 0
    free = sorted(set(range(first, len(vocabulary.values))) - {feature for feature, _value in rule.when})
    return frozenset(
        (int(feature), int(rng.integers(N_VALUES))) for feature in rng.choice(free, 2, replace=False)
    )
