"""Why each pair was proposed, what else was possible at which cost, and why somebody is left over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan

import numpy as np

from telemachy.core.matching import scoring
from telemachy.core.matching.columns import plain, plain_set
from telemachy.core.matching.eligibility import Rule, Screen
from telemachy.core.matching.features import Bools, Matrix
from telemachy.core.matching.pairs import STEPS, Ints, Pairs
from telemachy.core.matching.problem import Component, Profile
from telemachy.core.matching.reasons import Reason
from telemachy.core.matching.shortage import Answers
from telemachy.core.matching.tables import Pool

N_REASONS, N_ALTERNATIVES = 3, 3

#: Contributions to a score below this decide nothing.
LEAST = 0.005

_COMPONENTS = list(Component)


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

    With `is_bound` that is the most it can cost. Both are None where there is no answer: the pair is locked,
    locks hold all of that mentor's seats, or wishes kept the matching from the highest total.
    """

    mentor: str
    score: float
    cost: float | None
    n_fewer: int | None
    is_bound: bool = False


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


@dataclass(frozen=True, slots=True, eq=False)
class _Block:
    """What is worked out for a block of learners at once.

    Attributes
    ----------
    values : float32 (n_components, n_learners), NaN where not known: each learner with the mentor chosen
    deciding : for each learner the components that decided, most telling first
    hours : float32 (n_learners,) shared working hours with the mentor chosen
    """

    values: Matrix
    deciding: list[list[Component]]
    hours: Matrix


