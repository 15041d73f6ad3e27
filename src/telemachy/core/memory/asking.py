"""Whether a learner asks when it needs to: what it intended before any help is the counterfactual."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: Questions an agent may ask of a mentor who says nothing else, whatever its goals: a human reads each.
ASK_BUDGET = 100


@dataclass(frozen=True, slots=True)
class Intention:
    """What a learner meant to do before any help, whether that was right, and whether it asked.

    `confidence` is its own chance of being right, in [0, 1], None where it gave none.
    """

    was_right: bool
    asked: bool
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class AskQuality:
    """How well asking follows need; each share is None where there is nothing to divide by.

    `precision`: of the questions, those that were needed. `recall`: of the needs, those asked about. `f1`:
    their harmonic mean (Ask-F1). `brier`: mean squared error of confidence, 0 best, 0.25 what "50 per cent"
    always scores.
    """

    n: int
    n_asked_without_need: int
    n_silent_in_need: int
    precision: float | None
    recall: float | None
    f1: float | None
    brier: float | None


def ask_quality(intentions: Sequence[Intention]) -> AskQuality:
    """Return how well asking follows need.

    Parameters
    ----------
    intentions : sequence of Intention
        One for each situation of which a trainer or verifier said what was right.

    Notes
    -----
    Brier, G. W. (1950), Verification of forecasts expressed in terms of probability, Monthly Weather Review
    78, 1-3.
    """
    needed = [not one.was_right for one in intentions]
    n_met = sum(need and one.asked for need, one in zip(needed, intentions, strict=True))
    n_asked, n_needed = sum(one.asked for one in intentions), sum(needed)
    errors = [(one.confidence - one.was_right) ** 2 for one in intentions if one.confidence is not None]
    return AskQuality(
        n=len(intentions),
        n_asked_without_need=n_asked - n_met,
        n_silent_in_need=n_needed - n_met,
        precision=n_met / n_asked if n_asked else None,
        recall=n_met / n_needed if n_needed else None,
        f1=2 * n_met / (n_asked + n_needed) if n_asked + n_needed else None,
        brier=sum(errors) / len(errors) if errors else None,
    )
