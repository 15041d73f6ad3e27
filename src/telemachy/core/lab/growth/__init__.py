"""The growth engine and the signals on programmes of which the truth is known."""

from telemachy.core.lab.growth.experiments import EXPERIMENTS, SMALL, Size
from telemachy.core.lab.growth.findings import Dots, Finding, Lines

__all__ = ["EXPERIMENTS", "SMALL", "Dots", "Finding", "Lines", "Size"]
