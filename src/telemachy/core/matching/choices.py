"""Every mentor for one learner, for those who move somebody by hand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from telemachy.core.matching import scoring
from telemachy.core.matching.eligibility import Screen
from telemachy.core.matching.explain import Part, parts
from telemachy.core.matching.features import Features
from telemachy.core.matching.pairs import STEPS
from telemachy.core.matching.problem import Problem
from telemachy.core.matching.reasons import Reason


@dataclass(frozen=True, slots=True)
class Choice:
    """One mentor for the learner: the score with its parts, and which hard rules speak against the pair."""

    mentor: str
    score: float
    parts: tuple[Part, ...]
    against: tuple[Reason, ...]


def choices(problem: Problem, learner: str) -> tuple[Choice, ...]:
    """Return every mentor of the pool for one learner, the highest score first.

    Raises
    ------
    KeyError
        When the learner is not in the pool.
    BadInput
        For profiles that cannot be worked with.
    """
    features = Features(problem)
    at = features.learner_of[learner]
    row = slice(at, at + 1)
    values = scoring.Scorer(features).values(row)
    scores = np.rint(scoring.combine(values, problem.weights)[0].astype(np.float64) * STEPS) / STEPS
    against = Screen(features).exclusions(at)
    found = [
        Choice(
            mentor.key,
            float(scores[to]),
            parts(problem.weights.shares(), values[:, 0, to]),
            against.get(to, ()),
        )
        for to, mentor in enumerate(problem.mentors)
    ]
    return tuple(sorted(found, key=lambda choice: (-choice.score, choice.mentor)))
