from .assessments import Assessment, CompetencyRating, DevelopmentPoint, Letter, LetterQuote, Review
from .evidence import Evidence
from .hours import CredentialRules, HoursEntry, SupervisionHint
from .recordings import Consent, Correction, Recording, RecordingRules, Terms, Utterance
from .rooms import CaseNote, RoomMember, SupervisionCase, SupervisionRoom
from .rubrics import Rubric, RubricVersion

__all__ = [
    "Assessment",
    "CaseNote",
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
    "RoomMember",
    "Rubric",
    "RubricVersion",
    "SupervisionCase",
    "SupervisionHint",
    "SupervisionRoom",
    "Terms",
    "Utterance",
]
