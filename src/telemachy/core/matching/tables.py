"""What the compiled loop of `ranking` reads: a problem's scores and rules as tables, in either direction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from telemachy.core.matching import blocks, scoring
from telemachy.core.matching.columns import Codes, Ints, Side
from telemachy.core.matching.eligibility import Rule, Screen
from telemachy.core.matching.features import Features, Matrix, Sparse
from telemachy.core.matching.problem import Component

#: A term that more than this share of the columns have is added column by column, not from a list.
DENSE_SHARE = 0.08

#: Cells of such dense terms (4 bytes each).
MOST_DENSE_CELLS = 50_000_000

#: Cells (4 bytes each) of the tables of one block; while they are made, they take several times that.
TABLE_CELLS = 4_000_000

LEVELS = ((Component.SENIORITY, Component.FUNCTION, Component.STYLE), (Rule.SENIORITY,))
PLACES = ((Component.HOURS, Component.LANGUAGES), (Rule.HOURS, Rule.LANGUAGE))
Indices = npt.NDArray[np.uint32]
TableOf = Callable[[Ints, Ints], Matrix]
ADDING = (Component.SKILLS, Component.GOALS, Component.PREFERENCES)


class Csr(NamedTuple):
    """Row i holds `value[indptr[i]:indptr[i + 1]]` at the places `place` of the same range."""

    indptr: Ints
    place: Indices
    value: Matrix


class Kinds(NamedTuple):
    """Part of a score that depends on the kinds of both: `table[row_kind[i], column_kind[j]]`."""

    table: Matrix
    row_kind: Ints
    column_kind: Indices


class Shared(NamedTuple):
    """A part of a score that adds up over terms: who of the rows has which, who of the columns has it.

    Terms that many columns have stand in `dense`, one row each; `dense_row` gives that row, -1 for others.
    """

    rows: Csr
    columns: Csr
    dense_row: Ints
    dense: Matrix


class Curve(NamedTuple):
    """Turns a likeness c into `weight * c / (c + typical)`."""

    weight: np.float32
    typical: np.float32


@dataclass(frozen=True, slots=True, eq=False)
class _Kinds:
    """The kind of each person, and one person of each kind."""

    of: Ints
    example: Ints

    def __len__(self) -> int:
        return len(self.example)


class Pool:
    """A problem with its features, rules and scores made ready."""

    def __init__(self, features: Features) -> None:
        self.features = features
        self.screen = Screen(features)
        self.scorer = scoring.Scorer(features)
        self.shares = features.problem.weights.shares()
        learner_says, mentor_says = self.scorer.says
        self.levels = _levels(features.learners, learner_says), _levels(features.mentors, mentor_says)
        self.places = _places(features.learners), _places(features.mentors)

    def table(
        self, part: tuple[Sequence[Component], Sequence[Rule]], learners: Ints, mentors: Ints
    ) -> Matrix:
        """Return the weighted sum of some components, -inf where a rule forbids, (n_learners, n_mentors)."""
        components, rules = part
        total = np.zeros((len(learners), len(mentors)), dtype=np.float32)
        for component in components:
            total += self._weighed(component, self.scorer.value(component, learners, mentors))
        for rule in rules:
            if rule in self.screen.by_kind:
                total[self.screen.by_kind[rule](learners, mentors)] = -np.inf
        return total

    def levels_table(self, learners: Ints, mentors: Ints) -> Matrix:
        """Return the part of the score that depends on levels, functions and styles, and on what is known."""
        total = self.table(LEVELS, learners, mentors)
        for component in ADDING:
            total += self._weighed(component, self.scorer.with_nothing_shared(component, learners, mentors))
        return total

    def scores(self, learners: Ints) -> Matrix:
        """Return the score of some learners with everybody, -inf where not eligible, (n, n_mentors)."""
        score = self.combined(self.scorer.values(learners))
        return np.where(self.screen.eligible(learners), score, np.float32(-np.inf))

    def locked_pairs(self) -> tuple[Codes, Codes, Matrix]:
        """Return learner, mentor and score of the pairs that are locked, shape (n_locked,) each."""
        kept = self.kept()
        learner = np.flatnonzero(kept >= 0)
        score = [
            self.combined(self.scorer.values(learner[[at]], kept[learner[[at]]]))[0, 0]
            for at in range(len(learner))
        ]
        return (
            learner.astype(np.int32),
            kept[learner].astype(np.int32),
            np.array(score, dtype=np.float32),
        )

    def kept(self) -> Ints:
        """Return the mentor of each locked learner, -1 for others, shape (n_learners,)."""
        features = self.features
        kept = np.full(features.n_learners, -1, dtype=np.int64)
        for learner, mentor in features.problem.locked:
            kept[features.learner_of[learner]] = features.mentor_of[mentor]
        return kept

    def combined(self, values: Matrix) -> Matrix:
        """Return the score of pairs whose components are `values`, (n_components, ...)."""
        return scoring.combine(values, self.features.problem.weights)

    def fingerprint(self, settings: Mapping[str, object]) -> str:
        """Return a text that changes with everything that the scores and rules of this pool depend on."""
        features, problem = self.features, self.features.problem
        arrays: list[npt.NDArray[np.generic]] = [features.quarters, features.speaks, features.speaks_first]
        for side in (features.learners, features.mentors):
            arrays += [side.seniority, side.function, side.style, side.week, side.languages, side.capacity]
            for lists in (side.skills, side.words):
                arrays += [lists.indptr, lists.code, lists.count]
        for matrix in (self.scorer.wishes, self.screen.kept_apart()):
            arrays += [matrix.indptr, matrix.indices, matrix.data]
        decided = {"weights": problem.weights.as_dict(), "rules": problem.rules.as_dict()}
        return blocks.fingerprint(arrays, {**decided, "seed": problem.seed, **settings})

    def _weighed(self, component: Component, values: Matrix) -> Matrix:
        return np.float32(self.shares[component]) * np.nan_to_num(values, nan=scoring.NEUTRAL)


class Direction:
    """Scores of one side's people (rows) against everybody of the other side (columns).

    Parameters
    ----------
    pool : Pool
    from_mentors : bool
        Whether the rows are the mentors and the columns the learners; else the other way round.
    """

    def __init__(self, pool: Pool, *, from_mentors: bool = False) -> None:
        self._pool, self._from_mentors = pool, from_mentors
        features, screen = pool.features, pool.screen
        near, far = (1, 0) if from_mentors else (0, 1)
        self._row_levels, self._column_levels = pool.levels[near], pool.levels[far]
        self._row_places, self._column_places = pool.places[near], pool.places[far]
        # Columns of one kind stand together, so that the loop reads the tables in order.
        self.order = np.lexsort((self._column_levels.of, self._column_places.of))
        self._goal_weight = np.float32(pool.shares[Component.GOALS])
        skill_weight = np.float32(pool.shares[Component.SKILLS])
        sought, offered = features.skills.learners * skill_weight, features.skills.mentors
        self._skills = self._shared(*((offered, sought) if from_mentors else (sought, offered)))
        texts = features.goals.learners, features.goals.mentors
        self._goals = self._shared(texts[near], texts[far])
        self._pairs = self._single_pairs()
        no_seats = np.where(screen.no_seats, np.float32(np.inf), np.float32(0))
        self.closed = np.zeros(features.n_learners, dtype=np.float32) if from_mentors else no_seats

    @property
    def block_size(self) -> int:
        """Rows to be worked on at a time, so that the tables of a block stay within their memory."""
        n_kinds = len(self._column_levels) + len(self._column_places)
        return min(max(TABLE_CELLS // n_kinds, 16), 4096)

    def best(self, rows: Ints, k: int, cost: Matrix | None = None) -> tuple[Ints, Matrix, Ints]:
        """Return the k best columns of each row, best first, their scores, and how many are possible.

        Parameters
        ----------
        rows : int64 (n_rows,)
        cost : float32 (n_columns,), optional
            Taken off the scores of each column while the best are looked for, and not in the result.

        Returns
        -------
        int64 (n_rows, k), -1 where fewer are possible; float32 (n_rows, k), -inf there; int64 (n_rows,)
        """
        from telemachy.core.matching import ranking  # compiles: only when candidates are asked for

        taken_off = self.closed if cost is None else self.closed + cost
        found, score, n_possible = ranking.best_columns(
            rows,
            k,
            self._kinds(self._row_levels, self._column_levels, rows, self._pool.levels_table),
            self._kinds(
                self._row_places, self._column_places, rows, lambda *who: self._pool.table(PLACES, *who)
            ),
            self._skills,
            self._goals,
            Curve(self._goal_weight, np.float32(self._pool.scorer.typical_likeness or 1)),
            self._pairs,
            taken_off[self.order],
            self._pool.features.problem.seed,
        )
        column = np.where(found >= 0, self.order[found], -1)
        score = score + np.where(found >= 0, taken_off[column], np.float32(0))
        best_first = np.lexsort((column, -score))
        return (
            np.take_along_axis(column, best_first, axis=1),
            np.take_along_axis(score, best_first, axis=1),
            n_possible,
        )

    def _kinds(self, row_kinds: _Kinds, column_kinds: _Kinds, rows: Ints, table: TableOf) -> Kinds:
        kinds, row_kind = np.unique(row_kinds.of[rows], return_inverse=True)
        near, far = row_kinds.example[kinds], column_kinds.example
        filled = table(far, near).T if self._from_mentors else table(near, far)
        return Kinds(np.ascontiguousarray(filled), row_kind, column_kinds.of[self.order].astype(np.uint32))

    def _shared(self, rows: Sparse, columns: Sparse) -> Shared:
        by_term: Sparse = columns[self.order].T.tocsr()
        by_term.eliminate_zeros()
        n_each, n_columns = np.diff(by_term.indptr), by_term.shape[1]
        often = np.argsort(-n_each, kind="stable")[: MOST_DENSE_CELLS // max(n_columns, 1)]
        often = often[n_each[often] > DENSE_SHARE * n_columns]
        dense_row = np.full(len(n_each), -1, dtype=np.int64)
        dense_row[often] = np.arange(len(often))
        return Shared(_csr(rows), _csr(by_term), dense_row, by_term[often].toarray())

    def _single_pairs(self) -> Csr:
        wishes = self._pool.scorer.wishes * np.float32(self._pool.shares[Component.PREFERENCES])
        apart = self._pool.screen.kept_apart()
        apart.data[:] = -np.inf
        pairs = wishes + apart
        turned = pairs.T.tocsr() if self._from_mentors else pairs
        return _csr(turned[:, self.order])


def _csr(matrix: Sparse) -> Csr:
    return Csr(
        matrix.indptr.astype(np.int64), matrix.indices.astype(np.uint32), matrix.data.astype(np.float32)
    )


def _levels(side: Side, says: Codes) -> _Kinds:
    has_skills, has_words = side.skills.n_each() > 0, side.words.n_each() > 0
    return _kinds_of(side.seniority, side.function, side.style, has_skills, has_words, says)


def _places(side: Side) -> _Kinds:
    return _kinds_of(side.week, side.languages)


def _kinds_of(*columns: npt.NDArray[np.generic]) -> _Kinds:
    """Number the combinations of values that occur."""
    combined = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        codes = column.astype(np.int64)
        combined = combined * (int(codes.max(initial=0)) + 1) + codes
    _, example, of = np.unique(combined, return_index=True, return_inverse=True)
    return _Kinds(of, example)
