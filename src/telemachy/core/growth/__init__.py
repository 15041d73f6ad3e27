"""Growth: from situations to the chance of handling the next one alone, and how much guidance it needs."""

from telemachy.core.growth.attribution import Attribution, Verdict, attribute
from telemachy.core.growth.calibration import Calibration, calibration
from telemachy.core.growth.curves import CurvePoint, curve, curves
from telemachy.core.growth.evidence import SUCCESS_FROM, Evidence, success_of_rating
from telemachy.core.growth.lots import Lots
from telemachy.core.growth.mix import MonthMix, guidance_mix
from telemachy.core.growth.model import MODEL_VERSION, Independence, Model, fit
from telemachy.core.growth.population import Population, Practice
from telemachy.core.growth.questions import Asked, Look, OwnQuestions, own_questions, questions_in
from telemachy.core.growth.recommendation import Recommendation, recommend, set_to_guide, start_level
from telemachy.core.growth.storage import restored, stored
from telemachy.core.growth.thresholds import Candidate, Missing, ThresholdCheck, threshold

__all__ = [
    "MODEL_VERSION",
    "SUCCESS_FROM",
    "Asked",
    "Attribution",
    "Calibration",
    "Candidate",
    "CurvePoint",
    "Evidence",
    "Independence",
    "Look",
    "Lots",
    "Missing",
    "Model",
    "MonthMix",
    "OwnQuestions",
    "Population",
    "Practice",
    "Recommendation",
    "ThresholdCheck",
    "Verdict",
    "attribute",
    "calibration",
    "curve",
    "curves",
    "fit",
    "guidance_mix",
    "own_questions",
    "questions_in",
    "recommend",
    "restored",
    "set_to_guide",
    "start_level",
    "stored",
    "success_of_rating",
    "threshold",
]
