"""Five made-up worlds that differ in what teaches: where a policy of fading is tried before people are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from telemachy.core.growth.evidence import Evidence
from telemachy.core.growth.model import Model, fit
from telemachy.core.growth.recommendation import recommend

#: What help of levels 0..4 adds in the moment, in logits, in every world.
ASSIST = (0.0, 0.1, 0.6, 1.2, 2.2)
#: Mean and standard deviation of the learners' ability at the start.
ABILITY, SPREAD = -0.3, 0.8
#: Truly independent: this chance of handling a situation of difficulty 4 and novelty 5 alone.
INDEPENDENT_AT = 0.7


def chance(ability: Any, difficulty: Any, novelty: Any) -> Any:
    """Return the chance of success alone; ability and what help adds to it are in logits."""
    return 1 / (1 + np.exp(-(0.3 - 0.4 * (difficulty - 3) - 0.25 * (novelty - 3) + ability)))


#: What one situation adds to ability, in logits, from the level of help and the chances of success alone and
#: with it; of one learner or of many at once.
Teaching = Callable[[Any, Any, Any], Any]


def _edge(level: Any, alone: Any, helped: Any) -> Any:
    """Most is learned where success is open, with whatever help makes it so."""
    return 0.15 * np.exp(-(((helped - 0.6) / 0.2) ** 2))


def _critical(level: Any, alone: Any, helped: Any) -> Any:
    """Alone one learns little until one nearly can; an example or a question opens the door."""
    return np.where(level < 2, np.where(alone < 0.5, 0.01, 0.1), np.where(level < 4, 0.12, 0.05))


def _dependency(level: Any, alone: Any, helped: Any) -> Any:
    """The more direct the help, the less is learned; answers set back a little."""
    return np.array([0.12, 0.12, 0.09, 0.03, -0.02])[level]


def _experience(level: Any, alone: Any, helped: Any) -> Any:
    """Own practice teaches, twice as much as practice with help."""
    return np.where(level < 2, 0.12, 0.06)


def _nothing(level: Any, alone: Any, helped: Any) -> Any:
    """Time alone does it; help changes nothing."""
    return 0.08 + 0.0 * alone


def _novice(level: Any, alone: Any, helped: Any) -> Any:
    """Who knows nothing learns from examples, who knows something by doing."""
    early, late = np.array([0.01, 0.01, 0.03, 0.12, 0.08]), np.array([0.1, 0.1, 0.1, 0.06, 0.02])
    return np.where(alone < 0.3, early[level], late[level])


WORLDS: dict[str, Teaching] = {
    "edge": _edge, "critical": _critical, "dependency": _dependency,
    "experience": _experience, "nothing": _nothing,
}  # fmt: skip

#: Not looked at when the policy was chosen.
HELD_OUT: dict[str, Teaching] = {"novice": _novice}

#: A policy takes model, learner, difficulty, novelty and the levels given so far.
Policy = Callable[[Any, int, int, int, list[int]], int]


def fixed(level: int) -> Policy:
    """Return the policy that always helps at one level."""
    return lambda model, learner, difficulty, novelty, given: level


def schedule(every: int) -> Policy:
    """Return the policy that steps down from the answer after every so many situations."""
    return lambda model, learner, difficulty, novelty, given: max(4 - len(given) // every, 0)


def ours(model: Model, learner: int, difficulty: int, novelty: int, given: list[int]) -> int:
    """Follow `recommend`."""
    return int(recommend(model, learner, 0, difficulty, novelty).level)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a policy did: mean situations until truly independent (the course's length if never), the share
    of situations with help although the chance alone was 0.7 or more, and the share of learners who were
    ever left alone for good (level 0) while their chance alone in that situation was below a half.
    """

    situations: float
    over_help: float
    false_independence: float


def by_lot(stretch: int, seed: int) -> Policy:
    """Return `ours` after a first stretch that a lot sets for each learner: all questions, or all alone."""

    def policy(model: Model, learner: int, difficulty: int, novelty: int, given: list[int]) -> int:
        if len(given) < stretch:
            return 2 if drawn_guided(learner, seed) else 1
        return ours(model, learner, difficulty, novelty, given)

    return policy


def drawn_guided(learner: int, seed: int) -> bool:
    """Tell how the lot of `by_lot` fell for a learner."""
    return bool(np.random.default_rng([seed, learner]).integers(2))


def run(
    world: str, policy: Policy, *, n_learners: int = 30, n_situations: int = 60, seed: int = 0
) -> Outcome:
    """Let a policy guide learners nobody knows anything of through a course in one competency."""
    model = fit(nobody()) if policy is ours else None
    return cohort(world, policy, model, range(n_learners), n_situations=n_situations, seed=seed)[0]


def cohort(
    world: str,
    policy: Policy,
    model: Model | None,
    learners: range,
    *,
    n_situations: int = 60,
    seed: int = 0,
    day: int = 0,
) -> tuple[Outcome, Evidence]:
    """Let a policy guide these learners, of whom the model knows no more than its population, from a day on.

    Learners of the same seed bring the same abilities, situations and luck under every policy. None stands
    for the model where the policy does not look at it.
    """
    rng = np.random.default_rng(seed)
    teaches = (WORLDS | HELD_OUT)[world]
    n_learners, rows = len(learners), []
    reached, over, helped, false = [], 0, 0, 0
    for learner in learners:
        ability, first, wrong = rng.normal(ABILITY, SPREAD), n_situations, False
        given: list[int] = []
        for t in range(n_situations):
            difficulty, novelty = int(rng.integers(2, 6)), int(rng.integers(2, 6))
            level = policy(model, learner, difficulty, novelty, given)
            alone = chance(ability, difficulty, novelty)
            with_help = chance(ability + ASSIST[level], difficulty, novelty)
            success = int(rng.random() < with_help)
            helped += level >= 2
            over += level >= 2 and alone >= INDEPENDENT_AT
            wrong |= level == 0 and alone < 0.5
            ability += teaches(level, alone, with_help)
            given.append(level)
            rows.append((learner, 0, day + t, difficulty, novelty, level, success))
            if model is not None:
                model.update(*rows[-1])
            if first == n_situations and chance(ability, 4, 5) >= INDEPENDENT_AT:
                first = t + 1
        reached.append(first)
        false += wrong
    n = n_learners * n_situations
    outcome = Outcome(float(np.mean(reached)), over / n, false / n_learners)
    names = ("learner", "competency", "time", "difficulty", "novelty", "level", "success")
    return outcome, Evidence(**dict(zip(names, map(np.array, zip(*rows, strict=True)), strict=True)))


def nobody() -> Evidence:
    """Return the evidence before anybody came."""
    return Evidence(learner=[], competency=[], time=[], difficulty=[], novelty=[], level=[], success=[])  # type: ignore[arg-type]
