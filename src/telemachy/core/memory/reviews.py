"""In which order a trainer's minutes bring most: what each case is worth looking at, and why.

The weights are a judgment, written down so that it can be argued with; nothing here was measured. They follow
what a look changes: a case that nobody will ever be asked about and that went wrong teaches only if a trainer
opens it, and a failure that keeps coming back costs as often as it comes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from telemachy.core.memory.fading import Attempt, Mode, after
from telemachy.core.memory.tiers import Tier
from telemachy.core.shared.scales import GuidanceLevel
from telemachy.core.shared.wording import Param, fill, gettext_noop

#: A failure mode that struck this often recurs.
RECURS_FROM = 2
#: Waiting counts up to a week, and never for more than the least of the reasons.
WEEK = 7.0


class Why(StrEnum):
    """Why a case deserves a trainer's minute."""

    RECURRING = "recurring"
    WRONG_WITHOUT_ASKING = "wrong_without_asking"
    NEAR_A_LEVEL_CHANGE = "near_a_level_change"
    LEARNER_WAITS = "learner_waits"
    UNRATED = "unrated"
    AUDITED = "audited"


#: What each reason adds; a recurring failure adds its share times the chance that it strikes again.
WEIGHTS: Mapping[Why, float] = {
    Why.RECURRING: 5.0,
    Why.WRONG_WITHOUT_ASKING: 3.5,
    Why.NEAR_A_LEVEL_CHANGE: 2.0,
    Why.LEARNER_WAITS: 2.0,
    Why.UNRATED: 1.0,
    Why.AUDITED: 0.5,
}
#: What a week of waiting adds.
WAITING = 0.4

TEXTS: Mapping[str, str] = {
    Why.RECURRING: gettext_noop("“%(mode)s” is at stake, which has struck %(n_failed)d times."),
    Why.WRONG_WITHOUT_ASKING: gettext_noop("It went wrong, and nobody had been asked."),
    Why.NEAR_A_LEVEL_CHANGE: gettext_noop("Your rating can change the level of “%(mode)s”."),
    Why.LEARNER_WAITS: gettext_noop("The learner waits for an answer before it decides."),
    Why.UNRATED: gettext_noop("Nobody but the learner has said how it went."),
    Why.AUDITED: gettext_noop("By lot, a look although no reminder was shown."),
}


@dataclass(frozen=True, slots=True)
class AtStake:
    """A failure mode at stake in a case: how often it struck before, and how likely it strikes again.

    `near_change`: whether one more attempt like this one can move its level (`near_a_level_change`).
    """

    name: str
    n_failed: int
    risk: float
    near_change: bool = False
    audited: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of a case before a trainer looks at it.

    Parameters
    ----------
    key : str
        Names it; of two cases alike in everything the smaller key comes first.
    decided : bool
        Whether the learner has decided; before that it waits for an answer.
    asked : bool
        Whether anybody was asked before the decision.
    success : bool or None
        How it went by the strongest word there is, None where nobody has said.
    tier : Tier or None
        How strong that word is.
    at_stake : tuple of AtStake
        Failure modes called to mind.
    days_waiting : float
        Since when it is the trainer's turn, 0 where nobody waits.
    """

    key: str
    decided: bool
    asked: bool = False
    success: bool | None = None
    tier: Tier | None = None
    at_stake: tuple[AtStake, ...] = ()
    days_waiting: float = 0.0


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason with what it adds; `text()` says it in English."""

    why: Why
    adds: float
    params: Mapping[str, Param]

    def text(self) -> str:
        """Return the reason in English."""
        return fill(TEXTS[self.why], self.params)


@dataclass(frozen=True, slots=True)
class Worth:
    """What a look at a case is worth: the sum of its reasons, the weightiest first, and of its waiting."""

    key: str
    total: float
    reasons: tuple[Reason, ...]


def near_a_level_change(mode: Mode, level: GuidanceLevel, top: GuidanceLevel) -> bool:
    """Tell whether a trainer's word on one more attempt at this level of help can move the mode's level."""
    return any(after(mode, Attempt(won, level, Tier.TRAINER), top)[1].moved for won in (True, False))


def by_worth(cases: Iterable[Case]) -> list[Worth]:
    """Return what a look at each case is worth, the worthiest first.

    Parameters
    ----------
    cases : iterable of Case
        In any order; the result does not depend on it.
    """
    weighed = [(_worth(case), -case.days_waiting, case.key) for case in cases]
    return [worth for worth, *_ in sorted(weighed, key=lambda one: (-one[0].total, *one[1:]))]


def _worth(case: Case) -> Worth:
    reasons = sorted(_reasons(case), key=lambda reason: (-reason.adds, reason.why))
    waited = WAITING * min(case.days_waiting / WEEK, 1.0)
    return Worth(case.key, sum(reason.adds for reason in reasons) + waited, tuple(reasons))


def _reasons(case: Case) -> list[Reason]:
    found = []
    recurring = [one for one in case.at_stake if one.n_failed >= RECURS_FROM]
    if recurring:
        worst = max(recurring, key=lambda one: (one.risk, one.name))
        adds = WEIGHTS[Why.RECURRING] * worst.risk
        found.append(Reason(Why.RECURRING, adds, {"mode": worst.name, "n_failed": worst.n_failed}))
    if case.decided and case.success is False and not case.asked:
        found.append(_plain(Why.WRONG_WITHOUT_ASKING))
    near = sorted(one.name for one in case.at_stake if one.near_change)
    if case.decided and near:
        found.append(Reason(Why.NEAR_A_LEVEL_CHANGE, WEIGHTS[Why.NEAR_A_LEVEL_CHANGE], {"mode": near[0]}))
    if not case.decided:
        found.append(_plain(Why.LEARNER_WAITS))
    elif case.tier is None or not case.tier.counts:
        found.append(_plain(Why.UNRATED))
    if any(one.audited for one in case.at_stake):
        found.append(_plain(Why.AUDITED))
    return found


def _plain(why: Why) -> Reason:
    return Reason(why, WEIGHTS[why], {})
