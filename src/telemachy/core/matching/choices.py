"""What can be said of single pairs, for those who move somebody by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar

import numpy as np

from telemachy.core.matching import scoring
from telemachy.core.matching.eligibility import Screen
from telemachy.core.matching.explain import Part, parts
from telemachy.core.matching.features import Features, Matrix
from telemachy.core.matching.pairs import STEPS, Floats, Ints
from telemachy.core.matching.problem import Problem
from telemachy.core.matching.reasons import Reason


@dataclass(frozen=True, slots=True)
class Choice:
    """One mentor for the learner: the score with its parts, and which hard rules speak against the pair."""

    mentor: str
    score: float
    parts: tuple[Part, ...]
    against: tuple[Reason, ...]


class Standing(NamedTuple):
    """One mentor for the learner as `Choice`, without the parts of the score."""

    mentor: str
    score: float
    against: tuple[Reason, ...]


def standings(problem: Problem, learner: str) -> tuple[Standing, ...]:
    """Return every mentor of the pool for one learner, the highest score first: a list to choose from.

    Raises as `choices` does, which says more and takes longer.
    """
    desk = _Desk(problem)
    return _best_first(desk.standings(desk.features.learner_of[learner]))


def choices(problem: Problem, learner: str) -> tuple[Choice, ...]:
    """Return every mentor of the pool for one learner, the highest score first, with the parts of the score.

    Raises
    ------
    KeyError
        When the learner is not in the pool.
    BadInput
        For profiles that cannot be worked with.
    """
    desk = _Desk(problem)
    everybody = np.arange(desk.features.n_mentors)
    return _best_first(desk.choices(desk.features.learner_of[learner], everybody))


def pair_choices(problem: Problem, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Choice]:
    """Return what there is to say of single pairs (learner key, mentor key). Raises as `choices` does."""
    desk = _Desk(problem)
    mentors_of: dict[str, list[str]] = {}
    for learner, mentor in wanted:
        mentors_of.setdefault(learner, []).append(mentor)
    found = {}
    for learner, mentors in mentors_of.items():
        at = np.array([desk.features.mentor_of[mentor] for mentor in mentors])
        for choice in desk.choices(desk.features.learner_of[learner], at):
            found[learner, choice.mentor] = choice
    return found


def peer_choices(problem: Problem, person: str) -> tuple[Choice, ...]:
    """Return everybody else of a pool of peers for one, the highest mean of both directions first.

    `parts` are those of the others as helpers; what speaks against either direction speaks against the pair.
    Raises as `choices` does.
    """
    desk = _Desk(problem)
    me = desk.features.learner_of[person]
    others = np.array([at for at in range(desk.features.n_mentors) if at != me], dtype=np.int64)
    back = desk.scores(others, np.array([me]))[:, 0]
    forbidden = {one for one, other in problem.forbidden if other == person}
    found = []
    for choice, score in zip(desk.choices(me, others), back.tolist(), strict=True):
        against = {reason.code: reason for reason in choice.against}
        if choice.mentor in forbidden:
            against["excluded_forbidden"] = Reason(
                "excluded_forbidden", {"learner": person, "mentor": choice.mentor}
            )
        mean = round((choice.score + score) / 2, 4)
        found.append(replace(choice, score=mean, against=tuple(against.values())))
    return _best_first(found)


Found = TypeVar("Found", Choice, Standing)


class _Desk:
    """A pool laid out so that single pairs can be looked at."""

    def __init__(self, problem: Problem) -> None:
        self.features = Features(problem)
        self._problem, self._shares = problem, problem.weights.shares()
        self._scorer, self._screen = scoring.Scorer(self.features), Screen(self.features)

    def scores(self, learners: Ints, mentors: Ints) -> Floats:
        """Return the scores of some learners with some mentors, shape (n_learners, n_mentors)."""
        return self._rounded(self._scorer.values(learners, mentors))

    def standings(self, learner: int) -> list[Standing]:
        """Return all mentors for one learner, in the order of the pool."""
        scores = self.scores(np.array([learner]), np.arange(self.features.n_mentors))[0].tolist()
        against = self._screen.exclusions(learner)
        keys = self.features.mentors.keys
        return [Standing(key, scores[at], against.get(at, ())) for at, key in enumerate(keys)]

    def choices(self, learner: int, mentors: Ints) -> list[Choice]:
        """Return some mentors for one learner, in the order given."""
        values = self._scorer.values(np.array([learner]), mentors)
        scores, against = self._rounded(values)[0], self._screen.exclusions(learner)
        return [
            Choice(
                self.features.mentors.keys[mentor],
                float(scores[at]),
                parts(self._shares, values[:, 0, at]),
                against.get(mentor, ()),
            )
            for at, mentor in enumerate(mentors.tolist())
        ]

    def _rounded(self, values: Matrix) -> Floats:
        combined = scoring.combine(values, self._problem.weights).astype(np.float64)
        rounded: Floats = np.rint(combined * STEPS) / STEPS
        return rounded


def _best_first(found: Iterable[Found]) -> tuple[Found, ...]:
    return tuple(sorted(found, key=lambda choice: (-choice.score, choice.mentor)))
