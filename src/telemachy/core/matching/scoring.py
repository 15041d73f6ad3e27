"""Scores as a weighted mean of named components in [0, 1]; what is not known is neutral and says so."""

from __future__ import annotations

import numpy as np

from telemachy.core.matching.columns import Codes
from telemachy.core.matching.features import EVERYBODY, Bools, Features, Matrix, Some, Sparse, cells
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
    """The components of a problem, evaluated for blocks of learners and mentors.

    Five components depend on few kinds of people (levels, functions, weeks, languages, styles). The other
    three add up what the two people share: skills, words of their goals, and having named each other.
    """

    def __init__(self, features: Features) -> None:
        self._features = features
        self._learner_says, self._mentor_says, self.wishes = _wishes(features)
        self.typical_likeness = _mean_likeness(features)
        self._values = {
            Component.SKILLS: self._skills,
            Component.SENIORITY: self._seniority,
            Component.FUNCTION: self._function,
            Component.HOURS: self._hours,
            Component.LANGUAGES: self._languages,
            Component.GOALS: self._goals,
            Component.STYLE: features.same_style,
            Component.PREFERENCES: self._preferences,
        }

    def values(self, rows: Some, columns: Some = EVERYBODY) -> Matrix:
        """Return the components, NaN where not known, shape (n_components, n_rows, n_columns)."""
        return np.stack([self.value(component, rows, columns) for component in Component])

    def value(self, component: Component, rows: Some, columns: Some = EVERYBODY) -> Matrix:
        """Return one component, NaN where not known, shape (n_rows, n_columns)."""
        return self._values[component](rows, columns)

    def with_nothing_shared(self, component: Component, rows: Some, columns: Some = EVERYBODY) -> Matrix:
        """Return what a component that adds up starts from: 0 where known, else NaN, (n_rows, n_columns)."""
        known = {
            Component.SKILLS: self._features.skills.known,
            Component.GOALS: self._goals_known,
            Component.PREFERENCES: self._preferences_known,
        }[component](rows, columns)
        return np.where(known, np.float32(0), np.float32(np.nan))

    @property
    def says(self) -> tuple[Codes, Codes]:
        """Who of the learners and of the mentors named anybody of the pool, 0 or 1."""
        return self._learner_says, self._mentor_says

    def _skills(self, rows: Some, columns: Some) -> Matrix:
        """Share of the skills sought that the mentor offers."""
        skills = self._features.skills
        return _where_known(skills.product(rows, columns), skills.known(rows, columns))

    def _seniority(self, rows: Some, columns: Some) -> Matrix:
        """Nearness of the gap in levels to the ideal one; reversed in reverse mentoring."""
        gap = self._features.seniority_gap(rows, columns)
        if self._features.problem.rules.seniority is SeniorityRule.MENTOR_BELOW:
            gap = -gap
        near: Matrix = np.clip(1 - np.abs(gap - IDEAL_GAP) / np.float32(GAP_TOLERANCE), 0, 1)
        return near

    def _function(self, rows: Some, columns: Some) -> Matrix:
        """1 across functions, 0 within one."""
        return np.float32(1) - self._features.same_function(rows, columns)

    def _hours(self, rows: Some, columns: Some) -> Matrix:
        """Shared hours, full at enough of them."""
        hours = self._features.overlap_hours(rows, columns)
        enough: Matrix = np.minimum(hours / np.float32(ENOUGH_HOURS), 1)
        return enough

    def _languages(self, rows: Some, columns: Some) -> Matrix:
        """1 where the mentor speaks the learner's first language, less for another shared one."""
        shared = self._features.shares_language(rows, columns) * np.float32(SECOND_LANGUAGE)
        best: Matrix = np.maximum(shared, self._features.shares_first_language(rows, columns))
        return best

    def _goals(self, rows: Some, columns: Some) -> Matrix:
        """Likeness c of the two texts as c / (c + typical): a typical pair of this pool scores 0.5."""
        if not self.typical_likeness:
            return self.with_nothing_shared(Component.GOALS, rows, columns)
        likeness = self._features.goals.product(rows, columns)
        scaled = likeness / (likeness + np.float32(self.typical_likeness))
        return _where_known(scaled, self._goals_known(rows, columns))

    def _goals_known(self, rows: Some, columns: Some) -> Bools:
        """Tell where both have words, in a pool where any two texts share one that not every text has."""
        return self._features.goals.known(rows, columns) & (self.typical_likeness > 0)

    def _preferences(self, rows: Some, columns: Some) -> Matrix:
        """Mean over the sides that named anybody: 1 if they named this one."""
        named = cells(self.wishes, rows, columns)
        return _where_known(named, self._preferences_known(rows, columns))

    def _preferences_known(self, rows: Some, columns: Some) -> Bools:
        known: Bools = (self._learner_says[rows][:, None] + self._mentor_says[columns][None, :]) > 0
        return known


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


def _wishes(features: Features) -> tuple[Codes, Codes, Sparse]:
    """Return who named anybody of the pool, and for each pair the share of those sides that named it."""
    learners, mentors = features.learners, features.mentors
    by_learner = features.pair_matrix((learners.keys[at], key) for at, key in learners.preferred)
    by_mentor = features.pair_matrix((key, mentors.keys[at]) for at, key in mentors.preferred)
    learner_says = (by_learner.sum(axis=1) > 0).astype(np.int32)
    mentor_says = (by_mentor.sum(axis=0) > 0).astype(np.int32)
    wishes = by_learner + by_mentor
    row = np.repeat(np.arange(features.n_learners), np.diff(wishes.indptr))
    wishes.data /= (learner_says[row] + mentor_says[wishes.indices]).astype(np.float32)
    return learner_says, mentor_says, wishes


def _mean_likeness(features: Features) -> float:
    """Return the mean likeness over all pairs with two texts: the dot product of the two sums."""
    learners, mentors = features.goals.learners, features.goals.mentors
    n_pairs = int((np.diff(learners.indptr) > 0).sum()) * int((np.diff(mentors.indptr) > 0).sum())
    total = learners.sum(axis=0, dtype=np.float64) @ mentors.sum(axis=0, dtype=np.float64)
    return float(total) / n_pairs if n_pairs else 0.0
