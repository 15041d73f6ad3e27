"""Made-up programmes of which the truth is known: what the engine is measured on."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import Any, Literal

import numpy as np

from telemachy.core.growth.evidence import Evidence, Floats, Ints
from telemachy.core.growth.priors import (
    ASSIST,
    EFFECT_MEANS,
    EFFECT_SDS,
    GROWTH,
    PRIOR_SPREAD,
    SPREAD_WEIGHT,
    STRUCK_APART,
    UPHEAVAL,
    VOLATILITIES,
    Spread,
)
from telemachy.core.growth.upheavals import MOMENTS, P_UPHEAVAL

#: How the level of help comes about: withdrawn over time, drawn by lot, more after failure, or none at all.
Helping = Literal["fading", "lot", "need", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What holds in a made-up programme; effects in the order of `priors.EFFECTS`, all in logits.

    `shock` is added to every learner's theta from the situation at share `shock_at` of the course on, each
    learner's own up to `shock_apart` earlier or later;
    `drift` is the standard deviation of a random walk of theta from situation to situation; with chance
    `jump_chance`, at the shock `struck_apart`, it also jumps by a normal of standard deviation `jump`;
    `harder` is what a course's difficulty grows by from its start to its end, in grades.
    """

    effects: tuple[float, ...] = tuple(EFFECT_MEANS)
    spread: Spread = PRIOR_SPREAD
    helping: Helping = "fading"
    drift: float = 0.0
    jump: float = 0.0
    jump_chance: float = 0.0
    struck_apart: float = 0.0
    shock: float = 0.0
    shock_at: float = 0.7
    shock_apart: float = 0.0
    harder: float = 0.0


def drawn(rng: np.random.Generator, helping: Helping = "fading") -> Truth:
    """Draw a truth from the model's own priors: effects, variances, how lively learners are, an upheaval.

    Over programmes drawn so, the intervals of exact inference hold the truth as often as they say (Rubin
    1984); what ours miss is the price of approximations.
    """
    effects = rng.normal(EFFECT_MEANS, EFFECT_SDS)
    offsets = slice(ASSIST + 1, ASSIST + 5)
    effects[offsets] = np.maximum(effects[offsets], 0)
    shrink = np.sqrt(SPREAD_WEIGHT / rng.chisquare(SPREAD_WEIGHT, len(astuple(PRIOR_SPREAD))))
    moves = VOLATILITIES[rng.choice(len(VOLATILITIES), p=[chance for _, chance in VOLATILITIES])][0]
    is_struck = rng.random() < P_UPHEAVAL
    return Truth(
        effects=tuple(effects),
        spread=Spread(*(shrink * astuple(PRIOR_SPREAD)).tolist()),
        helping=helping,
        drift=moves.drift**0.5,
        jump=moves.jump_variance**0.5,
        jump_chance=moves.jump_chance,
        struck_apart=STRUCK_APART * is_struck,
        shock=rng.normal(0, EFFECT_SDS[UPHEAVAL]) * is_struck,
        shock_at=rng.choice(MOMENTS),
    )


@dataclass(frozen=True, slots=True)
class Course:
    """Evidence with the truth behind it.

    `p_alone` (n_learners, n_competencies) is the chance of handling a situation of difficulty 4 and novelty 5
    alone at the end, `p_row` (n,) the chance of success of each row.
    """

    evidence: Evidence
    p_alone: Floats
    p_row: Floats


