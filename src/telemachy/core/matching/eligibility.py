"""Hard rules as named predicates over a pool, each able to say with facts why a pair is kept apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum

import numpy as np

from telemachy.core.matching.features import EVERYBODY, Bools, Features, Some, Sparse, cells
from telemachy.core.matching.problem import SeniorityRule
from telemachy.core.matching.reasons import Reason


class Rule(StrEnum):
    """Why a pair may be kept apart, in the order it is told."""

    SAME_PERSON = "same_person"
    FORBIDDEN = "forbidden"
    NO_SEATS = "no_seats"
    REPORTING_LINE = "reporting_line"
    LANGUAGE = "language"
    HOURS = "hours"
    SENIORITY = "seniority"


class Screen:
    """The hard rules of a problem, evaluated for blocks of learners or explained for one pair."""

    def __init__(self, features: Features) -> None:
        problem = features.problem
        self._features = features
        self._rules = problem.rules
        self.no_seats = features.mentors.capacity == 0
        self._same = features.pair_matrix((key, key) for key in features.mentors.keys)
        self._forbidden = features.pair_matrix(problem.forbidden)
        self._manager_of = managers(features) if problem.rules.outside_reporting_line else {}
        self._lines = features.pair_matrix(self._reporting_pairs())
        self.by_kind = self._rules_by_kind()

    def broken(self, rows: Some, columns: Some = EVERYBODY) -> dict[Rule, Bools]:
        """Return where each rule keeps learners of `rows` from mentors of `columns`, (n_rows, n_columns)."""
        found = {
            Rule.SAME_PERSON: cells(self._same, rows, columns) > 0,
            Rule.FORBIDDEN: cells(self._forbidden, rows, columns) > 0,
        }
        found[Rule.NO_SEATS] = np.broadcast_to(self.no_seats[columns], found[Rule.FORBIDDEN].shape)
        if self._rules.outside_reporting_line:
            found[Rule.REPORTING_LINE] = cells(self._lines, rows, columns) > 0
        return found | {rule: broken(rows, columns) for rule, broken in self.by_kind.items()}

    def _rules_by_kind(self) -> dict[Rule, Callable[[Some, Some], Bools]]:
        """Return the rules that depend on languages, weeks and levels alone, as far as they hold here."""
        features, rules = self._features, self._rules
        found: dict[Rule, Callable[[Some, Some], Bools]] = {}
        if rules.shared_language:
            found[Rule.LANGUAGE] = lambda one, other: features.shares_language(one, other) == 0
        if rules.min_overlap_hours > 0:
            least = rules.min_overlap_hours
            found[Rule.HOURS] = lambda one, other: features.overlap_hours(one, other) < least
        if rules.seniority is SeniorityRule.MENTOR_ABOVE:
            found[Rule.SENIORITY] = lambda one, other: features.seniority_gap(one, other) <= 0
        elif rules.seniority is SeniorityRule.MENTOR_BELOW:
            found[Rule.SENIORITY] = lambda one, other: features.seniority_gap(one, other) >= 0
        return found

    def kept_apart(self) -> Sparse:
        """Return the pairs that a rule about these two people keeps apart, sparse (n_learners, n_mentors)."""
        return self._same + self._forbidden + self._lines

    def eligible(self, rows: Some, columns: Some = EVERYBODY) -> Bools:
        """Return which pairs break no rule, shape (n_rows, n_columns)."""
        broken = self.broken(rows, columns)
        kept_apart = np.zeros_like(broken[Rule.SAME_PERSON])
        for where in broken.values():
            kept_apart |= where
        return ~kept_apart

    def why_not(self, learner: int, mentor: int) -> tuple[Reason, ...]:
        """Return why this pair is kept apart, with the facts; () where it is eligible."""
        return self.exclusions(learner).get(mentor, ())

    def exclusions(self, learner: int) -> dict[int, tuple[Reason, ...]]:
        """Return mentor -> why this learner is kept from them, for every mentor that is not eligible."""
        found: dict[int, list[Reason]] = {}
        for rule, where in self.broken(slice(learner, learner + 1)).items():
            for mentor in np.flatnonzero(where[0]).tolist():
                found.setdefault(mentor, []).append(self._reason(rule, learner, mentor))
        return {mentor: tuple(reasons) for mentor, reasons in sorted(found.items())}

    def _reporting_pairs(self) -> Iterator[tuple[str, str]]:
        """Yield (learner, mentor) of whom one is above the other."""
        features = self._features
        for key in features.learners.keys:
            for above in line_above(key, self._manager_of):
                yield key, above
        for key in features.mentors.keys:
            for above in line_above(key, self._manager_of):
                yield above, key

    def _reason(self, rule: Rule, learner: int, mentor: int) -> Reason:
        problem = self._features.problem
        one, other = problem.learners[learner], problem.mentors[mentor]
        facts: dict[str, object] = {"learner": one.key, "mentor": other.key}
        if rule is Rule.REPORTING_LINE:
            mentor_is_above = other.key in line_above(one.key, self._manager_of)
            facts |= {"above": other.key if mentor_is_above else one.key}
        elif rule is Rule.LANGUAGE:
            facts |= {"learner_languages": list(one.languages), "mentor_languages": list(other.languages)}
        elif rule is Rule.HOURS:
            hours = float(self._features.overlap_hours(slice(learner, learner + 1))[0, mentor])
            facts |= {"hours": hours, "least": self._rules.min_overlap_hours}
        elif rule is Rule.SENIORITY:
            facts |= {
                "learner_level": one.seniority,
                "mentor_level": other.seniority,
                "rule": self._rules.seniority.value,
            }
        return Reason(f"excluded_{rule.value}", facts)


def managers(features: Features) -> dict[str, str]:
    """Return person key -> manager key, of the pool and of those outside."""
    found = dict(features.problem.reporting_lines)
    for side in (features.learners, features.mentors):
        found |= {side.keys[at]: manager for at, manager in side.managers}
    return found


def line_above(key: str, manager_of: Mapping[str, str]) -> tuple[str, ...]:
    """Return the keys above a person, from the line manager to the top.

    A circle in the data (A reports to B, B to A) ends where it would begin again.
    """
    line: dict[str, None] = {}
    at = manager_of.get(key, "")
    while at and at not in line and at != key:
        line[at] = None
        at = manager_of.get(at, "")
    return tuple(line)
