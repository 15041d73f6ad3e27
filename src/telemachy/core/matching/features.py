"""A pool turned into arrays once, so that rules and scores are array arithmetic over blocks of learners."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from telemachy.core.matching import weeks, words
from telemachy.core.matching.problem import Problem, Profile, index

Matrix = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]
Sparse: TypeAlias = "csr_array[np.float32, tuple[int, int]]"


def plain(term: str) -> str:
    """Return a skill, function, style or language as it is compared: lower case, single spaces."""
    return " ".join(term.casefold().split())


def plain_set(terms: Iterable[str]) -> frozenset[str]:
    """Return the terms as they are compared, blank ones left out."""
    return frozenset(filter(None, map(plain, terms)))


@dataclass(frozen=True, slots=True, eq=False)
class Sides:
    """One feature of both sides: 0/1 incidence over a shared vocabulary, and how many terms each has."""

    learners: Sparse
    mentors: Sparse
    n_learner_terms: npt.NDArray[np.int64]
    n_mentor_terms: npt.NDArray[np.int64]

    def shared(self, rows: slice) -> Matrix:
        """Return how many terms the learners of `rows` share with each mentor, shape (n_rows, n_mentors)."""
        counts: Matrix = (self.learners[rows] @ self.mentors.T).toarray()
        return counts

    def unknown(self, rows: slice) -> Bools:
        """Tell where either side has no terms, shape (n_rows, n_mentors)."""
        unknown: Bools = (self.n_learner_terms[rows] == 0)[:, None] | (self.n_mentor_terms == 0)[None, :]
        return unknown


class Features:
    """Everything about a pool that rules and scores need, as arrays."""

    def __init__(self, problem: Problem) -> None:
        learners, mentors = problem.learners, problem.mentors
        self.problem = problem
        self.n_learners, self.n_mentors = len(learners), len(mentors)
        self.learner_of, self.mentor_of = index(learners, "learner"), index(mentors, "mentor")
        self.skills = self._sides(lambda p: p.skills_sought, lambda p: p.skills_offered)
        self.languages = self._sides(lambda p: p.languages, lambda p: p.languages)
        self.first_language = self._sides(lambda p: p.languages[:1], lambda p: p.languages)
        self.functions = self._sides(lambda p: (p.function,), lambda p: (p.function,))
        self.styles = self._sides(lambda p: (p.style,), lambda p: (p.style,))
        self.learner_weeks, self.learner_week_known = weeks.weeks_of(learners, problem.reference_date)
        self.mentor_weeks, self.mentor_week_known = weeks.weeks_of(mentors, problem.reference_date)
        self.learner_seniority = _seniorities(learners)
        self.mentor_seniority = _seniorities(mentors)
        self.words = words.Vectors([p.goals_text for p in learners], [p.goals_text for p in mentors])

    def _sides(
        self,
        learner_terms: Callable[[Profile], Iterable[str]],
        mentor_terms: Callable[[Profile], Iterable[str]],
    ) -> Sides:
        sought = [plain_set(learner_terms(p)) for p in self.problem.learners]
        offered = [plain_set(mentor_terms(p)) for p in self.problem.mentors]
        # Sorted, so that the order of a set never shows in a result.
        vocabulary = {term: at for at, term in enumerate(sorted(set().union(*sought, *offered)))}
        return Sides(
            _incidence(sought, vocabulary),
            _incidence(offered, vocabulary),
            np.array([len(terms) for terms in sought], dtype=np.int64),
            np.array([len(terms) for terms in offered], dtype=np.int64),
        )

    def overlap_hours(self, rows: slice) -> Matrix:
        """Return shared working hours a week, NaN where a week is unknown, shape (n_rows, n_mentors)."""
        hours = self.learner_weeks[rows] @ self.mentor_weeks.T / 4
        hours[~(self.learner_week_known[rows][:, None] & self.mentor_week_known[None, :])] = np.nan
        return hours.astype(np.float32)

    def seniority_gap(self, rows: slice) -> Matrix:
        """Return the mentor's level minus the learner's, NaN where unknown, shape (n_rows, n_mentors)."""
        return self.mentor_seniority[None, :] - self.learner_seniority[rows][:, None]

    def pair_matrix(self, pairs: Iterable[tuple[str, str]]) -> Sparse:
        """Return a sparse 0/1 matrix with 1 at those (learner key, mentor key) pairs that are in the pool."""
        known = sorted(
            {
                (self.learner_of[a], self.mentor_of[b])
                for a, b in pairs
                if a in self.learner_of and b in self.mentor_of
            }
        )
        rows, columns = [a for a, _ in known], [b for _, b in known]
        ones = np.ones(len(known), dtype=np.float32)
        return csr_array((ones, (rows, columns)), shape=(self.n_learners, self.n_mentors))


def _seniorities(profiles: tuple[Profile, ...]) -> Matrix:
    return np.array([np.nan if p.seniority is None else p.seniority for p in profiles], dtype=np.float32)


def _incidence(term_sets: list[frozenset[str]], vocabulary: Mapping[str, int]) -> Sparse:
    indptr = np.cumsum([0, *(len(terms) for terms in term_sets)])
    column = np.array([vocabulary[term] for terms in term_sets for term in sorted(terms)], dtype=np.int64)
    ones = np.ones(len(column), dtype=np.float32)
    return csr_array((ones, column, indptr), shape=(len(term_sets), max(len(vocabulary), 1)))
