"""Hard rules as named predicates over a pool, each able to say with facts why a pair is kept apart."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from telemachy.core.matching.features import Features
from telemachy.core.matching.problem import Problem, SeniorityRule
from telemachy.core.matching.reasons import Reason

Bools = npt.NDArray[np.bool_]


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
        self._same = features.pair_matrix(
            (key, key) for key in features.learner_of if key in features.mentor_of
        )
        self._forbidden = features.pair_matrix(problem.forbidden)
        self._no_seats = np.array([mentor.capacity == 0 for mentor in problem.mentors], dtype=bool)
        self._managers = managers_above(problem) if problem.rules.outside_reporting_line else {}
        lines = [(below, above) for below, line in self._managers.items() for above in line]
        self._lines = features.pair_matrix([*lines, *((above, below) for below, above in lines)])

    def broken(self, rows: slice) -> dict[Rule, Bools]:
        """Return where each rule keeps learners of `rows` from mentors, each of shape (n_rows, n_mentors)."""
        features, rules = self._features, self._rules
        found = {
            Rule.SAME_PERSON: self._same[rows].toarray() > 0,
            Rule.FORBIDDEN: self._forbidden[rows].toarray() > 0,
        }
        shape = found[Rule.FORBIDDEN].shape
        found[Rule.NO_SEATS] = np.broadcast_to(self._no_seats, shape)
        if rules.outside_reporting_line:
            found[Rule.REPORTING_LINE] = self._lines[rows].toarray() > 0
        if rules.shared_language:
            spoken = features.languages
            found[Rule.LANGUAGE] = (spoken.shared(rows) == 0) & ~spoken.unknown(rows)
        if rules.min_overlap_hours > 0:
            found[Rule.HOURS] = features.overlap_hours(rows) < rules.min_overlap_hours
        if rules.seniority is SeniorityRule.MENTOR_ABOVE:
            found[Rule.SENIORITY] = features.seniority_gap(rows) <= 0
        elif rules.seniority is SeniorityRule.MENTOR_BELOW:
            found[Rule.SENIORITY] = features.seniority_gap(rows) >= 0
        return found

    def eligible(self, rows: slice) -> Bools:
        """Return which pairs break no rule, shape (n_rows, n_mentors)."""
        broken = self.broken(rows)
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

    def _reason(self, rule: Rule, learner: int, mentor: int) -> Reason:
        problem = self._features.problem
        one, other = problem.learners[learner], problem.mentors[mentor]
        facts: dict[str, object] = {"learner": one.key, "mentor": other.key}
        if rule is Rule.REPORTING_LINE:
            mentor_is_above = other.key in self._managers.get(one.key, ())
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


def managers_above(problem: Problem) -> Mapping[str, tuple[str, ...]]:
    """Return for everyone in the pool the keys above them, from the line manager to the top.

    A circle in the data (A reports to B, B to A) ends where it would begin again.
    """
    manager_of = dict(problem.reporting_lines)
    manager_of |= {p.key: p.manager_key for p in (*problem.learners, *problem.mentors) if p.manager_key}
    above: dict[str, tuple[str, ...]] = {}
    for profile in (*problem.learners, *problem.mentors):
        line: dict[str, None] = {}
        at = manager_of.get(profile.key, "")
        while at and at not in line and at != profile.key:
            line[at] = None
            at = manager_of.get(at, "")
        above[profile.key] = tuple(line)
    return above
