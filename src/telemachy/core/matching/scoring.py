"""Scores as a weighted mean of named components in [0, 1]; what is not known is neutral and says so."""

from __future__ import annotations

import numpy as np

from telemachy.core.matching.features import Bools, Features, Matrix, Sparse
from telemachy.core.matching.problem import SeniorityRule, Weights

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
    """The components of a problem, evaluated for blocks of learners."""

    def __init__(self, features: Features) -> None:
        self._features = features
        self._wanted_by_learner, self._wanted_by_mentor = _wishes(features)
        self._learner_says = (self._wanted_by_learner.sum(axis=1) > 0).astype(np.float32)
        self._mentor_says = (self._wanted_by_mentor.sum(axis=0) > 0).astype(np.float32)
        self._typical_likeness = self._mean_likeness()

    def values(self, rows: slice) -> Matrix:
        """Return the components, NaN where not known, shape (n_components, n_rows, n_mentors)."""
        return np.stack(
            [
                self._skills(rows),
                self._seniority(rows),
                self._function(rows),
                np.minimum(self._features.overlap_hours(rows) / ENOUGH_HOURS, 1),
                self._languages(rows),
                self._goals(rows),
                self._style(rows),
                self._preferences(rows),
            ]
        )

    def _skills(self, rows: slice) -> Matrix:
        """Share of the skills sought that the mentor offers."""
        skills = self._features.skills
        n_sought = np.maximum(skills.n_learner_terms[rows], 1)[:, None].astype(np.float32)
        return _where_known(skills.shared(rows) / n_sought, ~skills.unknown(rows))

    def _seniority(self, rows: slice) -> Matrix:
        """Nearness of the gap in levels to the ideal one; reversed in reverse mentoring."""
        gap = self._features.seniority_gap(rows)
        if self._features.problem.rules.seniority is SeniorityRule.MENTOR_BELOW:
            gap = -gap
        return np.clip(1 - np.abs(gap - IDEAL_GAP) / GAP_TOLERANCE, 0, 1).astype(np.float32)

    def _function(self, rows: slice) -> Matrix:
        """1 across functions, 0 within one."""
        functions = self._features.functions
        return _where_known(1 - functions.shared(rows), ~functions.unknown(rows))

    def _languages(self, rows: slice) -> Matrix:
        """1 where the mentor speaks the learner's first language, less for another shared one."""
        spoken = self._features.languages
        best = np.where(spoken.shared(rows) > 0, np.float32(SECOND_LANGUAGE), np.float32(0))
        first = self._features.first_language.shared(rows) > 0
        return _where_known(np.where(first, np.float32(1), best), ~spoken.unknown(rows))

    def _goals(self, rows: slice) -> Matrix:
        """Likeness c of the two texts as c / (c + typical): a typical pair of this pool scores 0.5."""
        likeness = self._likeness(rows)
        if self._typical_likeness == 0:
            return np.where(np.isnan(likeness), np.nan, np.float32(NEUTRAL)).astype(np.float32)
        scaled: Matrix = (likeness / (likeness + self._typical_likeness)).astype(np.float32)
        return scaled

    def _style(self, rows: slice) -> Matrix:
        """1 where the style sought is the mentor's."""
        return _where_known(self._features.styles.shared(rows), ~self._features.styles.unknown(rows))

    def _preferences(self, rows: slice) -> Matrix:
        """Mean over the sides that named anybody: 1 if they named this one."""
        wanted = self._wanted_by_learner[rows].toarray() + self._wanted_by_mentor[rows].toarray()
        n_sides = self._learner_says[rows][:, None] + self._mentor_says[None, :]
        return _where_known(wanted / np.maximum(n_sides, 1), n_sides > 0)

    def _likeness(self, rows: slice) -> Matrix:
        vectors = self._features.words
        likeness = (vectors.learners[rows] @ vectors.mentors.T).toarray()
        has_text = np.diff(vectors.learners.indptr)[rows] > 0
        known = has_text[:, None] & (np.diff(vectors.mentors.indptr) > 0)[None, :]
        return _where_known(np.clip(likeness, 0, 1), known)

    def _mean_likeness(self) -> float:
        """Return the mean likeness over all pairs with two texts: the dot product of the two sums."""
        vectors = self._features.words
        n_pairs = (np.diff(vectors.learners.indptr) > 0).sum() * (np.diff(vectors.mentors.indptr) > 0).sum()
        total = float(vectors.learners.sum(axis=0) @ vectors.mentors.sum(axis=0))
        return total / int(n_pairs) if n_pairs else 0.0


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
    problem = features.problem
    by_learner = [(p.key, key) for p in problem.learners for key in p.preferred]
    by_mentor = [(key, p.key) for p in problem.mentors for key in p.preferred]
    return features.pair_matrix(by_learner), features.pair_matrix(by_mentor)