def course(
    seed: int, n_learners: int, n_situations: int, n_competencies: int = 1, truth: Truth | None = None
) -> Course:
    """Draw a programme: each learner handles so many situations, each in a competency drawn by lot."""
    truth = Truth() if truth is None else truth
    rng = np.random.default_rng(seed)
    beta, spread = np.array(truth.effects), truth.spread
    mu = rng.normal(0, spread.competency, n_competencies)
    omega = rng.normal(0, spread.slope, n_competencies)
    theta = rng.normal(0, spread.learner, n_learners)
    delta = rng.normal(0, spread.cell, (n_learners, n_competencies))
    shape = (n_learners, n_situations)
    competency = rng.integers(0, n_competencies, shape)
    progress = np.arange(n_situations) / n_situations
    difficulty = np.clip(rng.integers(1, 6, shape) + np.round(truth.harder * progress), 1, 5)
    novelty = rng.integers(1, 6, shape)
    level, success, p_row = np.zeros(shape, np.int64), np.zeros(shape, np.int64), np.zeros(shape)
    practice, n_before = np.zeros((n_learners, n_competencies, 5)), np.zeros((n_learners, n_competencies))
    everyone = np.arange(n_learners)
    apart = rng.uniform(-1, 1, n_learners) * truth.shock_apart if truth.shock_apart else np.zeros(n_learners)
    shock_at = ((truth.shock_at + apart) * n_situations).astype(int)

    def eta(k: Ints, d: Any, n: Any) -> Floats:
        done = practice[everyone, k]
        ability = mu[k] + omega[k] * done.sum(axis=1) + theta + delta[everyone, k]
        growth = done @ beta[GROWTH : GROWTH + 5]
        found: Floats = beta[0] + beta[1] * (d - 3) + beta[2] * (n - 3) + ability + growth
        return found

    for t in range(n_situations):
        if t > 0:
            theta = theta + rng.normal(0, truth.drift, n_learners)
        theta = theta + truth.shock * (shock_at == t)
        if t > 0 and truth.jump:
            chance = 1 - (1 - truth.jump_chance) * (1 - truth.struck_apart * (shock_at == t))
            theta = theta + rng.normal(0, truth.jump, n_learners) * (rng.random(n_learners) < chance)
        k = competency[:, t]
        level[:, t] = _levels(truth.helping, progress[t], success[:, :t], rng, n_learners)
        at = eta(k, difficulty[:, t], novelty[:, t])
        at = at + np.where(level[:, t] > 0, beta[ASSIST + level[:, t]], 0.0)
        p_row[:, t] = 1 / (1 + np.exp(-at))
        success[:, t] = rng.random(n_learners) < p_row[:, t]
        g = level[:, t]
        practice[everyone, k, g] += np.log((n_before[everyone, k] + 2) / (n_before[everyone, k] + 1))
        n_before[everyone, k] += 1

    ends = [1 / (1 + np.exp(-eta(np.full(n_learners, k), 4, 5))) for k in range(n_competencies)]
    learner = np.repeat(everyone, n_situations)
    evidence = Evidence(
        learner=learner, competency=competency.ravel(), time=np.tile(np.arange(n_situations), n_learners),
        difficulty=difficulty.ravel(), novelty=novelty.ravel().astype(float), level=level.ravel(),
        success=success.ravel().astype(float),
    )  # fmt: skip
    return Course(evidence, np.stack(ends, axis=1), p_row.ravel())


def _levels(helping: Helping, progress: float, past: Ints, rng: np.random.Generator, n_learners: int) -> Ints:
    if helping == "none":
        return np.zeros(n_learners, dtype=np.int64)
    if helping == "lot":
        drawn: Ints = rng.integers(0, 5, n_learners)
        return drawn
    if helping == "need":
        failed = 1 - past[:, -3:].mean(axis=1) if past.shape[1] else np.full(n_learners, 0.5)
        needed: Ints = np.clip(np.round(4 * failed + rng.normal(0, 0.7, n_learners)), 0, 4).astype(int)
        return needed
    faded: Ints = np.clip(np.round(4 * (1 - 1.3 * progress) + rng.normal(0, 1, n_learners)), 0, 4).astype(int)
    return faded


def programme_of(
    design: Literal["randomised", "staggered", "need"],
    seed: int,
    n_learners: int,
    n_situations: int,
    n_competencies: int,
    *,
    effect: float = 0.0,
    accelerating: float = 0.0,
    drift: float = 0.0,
    harder: float = 0.0,
    lenient: float = 0.0,
    jump: float = 0.0,
) -> Evidence:
    """Draw a programme in which questions are asked by a design, to try the attribution on.

    `effect` is the slope of guided practice over that of practice alone. Without it, success may still change
    for all the wrong reasons: growth that speeds up, drift, harder situations, lenient raters, a jump.
    """
    rng = np.random.default_rng(seed)
    rows = []
    for learner in range(n_learners):
        ability, level_in = rng.normal(0, 0.8), rng.normal(0, 0.4, n_competencies)
        n_before, guided_before = np.zeros(n_competencies), np.zeros(n_competencies)
        starts = rng.permutation(np.linspace(0.2, 0.7, n_competencies)) if n_competencies > 1 else [0.4]
        jumps_at, failed = rng.integers(n_situations), 0
        for t in range(n_situations):
            k, share = rng.integers(n_competencies), t / n_situations
            difficulty = min(5, rng.integers(1, 6) + harder * share)
            novelty = rng.integers(1, 6)
            asked = rng.random()
            if design == "randomised":
                guided = asked < 0.6
            elif design == "staggered":
                guided = share >= starts[k] and asked < 0.6
            else:
                guided = asked < 1 / (1 + np.exp(1 - 1.5 * failed - 0.5 * (difficulty - 3)))
            ability += rng.normal(0, drift) + (jump * rng.choice([-1, 1]) if t == jumps_at else 0)
            at = ability + level_in[k] + 0.3 - 0.4 * (difficulty - 3) - 0.25 * (novelty - 3)
            at += 0.4 * np.log1p(n_before[k]) + effect * guided_before[k] + 0.8 * guided
            at += accelerating * share**2 + lenient * share
            success = rng.random() < 1 / (1 + np.exp(-at))
            failed = 0 if success else failed + 1
            rows.append((learner, k, t, difficulty, novelty, 2 * guided, success))
            guided_before[k] += guided * np.log((n_before[k] + 2) / (n_before[k] + 1))
            n_before[k] += 1
    table = np.array(rows, dtype=np.float64)
    names = ("learner", "competency", "time", "difficulty", "novelty", "level", "success")
    return Evidence(**dict(zip(names, table.T, strict=True)))
