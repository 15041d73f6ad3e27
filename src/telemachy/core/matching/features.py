"""A pool turned into arrays once, so that rules and scores are array arithmetic over blocks of people."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from telemachy.core.matching.columns import UNKNOWN, Codes, Ints, Lists, Reader
from telemachy.core.matching.problem import Problem, index
from telemachy.core.matching.words import Rarity

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Matrix = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]
#: People of one side by position.
Some = slice | Ints
EVERYBODY = slice(None)
Sparse: TypeAlias = "csr_array[np.float32, tuple[int, int]]"


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """A feature with many terms a person: a sparse matrix (people, terms) for each side.

    Skills: each one sought is an equal part of 1, each one offered 1, so that the product is the share of
    those sought. Words of the goals: unit vectors, so that the product is the cosine.
    """

    learners: Sparse
    mentors: Sparse

    def product(self, rows: Some, columns: Some = EVERYBODY) -> Matrix:
        """Return the dot product of each learner with each mentor, shape (n_rows, n_columns)."""
        found: Matrix = (self.learners[rows] @ self.mentors[columns].T).toarray()
        return found

    def known(self, rows: Some, columns: Some = EVERYBODY) -> Bools:
        """Tell where both sides have terms, shape (n_rows, n_columns)."""
        learner_has, mentor_has = np.diff(self.learners.indptr) > 0, np.diff(self.mentors.indptr) > 0
        known: Bools = learner_has[rows][:, None] & mentor_has[columns][None, :]
        return known


class Features:
    """Everything about a pool that rules and scores need, as arrays.

    The profiles of the problem are gone through once and not kept here.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        reader = Reader(problem.reference_date)
        self.learners = reader.read(problem.learners, lambda person: person.skills_sought)
        self.mentors = reader.read(problem.mentors, lambda person: person.skills_offered)
        self.n_learners, self.n_mentors = len(self.learners), len(self.mentors)
        self.learner_of = index(self.learners.keys, "learner")
        self.mentor_of = index(self.mentors.keys, "mentor")
        n_skills = len(reader.skills)
        self.skills = Terms(
            _sparse(self.learners.skills, n_skills, _equal_parts(self.learners.skills)),
            _sparse(self.mentors.skills, n_skills, np.ones(len(self.mentors.skills.code), dtype=np.float32)),
        )
        self.words = Rarity(reader.word_code_of, (self.learners.words, self.mentors.words))
        n_words = len(reader.word_code_of)
        self.goals = Terms(
            _sparse(self.learners.words, n_words, self.words.unit_vectors(self.learners.words)),
            _sparse(self.mentors.words, n_words, self.words.unit_vectors(self.mentors.words)),
        )
        self.quarters = reader.weeks.quarters()
        self.speaks, self.speaks_first = _spoken(reader)

    def overlap_hours(self, rows: Some, columns: Some = EVERYBODY) -> Matrix:
        """Return shared working hours a week, NaN where a week is unknown, shape (n_rows, n_columns)."""

        def hours(one: Codes, other: Codes) -> Matrix:
            shared = self.quarters[one].astype(np.float32) @ self.quarters[other].astype(np.float32).T / 4
            return np.where(_both_known(one, other), shared, np.float32(np.nan))

        return by_kind(hours, self.learners.week[rows], self.mentors.week[columns])

    def hours_together(self, learners: Ints, mentors: Ints) -> Matrix:
        """Return shared working hours a week of single pairs, NaN where not known, shape (n_pairs,)."""
        one, other = self.learners.week[learners], self.mentors.week[mentors]
        shared = (self.quarters[one] & self.quarters[other]).sum(axis=1) / np.float32(4)
        known = (one != UNKNOWN) & (other != UNKNOWN)
        hours: Matrix = np.where(known, shared, np.nan).astype(np.float32)
        return hours

    def shares_language(self, rows: Some, columns: Some = EVERYBODY) -> Matrix:
        """Return 1 for a language in common, 0 for none, NaN where not known, shape (n_rows, n_columns)."""
        return by_kind(
            lambda one, other: self._common(self.speaks[one], one, other),
            self.learners.languages[rows],
            self.mentors.languages[columns],
        )

    def shares_first_language(self, rows: Some, columns: Some = EVERYBODY) -> Matrix:
        """Return 1 where the mentor speaks the learner's first language, else like `shares_language`."""
        return by_kind(
            lambda one, other: self._common(self.speaks_first[one], one, other),
            self.learners.languages[rows],
            self.mentors.languages[columns],
        )

    def seniority_gap(self, rows: Some, columns: Some = EVERYBODY) -> Matrix:
        """Return the mentor's level minus the learner's, NaN where unknown, shape (n_rows, n_columns)."""
        return by_kind(
            lambda one, other: _if_known(np.subtract.outer(other, one).T, one, other),
            self.learners.seniority[rows],
            self.mentors.seniority[columns],
        )

    def same_function(self, rows: Some, columns: Some = EVERYBODY) -> Matrix:
        """Return 1 for the same function, 0 for another, NaN where unknown, shape (n_rows, n_columns)."""
        return by_kind(_same, self.learners.function[rows], self.mentors.function[columns])

    def same_style(self, rows: Some, columns: Some = EVERYBODY) -> Matrix:
        """Return 1 for the same style, 0 for another, NaN where unknown, shape (n_rows, n_columns)."""
        return by_kind(_same, self.learners.style[rows], self.mentors.style[columns])

    def pair_matrix(self, pairs: Iterable[tuple[str, str]]) -> Sparse:
        """Return a sparse 0/1 matrix with 1 at those (learner key, mentor key) pairs that are in the pool."""
        from scipy.sparse import csr_array

        known = ((self.learner_of.get(one), self.mentor_of.get(other)) for one, other in pairs)
        found = np.array(
            [(one, other) for one, other in known if one is not None and other is not None], dtype=np.int64
        ).reshape(-1, 2)
        cells = np.unique(found[:, 0] * max(self.n_mentors, 1) + found[:, 1])
        places = (cells // max(self.n_mentors, 1), cells % max(self.n_mentors, 1))
        ones = np.ones(len(cells), dtype=np.float32)
        return csr_array((ones, places), shape=(self.n_learners, self.n_mentors))

    def _common(self, speaks: Matrix, one: Codes, other: Codes) -> Matrix:
        return _if_known(speaks @ self.speaks[other].T > 0, one, other)


def cells(pairs: Sparse, rows: Some, columns: Some) -> Matrix:
    """Return part of a sparse matrix of pairs in full, shape (n_rows, n_columns)."""
    part: Sparse = pairs[rows]
    found: Matrix = part.toarray()[:, columns]
    return found


def by_kind(values: Callable[[Codes, Codes], Matrix], one: Codes, other: Codes) -> Matrix:
    """Return values of all pairs where they depend on the kinds of both people alone.

    Parameters
    ----------
    values : gives the matrix (n, m) for n kinds of learners and m kinds of mentors; called once, for the
        kinds that occur
    one, other : the kind of each learner, shape (n_rows,), and of each mentor, shape (n_columns,)
    """
    kinds, kind_of = np.unique(one, return_inverse=True)
    other_kinds, other_kind_of = np.unique(other, return_inverse=True)
    return values(kinds, other_kinds).astype(np.float32)[:, other_kind_of][kind_of]


def _both_known(one: Codes, other: Codes) -> Bools:
    both: Bools = (one != UNKNOWN)[:, None] & (other != UNKNOWN)[None, :]
    return both


def _if_known(values: npt.NDArray[np.generic], one: Codes, other: Codes) -> Matrix:
    return np.where(_both_known(one, other), values.astype(np.float32), np.float32(np.nan))


def _same(one: Codes, other: Codes) -> Matrix:
    return _if_known(one[:, None] == other[None, :], one, other)


def _spoken(reader: Reader) -> tuple[Matrix, Matrix]:
    """Return for each kind which languages it speaks, and which one first, 0/1 (n_kinds, n_languages)."""
    speaks = np.zeros((len(reader.language_kinds), len(reader.spoken)), dtype=np.float32)
    first = np.zeros_like(speaks)
    for kind, codes in enumerate(reader.language_kinds):
        speaks[kind, list(codes)] = 1
        first[kind, list(codes[:1])] = 1
    return speaks, first


def _equal_parts(lists: Lists) -> Matrix:
    """Return for each code one part of the whole list, so that a full list sums to 1."""
    n_each = lists.n_each()
    parts: Matrix = (1 / np.repeat(n_each, n_each)).astype(np.float32)
    return parts


def _sparse(lists: Lists, n_codes: int, value: Matrix) -> Sparse:
    from scipy.sparse import csr_array

    return csr_array((value, lists.code, lists.indptr), shape=(len(lists.indptr) - 1, max(n_codes, 1)))
