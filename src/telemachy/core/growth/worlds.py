"""Five made-up worlds that differ in what teaches: where a policy of fading is tried before people are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import exp

import numpy as np

from telemachy.core.growth.evidence import Evidence
from telemachy.core.growth.model import Model, fit
from telemachy.core.growth.recommendation import recommend

#: What help of levels 0..4 adds in the moment, in logits, in every world.
ASSIST = (0.0, 0.1, 0.6, 1.2, 2.2)
#: Truly independent: this chance of handling a situation of difficulty 4 and novelty 5 alone.
INDEPENDENT_AT = 0.7

#: `teaches[world](level, p_alone, p_helped)`: what one situation adds to ability, in logits.
Teaching = Callable[[int, float, float], float]


def _edge(level: int, p_alone: float, p_helped: float) -> float:
    """Most is learned where success is open, with whatever help makes it so."""
    return 0.15 * exp(-(((p_helped - 0.6) / 0.2) ** 2))


def _critical(level: int, p_alone: float, p_helped: float) -> float:
    """Alone one learns little until one nearly can; an example or a question opens the door."""
    return (0.01 if p_alone < 0.5 else 0.1) if level < 2 else (0.12 if level < 4 else 0.05)


def _dependency(level: int, p_alone: float, p_helped: float) -> float:
    """The more direct the help, the less is learned; answers set back a little."""
    return (0.12, 0.12, 0.09, 0.03, -0.02)[level]


def _experience(level: int, p_alone: float, p_helped: float) -> float:
    """Own practice teaches, twice as much as practice with help."""
    return 0.12 if level < 2 else 0.06


def _nothing(level: int, p_alone: float, p_helped: float) -> float:
    """Time alone does it; help changes nothing."""
    return 0.08


WORLDS: dict[str, Teaching] = {
    "edge": _edge, "critical": _critical, "dependency": _dependency,
    "experience": _experience, "nothing": _nothing,
}  # fmt: skip

#: A policy takes model, learner, difficulty, novelty and the levels given so far.
Policy = Callable[[Model, int, int, int, list[int]], int]


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


def run(
    world: str, policy: Policy, *, n_learners: int = 30, n_situations: int = 60, seed: int = 0
) -> Outcome:
    """Let a policy guide learners nobody knows anything of through a course in one competency."""
    rng = np.random.default_rng(seed)
    model = fit(_nobody())
    uses_model = policy is ours
    reached, over, helped, false = [], 0, 0, 0
    for learner in range(n_learners):
        ability, first, wrong = rng.normal(-0.3, 0.8), n_situations, False
        given: list[int] = []
        for t in range(n_situations):
            difficulty, novelty = int(rng.integers(2, 6)), int(rng.integers(2, 6))
            level = policy(model, learner, difficulty, novelty, given)
            alone = _chance(ability, difficulty, novelty)
            with_help = _chance(ability + ASSIST[level], difficulty, novelty)
            success = int(rng.random() < with_help)
            helped += level >= 2
            over += level >= 2 and alone >= INDEPENDENT_AT
            wrong |= level == 0 and alone < 0.5
            ability += WORLDS[world](level, alone, with_help)
            given.append(level)
            if uses_model:
                model.update(learner, 0, t, difficulty, novelty, level, success)
            if first == n_situations and _chance(ability, 4, 5) >= INDEPENDENT_AT:
                first = t + 1
        reached.append(first)
        false += wrong
    n = n_learners * n_situations
    return Outcome(float(np.mean(reached)), over / n, false / n_learners)


def _chance(ability: float, difficulty: int, novelty: int) -> float:
    return 1 / (1 + exp(-(0.3 - 0.4 * (difficulty - 3) - 0.25 * (novelty - 3) + ability)))


def _nobody() -> Evidence:
    return Evidence(learner=[], competency=[], time=[], difficulty=[], novelty=[], level=[], success=[])  # type: ignore[arg-type]
