"""Supervision: what repeats across a practitioner's clients, and names that must not be written."""

from telemachy.core.supervision.matrix import REPEATS_FROM, Cell, Entry, Matrix, Repeat, matrix
from telemachy.core.supervision.names import Find, Kind, find, redact
from telemachy.core.supervision.scales import Lens, Pattern

__all__ = [
    "REPEATS_FROM",
    "Cell",
    "Entry",
    "Find",
    "Kind",
    "Lens",
    "Matrix",
    "Pattern",
    "Repeat",
    "find",
    "matrix",
    "redact",
]
