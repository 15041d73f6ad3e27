"""Why each pair was proposed, what else was possible at which cost, and why somebody is left over."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from telemachy.core.matching import scoring
from telemachy.core.matching.columns import plain, plain_set
from telemachy.core.matching.eligibility import Rule, Screen
from telemachy.core.matching.features import Bools, Features, Matrix
from telemachy.core.matching.pairs import STEPS, Ints, Pairs
from telemachy.core.matching.problem import Component
from telemachy.core.matching.reasons import Reason
from telemachy.core.matching.swaps import Swaps

N_REASONS, N_ALTERNATIVES = 3, 3

#: Contributions to a score below this decide nothing.
LEAST = 0.005


@dataclass(frozen=True, slots=True)
class Part:
    """One component of a pair's score; the parts' weights sum to 1 and weight x value sums to the score."""

    name: str
    weight: float
    value: float
    missing: bool


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another eligible mentor; `cost` is the total score lost by that swap, `n_fewer` the learners unmatched.

    Both are None where there is no answer: the pair is locked, locks hold all of that mentor's seats, or the
    pool is too large.
    """

    mentor: str
    score: float
    cost: float | None
    n_fewer: int | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """One learner with one mentor, explained."""

    learner: str
    mentor: str
    score: float
    parts: tuple[Part, ...]
    reasons: tuple[Reason, ...]
    alternatives: tuple[Alternative, ...]
    locked: bool


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A learner left without a mentor, the binding reason, and the eligible mentors that are full."""

    learner: str
    reason: Reason
    alternatives: tuple[Alternative, ...]


class Explainer:
    """Explains a matching block by block of learners."""

    def __init__(
        self, features: Features, screen: Screen, scorer: scoring.Scorer, candidates: Pairs, swaps: Swaps
    ) -> None:
        self._features, self._screen, self._scorer = features, screen, scorer
        self._problem, self._candidates, self._swaps = features.problem, candidates, swaps
        self._shares = self._problem.weights.shares()

    def explain(self, rows: slice, chosen: Ints, kept: Ints) -> list[Proposal | Unmatched]:
        """Return a Proposal or an Unmatched for each learner of `rows`, in order."""
        values, eligible = self._scorer.values(rows), self._screen.eligible(rows)
        results: list[Proposal | Unmatched] = []
        for at, learner in enumerate(range(*rows.indices(self._features.n_learners))):
            mentor = int(chosen[learner])
            if mentor < 0:
                results.append(self._unmatched(learner))
            else:
                locked = bool(kept[learner] >= 0)
                results.append(self._proposal(learner, mentor, values[:, at], eligible[at], locked))
        return results

    def _proposal(self, learner: int, mentor: int, values: Matrix, eligible: Bools, locked: bool) -> Proposal:
        steps = self._row(learner)
        return Proposal(
            learner=self._problem.learners[learner].key,
            mentor=self._problem.mentors[mentor].key,
            score=steps[mentor] / STEPS,
            parts=self._parts(values[:, mentor]),
            reasons=self._reasons(learner, mentor, values, eligible, locked),
            alternatives=self._alternatives(learner, mentor, locked),
            locked=locked,
        )

    def _row(self, learner: int) -> dict[int, int]:
        row = slice(*self._candidates.indptr[learner : learner + 2])
        return dict(
            zip(self._candidates.mentor[row].tolist(), self._candidates.steps[row].tolist(), strict=True)
        )

    def _parts(self, values: Matrix) -> tuple[Part, ...]:
        return tuple(
            Part(
                component.value,
                share,
                scoring.NEUTRAL if np.isnan(value) else float(value),
                bool(np.isnan(value)),
            )
            for (component, share), value in zip(self._shares.items(), values, strict=True)
        )

    def _reasons(
        self, learner: int, mentor: int, values: Matrix, eligible: Bools, locked: bool
    ) -> tuple[Reason, ...]:
        first: list[Reason] = []
        if locked:
            against = [
                reason.code.removeprefix("excluded_") for reason in self._screen.why_not(learner, mentor)
            ]
            first.append(Reason("locked_despite", {"rules": against}) if against else Reason("locked", {}))
        elif eligible.sum() == 1:
            first.append(Reason("only_candidate", {}))
        deciding = [self._fact(name, learner, mentor) for name in self._deciding(values, mentor, eligible)]
        return (*first, *deciding)[:N_REASONS] or (Reason("best_for_the_pool", {}),)

    def _deciding(self, values: Matrix, mentor: int, eligible: Bools) -> list[Component]:
        """Return the components that lift this mentor most above the learner's other eligible mentors.

        With fewer than two such components, those that lift the score most above neutral follow.
        """
        shares = np.array(list(self._shares.values()))
        known = ~np.isnan(values[:, mentor])
        filled = np.nan_to_num(values, nan=scoring.NEUTRAL)
        usual = filled[:, eligible].mean(axis=1) if eligible.any() else np.full(len(shares), scoring.NEUTRAL)
        above_neutral = shares * (filled[:, mentor] - scoring.NEUTRAL)
        above_usual = shares * (filled[:, mentor] - usual)
        telling = known & (above_neutral > 0)
        lifted = [
            at for at in np.argsort(-above_usual, kind="stable") if telling[at] and above_usual[at] >= LEAST
        ]
        good = [
            at
            for at in np.argsort(-above_neutral, kind="stable")
            if telling[at] and above_neutral[at] >= LEAST
        ]
        chosen = list(dict.fromkeys([*lifted[:N_REASONS], *good]))[: max(2, len(lifted[:N_REASONS]))]
        return [list(Component)[at] for at in chosen]

    def _fact(self, component: Component, learner: int, mentor: int) -> Reason:
        one, other = self._problem.learners[learner], self._problem.mentors[mentor]
        if component is Component.SKILLS:
            offered = plain_set(other.skills_offered)
            shared = [skill for skill in one.skills_sought if plain(skill) in offered]
            n_sought = len(plain_set(one.skills_sought))
            return Reason(
                "skills", {"n_shared": len(plain_set(shared)), "n_sought": n_sought, "skills": shared}
            )
        if component is Component.SENIORITY:
            return Reason("seniority", {"mentor_level": other.seniority, "learner_level": one.seniority})
        if component is Component.FUNCTION:
            return Reason("function", {"mentor_function": other.function, "learner_function": one.function})
        if component is Component.HOURS:
            hours = float(self._features.overlap_hours(slice(learner, learner + 1))[0, mentor])
            return Reason("hours", {"hours": hours})
        if component is Component.LANGUAGES:
            spoken = plain_set(other.languages)
            return Reason(
                "languages", {"languages": [code for code in one.languages if plain(code) in spoken]}
            )
        if component is Component.GOALS:
            shared = self._features.words.shared_words(one.goals_text, other.goals_text)
            return Reason("goals", {"words": shared})
        if component is Component.STYLE:
            return Reason("style", {"style": other.style})
        learner_asked, mentor_asked = other.key in one.preferred, one.key in other.preferred
        who = "both" if learner_asked and mentor_asked else "learner" if learner_asked else "mentor"
        return Reason(f"preferences_{who}", {})

    def _alternatives(self, learner: int, mentor: int | None, locked: bool) -> tuple[Alternative, ...]:
        others = [(steps, other) for other, steps in self._row(learner).items() if other != mentor]
        others.sort(key=lambda pair: (-pair[0], pair[1]))
        found = []
        for steps, other in others[:N_ALTERNATIVES]:
            lost = None if locked else self._swaps.cost(learner, other)
            found.append(
                Alternative(
                    mentor=self._problem.mentors[other].key,
                    score=steps / STEPS,
                    cost=lost[1] / STEPS if lost else None,
                    n_fewer=lost[0] if lost else None,
                )
            )
        return tuple(found)

    def _unmatched(self, learner: int) -> Unmatched:
        row = self._row(learner)
        key = self._problem.learners[learner].key
        if row:
            found = self._swaps.competition(learner)
            facts: dict[str, object] = {
                "n_eligible": len(row),
                "n_learners": found.n_learners,
                "n_seats": found.n_seats,
                "n_mentors": found.n_mentors,
                "n_short": found.n_short,
            }
            return Unmatched(
                key, Reason("unmatched_capacity", facts), self._alternatives(learner, None, locked=False)
            )
        if not self._features.n_mentors:
            return Unmatched(key, Reason("unmatched_no_mentors", {}), ())
        excluded = excluded_counts(self._screen, learner)
        facts = {"n_mentors": self._features.n_mentors, "excluded": excluded}
        return Unmatched(key, Reason("unmatched_not_eligible", facts), ())


def excluded_counts(screen: Screen, learner: int) -> dict[str, int]:
    """Return how many mentors each hard rule keeps from a learner; one mentor may break several."""
    broken: dict[Rule, Bools] = screen.broken(slice(learner, learner + 1))
    return {rule.value: int(where.sum()) for rule, where in broken.items() if where.any()}