class Explainer:
    """Explains a matching, block by block of learners.

    Parameters
    ----------
    pool : Pool
    candidates : Pairs
        What each learner could have: all eligible mentors, or the best of them in large pools.
    n_eligible : int64 (n_learners,)
        Mentors that the hard rules allow each learner.
    answers : Answers
        What swaps cost, and why learners with possible mentors are left over.
    """

    def __init__(self, pool: Pool, candidates: Pairs, n_eligible: Ints, answers: Answers) -> None:
        self._pool, self._features, self._screen = pool, pool.features, pool.screen
        self._problem, self._candidates = pool.features.problem, candidates
        self._n_eligible, self._answers = n_eligible, answers
        self._shares = self._problem.weights.shares()

    def explain(self, learners: Ints, chosen: Ints, kept: Ints) -> list[Proposal | Unmatched]:
        """Return a Proposal or an Unmatched for each of `learners` (positions), in order."""
        matched = learners[chosen[learners] >= 0]
        block = self._block(matched, chosen[matched])
        at_of = {learner: at for at, learner in enumerate(matched.tolist())}
        return [
            self._proposal(learner, int(chosen[learner]), block, at_of[learner], bool(kept[learner] >= 0))
            if learner in at_of
            else self._unmatched(learner)
            for learner in learners.tolist()
        ]

    def _block(self, learners: Ints, chosen: Ints) -> _Block:
        """Work out which components lift each mentor most above the learner's other candidates.

        With fewer than two such components, those that lift the score most above neutral follow.
        """
        columns, listed = self._listed(learners, chosen)
        values = self._pool.scorer.values(learners, columns)
        own = values[:, np.arange(len(learners)), np.searchsorted(columns, chosen)]
        filled = np.nan_to_num(values, nan=scoring.NEUTRAL)
        n_listed = np.maximum(listed.sum(axis=1), 1).astype(np.float32)
        usual = np.einsum("clm,lm->cl", filled, listed.astype(np.float32)) / n_listed
        shares = np.array(list(self._shares.values()), dtype=np.float32)[:, None]
        above_neutral = shares * (np.nan_to_num(own, nan=scoring.NEUTRAL) - scoring.NEUTRAL)
        above_usual = shares * (np.nan_to_num(own, nan=scoring.NEUTRAL) - usual)
        good = ~np.isnan(own) & (above_neutral >= LEAST)
        lifting = good & (above_usual >= LEAST)
        by_lift = np.argsort(-above_usual, axis=0, kind="stable").T.tolist()
        by_good = np.argsort(-above_neutral, axis=0, kind="stable").T.tolist()
        deciding = []
        for at in range(len(learners)):
            lifted = [part for part in by_lift[at] if lifting[part, at]][:N_REASONS]
            found = dict.fromkeys([*lifted, *(part for part in by_good[at] if good[part, at])])
            deciding.append([_COMPONENTS[part] for part in found][: max(2, len(lifted))])
        return _Block(own, deciding, self._features.hours_together(learners, chosen))

    def _listed(self, learners: Ints, chosen: Ints) -> tuple[Ints, Bools]:
        """Return the mentors that any of these learners could have, and who could have whom."""
        rows = [self._candidates.mentor[self._row(learner)] for learner in learners.tolist()]
        columns = np.unique(np.concatenate([*rows, chosen]))
        listed = np.zeros((len(learners), len(columns)), dtype=bool)
        for at, mentors in enumerate(rows):
            listed[at, np.searchsorted(columns, mentors)] = True
        return columns, listed

    def _row(self, learner: int) -> slice:
        return slice(*self._candidates.indptr[learner : learner + 2].tolist())

    def _proposal(self, learner: int, mentor: int, block: _Block, at: int, locked: bool) -> Proposal:
        row = self._row(learner)
        own = self._candidates.steps[row][self._candidates.mentor[row] == mentor]
        return Proposal(
            learner=self._features.learners.keys[learner],
            mentor=self._features.mentors.keys[mentor],
            score=int(own[0]) / STEPS,
            parts=parts(self._shares, block.values[:, at]),
            reasons=self._reasons(learner, mentor, block, at, locked),
            alternatives=self._alternatives(learner, mentor, locked),
            locked=locked,
        )

    def _reasons(self, learner: int, mentor: int, block: _Block, at: int, locked: bool) -> tuple[Reason, ...]:
        first: list[Reason] = []
        if locked:
            against = [
                reason.code.removeprefix("excluded_") for reason in self._screen.why_not(learner, mentor)
            ]
            first.append(Reason("locked_despite", {"rules": against}) if against else Reason("locked", {}))
        elif self._n_eligible[learner] == 1:
            first.append(Reason("only_candidate", {}))
        one, other = self._problem.learners[learner], self._problem.mentors[mentor]
        facts = [self._fact(name, one, other, float(block.hours[at])) for name in block.deciding[at]]
        return (*first, *facts)[:N_REASONS] or (Reason("best_for_the_pool", {}),)

    def _fact(self, component: Component, one: Profile, other: Profile, hours: float) -> Reason:
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
        row = self._row(learner)
        steps, mentors = self._candidates.steps[row], self._candidates.mentor[row]
        best = np.lexsort((mentors, -steps))[: N_ALTERNATIVES + 1].tolist()
        others = [(int(steps[at]), int(mentors[at])) for at in best if mentors[at] != mentor]
        found = []
        for score, other in others[:N_ALTERNATIVES]:
            lost = None if locked else self._answers.cost(learner, other)
            found.append(
                Alternative(
                    mentor=self._features.mentors.keys[other],
                    score=score / STEPS,
                    cost=lost.steps / STEPS if lost else None,
                    n_fewer=lost.n_fewer if lost else None,
                    is_bound=bool(lost and lost.is_bound),
                )
            )
        return tuple(found)

    def _unmatched(self, learner: int) -> Unmatched:
        key = self._features.learners.keys[learner]
        if self._n_eligible[learner]:
            why = self._answers.why_left(learner)
            facts = {"n_eligible": int(self._n_eligible[learner]), **why.params}
            alternatives = self._alternatives(learner, None, locked=False)
            return Unmatched(key, Reason(why.code, facts), alternatives)
        if not self._features.n_mentors:
            return Unmatched(key, Reason("unmatched_no_mentors", {}), ())
        excluded = excluded_counts(self._screen, learner)
        rules: dict[str, object] = {"n_mentors": self._features.n_mentors, "excluded": excluded}
        return Unmatched(key, Reason("unmatched_not_eligible", rules), ())


def parts(shares: Mapping[Component, float], values: Matrix) -> tuple[Part, ...]:
    """Return one pair's components as parts of its score; `values` is NaN where not known."""
    return tuple(
        Part(component.value, share, scoring.NEUTRAL if isnan(value) else value, isnan(value))
        for (component, share), value in zip(shares.items(), values.tolist(), strict=True)
    )


def excluded_counts(screen: Screen, learner: int) -> dict[str, int]:
    """Return how many mentors each hard rule keeps from a learner; one mentor may break several."""
    broken: dict[Rule, Bools] = screen.broken(slice(learner, learner + 1))
    return {rule.value: int(where.sum()) for rule, where in broken.items() if where.any()}
