from .evidence import Evidence
from .recordings import Consent, Correction, Recording, RecordingRules, Terms, Utterance

__all__ = ["Consent", "Correction", "Evidence", "Recording", "RecordingRules", "Terms", "Utterance"]
