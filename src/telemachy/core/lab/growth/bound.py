"""How well could anybody fade who does not know what teaches? A policy that knows the five worlds by heart.

It knows each world's rule of teaching and the learners' spread exactly, and everything else but two things: a
learner's ability, and which of the worlds it is in. Both it infers, exactly, from the outcomes of the learner
at hand; then it takes the level from which it expects the most at once. It does not plan: what a policy gains
that helps in order to learn which world it is in, `benchmarks/fading_bound.py` tells for the two worlds that
differ most (docs/growth.md, section 6).
"""

from __future__ import annotations

import numpy as np

from telemachy.core.growth import worlds
from telemachy.core.growth.evidence import Floats, Ints

#: Beliefs before the first outcome, for edge, critical, dependency, experience and nothing: chosen so that
#: the worst world comes out as well as can be, which makes the bound generous.
PRIOR = (0.02, 0.46, 0.10, 0.40, 0.02)
#: Points that stand for a learner's ability.
N_POINTS = 240
ASSIST = np.array(worlds.ASSIST)


def situations_to_independence(
    world: str, *, n_learners: int = 200, n_situations: int = 60, seed: int = 0
) -> float:
    """Return the mean situations until truly independent under the policy that knows the worlds by heart."""
    rng = np.random.default_rng(seed)
    names = list(worlds.WORLDS)
    ability = rng.normal(worlds.ABILITY, worlds.SPREAD, n_learners)
    first = np.full(n_learners, n_situations)
    z = np.linspace(-2.8, 2.8, N_POINTS)
    points = np.tile(worlds.ABILITY + worlds.SPREAD * z, (len(names), n_learners, 1))
    weight = np.exp(-(z**2) / 2) * np.array(PRIOR)[:, None, None] * np.ones((1, n_learners, 1))
    for t in range(n_situations):
        difficulty, novelty = rng.integers(2, 6, (2, n_learners))
        weight /= weight.sum(axis=(0, 2), keepdims=True)
        gains = np.zeros((5, n_learners))
        for level in range(5):
            given = np.full(n_learners, level)
            for k, name in enumerate(names):
                taught = _taught(name, given, difficulty, novelty, points[k])
                gains[level] += (weight[k] * taught).sum(axis=1)
        level_of = gains.argmax(axis=0)
        success = rng.random(n_learners) < worlds.chance(ability + ASSIST[level_of], difficulty, novelty)
        ability = ability + _taught(world, level_of, difficulty, novelty, ability[:, None])[:, 0]
        able = worlds.chance(ability, 4, 5) >= worlds.INDEPENDENT_AT
        first = np.where((first == n_situations) & able, t + 1, first)
        for k, name in enumerate(names):
            helped = points[k] + ASSIST[level_of][:, None]
            p = worlds.chance(helped, difficulty[:, None], novelty[:, None])
            weight[k] *= np.where(success[:, None], p, 1 - p)
            points[k] += _taught(name, level_of, difficulty, novelty, points[k])
    return float(first.mean())


def _taught(name: str, level: Ints, difficulty: Ints, novelty: Ints, ability: Floats) -> Floats:
    """Return (n, m) what one situation at the level (n,) adds to each of the abilities (n, m)."""
    level, difficulty, novelty = level[:, None], difficulty[:, None], novelty[:, None]
    alone = worlds.chance(ability, difficulty, novelty)
    helped = worlds.chance(ability + ASSIST[level], difficulty, novelty)
    taught: Floats = worlds.WORLDS[name](level, alone, helped) + np.zeros(ability.shape)
    return taught
