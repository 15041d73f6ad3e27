"""Scores as a weighted mean of named components in [0, 1]; what is not known is neutral and says so."""

from __future__ import annotations

import numpy as np

from telemachy.core.matching.features import EVERYBODY, Bools, Features, Matrix, Some, Sparse
from telemachy.core.matching.problem import Component, SeniorityRule, Weights

#: The value of a component that cannot be known.
NEUTRAL = 0.5

#: Levels between mentor and learner that score best, and the distance from there that scores nothing:
#: near enough to remember the learner's place, far enough to see beyond it.
IDEAL_GAP, GAP_TOLERANCE = 2, 4

#: Shared working hours a week beyond which more do not help.
ENOUGH_HOURS = 20

#: A shared language that is not the learner's first.
SECOND_LANGUAGE = 0.5


class Scorer:
    """The components of a problem, evaluated for blocks of learners and mentors."""

    def __init__(self, features: Features) -> None:
        self._features = features
        self.wanted_by_learner, self.wanted_by_mentor = _wishes(features)
        self.learner_says = (self.wanted_by_learner.sum(axis=1) > 0).astype(np.float32)
        self.mentor_says = (self.wanted_by_mentor.sum(axis=0) > 0).astype(np.float32)
        self.typical_likeness = self._mean_likeness()

    def values(self, rows: Some, columns: Some = EVERYBODY) -> Matrix:
        """Return the components, NaN where not known, shape (n_components, n_rows, n_columns)."""
        skills = self._skills(rows, columns)
        goals = self._goals(rows, columns)
        preferences = self._preferences(rows, columns)
        found = self.values_by_kind(rows, columns)
        found |= {Component.SKILLS: skills, Component.GOALS: goals, Component.PREFERENCES: preferences}
        return np.stack([found[component] for component in Component])

    def values_by_kind(self, rows: Some, columns: Some = EVERYBODY) -> dict[Component, Matrix]:
        """Return the components that depend on few kinds of people, each of shape (n_rows, n_columns)."""
        return {
            Component.SENIORITY: self._seniority(rows, columns),
            Component.FUNCTION: self._function(rows, columns),
            Component.HOURS: self._hours(rows, columns),
            Component.LANGUAGES: self._languages(rows, columns),
            Component.STYLE: self._style(rows, columns),
        }

    def _skills(self, rows: Some, columns: Some) -> Matrix:
        """Share of the skills sought that the mentor offers."""
        skills = self._features.skills
        n_sought = np.maximum(self._features.learners.skills.n_each()[rows], 1)[:, None].astype(np.float32)
        return _where_known(skills.product(rows, columns) / n_sought, skills.known(rows, columns))

    def _seniority(self, rows: Some, columns: Some) -> Matrix:
        """Nearness of the gap in levels to the ideal one; reversed in reverse mentoring."""
        gap = self._features.seniority_gap(rows, columns)
        if self._features.problem.rules.seniority is SeniorityRule.MENTOR_BELOW:
            gap = -gap
        return np.clip(1 - np.abs(gap - IDEAL_GAP) / GAP_TOLERANCE, 0, 1).astype(np.float32)

    def _function(self, rows: Some, columns: Some) -> Matrix:
        """1 across functions, 0 within one."""
        return 1 - self._features.same_function(rows, columns)

    def _hours(self, rows: Some, columns: Some) -> Matrix:
        """Shared hours, full at enough of them."""
        return np.minimum(self._features.overlap_hours(rows, columns) / np.float32(ENOUGH_HOURS), 1)

    def _languages(self, rows: Some, columns: Some) -> Matrix:
        """1 where the mentor speaks the learner's first language, less for another shared one."""
        shared = self._features.shares_language(rows, columns) * np.float32(SECOND_LANGUAGE)
        return np.maximum(shared, self._features.shares_first_language(rows, columns))

    def _style(self, rows: Some, columns: Some) -> Matrix:
        """1 where the style sought is the mentor's."""
        return self._features.same_style(rows, columns)

    def _goals(self, rows: Some, columns: Some) -> Matrix:
        """Likeness c of the two texts as c / (c + typical): a typical pair of this pool scores 0.5."""
        goals = self._features.goals
        likeness = np.clip(goals.product(rows, columns), 0, 1)
        if self.typical_likeness:
            scaled = likeness / (likeness + np.float32(self.typical_likeness))
        else:
            scaled = np.full_like(likeness, NEUTRAL)
        return _where_known(scaled, goals.known(rows, columns))

    def _preferences(self, rows: Some, columns: Some) -> Matrix:
        """Mean over the sides that named anybody: 1 if they named this one."""
        wanted = (
            self.wanted_by_learner[rows][:, columns] + self.wanted_by_mentor[rows][:, columns]
        ).toarray()
        n_sides = self.learner_says[rows][:, None] + self.mentor_says[columns][None, :]
        return _where_known(wanted / np.maximum(n_sides, 1), n_sides > 0)

    def _mean_likeness(self) -> float:
        """Return the mean likeness over all pairs with two texts: the dot product of the two sums."""
        goals = self._features.goals
        n_pairs = int((np.diff(goals.learners.indptr) > 0).sum()) * int(
            (np.diff(goals.mentors.indptr) > 0).sum()
        )
        total = goals.learners.sum(axis=0, dtype=np.float64) @ goals.mentors.sum(axis=0, dtype=np.float64)
        return float(total) / n_pairs if n_pairs else 0.0


def combine(values: Matrix, weights: Weights) -> Matrix:
    """Return the weighted mean of the components, the neutral value where one is not known.

    Parameters
    ----------
    values : float32 (n_components, ...), NaN where not known
    """
    score = np.zeros(values.shape[1:], dtype=np.float32)
    for at, share in enumerate(weights.shares().values()):
        if share:
            score += np.float32(share) * np.nan_to_num(values[at], nan=NEUTRAL)
    return np.clip(score, 0, 1)


def _where_known(values: Matrix, known: Bools) -> Matrix:
    return np.where(known, values, np.nan).astype(np.float32)


def _wishes(features: Features) -> tuple[Sparse, Sparse]:
    learners, mentors = features.learners, features.mentors
    by_learner = ((learners.keys[at], key) for at, key in learners.preferred)
    by_mentor = ((key, mentors.keys[at]) for at, key in mentors.preferred)
    return features.pair_matrix(by_learner), features.pair_matrix(by_mentor)
