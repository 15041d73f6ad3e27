"""How much help a failure mode still gets: the ladder of one relationship and one failure mode.

A step down follows from success *without* help, never from success with it. Where nothing is left out,
nothing is learned about success without; so in one situation in two nothing is recalled, by lot, and that
same lot tells what showing the lesson changes (see `effects`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from scipy.special import betainc

from telemachy.core.memory.tiers import Tier
from telemachy.core.shared.scales import GuidanceLevel
from telemachy.core.shared.wording import Param, fill, gettext_noop

#: Jeffreys' prior: five successes without help out of five are just enough, as the rule has it.
PRIOR = 0.5
#: A step down: surely enough (0.8) the chance alone is at least 0.85, after at least five attempts alone.
MASTERED_AT, SURE_ENOUGH, LEAST_ATTEMPTS = 0.85, 0.8, 5
#: A step up: two failures in the last five attempts.
FAILURES, WINDOW = 2, 5
#: What an attempt counts for the risk of the next, one attempt later; older ones count for nothing.
FADES_BY, OLDEST = 0.8, 20

TEXTS: Mapping[str, str] = {
    "step_down": gettext_noop(
        "%(n_handled)d of %(n_alone)d handled without a reminder: one step towards independence."
    ),
    "step_up": gettext_noop("%(n_failed)d of the last %(n_recent)d went wrong: one step more help for now."),
    "at_ceiling": gettext_noop(
        "%(n_failed)d of the last %(n_recent)d went wrong, and this is already the most direct level here."
    ),
    "stays": gettext_noop("%(n_handled)d of %(n_alone)d handled without a reminder so far."),
}


@dataclass(frozen=True, slots=True)
class Attempt:
    """One situation in which the failure mode was at stake: how it went, with which help, who says so."""

    success: bool
    level: GuidanceLevel
    tier: Tier

    @property
    def is_alone(self) -> bool:
        """Whether nothing was shown before the decision; a debrief comes after it."""
        return self.level <= GuidanceLevel.DEBRIEF


@dataclass(frozen=True, slots=True)
class Mode:
    """Where a failure mode stands: its level, and the attempts since the last step up, oldest first."""

    key: str
    level: GuidanceLevel
    attempts: tuple[Attempt, ...] = ()

    @property
    def is_mastered(self) -> bool:
        """Whether it gets no help any more."""
        return self.level == GuidanceLevel.INDEPENDENT


@dataclass(frozen=True, slots=True)
class Step:
    """What an attempt changed, with its reason as code and parameters; `text()` says it in English."""

    code: str
    level: GuidanceLevel
    params: Mapping[str, Param]

    @property
    def moved(self) -> bool:
        """Whether the level changed."""
        return self.code in {"step_down", "step_up"}

    def text(self) -> str:
        """Return the reason in English."""
        return fill(TEXTS[self.code], self.params)


def after(mode: Mode, attempt: Attempt, top: GuidanceLevel = GuidanceLevel.ANSWER) -> tuple[Mode, Step]:
    """Return where the mode stands after one more attempt, and why.

    Parameters
    ----------
    mode : Mode
        Before it.
    attempt : Attempt
        Of a tier below E2 it is kept out: neither the level nor the evidence changes.
    top : GuidanceLevel
        The most direct level there is here (a coach's ladder ends at a question).

    Returns
    -------
    tuple of Mode and Step
        A step up begins the evidence anew: what was handled before did not last.
    """
    attempts = (*mode.attempts, attempt) if attempt.tier.counts else mode.attempts
    alone = [one.success for one in attempts if one.is_alone]
    recent = [one.success for one in attempts[-WINDOW:]]
    counts: dict[str, Param] = {
        "n_alone": len(alone),
        "n_handled": sum(alone),
        "n_failed": recent.count(False),
        "n_recent": len(recent),
    }
    code = "stays"
    if attempt.tier.counts and not attempt.success and recent.count(False) >= FAILURES:
        code = "step_up" if mode.level < top else "at_ceiling"
    elif attempt.tier.counts and attempt.success and attempt.is_alone and not mode.is_mastered:
        code = "step_down" if proves_mastery(sum(alone), len(alone)) else "stays"
    move = {"step_up": 1, "step_down": -1}.get(code, 0)
    level = GuidanceLevel(mode.level + move)
    return replace(mode, level=level, attempts=() if move > 0 else attempts), Step(code, level, counts)


def proves_mastery(n_handled: int, n_alone: int) -> bool:
    """Tell whether so many successes without help surely enough prove the mark."""
    return n_alone >= LEAST_ATTEMPTS and p_mastered(n_handled, n_alone) >= SURE_ENOUGH


@lru_cache(maxsize=4096)
def p_mastered(n_handled: int, n_alone: int) -> float:
    """Return the posterior probability that the chance of success without help is at least 0.85."""
    return float(1 - betainc(PRIOR + n_handled, PRIOR + n_alone - n_handled, MASTERED_AT))


def recurrence_risk(attempts: Sequence[Attempt]) -> float:
    """Return the chance that the failure mode strikes again where nothing is shown, in (0, 1).

    Attempts alone count, and failures with help as well; the latest count most. A success with help tells
    nothing. A half stands for what is not known yet.
    """
    failed = known = 0.0
    for attempt in attempts[-OLDEST:]:
        if attempt.tier.counts and (attempt.is_alone or not attempt.success):
            failed = FADES_BY * failed + (not attempt.success)
            known = FADES_BY * known + 1
    return (PRIOR + failed) / (2 * PRIOR + known)
