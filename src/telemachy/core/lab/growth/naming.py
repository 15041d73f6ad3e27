"""The lives of a programme as the facts that `core.insights` may know, and what its rules call them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from telemachy.core import growth, insights
from telemachy.core.lab.growth.programmes import OF_ONE_MENTOR, Life

#: The day on which every programme begins, days between two looks, the first of them.
START, EVERY, FIRST = date(2026, 1, 5), 30, 60
CADENCE = 14
#: How often a learner asks before reasoning: where the mentor asks back, and where everything is answered.
ASKS_FIRST, ASKS_FIRST_ANSWERED = 0.15, 0.7
#: Days over which independence is said to rise, a multiple of those between two looks.
WINDOW = 60


@dataclass(frozen=True, slots=True)
class Named:
    """The codes that ever spoke about each pair, and for each mentor whether one-size did at the end."""

    pairs: tuple[frozenset[str], ...]
    one_size: tuple[bool, ...]


def named(lives: Sequence[Life], seed: int) -> Named:
    """Look at every pair every thirty days, and at every mentor at the end.

    A pair is looked at as long as its course lasts; one that the learner left, as long as the others last.
    """
    end = max(int(life.day[-1]) for life in lives)
    models = [growth.fit(life.evidence()) for life in lives]
    pairs = []
    for life, model in zip(lives, models, strict=True):
        situations = _situations(life, np.random.default_rng([seed, life.learner]))
        last = end if life.left else int(life.day[-1])
        stood = {
            day: model.overall(life.learner, until=day) for day in range(FIRST - WINDOW, last + 1, EVERY)
        }
        codes = frozenset(
            signal.code
            for day in range(FIRST, last + 1, EVERY)
            for signal in insights.pair_signals(
                _facts(life, situations, day, stood[day], stood[day - WINDOW])
            )
        )
        pairs.append(codes)
    one_size = []
    for mentor in sorted({life.mentor for life in lives}):
        own = [(life, model) for life, model in zip(lives, models, strict=True) if life.mentor == mentor]
        signals = insights.mentor_signals(
            insights.MentorFacts(
                n_learners=len(own), capacity=OF_ONE_MENTOR, mixes=tuple(_mix(*one) for one in own)
            )
        )
        one_size.append(any(signal.code == "one_size" for signal in signals))
    return Named(tuple(pairs), tuple(one_size))


def _situations(life: Life, rng: np.random.Generator) -> list[insights.SituationFact]:
    answered = float((life.level == 4).mean()) > 0.5
    asks_first = rng.random(len(life.day)) < (ASKS_FIRST_ANSWERED if answered else ASKS_FIRST)
    return [
        insights.SituationFact(
            logged_on=START + timedelta(days=int(life.day[t])),
            difficulty=float(life.difficulty[t]),
            novelty=float(life.novelty[t]),
            consulted=bool(life.consulted[t]),
            reasoned_first=not asks_first[t],
            level=int(life.level[t]),
            recommended=int(life.recommended[t]),
            handled=bool(life.success[t]),
        )
        for t in range(len(life.day))
    ]


def _facts(
    life: Life,
    situations: Sequence[insights.SituationFact],
    day: int,
    now: growth.Independence | None,
    before: growth.Independence | None,
) -> insights.PairFacts:
    today = START + timedelta(days=day)
    last_session = int(life.day[-1]) if life.left else day + CADENCE
    held = [START + timedelta(days=at) for at in range(7, last_session, CADENCE)]
    moved = today - timedelta(days=day % 45)
    return insights.PairFacts(
        today=today,
        state="active",
        accepted_on=START,
        active_on=START + timedelta(days=7),
        cadence_days=CADENCE,
        sessions=tuple(insights.SessionFact(on, True) for on in held if on < today),
        next_session_on=next((on for on in held if on >= today), None),
        situations=tuple(fact for fact in situations if fact.logged_on <= today),
        goals=(insights.GoalFact(0, moved),),
        feedback_on=moved,
        p_alone=None if now is None else now.p,
        p_alone_before=None if before is None else before.p,
    )


def _mix(life: Life, model: growth.Model) -> insights.LearnerMix:
    n0, n1, n2, n3, n4 = np.bincount(life.level, minlength=5).tolist()
    return insights.LearnerMix((n0, n1, n2, n3, n4), model.independence(life.learner, 0).p)
