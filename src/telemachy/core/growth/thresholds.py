"""The threshold: what proves independence, and what is still missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from telemachy.core.growth.evidence import SUCCESS_FROM
from telemachy.core.growth.model import Independence
from telemachy.core.shared.scales import GuidanceLevel
from telemachy.core.shared.wording import Param, fill, gettext_noop

#: A situation proves something from this novelty and this difficulty on.
PROOF_GRADE = 4

TEXTS: Mapping[str, str] = {
    "novel": gettext_noop(
        "The situation must be new to the learner: novelty %(needed)d or more, not %(found)g."
    ),
    "difficult": gettext_noop("The situation must be hard: difficulty %(needed)d or more, not %(found)g."),
    "alone": gettext_noop("It must be decided without consulting anyone in the relationship."),
    "account": gettext_noop("The account must be complete: criteria, risks, alternatives and outcome."),
    "rated": gettext_noop("It must be debriefed and rated proficient or better."),
    "certain": gettext_noop(
        "The predicted chance of handling such situations alone must be surely above %(mark).0f %%; "
        "so far it may be as low as %(low).0f %%."
    ),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A situation that may prove independence; `success` is its scaled rating, None before one."""

    difficulty: float
    novelty: float
    level: int
    consulted: bool
    account_complete: bool
    success: float | None


@dataclass(frozen=True, slots=True)
class Missing:
    """One condition not yet met."""

    code: str
    params: Mapping[str, Param]

    @property
    def template(self) -> str:
        """The English sentence with named placeholders, as marked for translation."""
        return TEXTS[self.code]

    def text(self) -> str:
        """Say in English what is missing."""
        return fill(self.template, self.params)


@dataclass(frozen=True, slots=True)
class ThresholdCheck:
    """What is missing; passed when nothing is. A claim of the system, to be confirmed by people."""

    missing: tuple[Missing, ...]

    @property
    def passed(self) -> bool:
        """Whether every condition is met."""
        return not self.missing


def threshold(candidate: Candidate, independence: Independence, *, mark: float = 0.6) -> ThresholdCheck:
    """Check one situation, and the prediction, against the six conditions of independence.

    Parameters
    ----------
    candidate : Candidate
        The situation that may be the proof.
    independence : Independence
        `model.independence(learner, competency)` with that situation included.
    mark : float
        The programme's mark in (0, 1) which the lower bound must reach.
    """
    alone = not candidate.consulted and candidate.level <= GuidanceLevel.DEBRIEF
    rated = candidate.success is not None and candidate.success >= SUCCESS_FROM
    conditions: tuple[tuple[bool, str, Mapping[str, Param]], ...] = (
        (candidate.novelty >= PROOF_GRADE, "novel", {"needed": PROOF_GRADE, "found": candidate.novelty}),
        (
            candidate.difficulty >= PROOF_GRADE,
            "difficult",
            {"needed": PROOF_GRADE, "found": candidate.difficulty},
        ),
        (alone, "alone", {}),
        (candidate.account_complete, "account", {}),
        (rated, "rated", {}),
        (independence.low >= mark, "certain", {"mark": 100 * mark, "low": 100 * independence.low}),
    )
    return ThresholdCheck(tuple(Missing(code, params) for met, code, params in conditions if not met))
