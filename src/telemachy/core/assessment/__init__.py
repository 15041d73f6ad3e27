"""Assessment of observed work: rubrics, how far assessors agree, plateaus, readiness for a credential."""

from telemachy.core.assessment.agreement import (
    MIN_UNITS,
    Agreement,
    Refusal,
    agreement,
    krippendorff_alpha,
    quadratic_weighted_kappa,
)
from telemachy.core.assessment.consensus import Side, consensus, side_by_side
from telemachy.core.assessment.examples import EXAMPLES, Example
from telemachy.core.assessment.plateau import PLATEAU, Plateau, PlateauRule, Reviewed, plateau
from telemachy.core.assessment.readiness import (
    Hours,
    HoursKind,
    Readiness,
    Requirement,
    RuleSet,
    readiness,
)
from telemachy.core.assessment.rubrics import Competency, Level, Marker, Rubric, read_rubric

__all__ = [
    "EXAMPLES",
    "MIN_UNITS",
    "PLATEAU",
    "Agreement",
    "Competency",
    "Example",
    "Hours",
    "HoursKind",
    "Level",
    "Marker",
    "Plateau",
    "PlateauRule",
    "Readiness",
    "Refusal",
    "Requirement",
    "Reviewed",
    "Rubric",
    "RuleSet",
    "Side",
    "agreement",
    "consensus",
    "krippendorff_alpha",
    "plateau",
    "quadratic_weighted_kappa",
    "read_rubric",
    "readiness",
    "side_by_side",
]
