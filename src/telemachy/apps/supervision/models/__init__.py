from .assessments import Assessment, CompetencyRating, DevelopmentPoint, Letter, LetterQuote, Review
from .evidence import Evidence
from .hours import CredentialRules, HoursEntry, SupervisionHint
from .recordings import Consent, Correction, Recording, RecordingRules, Terms, Utterance
from .rubrics import Rubric, RubricVersion

__all__ = [
    "Assessment",
    "CompetencyRating",
    "Consent",
    "Correction",
    "CredentialRules",
    "DevelopmentPoint",
    "Evidence",
    "HoursEntry",
    "Letter",
    "LetterQuote",
    "Recording",
    "RecordingRules",
    "Review",
    "Rubric",
    "RubricVersion",
    "SupervisionHint",
    "Terms",
    "Utterance",
]
