"""Made-up programmes, lived situation by situation: what teaches, who trains how, who leaves.

A trainer who fits does what `growth.recommend` says, from the learner's own situations, as in the product.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

import numpy as np

from telemachy.core import growth
from telemachy.core.growth import worlds
from telemachy.core.growth.evidence import Bools, Floats, Ints
from telemachy.core.shared.scales import GRADE_MAX

#: Who trains: by the recommendation; answers whatever is asked of a learner who always asks; one mix for all.
Trainer = Literal["fitting", "answering", "one size"]
#: The mix of levels 1..4 of a trainer who treats all alike.
ONE_SIZE = (0.1, 0.2, 0.3, 0.4)
#: Days between two situations of a learner, on average.
EVERY = 6
#: Learners of a mentor.
OF_ONE_MENTOR = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """What holds in it. `world` tells what teaches (`growth.worlds`), `harder` by how many grades situations
    get harder from start to end, `p_leaves` how often a learner leaves for good after a failure.
    """

    world: str = "edge"
    trainer: Trainer = "fitting"
    harder: float = 0.0
    p_leaves: float = 0.0


@dataclass(frozen=True, slots=True)
class Life:
    """One learner's situations and the truth behind them, each (n,).

    `alone` is the true chance of handling a situation of difficulty 4 and novelty 5 alone after each one,
    `recommended` the level that the engine would have had; `left` whether the learner left early.
    """

    learner: int
    day: Ints
    difficulty: Ints
    novelty: Ints
    level: Ints
    success: Ints
    recommended: Ints
    alone: Floats
    left: bool

    @property
    def mentor(self) -> int:
        """The number of the learner's mentor."""
        return self.learner // OF_ONE_MENTOR

    @property
    def consulted(self) -> Bools:
        """(n,) bool: whether the mentor was asked."""
        asked: Bools = self.level >= 2
        return asked

    def evidence(self) -> growth.Evidence:
        """Return what the growth engine may know of it."""
        return evidence_of([self])


@dataclass(slots=True)
class _Rows:
    """Columns that grow while a learner lives."""

    rows: list[tuple[int, int, int, int, int, int, float]] = field(default_factory=list)

    def life(self, learner: int, left: bool) -> Life:
        day, difficulty, novelty, level, success, recommended, alone = (
            np.array(column) for column in zip(*self.rows, strict=True)
        )
        return Life(learner, day, difficulty, novelty, level, success, recommended, alone, left)


@lru_cache(maxsize=32)
def live(programme: Programme, n_learners: int, n_situations: int, seed: int) -> tuple[Life, ...]:
    """Let every learner live through the programme; what the lab tells of it is told of the same lives."""
    nobody = growth.fit(evidence_of([]))
    return tuple(
        _live(programme, nobody, learner, n_situations, np.random.default_rng([seed, learner]))
        for learner in range(n_learners)
    )


def _live(
    programme: Programme, model: growth.Model, learner: int, n_situations: int, rng: np.random.Generator
) -> Life:
    # Learners of a mentor begin at different points, so that one way of training cannot fit them all.
    ability = -0.3 + 0.9 * (learner % OF_ONE_MENTOR - 1.5) + rng.normal(0, 0.4)
    known, day = _Rows(), 0
    for t in range(n_situations):
        day += 1 + int(rng.exponential(EVERY - 1))
        harder = programme.harder * t / n_situations
        difficulty = int(np.clip(rng.integers(2, 6) + round(harder), 1, GRADE_MAX))
        novelty = int(rng.integers(2, 6))
        recommended = int(growth.recommend(model, learner, 0, difficulty, novelty).level)
        level = _level(programme.trainer, recommended, rng)
        alone = worlds.chance(ability, difficulty, novelty)
        helped = worlds.chance(ability + worlds.ASSIST[level], difficulty, novelty)
        success = int(rng.random() < helped)
        ability += worlds.WORLDS[programme.world](level, alone, helped)
        model.update(learner, 0, day, difficulty, novelty, level, success)
        truth = worlds.chance(ability, 4, 5)
        known.rows.append((day, difficulty, novelty, level, success, recommended, truth))
        if not success and t >= n_situations // 4 and rng.random() < programme.p_leaves:
            return known.life(learner, left=True)
    return known.life(learner, left=False)


def _level(trainer: Trainer, recommended: int, rng: np.random.Generator) -> int:
    if trainer == "fitting":
        return recommended
    if trainer == "answering":
        return 4 if rng.random() < 0.9 else 0
    return int(rng.choice(4, p=ONE_SIZE)) + 1


def evidence_of(lives: Sequence[Life]) -> growth.Evidence:
    """Return the evidence of several learners in one competency."""
    names = ("day", "difficulty", "novelty", "level", "success")
    time, difficulty, novelty, level, success = (
        np.concatenate([np.zeros(0), *(getattr(life, name) for life in lives)]) for name in names
    )
    learner = np.repeat([life.learner for life in lives], [len(life.day) for life in lives])
    return growth.Evidence(
        learner=learner, competency=np.zeros(len(time), np.int64), time=time, difficulty=difficulty,
        novelty=novelty, level=level, success=success,
    )  # fmt: skip
